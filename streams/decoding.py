"""Decode one fetch: valid events on one side, dead letters with their reasons on the other."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from streams.contracts import Event, Stream
from streams.contracts.types import LATEST
from streams.days import EPOCH
from streams.deadletters import DeadLetter, Refusal
from streams.errors import NhipError
from streams.fetch import Fetch, Record
from streams.identity import identity
from streams.parsing import parse
from streams.privacy import scrub

LOG_APPEND_TIME = 1
_LATEST = int(LATEST.timestamp() * 1000)  # a producer's time, in the demo, may be anything


class WrongTimestamps(NhipError):
    """The topic keeps its producers' times: set message.timestamp.type=LogAppendTime on it (`nhip setup` does)."""


class Accepted(NamedTuple):
    """A valid event with its identity and its position."""

    offset: int
    identity: str
    event: Event
    appended_at: datetime


@dataclass(frozen=True, slots=True)
class Decoded:
    """What one fetch holds."""

    accepted: list[Accepted] = field(default_factory=list)
    refused: list[DeadLetter] = field(default_factory=list)

    @property
    def unknown_fields(self) -> int:
        return sum(item.event.data.unknown_fields for item in self.accepted)

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
        for record, appended_at in self._stamped(fetch.records):
            event = parse(self.stream, record.value, appended_at)
            if isinstance(event, Refusal):
                decoded.refused.append(dead_letter(record, appended_at, event))
            else:
                event = scrub(event, self.pseudonym_key)
                key = identity(event.source, event.id)
                decoded.accepted.append(Accepted(record.offset, key, event, appended_at))
        return decoded

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
