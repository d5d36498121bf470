"""Bad input costs itself alone: one dead letter with its reason and raw bytes, and its neighbours are stored."""

from collections.abc import Callable, Iterable
from random import Random
from typing import Any

import pytest

from connectors.timescale import subjects
from nhip.simulator.bad import BAD
from streams.catalogue import Catalogue
from streams.contracts import DOSSIERS, HEALTH, REPORTS, STREAMS, Stream
from streams.subjects import LIFE_CYCLES, LifeCycle
from tests.stack.store_tools import NOW, House, dossier, encoded, housed, ping, report

TOPICS = {stream.topic: stream for stream in STREAMS}

REASONS = {
    "tombstone": "tombstone",
    "empty": "not_json",
    "cut off": "not_json",
    "not UTF-8": "not_json",
    "a list": "not_cloudevents",
    "nested too deep": "not_json",
    "no specversion": "not_cloudevents",
    "no subject": "not_cloudevents",
    "no time": "not_cloudevents",
    "unknown type": "unknown_type",
    "type of another stream": "unknown_type",
    "data is text": "invalid_data",
    "status is text": "invalid_data",
    "unknown status": "invalid_data",
    "NaN": "invalid_data",
    "infinity": "invalid_data",
    "NUL": "invalid_data",
    "lone surrogate": "not_json",
    "id of 1 MB": "not_cloudevents",
    "year 1": "outside_horizon",
    "year 9999": "outside_horizon",
    "time without offset": "not_cloudevents",
    "latitude 91": "invalid_data",
    "half a place": "invalid_data",
    "subject mismatch": "subject_mismatch",
}

MADE: dict[Stream, Callable[[int], dict[str, Any]]] = {
    REPORTS: lambda n: report(f"PA-{n}", n),
    DOSSIERS: lambda n: dossier(f"HS-{n}", n),
    HEALTH: lambda n: ping(f"s{n}", n),
}


def good(stream: Stream, numbers: Iterable[int]) -> list[bytes]:
    return [encoded(MADE[stream](number)) for number in numbers]


async def test_every_kind_of_bad_input(house: House) -> None:
    kinds = [make(Random(7), NOW.timestamp()) for make in BAD]
    assert {record.label for record in kinds} == set(REASONS)
    for number, record in enumerate(kinds):
        stream = TOPICS[record.topic]
        before, after = good(stream, (2 * number, 2 * number + 1))
        outcome = await house.take(stream, [before, record.value, after])
        assert (outcome.stored, len(outcome.refused)) == (2, 1), record.label
        query = 'SELECT reason, value, "offset" FROM nhip.dead_letter WHERE topic = %s ORDER BY "offset" DESC LIMIT 1'
        ((reason, value, offset),) = house.rows(query, stream.topic)
        at = house.position(stream) - 2
        assert (record.label, reason, value, offset) == (record.label, REASONS[record.label], record.value, at)
    assert len(house.letters()) == len(kinds)
    house.assert_true()


async def test_a_batch_of_nothing_but_bad_input(house: House) -> None:
    values = [make(Random(7), NOW.timestamp()).value for make in BAD]
    outcome = await house.take(REPORTS, values)
    assert (outcome.stored, len(outcome.refused)) == (0, len(values))
    assert [value for _, value in house.letters()] == values
    assert house.position(REPORTS) == len(values)
    house.assert_true()


REFUSALS = {
    "an event": (REPORTS, "ALTER TABLE nhip.report_event ADD CONSTRAINT unwanted CHECK (subject <> 'PA-13')"),
    "a ping": (HEALTH, "ALTER TABLE nhip.health_event ADD CONSTRAINT unwanted CHECK (subject <> 's13')"),
    "a state": (DOSSIERS, "ALTER TABLE nhip.dossier_state ADD CONSTRAINT unwanted CHECK (subject <> 'HS-13')"),
    "an interval": (HEALTH, "ALTER TABLE nhip.system_state ADD CONSTRAINT unwanted CHECK (subject <> 's13')"),
}


@pytest.mark.parametrize("what", REFUSALS)
async def test_a_row_that_only_the_database_refuses(store_url: str, what: str) -> None:
    stream, constraint = REFUSALS[what]
    undo = constraint.partition(" ADD ")[0] + " DROP CONSTRAINT unwanted"
    async with housed(store_url) as house:
        house.execute(constraint)  # type: ignore[arg-type]  # SQL of this file
        try:
            values = good(stream, range(40))
            values[5] = b"not an event"
            await house.take(stream, values)
            assert house.letters() == [("not_json", values[5]), ("refused_by_database", values[13])]
            assert [tuple(row) for row in house.rows("SELECT stored, dead_letters FROM nhip.partition")] == [(38, 2)]
            assert house.position(stream) == 40
            await house.take(stream, good(stream, range(40, 50)))  # and on it goes
            assert house.rows("SELECT stored, dead_letters FROM nhip.partition") == [(48, 2)]
            house.assert_true()
        finally:
            house.execute(undo)  # type: ignore[arg-type]  # SQL of this file


async def test_an_event_that_our_own_code_cannot_bear(plain_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """What neither parser nor life cycle foresaw must not stop the stream."""
    proper = LIFE_CYCLES[REPORTS]

    def history(events: Iterable[Any], catalogue: Catalogue) -> list[Any]:
        events = list(events)
        if any(event.subject == "PA-13" for event in events):
            raise ZeroDivisionError("a bug")
        return proper.history(events, catalogue)

    broken = LifeCycle(history, proper.flows, proper.current)
    monkeypatch.setattr(subjects, "LIFE_CYCLES", {**LIFE_CYCLES, REPORTS: broken})
    values = good(REPORTS, range(20))
    await plain_house.take(REPORTS, values)
    assert plain_house.letters() == [("poison", values[13])]
    assert plain_house.rows("SELECT detail FROM nhip.dead_letter") == [("ZeroDivisionError: a bug",)]
    plain_house.assert_true()


async def test_too_many_dead_letters_pause_that_partition_alone(house: House) -> None:
    bad = [b"not an event"] * 600
    await house.take(REPORTS, [*good(REPORTS, range(300)), *bad[:300]])
    refused = house.append(REPORTS, bad)
    await house.handle(refused)
    assert house.paused == [(REPORTS.topic, 0)]
    assert house.position(REPORTS) == 600, "nothing of the batch that went over the limit is applied"
    ((paused,),) = house.rows("SELECT paused FROM nhip.partition WHERE paused_at IS NOT NULL")
    assert paused == "900 of 1200 records within ten minutes were refused"
    assert await house.assign(REPORTS) is None, "no worker reads on, after a restart neither"

    other = await house.take(REPORTS, good(REPORTS, range(300, 310)), partition=1)
    pings = await house.take(HEALTH, good(HEALTH, range(10)))
    assert (other.stored, pings.stored) == (10, 10)

    house.adopt()
    assert await house.assign(REPORTS) == 600
    await house.handle(refused)
    last = await house.take(REPORTS, good(REPORTS, range(400, 405)))
    assert (last.stored, house.position(REPORTS), len(house.letters())) == (5, 1205, 900)
    assert house.paused == [(REPORTS.topic, 0)]
    house.assert_true()


async def test_half_of_the_records_may_be_bad(plain_house: House) -> None:
    values = good(REPORTS, range(600))
    await plain_house.take(REPORTS, [*values, *[b"not an event"] * 600])
    assert (plain_house.paused, len(plain_house.letters())) == ([], 600)


async def test_a_limit_counts_over_batches(plain_house: House) -> None:
    for _ in range(99):
        await plain_house.take(REPORTS, [b"not an event"] * 10)
    assert plain_house.paused == []
    await plain_house.take(REPORTS, [b"not an event"] * 9)
    assert plain_house.paused == []
    plain_house.append(REPORTS, [b"not an event"])
    await plain_house.handle(plain_house.fetch(REPORTS, 999, 1000))
    assert plain_house.paused == [(REPORTS.topic, 0)]
    assert len(plain_house.letters()) == 999


async def test_conflicts_count_against_the_limit(plain_house: House) -> None:
    await plain_house.take(HEALTH, [ping("s", n) for n in range(100)])
    for turn in range(8):
        await plain_house.take(HEALTH, [ping("s", n, status="fail", code=turn) for n in range(100)])
    assert plain_house.paused == []
    await plain_house.take(HEALTH, [ping("s", n, status="fail") for n in range(100)])
    assert plain_house.paused == [(HEALTH.topic, 0)]
