"""Whatever the order, the batches and the partitions in which events arrive, the outcome is that of their set."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from random import Random
from typing import Any, LiteralString

import orjson
import pytest

from nhip.simulator import Kind, Record, disturb, generate, records
from nhip.simulator.trouble import Trouble
from streams.contracts import STREAMS
from streams.health import fold
from tests.stack.store_tools import NOW, House, emptied, housed

TOPICS = {stream.topic: stream for stream in STREAMS}
RATE = 0.02  # an event every 50 s of the province's time: 1 500 of them span most of a day
EVENTS = 1500
PARTITIONS = 3

DERIVED: dict[str, LiteralString] = {
    "cells": "SELECT m.name, axis, within, grain, cohort, day, who, sum(n[m.lane])::int FROM nhip.named_cell"
    " JOIN nhip.measure m USING (vector) GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(n[m.lane]) <> 0",
    "to come": "SELECT measure, place, cohort, moment, sum(n)::int FROM nhip.ahead GROUP BY 1, 2, 3, 4"
    " HAVING sum(n) <> 0",
    "reports": "SELECT subject, state, agency, kind, received_at, changed_at, cells FROM nhip.report_state",
    "dossiers": "SELECT subject, state, agency, kind, received_at, changed_at, due_at, ended_at, overdue_at, flags,"
    " cells FROM nhip.dossier_state",
    "systems": "SELECT subject, first_at, last_at, fold, tail FROM nhip.system_state",
    "intervals": "SELECT subject, planned, check_id, lower, upper, state, cover FROM nhip.health_interval",
    "days": "SELECT subject, day, up, down, maintenance, silent FROM nhip.health_day WHERE up + down + maintenance > 0",
}


def derived(house: House) -> dict[str, list[str]]:
    """Everything that follows from events, comparable."""
    return {name: sorted(map(repr, house.rows(query))) for name, query in DERIVED.items()}


def day(seed: int) -> list[Record]:
    """A province's day with trouble, in the order in which publishers send it."""
    start = NOW - timedelta(seconds=EVENTS / RATE)
    clean = records(generate(seed, start, RATE, EVENTS), start.timestamp(), RATE)
    trouble = Trouble(duplicates=0.05, disorder=0.1, late=0.03, bad=0.02)
    return [record for record in disturb(clean, seed, trouble) if record.kind is not Kind.CONFLICT]


def time_of(record: Record) -> tuple[str, str]:
    event: dict[str, Any] = orjson.loads(record.value or b"")
    return event["time"], event["id"]


async def arrive(house: House, arriving: Iterable[Record], random: Random, largest: int, partitions: int) -> None:
    """Hand records over in batches of random size, each from a partition of its own choice."""
    for stream in STREAMS:
        for partition in range(partitions):
            await house.assign(stream, partition)
    waiting: dict[tuple[str, int], list[bytes | None]] = {}
    for record in arriving:
        at = record.topic, random.randrange(partitions)
        waiting.setdefault(at, []).append(record.value)
        if random.random() < 2 / largest:
            await hand_over(house, *at, waiting.pop(at))
    for (topic, partition), values in waiting.items():
        await hand_over(house, topic, partition, values)


async def hand_over(house: House, topic: str, partition: int, values: list[bytes | None]) -> None:
    await house.handle(house.append(TOPICS[topic], values, partition))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("order", ["sent", "shuffled"])
async def test_a_day_in_any_order(store_url: str, monkeypatch: pytest.MonkeyPatch, seed: int, order: str) -> None:
    monkeypatch.setattr(fold, "CHECKPOINT_EVERY", 16)
    random = Random(seed)
    sent = day(seed)
    kinds = Counter(record.kind for record in sent)
    async with housed(store_url) as house:
        in_order = sorted((record for record in sent if record.kind is Kind.EVENT), key=time_of)
        await arrive(house, in_order, random, largest=1000, partitions=1)
        assert house.letters() == []
        house.assert_true()
        expected = derived(house)
    async with housed(emptied(store_url)) as house:
        arriving = random.sample(sent, len(sent)) if order == "shuffled" else sent
        await arrive(house, arriving, random, largest=200, partitions=PARTITIONS)
        counts = house.rows("SELECT sum(stored)::int, sum(duplicates)::int, sum(dead_letters)::int FROM nhip.partition")
        assert counts == [(kinds[Kind.EVENT], kinds[Kind.DUPLICATE], kinds[Kind.BAD])]
        house.assert_true()
        found = derived(house)
    for name in DERIVED:
        assert found[name] == expected[name], name
