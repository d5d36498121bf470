"""Ordinary traffic of a province, folded in this process while every rule looks: whom does it page?

    python -m tests.quiet_week [--days N] [--seed N] [--weeks N] [--outage SYSTEM]

The simulator's events, at their own times, without outages but with planned work; the rules of Cần Thơ. Before the days
that are watched, people's events of so many weeks say what is usual. With --outage that system, and what stands on it,
fails for half an hour on the first day. Exit code 1 if somebody was paged for nothing, or nobody for that.
"""

import argparse
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import orjson

from connectors.catalogue import example, read_directory
from nhip.simulator import history
from nhip.simulator.outages import QUIET
from nhip.simulator.province import province
from streams.alerts.digests import deadline
from streams.alerts.life_cycle import Alert, step
from streams.alerts.notices import Notice, notice
from streams.alerts.rules import blind, findings
from streams.arrivals import BUCKET, COMPLAINTS, HOUR, Arrivals, Usual, hour_of_week
from streams.catalogue import Catalogue
from streams.contracts import DOSSIERS, REPORTS, Event, Stream
from streams.days import day_start, microseconds, moment
from streams.deciders import deciders
from streams.dossiers.waiting import Unfinished
from streams.freshness import Span
from streams.health.beats import RANK, SYSTEM, Beat
from streams.health.fold import System, fold
from streams.health.now import LastPing
from streams.parsing import parse
from streams.pipeline import PartitionNow
from streams.reports.hot_spots import Sighting
from streams.reports.waiting import Unanswered
from streams.scene import Scene
from streams.subjects import LIFE_CYCLES, SubjectState

SECOND = 1_000_000
LOOK = 15 * SECOND
BEGIN = day_start(date(2025, 3, 3)) + timedelta(hours=5)  # a Monday
OUTAGE = (timedelta(hours=5), timedelta(minutes=30))
"""When it begins, and how long it lasts."""


class Told(NamedTuple):
    """Somebody was told that an alert fires."""

    at: datetime
    alert: Alert

    @property
    def is_page(self) -> bool:
        return self.alert.severity == "critical"


@dataclass
class Province:
    """What the events have made of it so far."""

    catalogue: Catalogue
    folds: dict[str, System] = field(default_factory=dict)
    pings: dict[str, dict[str, LastPing]] = field(default_factory=dict)
    events: dict[str, list[Event]] = field(default_factory=lambda: defaultdict(list))
    reports: dict[str, SubjectState] = field(default_factory=dict)
    dossiers: dict[str, SubjectState] = field(default_factory=dict)
    planned_until: dict[str, int] = field(default_factory=dict)
    counts: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))

    def take(self, event: Mapping[str, Any], at: int) -> None:
        """One event at its time, microseconds."""
        if event["type"].startswith("vn.nhip.health."):
            self._hear(event, at)
        elif event["type"].startswith("vn.nhip.report."):
            self._fold(REPORTS, event, self.reports)
        else:
            self._fold(DOSSIERS, event, self.dossiers)
        for flow in arrival(event):
            self.counts[flow][at // BUCKET * BUCKET] += 1

    def _hear(self, event: Mapping[str, Any], at: int) -> None:
        system, data = event["subject"], event["data"]
        status = data.get("status") or event["type"].rpartition(".")[2]
        check, interval, grace = data.get("check_id", SYSTEM), data.get("interval_s", 60), data.get("grace_s", 60)
        beat = Beat(at, RANK[status], event["id"], check, status, interval * SECOND, grace * SECOND)
        self.folds[system] = fold(self.folds.get(system, System()), [beat]).system
        if status == "maintenance_ended":
            self.planned_until[system] = at
        if check != SYSTEM:
            said = {name: value for name, value in data.items() if name in LastPing._fields}
            self.pings[system] = self.pings.get(system, {}) | {check: LastPing(**said)}

    def _fold(self, stream: Stream, event: Mapping[str, Any], states: dict[str, SubjectState]) -> None:
        parsed = parse(stream, orjson.dumps(event), datetime.fromisoformat(event["time"]))
        assert isinstance(parsed, Event), parsed
        self.events[parsed.subject].append(parsed)
        states[parsed.subject], _ = LIFE_CYCLES[stream].fold(self.events[parsed.subject], self.catalogue)

    def scene(self, now: int, usual: Mapping[str, Mapping[int, Usual]]) -> Scene:
        """As a ticker would read it."""
        streams = ("reports", "dossiers", "health")
        partitions = [PartitionNow(stream, f"nhip.{stream}", 0, 0, now, now) for stream in streams]
        upto = now // BUCKET * BUCKET
        begin = max(upto - HOUR, microseconds(BEGIN))
        counts = {flow: {at: self.counts[flow][at] for at in range(begin, upto, BUCKET)} for flow in usual}
        return Scene(
            now, Span(microseconds(BEGIN), now), self.catalogue, dict(self.folds), dict(self.pings), partitions,
            list(self._unanswered()), list(self._sightings(moment(now - HOUR))), dict(self._unfinished(now)),
            Arrivals(upto, counts, usual), planned_until=self.planned_until,
        )  # fmt: skip

    def _unanswered(self) -> Iterator[Unanswered]:
        for name, report in self.reports.items():
            urgent = report.detail.get("priority") == "urgent" and "responded_at" not in report.detail
            if urgent and report.ended_at is None and report.received_at is not None:
                area = report.detail.get("area")
                yield Unanswered(name, report.kind, report.agency, area and str(area), report.received_at)

    def _sightings(self, since: datetime) -> Iterator[Sighting]:
        for name, report in self.reports.items():
            if report.received_at is not None and report.received_at > since and "lat" in report.detail:
                lat, lon = float(report.detail["lat"]), float(report.detail["lon"])
                yield Sighting(name, report.kind, report.received_at, lat, lon)

    def _unfinished(self, now: int) -> Iterator[tuple[str, list[Unfinished]]]:
        for rule in self.catalogue.rules:
            due = deadline(rule, self.catalogue, moment(now)) if rule.kind == "digest" else None
            if due is not None:
                found: dict[str, list[datetime]] = defaultdict(list)
                for one in self.dossiers.values():
                    if one.ended_at is None and one.overdue_at is not None and one.overdue_at <= due.until:
                        found[one.agency].append(one.overdue_at)
                yield (
                    rule.name,
                    [
                        Unfinished(agency, late, len(dates) - late, min(dates))
                        for agency, dates in sorted(found.items())
                        for late in [sum(one <= due.at for one in dates)]
                    ],
                )


def arrival(event: Mapping[str, Any]) -> Iterator[str]:
    """The flows that something comes in by with this event."""
    data = event["data"]
    if event["type"] == "vn.nhip.report.submitted":
        yield f"reports:{data['channel']}"
        yield COMPLAINTS + str(data["category"])
    elif event["type"] == "vn.nhip.dossier.upserted" and data["status"] == 2:
        yield f"dossiers:{data['channel']}"


def usual(seed: int, weeks: int, catalogue: Catalogue) -> dict[str, dict[int, Usual]]:
    """What is usual at each hour of the week, from that many weeks before the first that is watched."""
    counts: dict[tuple[str, int], Counter[int]] = defaultdict(Counter)
    begin = BEGIN - timedelta(weeks=weeks)
    for event in history(seed + 1, begin, BEGIN, 1.0, 7 * 86_400, catalogue, QUIET):
        at = datetime.fromisoformat(event["time"])
        for flow in arrival(event):
            counts[flow, hour_of_week(microseconds(at))][(at - begin) // timedelta(weeks=1)] += 1
    found: dict[str, dict[int, Usual]] = defaultdict(dict)
    for (flow, hour), by_week in counts.items():
        each = [by_week[week] for week in range(weeks)]
        median = statistics.median(each)
        found[flow][hour] = Usual(weeks, median, statistics.median(abs(n - median) for n in each))
    return dict(found)


def watch(seed: int, end: datetime, weeks: int = 0, outage: str | None = None) -> list[Told]:
    """Everything that somebody was told of, from the Monday on which it begins."""
    rules = read_directory(example().with_name("can-tho-2025")).rules
    known = province().model_copy(update={"rules": rules})
    expected = usual(seed, weeks, known)
    world, looking = Province(known), deciders()
    alerts: dict[str, Alert] = {}
    told: list[Told] = []
    now = microseconds(BEGIN)
    for event in history(seed, BEGIN, end, 1.0, None, known, QUIET):
        at = microseconds(datetime.fromisoformat(event["time"]))
        while now + LOOK <= at:
            now += LOOK
            scene = world.scene(now, expected)
            found = {one.id: one for one in findings(scene, [one for decide in looking for one in decide(scene)])}
            blinded = blind(scene)
            for id in alerts.keys() | found.keys():
                before, finding = alerts.get(id), found.get(id)
                rule = finding.rule.name if finding else alerts[id].rule
                after = step(before, finding, now, blind=rule in blinded)
                if after is not None and after is not before:
                    alerts[id] = after
                    if notice(before, after) is Notice.FIRING:
                        told.append(Told(moment(now), after))
        world.take(_failing(event, at, known, outage) if outage else event, at)
    return told


def _failing(event: Mapping[str, Any], at: int, known: Catalogue, outage: str) -> Mapping[str, Any]:
    """A ping fails while the system, or one that it stands on, is out."""
    begin = microseconds(BEGIN + OUTAGE[0])
    if event["type"] != "vn.nhip.health.ping" or not begin <= at < begin + OUTAGE[1] // timedelta(microseconds=1):
        return event
    above: str | None = event["subject"]
    while above is not None and above != outage:
        system = known.system(above)
        above = system.parent if system else None
    return event if above is None else {**event, "data": {**event["data"], "status": "fail"}}


def main() -> int:
    """Watch, and print what was told by rule."""
    options = _options()
    told = watch(options.seed, BEGIN + timedelta(days=options.days), options.weeks, options.outage)
    counted = Counter((one.alert.severity, one.alert.rule) for one in told)
    for (severity, rule), n in sorted(counted.items()):
        print(f"{severity:9} {rule:16} told {n} times")
    pages = [one for one in told if one.is_page]
    for page in pages:
        print(f"{page.at:%Y-%m-%d %H:%M:%S} {page.alert.rule} {dict(page.alert.labels)}: {page.alert.reason.en}")
    print(f"{options.days} days: {len(pages)} pages")
    return 0 if bool(pages) == bool(options.outage) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.quiet_week")
    parser.add_argument("--days", type=int, default=7)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--weeks", type=int, default=5, help="of history that say what is usual")
    parser.add_argument("--outage", metavar="SYSTEM", help="fails for half an hour on the first day")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
