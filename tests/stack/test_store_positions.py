"""Positions of partitions: kept with what they stand for, and never taken for those of another topic."""

import asyncio
from datetime import timedelta

import psycopg

from connectors.timescale import dead_letters
from connectors.timescale.dead_letters import Address
from streams.contracts import REPORTS
from tests.stack.store_tools import NOW, House, as_role, report

TOPIC = REPORTS.topic


async def begins(house: House, beginning: int, end: int, cluster: str = "a", partition: int = 0) -> int | None:
    return await house.positions.assigned(TOPIC, partition, beginning, end, cluster)


async def test_a_partition_begins_at_its_beginning_and_goes_on_where_it_stood(house: House) -> None:
    assert await begins(house, 3, 10) == 3
    assert await begins(house, 3, 10) == 3
    house.execute("UPDATE nhip.partition SET next_offset = 7")
    assert await begins(house, 3, 10) == 7


async def test_what_retention_took_is_recorded_and_passed(house: House) -> None:
    await begins(house, 0, 10)
    assert await begins(house, 40, 90) == 40
    assert house.rows("SELECT topic, partition, first_offset, next_offset FROM nhip.loss") == [(TOPIC, 0, 0, 40)]
    assert house.position(REPORTS) == 40


async def test_a_recreated_topic_waits_for_an_operator_and_begins_anew(house: House) -> None:
    await begins(house, 0, 10)
    await begins(house, 0, 10, partition=1)
    house.execute("UPDATE nhip.partition SET next_offset = 7")
    assert await begins(house, 0, 5, "b") is None
    ((reason,),) = house.rows("SELECT paused FROM nhip.partition WHERE partition = 0 AND paused_at IS NOT NULL")
    assert reason == "stored for cluster a, the broker is cluster b"
    assert await begins(house, 0, 10, "a") is None, "not even when the old one is there again"
    assert await begins(house, 0, 10, "a", partition=1) == 7
    house.adopt()
    assert await begins(house, 0, 5, "b") == 0
    assert await begins(house, 0, 5, "b") == 0


async def test_many_workers_ask_at_once(house: House) -> None:
    starts = await asyncio.gather(*(begins(house, 5, 10) for _ in range(10)))
    assert starts == [5] * 10


async def test_an_adopted_topic_keeps_the_dead_letters_of_the_one_before(house: House) -> None:
    """Both have their offset 0; so have their events."""
    await begins(house, 0, 2)
    await house.handle(house.append(REPORTS, [b"the old topic's", report("PA-1", 1)]))
    house.kept.clear()
    await begins(house, 0, 2, "b")
    house.adopt()
    assert await begins(house, 0, 2, "b") == 0
    later = NOW + timedelta(seconds=1)
    await house.handle(house.append(REPORTS, [b"the new topic's", report("PA-1", 1)], at=later))
    assert [value for _, value in house.letters()] == [b"the old topic's", b"the new topic's"]
    assert house.rows("SELECT stored, duplicates, dead_letters FROM nhip.partition") == [(1, 1, 2)]
    house.assert_true()
    with psycopg.connect(as_role(house.url, "nhip_writer")) as connection:
        for expected in (b"the new topic's", b"the old topic's"):
            found = dead_letters.find(connection, Address(TOPIC, 0, 0))
            assert found is not None
            assert found[2] == expected
            dead_letters.mark_retried(connection, Address(TOPIC, 0, 0))
            dead_letters.drop(connection, Address(TOPIC, 0, 0))
        assert dead_letters.find(connection, Address(TOPIC, 0, 0)) is None
    house.assert_true()
