"""What comes in, as the ticker counts it, and what SQL makes of it: what is usual at an hour of the week."""

from collections.abc import AsyncIterator
from datetime import date, datetime, time, timedelta

import pytest
from psycopg import AsyncConnection

from connectors.timescale.arrivals import Counting
from streams.arrivals import BUCKET, HOUR, Usual, hour_of_week
from streams.catalogue import Catalogue, Check, System
from streams.contracts import DOSSIERS, REPORTS
from streams.contracts.types import PROVINCE_TIME
from streams.days import civil_day, microseconds, moment
from tests.stack.store_tools import NOW, House, as_role, dossier, report

STREAMS = ("reports", "dossiers")
NOON = microseconds(datetime.combine(civil_day(NOW), time(12), PROVINCE_TIME))
PORTAL = System(
    id="dvc-portal", name="C", name_en="P", watch=("volume",), checks=(Check(id="web"),), carries=("dossiers:online",),
    complaints=("cong-vu",),
)  # fmt: skip
PROVINCE = Catalogue(systems=(PORTAL,))


@pytest.fixture
async def writer(house: House) -> AsyncIterator[AsyncConnection]:
    """The ticker's connection."""
    async with await AsyncConnection.connect(as_role(house.url, "nhip_writer"), autocommit=True) as connection:
        yield connection


async def test_what_comes_between_two_looks_is_counted_by_its_way(house: House, writer: AsyncConnection) -> None:
    counting = Counting()
    await house.take(REPORTS, [report("r0", 0, channel="app")])
    await counting.look(writer, PROVINCE, STREAMS, NOON)
    await house.take(REPORTS, [report("r1", 1, channel="app"), report("r2", 2, channel="web", category="cong-vu")])
    await house.take(DOSSIERS, [dossier(f"d{n}", n, channel="online", received_at=NOW.isoformat()) for n in range(3)])
    same = await counting.look(writer, PROVINCE, STREAMS, NOON + BUCKET - 1)
    assert same.counts == {}, "the five minutes are not over"
    found = await counting.look(writer, PROVINCE, STREAMS, NOON + BUCKET)
    counted = {flow: spans[NOON] for flow, spans in found.counts.items() if spans[NOON]}
    assert counted == {"reports:app": 1, "reports:web": 1, "category:cong-vu": 1, "dossiers:online": 3}
    again = await Counting().look(writer, PROVINCE, STREAMS, NOON + BUCKET)
    assert again.counts == found.counts, "another ticker goes on from what is stored"


async def test_a_stream_that_is_behind_is_not_counted(house: House, writer: AsyncConnection) -> None:
    counting = Counting()
    await counting.look(writer, PROVINCE, ("dossiers",), NOON)
    found = await counting.look(writer, PROVINCE, STREAMS, NOON + BUCKET)
    assert {flow.partition(":")[0] for flow in found.counts} == {"dossiers"}
    missed = await counting.look(writer, PROVINCE, STREAMS, NOON + 3 * BUCKET)
    assert NOON + 2 * BUCKET not in missed.counts["dossiers:online"], "nobody looked when those five minutes began"


async def test_what_is_usual_is_the_median_of_whole_hours_without_outages_and_holidays(
    house: House, writer: AsyncConnection
) -> None:
    hour = NOON - HOUR
    weeks = {1: 3, 2: 4, 3: 5, 4: 100, 5: 0, 6: 4}  # by weeks ago: so many in each of the twelve spans
    for ago, n in weeks.items():
        house.execute(
            "INSERT INTO nhip.arrival SELECT %s::timestamptz + k * interval '5 minutes', 'dossiers:online', %s, %s"
            " FROM generate_series(0, %s) k",
            moment(hour) - timedelta(weeks=ago), n, ago != 5, 10 if ago == 6 else 11,
        )  # fmt: skip
    found = await Counting().look(writer, PROVINCE, STREAMS, NOON)
    usual = found.usual["dossiers:online"][hour_of_week(hour)]
    assert usual == Usual(weeks=4, median=54.0, mad=12.0), "36, 48, 60 and 1 200: an outlier moves it little"


async def test_what_comes_while_its_carrier_is_down_or_on_a_holiday_is_not_usual(
    house: House, writer: AsyncConnection
) -> None:
    house.execute(
        "INSERT INTO nhip.decision (kind, id, state, since, reason_vi, reason_en, data, decided_at)"
        " VALUES ('system', 'dvc-portal', 'down', now(), '', '', '{}', now())"
    )  # fmt: skip
    counting = Counting()
    holiday = microseconds(datetime.combine(date(2026, 9, 2), time(12), PROVINCE_TIME))
    workday = microseconds(datetime(2026, 11, 25, 12, tzinfo=PROVINCE_TIME))
    for at in (workday, workday + BUCKET, holiday, holiday + BUCKET):
        await counting.look(writer, PROVINCE, STREAMS, at)
    kept = dict(house.rows("SELECT flow || ' ' || (at = %s), usual FROM nhip.arrival", moment(holiday)))
    assert (kept["dossiers:online false"], kept["reports:app false"]) == (False, True)
    assert (kept["dossiers:online true"], kept["reports:app true"]) == (False, False)


async def test_places_that_many_report_from_at_this_hour_are_known(house: House, writer: AsyncConnection) -> None:
    days = [NOW - timedelta(days=n) for n in range(1, 8)]
    await house.take(REPORTS, [report(f"r{n}", n, at=day, lat=9.7841, lon=105.4712) for n, day in enumerate(days)])
    counting = Counting()
    await counting.look(writer, PROVINCE, STREAMS, microseconds(NOW))
    assert counting.usual_sightings == {("rac-thai", "9.78,105.47"): 7 / 28}
