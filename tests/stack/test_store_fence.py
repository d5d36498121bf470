"""The fence: a fetch is applied once, whoever brings it, and nothing before it is skipped."""

import asyncio

import pytest

from streams.batch import Skipped
from streams.contracts import HEALTH, REPORTS
from tests.stack.store_tools import NOW, House, ping, report


@pytest.fixture
async def ten(house: House) -> House:
    """Ten reports in a partition, the first four of them applied."""
    house.append(REPORTS, [report(f"PA-{n}", n) for n in range(10)])
    await house.assign(REPORTS)
    await house.handle(house.fetch(REPORTS, 0, 4))
    return house


def subjects(house: House) -> list[str]:
    return [subject for (subject,) in house.rows('SELECT subject FROM nhip.report_event ORDER BY "offset"')]


async def test_the_next_fetch_is_applied(ten: House) -> None:
    await ten.handle(ten.fetch(REPORTS, 4, 7))
    assert (ten.position(REPORTS), subjects(ten)) == (7, [f"PA-{n}" for n in range(7)])


async def test_a_fetch_below_the_position_was_applied_before(ten: House) -> None:
    for asked, after in ((0, 4), (1, 3), (3, 4)):
        await ten.handle(ten.fetch(REPORTS, asked, after))
    assert (ten.position(REPORTS), len(ten.outcomes)) == (4, 1)
    assert ten.rows("SELECT records, stored, duplicates FROM nhip.partition") == [(4, 4, 0)]


async def test_of_a_fetch_that_straddles_the_position_the_rest_is_applied(ten: House) -> None:
    await ten.handle(ten.fetch(REPORTS, 2, 6))
    assert (ten.position(REPORTS), subjects(ten)) == (6, [f"PA-{n}" for n in range(6)])
    assert ten.rows("SELECT records, stored, duplicates FROM nhip.partition") == [(6, 6, 0)]
    ten.assert_true()


async def test_a_fetch_beyond_the_position_ends_the_process(ten: House) -> None:
    with pytest.raises(Skipped, match="asked 5, stored position 4"):
        await ten.handle(ten.fetch(REPORTS, 5, 7))
    assert (ten.position(REPORTS), len(subjects(ten))) == (4, 4)


async def test_a_partition_that_was_never_assigned_is_not_applied(ten: House) -> None:
    with pytest.raises(Skipped, match="never assigned"):
        await ten.handle(ten.append(REPORTS, [report("PA-X", "x")], partition=1))


async def test_two_workers_with_the_same_fetch(house: House) -> None:
    """A zombie and its successor at the same moment, again and again."""
    await house.assign(HEALTH)
    for turn in range(20):
        fetch = house.append(HEALTH, [ping(f"s{n % 3}", f"{turn}-{n}", NOW) for n in range(30)])
        await asyncio.gather(*(house.handle(fetch) for _ in range(4)))
    assert len(house.outcomes) == 20
    assert house.rows("SELECT records, stored, duplicates FROM nhip.partition") == [(600, 600, 0)]
    house.assert_true()
