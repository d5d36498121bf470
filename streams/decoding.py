"""Decode one fetch: valid events on one side, dead letters with their reasons on the other."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from operator import attrgetter
from typing import NamedTuple

from streams.contracts import Event, Stream
from streams.contracts.types import LATEST
from streams.days import EPOCH, event_microseconds
from streams.deadletters import DeadLetter, Refusal
from streams.errors import NhipError
from streams.fetch import Fetch, Record
from streams.identity import identity
from streams.parsing import Window, judge, validate
from streams.privacy import scrub

LOG_APPEND_TIME = 1
_LATEST = int(LATEST.timestamp() * 1000)  # a producer's time, in the demo, may be anything


class WrongTimestamps(NhipError):
    """The topic keeps its producers' times: set message.timestamp.type=LogAppendTime on it (`nhip setup` does)."""


class Accepted(NamedTuple):
    """A valid event with its time (microseconds since 1970), identity and position; they sort in this order."""

    time: int
    identity: str
    offset: int
    event: Event
    appended_at: datetime


_BODY = attrgetter("event.data")


@dataclass(frozen=True, slots=True)
class Decoded:
    """What one fetch holds."""

    accepted: list[Accepted] = field(default_factory=list)
    refused: list[DeadLetter] = field(default_factory=list)

    @property
    def unknown_fields(self) -> int:
        return sum(body.unknown_fields for body in map(_BODY, self.accepted) if body.__pydantic_extra__)

    @property
    def newest(self) -> datetime | None:
        """Append time of the last record."""
        last = [item.appended_at for item in self.accepted[-1:]] + [letter.appended_at for letter in self.refused[-1:]]
        return max(last, default=None)

    def since(self, offset: int) -> "Decoded":
        """Without what lies below an offset that is already applied."""
        return Decoded(
            [item for item in self.accepted if item.offset >= offset],
            [letter for letter in self.refused if letter.offset >= offset],
        )


@dataclass(frozen=True)
class Decoder:
    """Decodes the fetches of one stream. `any_timestamps` is for the demo's broker, which keeps no append time."""

    stream: Stream
    pseudonym_key: bytes
    any_timestamps: bool = False

    def decode(self, fetch: Fetch) -> Decoded:
        """Parse, judge and scrub every record. Raises WrongTimestamps when the broker's append time is missing."""
        decoded = Decoded()
        stream, window = self.stream, Window.at(self.stream, EPOCH)
        for record, appended_at in self._stamped(fetch.records):
            if appended_at is not window.now:
                window = Window.at(stream, appended_at)
            found = self._accept(record, appended_at, window)
            if isinstance(found, Refusal):
                decoded.refused.append(dead_letter(record, appended_at, found))
            else:
                decoded.accepted.append(found)
        return decoded

    def _accept(self, record: Record, appended_at: datetime, window: Window) -> Accepted | Refusal:
        event = validate(self.stream, record.value)
        if isinstance(event, Refusal):
            return event
        time = event_microseconds(event.time)
        refusal = judge(time, window)
        if refusal is not None:
            return refusal
        event = scrub(event, self.pseudonym_key)
        return Accepted(time, identity(event.source, event.id), record.offset, event, appended_at)

    def _stamped(self, records: Iterable[Record]) -> Iterable[tuple[Record, datetime]]:
        stamp, appended_at = -1, EPOCH
        for record in records:
            if record.timestamp != stamp:  # one append time for a whole record batch: most repeat
                if record.timestamp_type != LOG_APPEND_TIME and not self.any_timestamps:
                    raise WrongTimestamps
                stamp = record.timestamp
                appended_at = datetime.fromtimestamp(min(max(stamp, 0), _LATEST) / 1000, UTC)
            yield record, appended_at

    def refuse(self, fetch: Fetch, refusal: Refusal) -> Decoded:
        """Every record of a fetch as a dead letter: for the poison that neither parser nor life cycle could foresee."""
        return Decoded(refused=[dead_letter(record, at, refusal) for record, at in self._stamped(fetch.records)])


def dead_letter(record: Record, appended_at: datetime, refusal: Refusal) -> DeadLetter:
    """A record as a dead letter, with its raw bytes."""
    return DeadLetter(record.offset, refusal, record.key, record.value, appended_at)
