"""One system as `nhip show` tells it: what it is, what its checks were from when to when, its outages."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from streams.days import microseconds, moment
from streams.freshness import Span
from streams.health.checks import SILENT, Interval
from streams.health.fold import FOREVER
from streams.health.terms import Book, needed
from streams.health.timeline import judged, outages, timeline
from streams.health.uptime import Piece, observed, pieces
from streams.indicators.rounding import percent


def story(
    checks: Sequence[Interval],
    maintenance: Sequence[Interval],
    terms: Book,
    spans: Sequence[Span],
    first: int,
    now: datetime,
) -> dict[str, Any]:
    """The intervals of checks with their silences judged, planned work, outages, and uptime since the first ping."""
    until = microseconds(now)
    whole = pieces(needed(checks, terms), maintenance, first, until)
    seen = observed(whole, spans)
    ordered = sorted(checks, key=lambda interval: (interval.check, interval.lower))
    return {
        "uptime": percent(seen.up, seen.up + seen.down),
        "observed": percent(sum(seen), max(until - first, 0)),
        "outages": [
            {
                "from": moment(outage.begin),
                "to": None if outage.end is None else moment(outage.end),
                "seconds": ((until if outage.end is None else outage.end) - outage.begin) // 1_000_000,
            }
            for outage in outages(timeline(whole, spans))
        ],
        "history": [row for one in ordered for row in _told(one, spans, until)],
        "maintenance": [
            {"check": work.check or "all", "from": moment(work.lower), "to": _end(work.upper)}
            for work in sorted(maintenance, key=lambda i: i.lower)
        ],
    }


def _told(interval: Interval, spans: Sequence[Span], until: int) -> Iterable[dict[str, Any]]:
    upper = min(interval.upper, until)
    piece = Piece(interval.lower, upper, interval.state, interval.cover)
    for stretch in judged(piece, spans) if interval.lower < upper else ():
        yield {
            "check": interval.check,
            "state": stretch.state,
            "from": moment(stretch.lower),
            "to": moment(stretch.upper),
            "by": "silence" if interval.state == SILENT else "pings",
        }


def _end(upper: int) -> datetime | None:
    return None if upper == FOREVER else moment(upper)
