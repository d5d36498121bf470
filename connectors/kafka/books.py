"""What a worker knows of its partitions: where the next fetch starts, what is handed out, what is stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from faust.types import TP, ConsumerMessage

RECORDS_AHEAD = 80_000  # not yet acknowledged, of all partitions: bounds the worker's memory
AHEAD = 2  # fetches of one partition not yet acknowledged: one in work, one queued


@dataclass(slots=True)
class Book:
    """One partition being consumed."""

    next: int  # where its next fetch must start
    stored: int  # everything below is acknowledged
    pending: set[ConsumerMessage] = field(default_factory=set)  # handed out, not acknowledged


class Books:
    """The books of all assigned partitions. A partition placed anew starts a new one: nothing before counts."""

    def __init__(self) -> None:
        self._open: dict[TP, Book] = {}
        self.held: set[TP] = set()

    def place(self, starts: Mapping[TP, int], held: Iterable[TP]) -> None:
        for tp in held:
            self.hold(tp)
        for tp, offset in starts.items():
            self.held.discard(tp)
            self._open[tp] = Book(offset, offset)

    def hold(self, tp: TP) -> None:
        self._open.pop(tp, None)
        self.held.add(tp)

    def keep(self, assigned: set[TP]) -> None:
        """Forget the partitions that are not assigned any more."""
        self._open = {tp: book for tp, book in self._open.items() if tp in assigned}
        self.held &= assigned

    @property
    def consumed(self) -> set[TP]:
        return set(self._open)

    def readable(self) -> set[TP]:
        return {tp for tp, book in self._open.items() if len(book.pending) < AHEAD}

    def room(self) -> int:
        """How many records more may be handed out."""
        return RECORDS_AHEAD - sum(
            len(message.value.records) for book in self._open.values() for message in book.pending
        )

    def follows(self, tp: TP, asked: int) -> bool:
        """Say whether a fetch starts where the one before it ended."""
        book = self._open.get(tp)
        return book is not None and book.next == asked

    def hand_out(self, message: ConsumerMessage) -> None:
        book = self._open[message.tp]
        book.next = message.offset + 1
        book.pending.add(message)

    def expects(self, message: ConsumerMessage) -> bool:
        book = self._open.get(message.tp)
        return book is not None and message in book.pending

    def acknowledge(self, message: ConsumerMessage) -> None:
        book = self._open[message.tp]
        book.pending.discard(message)
        book.stored = message.offset + 1

    def stored(self, tp: TP) -> int | None:
        """The position up to which everything is acknowledged; None while the partition is held."""
        book = self._open.get(tp)
        return book.stored if book is not None else None
