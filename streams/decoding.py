"""Decode one fetch: valid events on one side, dead letters with their reasons on the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from streams.contracts import HEALTH, Event, Stream
from streams.contracts.types import LATEST
from streams.days import EPOCH, microseconds
from streams.deadletters import DeadLetter, Reason, Refusal
from streams.errors import NhipError
from streams.fetch import Fetch, Record
from streams.freshness import is_canary
from streams.health.beats import beat
from streams.identity import identity
from streams.parsing import Window, named, validate
from streams.plain import PlainEvent
from streams.plain_pings import plain_pings
from streams.plain_subjects import plain_subjects
from streams.privacy import scrub
from streams.tuples import new

LOG_APPEND_TIME = 1
_LATEST = int(LATEST.timestamp() * 1000)  # a producer's time, in the demo, may be anything


class WrongTimestamps(NhipError):
    """The topic keeps its producers' times: set message.timestamp.type=LogAppendTime on it (`nhip setup` does)."""


Row = Callable[[Any, int, str], bytes]
"""How a store writes an event down, from the event (Event or PlainEvent), its time in microseconds and its identity."""


class Accepted(NamedTuple):
    """A valid event: its time (microseconds since 1970), identity and position, in whose order it sorts.

    It is kept as what storing and folding need, not as the model it was parsed to: models are large, and thousands of
    them in flight are slower to come back to than to make. `content` is the Beat of a ping, else the event.
    """

    time: int
    identity: str
    offset: int
    subject: str
    row: bytes
    content: Any
    appended_at: datetime


@dataclass(frozen=True, slots=True)
class Decoded:
    """What one fetch holds."""

    accepted: list[Accepted] = field(default_factory=list)
    refused: list[DeadLetter] = field(default_factory=list)
    unknown: dict[int, int] = field(default_factory=dict)
    canaries: dict[int, int] = field(default_factory=dict)
    """Append times by offset, microseconds: records that are neither events nor dead letters."""

    @property
    def unknown_fields(self) -> int:
        """How many fields of `data` the contract does not know; `unknown` holds their number by offset."""
        return sum(self.unknown.values())

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
            {at: number for at, number in self.unknown.items() if at >= offset},
            {at: time for at, time in self.canaries.items() if at >= offset},
        )


@dataclass(frozen=True)
class Decoder:
    """Decodes the fetches of one stream. `any_timestamps` is for the demo's broker, which keeps no append time."""

    stream: Stream
    pseudonym_key: bytes
    row: Row
    any_timestamps: bool = False

    def decode(self, records: Sequence[Record], decoded: Decoded) -> None:
        """Parse, judge and scrub records, adding to `decoded`. Raises WrongTimestamps without the broker's append time.

        This loop runs for every event there is: it calls as little as it can.
        """
        accept, stream, row, health = decoded.accepted.append, self.stream, self.row, self.stream is HEALTH
        stamp: int | None = None
        window = Window.at(stream, EPOCH)
        values = [record.value for record in records]
        plain: Sequence[PlainEvent | None] = (
            plain_pings(values) if health else plain_subjects(stream, values, self.pseudonym_key)
        )
        for record, read in zip(records, plain, strict=True):
            if record.timestamp != stamp:  # one append time for a whole record batch: most repeat
                stamp = record.timestamp
                window = Window.at(stream, self._appended_at(record))
            event: Event | PlainEvent | None = read
            unknown = 0
            if event is None:
                found = validate(stream, record.value)
                if isinstance(found, Refusal):
                    _set_aside(record, window, found, decoded)
                    continue
                unknown = found.data.unknown_fields
                event = scrub(found, self.pseudonym_key)
            time = microseconds(event.time)
            if not window.earliest <= time <= window.latest:
                _set_aside(record, window, window.refusal(time), decoded)
                continue
            offset, name = record.offset, identity(event.source, event.id)
            content = beat(event, time, name) if health else event
            accept(new(Accepted, (time, name, offset, event.subject, row(event, time, name), content, window.now)))
            if unknown:
                decoded.unknown[offset] = unknown

    def _appended_at(self, record: Record) -> datetime:
        if record.timestamp_type != LOG_APPEND_TIME and not self.any_timestamps:
            raise WrongTimestamps
        return datetime.fromtimestamp(min(max(record.timestamp, 0), _LATEST) / 1000, UTC)

    def refuse(self, fetch: Fetch, refusal: Refusal) -> Decoded:
        """Every record of a fetch as a dead letter: for the poison that neither parser nor life cycle could foresee."""
        return Decoded(refused=[dead_letter(record, self._appended_at(record), refusal) for record in fetch.records])


def _set_aside(record: Record, window: Window, refusal: Refusal, decoded: Decoded) -> None:
    if refusal.reason is Reason.UNKNOWN_TYPE and is_canary(record.value):
        decoded.canaries[record.offset] = microseconds(window.now)
    else:
        decoded.refused.append(dead_letter(record, window.now, refusal))


def dead_letter(record: Record, appended_at: datetime, refusal: Refusal) -> DeadLetter:
    """A record as a dead letter, with its raw bytes, and the names by which its publisher may ask for it."""
    source, event_id = named(record.value or b"")
    return DeadLetter(record.offset, refusal, record.key, record.value, appended_at, source, event_id)
