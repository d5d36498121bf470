"""What each kind of rule can be told, and what of it could never find anything: checked when a catalogue is loaded."""

from collections.abc import Iterator, Mapping
from datetime import time, timedelta
from itertools import pairwise
from typing import Literal, NamedTuple

from streams.catalogue.rules import Kind, Parameter, Rule

Shape = Literal["number", "text", "numbers", "texts"]

PARAMETERS: Mapping[Kind, Mapping[str, Shape]] = {
    "system_down": {"systems": "texts"},
    "system_degraded": {"systems": "texts"},
    "certificate": {"days": "numbers"},
    "threshold": {"systems": "texts", "metric": "text", "above": "number", "below": "number"},
    "volume": {"flows": "texts", "weeks": "number", "deviations": "number", "least_expected": "number"},
    "urgent_report": {"minutes": "number"},
    "hot_spot": {"reports": "number", "metres": "number", "minutes": "number", "times_usual": "number",
                 "categories": "texts"},
    "digest": {"at": "texts", "due_within_hours": "number"},
    "sync_gap": {"minutes": "number"},
    "pipeline": {"of": "text", "above": "number"},
    "dead_man": {},
}  # fmt: skip
"""By kind, each parameter with its shape; docs/alerts.md says what they mean."""

NEEDED: Mapping[Kind, frozenset[str]] = {
    "threshold": frozenset({"metric"}),
    "pipeline": frozenset({"of"}),
    "digest": frozenset({"at"}),
}
"""What it has to be told."""

PIPELINE = ("lag", "data_age", "dead_letters", "paused", "loss", "channel", "disk")
"""What a rule of kind `pipeline` can look at."""

APART = timedelta(hours=2)
"""Between digests: each is over after an hour, and what comes back soon after would be a relapse."""


class Fault(NamedTuple):
    """What is wrong with a rule's parameter, None for all of them together, and what to do."""

    parameter: str | None
    message: str
    remedy: str


def faults(rule: Rule) -> Iterator[Fault]:
    """Everything for which a rule would find nothing, or not what somebody meant."""
    known = PARAMETERS[rule.kind]
    for name in sorted(rule.parameters.keys() - known.keys()):
        remedy = f"there are {', '.join(sorted(known))}" if known else "remove it"
        yield Fault(name, f"not a parameter of kind {rule.kind!r}", remedy)
    for name in sorted(NEEDED.get(rule.kind, frozenset()) - rule.parameters.keys()):
        yield Fault(None, f"kind {rule.kind!r} needs {name!r}", f"add {name} = …")
    for name in sorted(rule.parameters.keys() & known.keys()):
        if not _has_shape(rule.parameters[name], known[name]):
            yield Fault(name, f"{rule.parameters[name]!r} is of the wrong kind", _WRITE[known[name]])
            return
    yield from _of_kind(rule)


def _of_kind(rule: Rule) -> Iterator[Fault]:
    parameters = rule.parameters
    if rule.kind == "pipeline" and "of" in parameters and parameters["of"] not in PIPELINE:
        yield Fault("of", f"nothing that can be looked at: {parameters['of']!r}", f"there are {', '.join(PIPELINE)}")
    if rule.kind == "threshold" and not parameters.keys() & {"above", "below"}:
        yield Fault(None, "a threshold has a limit", "add above = … or below = …")
    if parameters.get("of") == "disk" and "above" not in parameters:
        yield Fault(None, "a database has a limit", "add above = …, in GiB")
    if rule.kind == "digest":
        yield from _of_digest(rule)


def _of_digest(rule: Rule) -> Iterator[Fault]:
    if rule.severity != "info":
        yield Fault(None, "a digest is never a page (DOMAIN §5)", 'write severity = "info"')
    try:
        times = sorted(timedelta(hours=at.hour, minutes=at.minute) for at in times_of(rule))
    except ValueError:
        yield Fault("at", "not times of the day", 'write at = ["07:15", "13:15"]')
        return
    if any(later - earlier < APART for earlier, later in pairwise(times)):
        yield Fault("at", "digests follow each other too soon", "leave two hours between them")


def times_of(rule: Rule) -> list[time]:
    """When a digest is due, on working days. Raises ValueError."""
    at = rule.parameters.get("at", ())
    return [time.fromisoformat(str(one)) for one in at] if isinstance(at, tuple) else []


def _has_shape(value: Parameter, shape: Shape) -> bool:
    match shape:
        case "number":
            return isinstance(value, float)
        case "text":
            return isinstance(value, str)
        case "numbers":
            return isinstance(value, tuple) and all(isinstance(one, float) for one in value)
        case "texts":
            return isinstance(value, tuple) and all(isinstance(one, str) for one in value)


_WRITE: Mapping[Shape, str] = {
    "number": "write a number",
    "text": "write a text, in quotes",
    "numbers": "write numbers, in brackets",
    "texts": "write texts, in brackets",
}
