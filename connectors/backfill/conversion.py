"""From a row to the records it stands for, or the reasons why it is refused."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol

import orjson

from connectors.backfill.kinds import convert, fields
from connectors.backfill.mapping import EventRule, FileMapping, first
from connectors.backfill.moments import NoMoment, moment
from connectors.backfill.rows import Row
from streams.contracts import Stream, stream_of
from streams.deadletters import Reason, Refusal
from streams.parsing import parse
from streams.privacy import stripped


class Record(NamedTuple):
    """One event on its way; `topic` is without prefix."""

    topic: str
    key: bytes
    value: bytes


class Reasoned(NamedTuple):
    """A reason as dead letters name it, and the sentence for people."""

    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A row none of which is sent. `reasons` are those of its events."""

    line: int
    raw: bytes
    reasons: tuple[Reasoned, ...]


class Converter(Protocol):
    """Rows to records; every record has passed the parser that the worker asks (streams/parsing.py)."""

    def convert(self, row: Row, now: datetime) -> list[Record] | Refused: ...


class CloudEvents:
    """Rows that are events already: what `nhip simulate --out` writes, and any publisher's archive."""

    def __init__(self, key: bytes, stream: Stream | None = None) -> None:
        """`key` makes pseudonyms; `stream`: take only events of this one."""
        self._key, self._stream = key, stream

    def convert(self, row: Row, now: datetime) -> list[Record] | Refused:
        """The event as it stands in the file, without what the gateway would take from it too."""
        if row.fault:
            return Refused(row.line, row.raw, (Reasoned(Reason.NOT_JSON, row.fault),))
        stream = stream_of(str(row.values.get("type")))
        if stream is None or (self._stream is not None and stream is not self._stream):
            expected = f"{self._stream.type_prefix}*" if self._stream else "vn.nhip.*"
            return Refused(row.line, row.raw, (Reasoned(Reason.UNKNOWN_TYPE, f"type is none of the {expected} types"),))
        found = parse(stream, row.raw, now)
        if isinstance(found, Refusal):
            return Refused(row.line, row.raw, (Reasoned(found.reason, found.detail),))
        document = orjson.loads(row.raw)
        private = stripped(document, found, self._key)
        value = row.raw if private is document else orjson.dumps(private)
        return [Record(stream.topic, found.subject.encode(), value)]


class Mapped:
    """Rows of another system, turned into events by a mapping."""

    def __init__(self, mapping: FileMapping, stream: Stream, key: bytes) -> None:
        self._mapping, self._stream, self._key = mapping, stream, key

    def convert(self, row: Row, now: datetime) -> list[Record] | Refused:
        """All events of the row, or none: half a row would be a history that nobody has written."""
        if row.fault:
            return Refused(row.line, row.raw, (Reasoned("unreadable", row.fault),))
        records: list[Record] = []
        reasons: list[Reasoned] = []
        for rule in self._mapping.event:
            for values in filter(rule.applies, rule.rows(row.values)):
                found = self._event(rule, values, now)
                if isinstance(found, Record):
                    records.append(found)
                else:
                    reasons.append(found)
        if reasons or not records:
            nothing = Reasoned("no_event", "no rule of the mapping applies to this row")
            return Refused(row.line, row.raw, tuple(dict.fromkeys(reasons)) or (nothing,))
        return records

    def _event(self, rule: EventRule, values: Mapping[str, Any], now: datetime) -> Record | Reasoned:
        try:
            event = self._built(rule, values)
        except NoMoment as error:
            return Reasoned(Reason.INVALID_DATA, str(error))
        found = parse(self._stream, orjson.dumps(event), now)
        if isinstance(found, Refusal):
            return Reasoned(found.reason, found.detail)
        private = dict(stripped(event, found, self._key))
        private["id"] = content_id(private)
        return Record(self._stream.topic, found.subject.encode(), orjson.dumps(private))

    def _built(self, rule: EventRule, values: Mapping[str, Any]) -> dict[str, Any]:
        formats, stream = self._mapping.times, self._stream
        subject = first(values, self._mapping.subject)
        type_name = stream.type_prefix + rule.type
        event: dict[str, Any] = {"specversion": "1.0", "id": "?", "source": self._mapping.source, "type": type_name}
        if subject is not None:
            event["subject"] = str(subject)
        time = first(values, rule.time)
        if time is not None:
            event["time"] = _with_time(moment(str(time), formats))
        kinds = fields(stream, type_name)
        event["data"] = {
            name: convert(found, kinds[name], formats)
            for name, value in rule.data.items()
            if (found := value.pick(values)) is not None
        }
        return event


def content_id(event: Mapping[str, Any]) -> str:
    """An identity for an event that has none, from what it says: the same row is the same event, however often and
    in whatever file it comes, and one that says something else is another.

    Nothing that was taken out for privacy is in it (it could be guessed from the hash), nor the pseudonym, whose key
    may be changed.
    """
    data = {name: value for name, value in event["data"].items() if name != "reporter_ref"}
    said = orjson.dumps({**event, "id": None, "data": data}, option=orjson.OPT_SORT_KEYS)
    return hashlib.blake2b(said, digest_size=16).hexdigest()


def _with_time(moment: str) -> str:
    """An event without a time of day happened at the beginning of its day."""
    return f"{moment}T00:00:00+07:00" if len(moment) == len("2026-11-23") else moment
