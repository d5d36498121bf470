"""What a system was, stretch by stretch, once its silences are judged; and its outages."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from streams.freshness import Span
from streams.health.checks import DOWN, SILENT, UP
from streams.health.uptime import Piece

UNOBSERVED = "unobserved"


class Stretch(NamedTuple):
    """From `lower` up to `upper` (microseconds): up, down, maintenance or unobserved."""

    lower: int
    upper: int
    state: str


def timeline(pieces: Iterable[Piece], spans: Sequence[Span]) -> list[Stretch]:
    """The pieces in order, silences cut into what was down and what nobody can tell; neighbours alike are one."""
    found: list[Stretch] = []
    for one in (stretch for piece in pieces for stretch in judged(piece, spans)):
        if found and found[-1].upper == one.lower and found[-1].state == one.state:
            found[-1] = found[-1]._replace(upper=one.upper)
        else:
            found.append(one)
    return found


def judged(piece: Piece, spans: Sequence[Span]) -> Iterator[Stretch]:
    """One piece; the spans of observed time come in order."""
    if piece.state != SILENT:
        yield Stretch(piece.lower, piece.upper, piece.state)
        return
    otherwise, since = UP if piece.up else UNOBSERVED, piece.lower
    for span in spans:
        lower, upper = max(span.lower + piece.cover, since), min(span.upper, piece.upper)
        if lower < upper:
            if since < lower:
                yield Stretch(since, lower, otherwise)
            yield Stretch(lower, upper, DOWN)
            since = upper
    if since < piece.upper:
        yield Stretch(since, piece.upper, otherwise)


class Outage(NamedTuple):
    """A system went down at `begin` and came up again at `end`, None while it has not."""

    begin: int
    end: int | None


def outages(stretches: Iterable[Stretch]) -> list[Outage]:
    """From the first moment down to the next one up. Planned work and time that nobody observed end no outage."""
    found: list[Outage] = []
    for stretch in stretches:
        if stretch.state == DOWN and (not found or found[-1].end is not None):
            found.append(Outage(stretch.lower, None))
        elif stretch.state == UP and found and found[-1].end is None:
            found[-1] = Outage(found[-1].begin, stretch.lower)
    return found
