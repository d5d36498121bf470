"""Events as they go to a broker: topic, key, bytes, and what the worker should make of each."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import orjson

from streams.contracts import DOSSIERS, HEALTH, REPORTS


class Kind(StrEnum):
    """What becomes of a record: an event is stored, a duplicate counted, the others are dead letters."""

    EVENT = "event"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Record:
    """`topic` is without prefix; `at` is when it is to be sent, in seconds since 1970."""

    topic: str
    key: bytes | None
    value: bytes | None
    at: float
    kind: Kind = Kind.EVENT
    label: str = ""


@dataclass(slots=True)
class Tally:
    """How many of each kind were made; `trouble` counts by label (late, disordered, every kind of bad)."""

    kinds: Counter[Kind] = field(default_factory=Counter)
    trouble: Counter[str] = field(default_factory=Counter)

    def count(self, records: Iterable[Record]) -> Iterator[Record]:
        """Pass records on, counting."""
        for record in records:
            self.kinds[record.kind] += 1
            if record.label:
                self.trouble[record.label] += 1
            yield record

    def summary(self) -> dict[str, Any]:
        """For people and for --json."""
        kinds = {kind.value: self.kinds[kind] for kind in Kind}
        return {"produced": self.kinds.total(), **kinds, "trouble": dict(sorted(self.trouble.items()))}


def topic_of(event: dict[str, Any]) -> str:
    """The topic an event belongs into, from the beginning of its type."""
    return _TOPICS[event["type"][8]]


_TOPICS = {stream.type_prefix[8]: stream.topic for stream in (REPORTS, DOSSIERS, HEALTH)}  # vn.nhip.[r]eport.


def records(events: Iterable[dict[str, Any]], start: float, rate: float) -> Iterator[Record]:
    """Serialise what `generate` yields; the subject is the key, as DOMAIN §1 advises."""
    for number, event in enumerate(events):
        yield Record(topic_of(event), event["subject"].encode(), orjson.dumps(event), start + number / rate)


def at_their_times(events: Iterable[dict[str, Any]]) -> Iterator[Record]:
    """Serialise what `history` yields: each is sent when it happened."""
    for event in events:
        at = datetime.fromisoformat(event["time"]).timestamp()
        yield Record(topic_of(event), event["subject"].encode(), orjson.dumps(event), at)
