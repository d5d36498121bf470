"""Every kind of bad input of the contract, one function each: what publishers really send, and what attackers would."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

from nhip.simulator.ids import uuid7
from nhip.simulator.records import Kind, Record
from nhip.simulator.rhythm import stamp
from streams.contracts import DOSSIERS, HEALTH, REPORTS, Stream

Maker = Callable[[Random, float], Record]
Change = Callable[[dict[str, Any]], object]

_GOOD: dict[str, dict[str, Any]] = {
    REPORTS.name: {"category": "rac-thai", "lat": 9.78, "lon": 105.47, "description": "Rác tồn đọng"},
    DOSSIERS.name: {"procedure": "1.001193", "agency": "ubnd-tp-vi-thanh", "status": 2},
    HEALTH.name: {"status": "ok", "latency_ms": 12.5},
}
_WORD = {REPORTS.name: "submitted", DOSSIERS.name: "upserted", HEALTH.name: "ping"}


def _event(stream: Stream, random: Random, at: float) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": uuid7(random, at),
        "source": "/hau-giang/broken",
        "type": stream.type_prefix + _WORD[stream.name],
        "subject": f"BAD-{random.randrange(10**9)}",
        "time": stamp(at),
        "data": dict(_GOOD[stream.name]),
    }


def _changed(label: str, stream: Stream, change: Change) -> Maker:
    """A good event with one fault."""

    def make(random: Random, at: float) -> Record:
        event = _event(stream, random, at)
        change(event)
        key = str(event.get("subject", "none")).encode()
        return Record(stream.topic, key, json.dumps(event).encode(), at, Kind.BAD, label)

    return make


def _raw(label: str, stream: Stream, value: bytes | None) -> Maker:
    """Bytes that are no event at all."""

    def make(random: Random, at: float) -> Record:
        return Record(stream.topic, b"none", value, at, Kind.BAD, label)

    return make


def _set(**attributes: Any) -> Change:
    return lambda event: event.update(attributes)


def _data(**fields: Any) -> Change:
    return lambda event: event["data"].update(fields)


def _drop(attribute: str) -> Change:
    return lambda event: event.pop(attribute)


_DEEP = 100_000

BAD: tuple[Maker, ...] = (
    _raw("tombstone", DOSSIERS, None),
    _raw("empty", HEALTH, b""),
    _raw("cut off", REPORTS, b'{"specversion":"1.0","id":"1","sour'),
    _raw("not UTF-8", HEALTH, b'{"specversion":"1.0","id":"\xff\xfe"}'),
    _raw("a list", HEALTH, b"[1,2,3]"),
    _raw("nested too deep", REPORTS, b'{"data":' + b"[" * _DEEP + b"]" * _DEEP + b"}"),
    _changed("no specversion", HEALTH, _drop("specversion")),
    _changed("no subject", DOSSIERS, _drop("subject")),
    _changed("no time", REPORTS, _drop("time")),
    _changed("unknown type", REPORTS, _set(type="vn.nhip.report.exploded")),
    _changed("type of another stream", DOSSIERS, _set(type="vn.nhip.health.ping")),
    _changed("data is text", REPORTS, _set(data="không phải đối tượng")),
    _changed("status is text", DOSSIERS, _data(status="9")),
    _changed("unknown status", HEALTH, _data(status="great")),
    _changed("NaN", HEALTH, _data(latency_ms=float("nan"))),
    _changed("infinity", HEALTH, _data(latency_ms=float("inf"))),
    _changed("NUL", REPORTS, _data(description="rác\0thải")),
    _changed("lone surrogate", REPORTS, _data(description="\ud83d hình")),
    _changed("id of 1 MB", HEALTH, lambda event: event.update(id="x" * 1_000_000)),
    _changed("year 1", DOSSIERS, _set(time="0001-01-01T00:00:00Z")),
    _changed("year 9999", DOSSIERS, _set(time="9999-12-31T23:59:59Z")),
    _changed("time without offset", HEALTH, _set(time="2026-11-23T10:00:00")),
    _changed("latitude 91", REPORTS, _data(lat=91.0)),
    _changed("half a place", REPORTS, lambda event: event["data"].pop("lon")),
    _changed("subject mismatch", DOSSIERS, _data(dossier_id="ANOTHER")),
)
"""One of each; a conflict is made in trouble.py, since it needs something to conflict with."""
