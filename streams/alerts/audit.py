"""What became of an alert between two looks, in words for the audit."""

from collections.abc import Iterator

from streams.alerts.life_cycle import Alert, State
from streams.words import NO_WORDS, Words


def steps(before: Alert | None, after: Alert) -> Iterator[str]:
    """The steps from one to the other, none where nothing happened that anybody would look for."""
    was_open = before is not None and before.is_open
    if after.is_open and not was_open:
        yield "fired" if after.relapses == 0 else "reopened"
    if after.is_open and after.state is State.SUPPRESSED and not (before and before.state is State.SUPPRESSED):
        yield "suppressed"
    if before is not None and before.state is State.SUPPRESSED and after.is_open and after.state != before.state:
        yield "unsuppressed"
    if before is not None and was_open and after.is_open and after.level > before.level:
        yield "worse"
    if after.state is State.RESOLVED and was_open:
        yield "resolved"
    if after.state is State.RESOLVED and before is not None and before.state is State.PENDING:
        yield "passed"  # it began and ended before anybody had to know


def noted(step: str, alert: Alert) -> Words:
    """What is noted of a step: by what it is suppressed, or why it is wrong."""
    return _suppressed(alert.suppressed_by) if step == "suppressed" else alert.reason


def _suppressed(by: str | None) -> Words:
    """No words where it was silenced: who did so has said why."""
    match (by or "").split(":"):
        case ["parent", system]:
            return Words(f"{system} ở cấp trên ngừng hoặc bảo trì", f"{system} above it is down or in planned work")
        case ["carrier", system]:
            return Words(f"{system} mang luồng này đang ngừng", f"{system} that carries it is down")
        case ["maintenance"]:
            return Words("bảo trì theo kế hoạch", "planned work")
        case _:
            return NO_WORDS
