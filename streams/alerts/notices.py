"""When receivers are told of an alert: that it fires, that it is worse, that it is over."""

from enum import StrEnum

from streams.alerts.life_cycle import Alert


class Notice(StrEnum):
    """What is said. `firing` again with a higher level: it is worse than before."""

    FIRING = "firing"
    RESOLVED = "resolved"


def notice(before: Alert | None, after: Alert) -> Notice | None:
    """What receivers hear of a change; a change that nobody needs to hear of is None."""
    was_told = before is not None and before.told
    if was_told and not after.told:
        return None if after.passing else Notice.RESOLVED
    worse = before is not None and after.level > before.level
    return Notice.FIRING if after.told and (not was_told or worse) else None
