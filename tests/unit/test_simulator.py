"""The simulated province: the same for the same seed, valid to the last event, and wrong exactly where it says so."""

import json
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from nhip.commands.simulate import command, demo
from nhip.simulator import Kind, Record, generate
from nhip.simulator.bad import BAD
from nhip.simulator.province import province
from nhip.simulator.trouble import Trouble, disturb
from streams.contracts import STREAMS, Event
from streams.deadletters import Reason, Refusal
from streams.errors import WrongUse
from streams.parsing import parse

START = datetime(2026, 11, 23, 2, tzinfo=UTC)  # a Monday, 09:00 in the province
BY_TOPIC = {stream.topic: stream for stream in STREAMS}


def judged(record: Record) -> Event | Refusal:
    return parse(BY_TOPIC[record.topic], record.value, datetime.fromtimestamp(record.at, UTC))


def identity(record: Record) -> tuple[str, ...]:
    event = json.loads(record.value or b"")
    return (event["source"], event["id"], event["time"])


def test_the_same_seed_gives_the_same_bytes() -> None:
    first, second, other = (list(demo(seed, START, 200, 5000, trouble=True)) for seed in (7, 7, 8))
    assert first == second
    assert first != other


def test_every_event_is_valid_and_known_to_the_contract() -> None:
    for record in demo(3, START, 200, 20_000, trouble=False):
        event = judged(record)
        assert isinstance(event, Event), (event, record.value)
        assert event.data.unknown_fields == 0
        assert record.key == event.subject.encode()


def test_events_come_in_the_order_of_their_times_and_ids_sort_like_them() -> None:
    events = list(generate(1, START, 100, 5000))
    assert all(one["time"] <= other["time"] for one, other in pairwise(events))
    assert all(one["id"][:13] <= other["id"][:13] for one, other in pairwise(events))
    assert len({event["id"] for event in events}) == 5000


def test_people_work_by_day_and_systems_all_the_time() -> None:
    def pings(hour: int) -> int:
        at = datetime(2026, 11, 23, hour, 30, tzinfo=UTC)
        return sum(event["type"].endswith("health.ping") for event in generate(1, at, 50, 3000))

    morning, night = pings(2), pings(19)  # 09:30 and 02:30 in the province
    assert morning < night < 3000


def test_reports_and_dossiers_live_to_their_end() -> None:
    events = list(generate(5, START, 100, 60_000))
    types = Counter(event["type"].removeprefix("vn.nhip.") for event in events)
    for word in ("report.resolved", "report.rated", "report.returned_by_agency", "dossier.result_ready",
                 "dossier.returned", "dossier.fee_paid", "dossier.extended", "dossier.withdrawn"):  # fmt: skip
        assert types[word] > 0, word
    assert {event["subject"] for event in events if "health" in event["type"]} == {one.id for one in province().systems}


def test_trouble_adds_what_it_says_and_loses_nothing() -> None:
    records = list(demo(2, START, 500, 15_000, trouble=True))
    kinds = Counter(record.kind for record in records)
    assert kinds[Kind.EVENT] == 15_000
    assert kinds[Kind.BAD] + kinds[Kind.CONFLICT] == 15
    assert kinds[Kind.CONFLICT] > 0
    assert 600 < kinds[Kind.DUPLICATE] < 900


def test_what_is_marked_as_bad_is_refused_and_nothing_else_is() -> None:
    records = list(disturb(demo(4, START, 500, 4000, trouble=False), 4, Trouble(bad=0.02)))
    for record in records:
        assert isinstance(judged(record), Refusal) == (record.kind is Kind.BAD), record.label
    assert {record.label for record in records if record.kind is Kind.BAD} == {
        make(Random(1), START.timestamp()).label for make in BAD
    }


def test_bad_records_meet_every_reason_of_the_parser() -> None:
    records = disturb(demo(4, START, 500, 4000, trouble=False), 4, Trouble(bad=0.02))
    reasons = {found.reason for record in records if isinstance(found := judged(record), Refusal)}
    assert reasons == {
        Reason.TOMBSTONE, Reason.NOT_JSON, Reason.NOT_CLOUDEVENTS, Reason.UNKNOWN_TYPE, Reason.INVALID_DATA,
        Reason.SUBJECT_MISMATCH, Reason.OUTSIDE_HORIZON,
    }  # fmt: skip


def test_a_duplicate_repeats_an_earlier_record_and_a_conflict_contradicts_one() -> None:
    first: dict[tuple[str, ...], bytes | None] = {}
    for record in disturb(demo(6, START, 500, 6000, trouble=False), 6, Trouble(bad=0.01)):
        match record.kind:
            case Kind.EVENT:
                assert identity(record) not in first
                first[identity(record)] = record.value
            case Kind.DUPLICATE:
                assert first[identity(record)] == record.value
            case Kind.CONFLICT:
                assert first[identity(record)] != record.value


def test_no_late_ping_tells_of_a_time_before_the_traffic() -> None:
    late = [record for record in demo(9, START, 500, 6000, trouble=True) if record.label == "late"]
    pings = [json.loads(record.value or b"") for record in late if record.topic == "health-pings"]
    assert pings
    assert all(datetime.fromisoformat(ping["time"]) >= START for ping in pings)


def test_a_file_holds_one_record_a_line(tmp_path: Path) -> None:
    out = tmp_path / "day.jsonl"
    arguments = ["--events", "2000", "--rate", "500", "--trouble", "--out", str(out), "--json"]
    done = CliRunner().invoke(command, arguments, catch_exceptions=False, standalone_mode=False)
    summary = json.loads(done.output)
    assert summary["produced"] == len(out.read_bytes().splitlines())
    assert summary["event"] == 2000


@pytest.mark.parametrize(
    "options", [["--out", "f"], ["--events", "1", "--for", "1"], ["--start", "2026-11-23T00:00:00+07:00"]]
)
def test_options_that_do_not_fit_are_refused(options: list[str]) -> None:
    with pytest.raises(WrongUse):
        CliRunner().invoke(command, options, catch_exceptions=False, standalone_mode=False)
