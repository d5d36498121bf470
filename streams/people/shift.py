"""The shift log (sổ giao ca): what was noted, and each hand-over, which who goes writes and who comes confirms."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from streams.errors import WrongUse
from streams.people.directive import NotNow

LONGEST = 4000
"""Characters of an entry."""
MOST_LINKS = 50


class Note(NamedTuple):
    """What somebody notes, with the alerts and subjects it is about, by their ids."""

    text: str
    alerts: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()


class Logged(NamedTuple):
    """A note as it stands in the log; it is never changed."""

    number: int
    at: datetime
    who: str
    text: str
    alerts: tuple[str, ...]
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Handover:
    """A hand-over: alerts and directives are those that were open when it was written, as they stood."""

    number: int
    written_at: datetime
    outgoing: str
    text: str
    alerts: list[dict[str, Any]]
    directives: list[dict[str, Any]]
    incoming: str | None = None
    confirmed_at: datetime | None = None


def checked(note: Note) -> Note:
    """The note as it is kept. Raises WrongUse where it says nothing, or too much."""
    text = note.text.strip()
    if not 0 < len(text) <= LONGEST:
        raise WrongUse(f"text: 1 to {LONGEST} characters, this has {len(text)}")
    if len(note.alerts) + len(note.subjects) > MOST_LINKS:
        raise WrongUse(f"alerts and subjects: {MOST_LINKS} at most")
    return Note(text, tuple(dict.fromkeys(note.alerts)), tuple(dict.fromkeys(note.subjects)))


def confirm(handover: Handover, who: str, at: datetime) -> Handover:
    """Taken over by who comes. Raises NotNow: it is taken over already, or by who wrote it."""
    if handover.incoming is not None:
        raise NotNow(f"hand-over {handover.number} was taken over by {handover.incoming} already")
    if who == handover.outgoing:
        raise NotNow(f"{who} wrote hand-over {handover.number}: who comes confirms it, not who goes")
    return replace(handover, incoming=who, confirmed_at=at)
