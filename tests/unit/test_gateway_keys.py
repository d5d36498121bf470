"""What a key may do, and keys that are read from a book which may be out of reach."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import pytest

from connectors.gateway.keys import FixedKeys, KeyInfo, hashed, settings_keys
from connectors.gateway.problems import RequestRefused
from connectors.gateway.stored_keys import StoredKeys
from streams.agents import Transient
from tests.unit.gateway_tools import BATCH, KEY, NOW, Memory, client, ping, post


class Entry(NamedTuple):
    hash: bytes
    name: str
    scopes: list[str]
    agencies: list[str] | None
    sandbox: bool
    expires_at: datetime | None


@dataclass
class Book:
    """Keys in memory; `away` is what a database says that does not answer."""

    entries: list[Entry] = field(default_factory=list)
    uses: list[str] = field(default_factory=list)
    away: bool = False

    async def keys(self) -> Sequence[Entry]:
        if self.away:
            raise Transient("no answer")
        return self.entries

    async def used(self, names: list[str]) -> None:
        if self.away:
            raise Transient("no answer")
        self.uses += names


def entry(token: str, name: str, expires_at: datetime | None = None) -> Entry:
    return Entry(hashed(token), name, ["publish"], None, False, expires_at)


def kept(book: Book) -> StoredKeys:
    return StoredKeys(settings_keys(KEY, None), book, lambda: NOW)


def dossier(agency: str | None = "so-xd") -> dict[str, Any]:
    data = {"status": 4} | ({"agency": agency} if agency else {})
    return ping(type="vn.nhip.dossier.status_changed", subject="H30-1", data=data)


async def sent(info: KeyInfo, *events: dict[str, Any]) -> tuple[list[int], dict[str, Any], int]:
    """Each event's status, the answer, and how many records were written."""
    topic = Memory()
    async with client(topic, keys=FixedKeys([(KEY, info)])) as http:
        answer = (await post(http, json.dumps(events), BATCH)).json()
    return [one["status"] for one in answer["events"]], answer, len(topic.records)


async def test_a_key_publishes_to_its_streams_only() -> None:
    statuses, answer, written = await sent(KeyInfo("k", frozenset({"publish:dossiers"})), ping(), dossier())
    assert (statuses, written) == ([403, 202], 1)
    assert "publish:health" in answer["events"][0]["problem"]["detail"]


async def test_a_key_of_an_agency_speaks_for_that_agency_only() -> None:
    key = KeyInfo("k", frozenset({"publish"}), frozenset({"so-xd"}))
    statuses, answer, written = await sent(key, dossier(), dossier("so-yt"), dossier(None))
    assert (statuses, written) == ([202, 403, 403], 1)
    assert answer["events"][1]["problem"]["path"] == "$.data.agency"


async def test_what_a_sandbox_key_sends_is_judged_and_goes_nowhere() -> None:
    key = KeyInfo("k", frozenset({"publish"}), sandbox=True)
    statuses, answer, written = await sent(key, ping(), ping(subject=None))
    assert (statuses, answer["sandbox"], written) == ([202, 422], True, 0)


async def test_a_key_of_the_book_is_found_and_its_use_noted() -> None:
    book = Book([entry("a", "app-1022"), entry("b", "kiosk")])
    keys = kept(book)
    await keys.read()
    found = await keys.find("a")
    assert found is not None
    assert found.name == "app-1022"
    assert await keys.find("c") is None
    await keys.read()
    await keys.read()
    assert book.uses == ["app-1022"]


async def test_a_key_that_is_revoked_or_expired_is_found_no_more() -> None:
    book = Book([entry("a", "one"), entry("b", "two", NOW), entry("c", "three", NOW + timedelta(seconds=1))])
    keys = kept(book)
    await keys.read()
    assert await keys.find("a") is not None
    assert await keys.find("b") is None
    assert await keys.find("c") is not None
    book.entries.pop(0)
    await keys.read()
    assert await keys.find("a") is None


async def test_while_the_book_is_away_the_keys_that_are_known_let_in() -> None:
    book = Book([entry("a", "one")])
    keys = kept(book)
    await keys.read()
    book.away = True
    with pytest.raises(Transient):
        await keys.read()
    assert await keys.find("a") is not None
    book.away = False
    await keys.read()
    assert book.uses == ["one"], "a use is not forgotten because it could not be noted at once"


async def test_before_the_book_was_read_only_the_keys_of_the_settings_let_in() -> None:
    keys = kept(Book(away=True))
    assert await keys.find(KEY) is not None
    with pytest.raises(RequestRefused) as refused:
        await keys.find("a")
    assert (refused.value.problem.status, refused.value.problem.headers) == (503, {"retry-after": "5"})
