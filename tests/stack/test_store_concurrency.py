"""Many at once, and a database that goes away: nothing lost, nothing doubled, no partition kept waiting in a circle."""

import asyncio
from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any

import psycopg
import pytest

from streams import agents
from streams.agents import Transient
from streams.contracts import DOSSIERS, HEALTH, REPORTS, Stream
from streams.fetch import Fetch
from tests.stack.store_tools import NOW, House, dossier, housed, ping, report

PARTITIONS = 4


def busy(random: Random, events: int) -> list[tuple[Stream, dict[str, Any]]]:
    """Few subjects and many events, so that partitions meet at each of them."""
    found: list[tuple[Stream, dict[str, Any]]] = []
    for n in range(events):
        subject, at = random.randrange(12), NOW - timedelta(seconds=random.randrange(200_000))
        match n % 3:
            case 0:
                word = random.choice(["submitted", "dispatched", "resolved", "reopened"])
                found.append((REPORTS, report(f"PA-{subject}", n, word, at)))
            case 1:
                word = random.choice(["upserted", "result_ready", "extended", "returned"])
                due = (NOW + timedelta(days=random.randrange(-5, 5))).isoformat()
                found.append((DOSSIERS, dossier(f"HS-{subject}", n, word, at, due_at=due, received_at=at.isoformat())))
            case _:
                found.append((HEALTH, ping(f"s{subject}", n, at, random.choice(["ok", "ok", "fail"]))))
    return found


async def spread(house: House, random: Random, events: list[tuple[Stream, dict[str, Any]]]) -> list[list[Fetch]]:
    """Events over partitions whatever their subjects, some of them twice; each partition's fetches in order."""
    for stream in (REPORTS, DOSSIERS, HEALTH):
        of_stream = [event for of, event in events if of is stream]
        for partition in range(PARTITIONS):
            house.append(stream, random.sample(of_stream, len(of_stream) // 10), partition)  # and so all of them twice
        for event in of_stream:
            house.append(stream, [event], random.randrange(PARTITIONS))
        for partition in range(PARTITIONS):
            await house.assign(stream, partition)
    return [fetches(house, random, topic, partition) for topic, partition in list(house.kept)]


def fetches(house: House, random: Random, topic: str, partition: int) -> list[Fetch]:
    kept, found, asked = house.kept[topic, partition], [], 0
    while asked < len(kept):
        after = min(asked + random.randrange(1, 40), len(kept))
        found.append(Fetch(topic, partition, asked, after, kept[asked:after], len(kept)))
        asked = after
    return found


async def work(house: House, fetches: list[Fetch]) -> None:
    for fetch in fetches:
        await house.handle(fetch)


def assert_all_stored_once(house: House, events: list[tuple[Stream, dict[str, Any]]]) -> None:
    tables = {REPORTS: "nhip.report_event", DOSSIERS: "nhip.dossier_event", HEALTH: "nhip.health_event"}
    wanted = Counter(stream for stream, _ in events)
    stored = {stream: house.rows(f"SELECT count(*), count(DISTINCT id) FROM {tables[stream]}")[0] for stream in tables}  # type: ignore[arg-type]  # SQL of this file
    assert stored == {stream: (n, n) for stream, n in wanted.items()}
    records = sum(len(kept) for kept in house.kept.values())
    counted = house.rows("SELECT sum(records)::int, sum(stored)::int, sum(duplicates)::int FROM nhip.partition")
    assert counted == [(records, len(events), records - len(events))]
    house.assert_true()


async def test_partitions_with_the_same_subjects_side_by_side(house: House, caplog: pytest.LogCaptureFixture) -> None:
    random = Random(3)
    events = busy(random, 1200)
    await asyncio.gather(*(work(house, each) for each in await spread(house, random, events)))
    assert "deadlock" not in caplog.text
    assert_all_stored_once(house, events)


async def test_a_subject_that_begins_in_all_partitions_at_once(house: House) -> None:
    for turn in range(10):
        life = [report(f"PA-{turn}", f"{turn}-{n}", "submitted", NOW - timedelta(minutes=n)) for n in range(PARTITIONS)]
        pings = [ping(f"s{turn}", f"{turn}-{n}", NOW - timedelta(minutes=n)) for n in range(PARTITIONS)]
        at_once = [
            house.take(stream, [events[partition]], partition)
            for stream, events in ((REPORTS, life), (HEALTH, pings))
            for partition in range(PARTITIONS)
        ]
        await asyncio.gather(*at_once)
    assert house.rows("SELECT count(*) FROM nhip.report_event") == [(40,)]
    house.assert_true()


async def test_connections_lost_mid_way(house: House) -> None:
    random = Random(4)
    events = busy(random, 900)
    working = asyncio.gather(*(work(house, each) for each in await spread(house, random, events)))
    cut = 0
    async with await psycopg.AsyncConnection.connect(house.url, autocommit=True) as operator:
        while not working.done() and cut < 25:
            cursor = await operator.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND application_name = 'nhip' AND state <> 'idle'"
            )
            cut += (await cursor.fetchone() or (0,))[0]
            await asyncio.sleep(random.uniform(0.02, 0.2))
    await working
    assert cut > 0
    assert_all_stored_once(house, events)


async def test_more_partitions_than_connections(store_url: str) -> None:
    random = Random(5)
    async with housed(store_url, connections=1) as house:
        events = busy(random, 300)
        await asyncio.gather(*(work(house, each) for each in await spread(house, random, events)))
        assert_all_stored_once(house, events)


async def test_a_fault_that_stays_ends_the_process_and_stores_nothing(
    plain_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agents, "RETRY_SECONDS", 0.5)
    await plain_house.assign(REPORTS)
    fetch = plain_house.append(REPORTS, [report("PA-1", 1)])
    with psycopg.connect(plain_house.url) as operator:
        operator.execute("SELECT 1 FROM nhip.partition FOR UPDATE")
        plain_house.execute("ALTER ROLE nhip_writer SET lock_timeout = '50ms'")
        try:
            async with housed(plain_house.url) as waiting:
                with pytest.raises(Transient, match="lock timeout"):
                    await waiting.handle(fetch)
        finally:
            plain_house.execute("ALTER ROLE nhip_writer RESET lock_timeout")
    assert (plain_house.position(REPORTS), plain_house.letters()) == (0, [])
