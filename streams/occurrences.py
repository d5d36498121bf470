"""What life cycles fold: events of one subject in their total order."""

from collections.abc import Iterable
from datetime import UTC, datetime
from operator import lt
from typing import Any, NamedTuple, Protocol, TypeVar

from streams.contracts import Stream


class Occurrence(Protocol):
    """What a fold needs of an event, whether it was just parsed or read back from the database."""

    @property
    def type(self) -> str: ...
    @property
    def time(self) -> datetime: ...
    @property
    def source(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def data(self) -> Any: ...


class Stored(NamedTuple):
    """An event read back from the database; `data` is the body model that its type names."""

    type: str
    time: datetime
    source: str
    id: str
    data: Any


O = TypeVar("O", bound=Occurrence)  # noqa: E741 - a type


def in_order(stream: Stream, events: Iterable[O]) -> list[O]:
    """Events in the total order: time, seq, place in the life cycle, source, id. Folding is a function of the set."""
    found = list(events)
    times = [event.time for event in found]
    if all(map(lt, times, times[1:])):
        return found  # as most come: the key costs ten times as much
    by_type = stream.by_type
    return sorted(
        found,
        key=lambda event: (
            event.time.astimezone(UTC),  # which compares ten times faster than offsets as they came
            (event.data.seq or 0) if stream.sequenced else 0,
            by_type[event.type].rank,
            event.source,
            event.id,
        ),
    )
