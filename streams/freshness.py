"""Freshness: up to when, and in which spans of time, a stream is known to have been seen whole (DESIGN, "Freshness").

The gateway writes a canary into each partition every second. A canary is a record like any other to the broker and no
event to us: where it was appended, the way from the gateway to the database was open.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from pydantic_core import from_json, to_json

CANARY = "vn.nhip.canary"
"""The CloudEvents type of a canary. The gateway refuses it from publishers, as it does any type it does not know."""

EVERY_SECONDS = 1.0

GAP_SECONDS = 5
"""Canaries further apart than this leave the time between them unobserved: four were missed."""

GAP = GAP_SECONDS * 1_000_000

STALE = 10_000_000
"""Microseconds without canaries after which silence says nothing: they come every second, and are applied at once."""


class Span(NamedTuple):
    """Observed time, from one canary to the last one without a gap; microseconds since 1970."""

    lower: int
    upper: int


def canary(source: str, time: datetime, number: int) -> bytes:
    """A canary as its gateway writes it: a CloudEvent, so that other readers of the topic know what to make of it."""
    return to_json(
        {"specversion": "1.0", "id": f"{number}", "source": source, "type": CANARY, "time": time.isoformat()}
    )


def is_canary(value: bytes | None) -> bool:
    """Whether a record that is no event is a canary."""
    if value is None or CANARY.encode() not in value:
        return False
    try:
        document = from_json(value)
    except ValueError:
        return False
    return isinstance(document, dict) and document.get("type") == CANARY


def spans(times: Iterable[int]) -> list[Span]:
    """The spans that canaries of one partition make, from their append times in any order, microseconds."""
    ordered = sorted(times)
    if not ordered:
        return []
    cuts = [(a, b) for a, b in pairwise(ordered) if b - a > GAP]
    lowers, uppers = [ordered[0], *(b for _, b in cuts)], [*(a for a, _ in cuts), ordered[-1]]
    return [Span(lower, upper) for lower, upper in zip(lowers, uppers, strict=True)]


def everywhere(partitions: Collection[Sequence[Span]]) -> list[Span]:
    """The time observed in all partitions at once, from the spans of each, in order.

    A partition counts from its first canary on: one that is added leaves the time before it as it was.
    """
    begun = [found for found in partitions if found]
    first = min((found[0].lower for found in begun), default=0)
    common = [Span(first, max((found[-1].upper for found in begun), default=first))]
    for found in begun:
        common = _both(common, [Span(first, found[0].upper), *found[1:]])
    return common if begun else []


def _both(left: Sequence[Span], right: Sequence[Span]) -> list[Span]:
    common = (Span(max(a.lower, b.lower), min(a.upper, b.upper)) for a in left for b in right)
    return [span for span in common if span.upper > span.lower]
