"""A record of a one-stop system against what is stored: only what it says anew."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson

from connectors.backfill.conversion import content_id
from connectors.onestop.told import Snapshot
from streams.contracts import DOSSIERS
from streams.deadletters import Refusal
from streams.dossiers.life_cycle import SNAPSHOT
from streams.identity import identity
from streams.parsing import parse

Event = dict[str, Any]


def differences(
    events: Sequence[Event], known: Collection[str], last: Snapshot | None, status: int | None, now: datetime
) -> list[Event]:
    """The events of a record that say something new; `known` are identities that are stored.

    A snapshot has no time of its own but that of the receipt. One that says something else than the `last` one is
    therefore an event of `now`, with the dossier's `status` of today: at the time of the receipt it would stand beside
    the former one, and nobody could tell which of the two holds.
    """
    return list(_differences(events, known, last, status, now))


def identity_of(event: Event) -> str:
    return identity(event["source"], event["id"])


def _differences(
    events: Sequence[Event], known: Collection[str], last: Snapshot | None, status: int | None, now: datetime
) -> Iterator[Event]:
    for event in events:
        if identity_of(event) in known:
            continue
        if event["type"] != SNAPSHOT or last is None or datetime.fromisoformat(event["time"]) > last.time:
            yield event
        elif _facts(_stored(event, now)) != _facts(last.data) or _is_overtaken(events, last, status):
            yield _retold(event, _ends(events), status, now)


def _is_overtaken(events: Sequence[Event], last: Snapshot, status: int | None) -> bool:
    """Whether the last snapshot was told later than anything that the record knows, with a status that it has no more.

    Then what it knows would be ordered before that snapshot, and its status hidden.
    """
    moments = [datetime.fromisoformat(event["time"]) for event in events]
    return status is not None and status != last.data.get("status") and all(at < last.time for at in moments)


def _stored(event: Event, now: datetime) -> Mapping[str, Any]:
    """Its `data` as it would be stored."""
    found = parse(DOSSIERS, orjson.dumps(event), now)
    assert not isinstance(found, Refusal)  # the conversion has asked the same parser
    stored: Mapping[str, Any] = orjson.loads(found.data.stored())
    return stored


_OF_EVENTS = ("status", "finished_at", "returned_at")
"""What other events of a record tell, so that a snapshot that differs in it alone says nothing new."""


def _facts(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name not in _OF_EVENTS}


def _ends(events: Sequence[Event]) -> dict[str, Any]:
    """When the dossier was finished and returned, so that a status that is told again does not end it again."""
    return {name: event["data"][name] for event in events for name in _OF_EVENTS[1:] if name in event["data"]}


def _retold(event: Event, ends: Mapping[str, Any], status: int | None, now: datetime) -> Event:
    data = event["data"] | ends | ({} if status is None else {"status": status})
    told = event | {"time": now.isoformat(), "data": data}
    return told | {"id": content_id(told)}
