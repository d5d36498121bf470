"""Years of a simulated province: every life whole, in its own time, at the hours at which a province works."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner

from nhip.commands.simulate import command
from nhip.simulator import at_their_times, history
from nhip.simulator.outages import REAL, Outages
from nhip.simulator.province import province
from streams.contracts import DOSSIERS, REPORTS, STREAMS, Event
from streams.days import day_start
from streams.dossiers.fold import history as dossier_states
from streams.errors import WrongUse
from streams.parsing import parse

BEGIN = day_start(date(2025, 3, 3))  # a Monday
DAY = timedelta(days=1)


def events_of(days: int, *, scale: float = 0.05, every: int = 3600, seed: int = 1) -> Iterator[dict[str, Any]]:
    return history(seed, BEGIN, BEGIN + days * DAY, scale, every)


@pytest.fixture(scope="module")
def quarter() -> list[dict[str, Any]]:
    """Ninety days of people's events at a tenth of their number."""
    return [event for event in events_of(90, scale=0.1, every=86_400) if "health" not in event["type"]]


def lives(events: list[dict[str, Any]], stream: str) -> dict[str, list[dict[str, Any]]]:
    found = defaultdict(list)
    for event in events:
        if event["type"].startswith(f"vn.nhip.{stream}."):
            found[event["subject"]].append(event)
    return found


def word(event: dict[str, Any]) -> str:
    return str(event["type"]).rpartition(".")[2]


def test_the_same_seed_gives_the_same_history() -> None:
    first, second, other = (list(events_of(3, seed=seed)) for seed in (1, 1, 2))
    assert first == second
    assert first != other


def test_history_is_in_order_and_known_to_the_contract(quarter: list[dict[str, Any]]) -> None:
    assert all(one["time"] <= other["time"] for one, other in pairwise(quarter))
    streams = {stream.topic: stream for stream in STREAMS}
    for record in at_their_times(quarter):
        event = parse(streams[record.topic], record.value, datetime.fromisoformat("2025-06-02T00:00:00+07:00"))
        assert isinstance(event, Event), event
        assert event.data.unknown_fields == 0


def test_lives_use_every_event_of_their_contract(quarter: list[dict[str, Any]]) -> None:
    told = {event["type"] for event in quarter}
    never = {"vn.nhip.report.anonymised"}  # a publisher's own act
    assert {name for stream in (REPORTS, DOSSIERS) for name in stream.by_type} - told == never
    statuses = {event["data"].get("status") for event in quarter if "dossier" in event["type"]}
    assert {1, 2, 3, 4, 5, 6, 7, 8, 9, 10} <= statuses


def test_offices_work_when_the_calendar_says_so(quarter: list[dict[str, Any]]) -> None:
    working = province().working_time
    counter = [event for event in quarter if word(event) == "upserted" and event["data"]["channel"] == "counter"]
    received = [event for event in counter if event["data"]["status"] == 2]
    assert received
    assert all(working.is_working(datetime.fromisoformat(event["time"])) for event in received)
    by_hour = Counter(datetime.fromisoformat(event["time"]).hour for event in quarter if word(event) == "submitted")
    assert by_hour[9] > 5 * by_hour[3]


def test_most_work_is_done_in_time_and_some_agencies_are_worse(quarter: list[dict[str, Any]]) -> None:
    catalogue, late = province(), Counter[str]()
    ended = Counter[str]()
    for told in lives(quarter, "dossier").values():
        adapted = [DOSSIERS.adapter.validate_json(orjson.dumps(event)) for event in told]
        last = dossier_states(adapted, catalogue)[-1]
        if last.ended_at is not None and last.due.at is not None:
            agency = told[0]["data"]["agency"]
            ended[agency] += 1
            late[agency] += last.ended_at > last.due.at
    assert 0.001 < late.total() / ended.total() < 0.05
    assert max(late[agency] / ended[agency] for agency in late) > 3 * late.total() / ended.total()


def test_a_crowd_reports_around_one_spot(quarter: list[dict[str, Any]]) -> None:
    submitted = [event for event in quarter if word(event) == "submitted"]
    near = Counter((round(one["data"]["lat"], 2), round(one["data"]["lon"], 2), one["time"][:10]) for one in submitted)
    assert near.most_common(1)[0][1] >= 4
    assert any(event["type"].endswith("duplicate_linked") for event in quarter)


def test_an_outage_takes_along_what_stands_on_it() -> None:
    systems = province().systems
    outages = Outages(5, systems, 0.0, REAL)
    parents = {system.id: system.parent for system in systems}
    fell = 0
    for hour in range(24 * 365):
        now = hour * 3600.0
        down = {system.id for system in systems if outages.root(system.id, now)}
        fell += bool(down)
        assert all(id in down for id, parent in parents.items() if parent in down)
        assert all(outages.root(id, now) in down for id in down)
    assert 20 < fell < 24 * 365 / 3


def test_online_dossiers_stop_while_the_portal_is_down() -> None:
    outages = Outages(1, province().systems, BEGIN.timestamp(), REAL)
    down, online = [], Counter[bool]()
    for hour in range(24 * 180):
        at = BEGIN.timestamp() + hour * 3600.0
        down.append(outages.carrier_down("dossiers:online", at) is not None)
    for event in events_of(180, every=86_400 * 30):
        if word(event) == "upserted" and event["data"]["status"] == 1:
            hour = int((datetime.fromisoformat(event["time"]) - BEGIN).total_seconds() // 3600)
            online[down[hour] and (hour + 1 == len(down) or down[hour + 1])] += 1
    assert online[False] > 100
    assert online[True] == 0


def test_every_check_pings_in_its_interval() -> None:
    pings = [event for event in events_of(1, every=600) if word(event) == "ping"]
    checks = sum(len(system.checks) for system in province().systems)
    assert len(pings) == checks * 144
    by_check = groupby(
        sorted(pings, key=lambda event: (event["subject"], event["data"]["check_id"], event["time"])),
        key=lambda event: (event["subject"], event["data"]["check_id"]),
    )
    for _, told in by_check:
        times = [datetime.fromisoformat(event["time"]) for event in told]
        assert all(abs((later - earlier).total_seconds() - 600) < 0.01 for earlier, later in pairwise(times))


def test_planned_work_is_told_on_saturday_nights_and_ends() -> None:
    told = defaultdict(list)
    for event in events_of(120, scale=0.001, every=86_400):
        if word(event).startswith("maintenance"):
            told[event["subject"]].append((word(event), datetime.fromisoformat(event["time"])))
    assert len(told) > 10
    parents = {system.parent for system in province().systems}
    assert not told.keys() & parents
    for turns in told.values():
        assert [name for name, _ in turns[:2]] == ["maintenance_started", "maintenance_ended"]
        assert {at.weekday() for name, at in turns if name == "maintenance_started"} == {5}


def test_pings_carry_what_a_system_is_watched_for() -> None:
    told = defaultdict(set)
    for event in events_of(1, every=3600):
        if word(event) == "ping":
            told[event["subject"]] |= event["data"].keys() | event["data"].get("metrics", {}).keys()
    for system in province().systems:
        assert {metric.name for metric in system.metrics} <= told[system.id], system.id


def test_a_year_is_as_large_as_asked_for() -> None:
    def received(scale: float) -> int:
        return sum(
            word(event) == "upserted" and event["data"]["status"] == 2 and "received_at" in event["data"]
            for event in events_of(28, scale=scale, every=86_400)
        )

    tenth, twentieth = received(0.1), received(0.05)
    assert 0.8 * 20_000 / 13 < tenth < 1.2 * 20_000 / 13
    assert 1.6 < tenth / twentieth < 2.4


def run(*words: str) -> Any:
    return CliRunner().invoke(command, list(words), catch_exceptions=False, standalone_mode=False)


def test_the_command_writes_history(tmp_path: Path) -> None:
    out = tmp_path / "history.jsonl"
    period = ("--from", "2025-03-03", "--to", "2025-03-05", "--scale", "0.05", "--every", "3600", "--out", str(out))
    summary = orjson.loads(run(*period, "--json").output)
    lines = [orjson.loads(line) for line in out.read_bytes().splitlines()]
    assert summary["produced"] == len(lines)
    assert {line["time"][:10] for line in lines} == {"2025-03-03", "2025-03-04"}
    once = out.read_bytes()
    run(*period)
    assert out.read_bytes() == once


@pytest.mark.parametrize(
    "options",
    [
        ["--days", "3"],
        ["--days", "3", "--out", "f", "--events", "5"],
        ["--from", "2025-03-03", "--to", "2025-03-03", "--out", "f"],
        ["--scale", "1", "--events", "1", "--out", "f"],
    ],
)
def test_options_that_do_not_fit_are_refused(
    options: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(WrongUse):
        run(*options)
