"""Alert stories: a TOML file says what happens when, and which alerts stand and who was told of what.

Systems ping every 30 s and are given 30 s of grace; the ticker looks every 5 s. Between two entries everything goes on
as it was.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

from streams import catalogue
from streams.alerts.audit import noted, steps
from streams.alerts.digests import deadline
from streams.alerts.life_cycle import Alert, State, step
from streams.alerts.notices import notice
from streams.alerts.pipeline import GIB
from streams.alerts.rules import blind, findings
from streams.arrivals import BUCKET, HOUR, Arrivals, Usual
from streams.catalogue import Catalogue
from streams.days import microseconds, moment
from streams.deciders import deciders
from streams.dossiers.waiting import Unfinished
from streams.freshness import Span
from streams.health.beats import RANK, SYSTEM, Beat
from streams.health.fold import System, fold
from streams.health.now import LastPing
from streams.pipeline import ChannelNow, PartitionNow
from streams.reports.hot_spots import Sighting
from streams.reports.waiting import Unanswered
from streams.scene import Decider, Scene
from streams.words import NO_WORDS, Words
from tests.unit.event_tools import at
from tests.unit.language_tools import is_english, is_vietnamese

SCENARIOS = Path(__file__).with_name("scenarios")
SECOND = 1_000_000
EVERY, TICK = 30, 5
BEFORE = 300 * SECOND
"""Microseconds in which everything is well before a story begins."""


@dataclass
class Story:
    """What is going on at `now`, and what Nhịp makes of it."""

    catalogue: Catalogue
    now: int
    pings: dict[str, str] = field(default_factory=dict)
    metrics: dict[str, dict[str, Any]] = field(default_factory=dict)
    probes: dict[str, str] = field(default_factory=dict)
    partitions: dict[str, dict[str, Any]] = field(default_factory=dict)
    channels: dict[str, ChannelNow] = field(default_factory=dict)
    database_gib: float = 1
    unanswered: dict[str, Unanswered] = field(default_factory=dict)
    sightings: list[Sighting] = field(default_factory=list)
    dossiers: dict[str, dict[str, datetime]] = field(default_factory=dict)
    rates: dict[str, float] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    usual: dict[str, dict[int, Usual]] = field(default_factory=dict)
    usual_sightings: dict[tuple[str, str], float] = field(default_factory=dict)
    planned_until: dict[str, int] = field(default_factory=dict)
    nhip: str = "running"
    folds: dict[str, System] = field(default_factory=dict)
    alerts: dict[str, Alert] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    said: set[Words] = field(default_factory=set)
    deciders: tuple[Decider, ...] = field(default_factory=deciders)
    stopped_at: int = 0
    observed_from: int = 0
    clock_off: int = 0
    number: int = 0

    def until(self, end: int) -> None:
        """Let time go by: pings, and the ticker's looks."""
        while self.now < end:
            self.now += TICK * SECOND
            if self.now // SECOND % EVERY == 0 and self.nhip != "deaf":
                self._ping()
            if self.now % BUCKET == 0 and self.nhip == "running":
                self._count(self.now - BUCKET)
            if self.nhip != "stopped":
                self._look()

    def usually(self, flows: Mapping[str, float], weeks: int) -> None:
        """So many an hour at every hour of the week, also in the hour before the story."""
        for flow, n in flows.items():
            usual = Usual(weeks, n, n**0.5 / 2)
            self.usual[flow] = dict.fromkeys(range(168), usual)
        self.rates |= flows
        for begin in range(self.now // BUCKET * BUCKET - HOUR, self.now // BUCKET * BUCKET, BUCKET):
            self._count(begin)

    def _count(self, begin: int) -> None:
        """What comes in the five minutes from `begin` on: evenly, in whole numbers."""
        part = begin % HOUR // BUCKET
        for flow, n in self.rates.items():
            self.counts.setdefault(flow, {})[begin] = round(n * (part + 1) / 12) - round(n * part / 12)

    def happen(self, what: Mapping[str, Any]) -> None:
        """What an entry of the story changes."""
        self.pings |= what.get("ping", {})
        self.rates |= what.get("arrive", {})
        for system, numbers in what.get("metrics", {}).items():
            self.metrics.setdefault(system, {}).update(numbers)
        for stream, changed in what.get("partitions", {}).items():
            self.partitions.setdefault(stream, {}).update(
                {name: None if value == "" else value for name, value in changed.items()}
            )
        for name, fault in what.get("channels", {}).items():
            self.channels[name] = ChannelNow(name, self.now, fault)
        self.database_gib = what.get("database_gib", self.database_gib)
        for system, word in what.get("maintenance", {}).items():
            self._hear(system, SYSTEM, f"maintenance_{word}")
            if word == "ended":
                self.planned_until[system] = self.now
        for report in what.get("urgent", []):
            self.unanswered[report] = Unanswered(report, "dien", "dien-luc", "vi-thanh", moment(self.now))
        for report in what.get("answered", []):
            del self.unanswered[report]
        for n, (lat, lon) in enumerate(what.get("reports", [])):
            self.sightings.append(Sighting(f"r{len(self.sightings)}", "thoat-nuoc", moment(self.now + n), lat, lon))
        for agency, dossiers in what.get("dossiers", {}).items():
            self.dossiers[agency] = {name: at(overdue_at) for name, overdue_at in dossiers.items()}
        if "usual_weeks" in what:
            usual = {flow: hours[0]._replace(weeks=what["usual_weeks"]) for flow, hours in self.usual.items()}
            self.usual = {flow: dict.fromkeys(range(168), one) for flow, one in usual.items()}
        for action, names in what.get("hand", {}).items():
            for name in names:
                self._hand(action, name)
        self.clock_off = what.get("clock_off_s", self.clock_off // SECOND) * SECOND
        if "nhip" in what:
            self._go_on(what["nhip"])

    def _go_on(self, how: str) -> None:
        """`stopped`: nobody looks. `behind`: what comes is read later. `deaf`: the gateway is away, nothing comes.
        `restarted`: another ticker goes on from what is stored."""
        if how == "restarted":
            self.deciders = deciders()
            self.alerts = {id: stored(alert) for id, alert in self.alerts.items()}
            return
        if how == "running" and self.nhip == "deaf":
            self.observed_from = self.now
        self.stopped_at = self.now if self.nhip == "running" else self.stopped_at
        self.nhip = how

    def standing(self) -> dict[str, str]:
        """The state of each alert that is open, by rule and label."""
        return {named(alert): alert.state.value for alert in self.alerts.values() if alert.is_open}

    def reasons(self, names: Collection[str]) -> dict[str, str]:
        """What is said of some of the alerts that are open, in English."""
        said = {named(alert): alert.reason.en for alert in self.alerts.values() if alert.is_open}
        return {name: said.get(name, "") for name in names}

    def evidence(self, names: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
        """What some of the alerts that are open have of the evidence asked for."""
        known = {named(alert): alert.evidence for alert in self.alerts.values() if alert.is_open}
        return {name: {key: known.get(name, {}).get(key) for key in asked} for name, asked in names.items()}

    def _hear(self, system: str, check: str, status: str) -> None:
        self.number += 1
        beat = Beat(self.now, RANK[status], f"{self.number:032x}", check, status, EVERY * SECOND, EVERY * SECOND)
        self.folds[system] = fold(self.folds.get(system, System()), [beat]).system

    def _ping(self) -> None:
        for system, status in self.pings.items():
            if status != "silent":
                self._hear(system, "web", status)

    def _scene(self) -> Scene:
        known = self.stopped_at if self.nhip in ("behind", "deaf") else self.now
        pings = {
            system: {"web": _last_ping(self.metrics.get(system, {}), self.probes.get(system))} for system in self.folds
        }
        partitions = [
            PartitionNow(stream, f"nhip.{stream}", 0, **({"lag": 0, "moved": self.now, "fresh": known} | changed))
            for stream, changed in ({"health": {}, "reports": {}, "dossiers": {}} | self.partitions).items()
        ]
        span = Span(max(self.observed_from, self.now - 10_000 * SECOND), known)
        return Scene(
            self.now + self.clock_off, span, self.catalogue, self.folds, pings, partitions,
            list(self.unanswered.values()), self.sightings, dict(self._unfinished()), self._arrivals(),
            self.usual_sightings, planned_until=self.planned_until,
            dead_channels=[channel for channel in self.channels.values() if channel.fault],
            database_bytes=int(self.database_gib * GIB),
        )  # fmt: skip

    def _arrivals(self) -> Arrivals:
        return Arrivals(self.now // BUCKET * BUCKET, self.counts, self.usual)

    def _unfinished(self) -> Iterator[tuple[str, list[Unfinished]]]:
        """As the query `unfinished` counts it."""
        for rule in self.catalogue.rules:
            due = deadline(rule, self.catalogue, moment(self.now)) if rule.kind == "digest" else None
            if due is not None:
                found = [
                    (agency, sorted(one for one in dossiers.values() if one <= due.until))
                    for agency, dossiers in sorted(self.dossiers.items())
                ]
                counted = [(agency, sum(one <= due.at for one in dates), dates) for agency, dates in found if dates]
                yield rule.name, [Unfinished(agency, n, len(dates) - n, dates[0]) for agency, n, dates in counted]

    def _look(self) -> None:
        scene = self._scene()
        found = {one.id: one for one in findings(scene, [d for decider in self.deciders for d in decider(scene)])}
        for id in sorted(self.alerts.keys() | found.keys()):
            before, finding = self.alerts.get(id), found.get(id)
            rule = finding.rule.name if finding else self.alerts[id].rule
            after = step(before, finding, scene.now, blind=rule in blind(scene))
            if after is not None and after != before:
                self.alerts[id] = after
                self.said |= {after.reason, *(noted(word, after) for word in steps(before, after))}
                told = notice(before, after)
                if told is not None:
                    self.told.append(f"{told} {named(after)}")

    def _hand(self, action: str, name: str) -> None:
        """As nhip.hand does it in the database."""
        for alert in [alert for alert in self.alerts.values() if named(alert) == name and alert.is_open]:
            self.alerts[alert.id] = by_hand(alert, action, self.now)


def by_hand(alert: Alert, action: str, now: int, until: int = 3600 * SECOND) -> Alert:
    """What nhip.hand makes of an open alert."""
    match action:
        case "ack":
            state = State.ACKNOWLEDGED if alert.state is State.FIRING else alert.state
            return replace(alert, state=state, acknowledged_at=now, acknowledged_by="lan", by_hand=False)
        case "silence":
            return replace(
                alert, state=State.SUPPRESSED, silenced_until=now + until, silenced_by="lan", by_hand=False
            )  # fmt: skip
        case _:
            return replace(
                alert, state=State.RESOLVED, by_hand=True, resolved_at=now, clear_since=None, suppressed_by=None,
                acknowledged_at=None, acknowledged_by=None,
            )  # fmt: skip


def stored(alert: Alert) -> Alert:
    """An alert as it comes back from the database."""
    columns = orjson.loads(orjson.dumps(asdict(alert), default=tuple))
    return Alert(**columns | {"state": State(columns["state"]), "reason": Words(*columns["reason"])})


def named(alert: Alert) -> str:
    """An alert as stories call it: `system-down portal`."""
    return " ".join([alert.rule, *(value for _, value in sorted(alert.labels.items()))])


def _last_ping(numbers: Mapping[str, Any], probe: str | None) -> LastPing:
    own = {name: value for name, value in numbers.items() if name in LastPing._fields}
    others = {name: value for name, value in numbers.items() if name not in own}
    return LastPing(EVERY, EVERY, probe=probe, metrics=others, **own)


def scenarios() -> list[Path]:
    """Every story there is."""
    return sorted(SCENARIOS.glob("*.toml"))


def played(path: Path, province: Catalogue, *, without: bool = False) -> list[str]:
    """What came out otherwise than the story says; `without` its rule."""
    script = tomllib.loads(path.read_text(encoding="utf-8"))
    day = script.get("day", "2026-11-25")  # a Wednesday
    systems = [_system(entry) for entry in script.get("systems", [])]
    playing = {script["rule"], *script.get("also", ())} - ({script["rule"]} if without else set())
    rules = [rule for rule in province.rules if rule.name in playing]
    assert script["rule"] in {rule.name for rule in province.rules}, f"{path.name}: no such rule"
    known = Catalogue(calendar=province.calendar, duty=province.duty, rules=tuple(rules), systems=tuple(systems))
    begin = microseconds(at(f"{day} {script['scene'][0]['at']}"))
    story = Story(known, begin - BEFORE)
    story.pings = {system.id: "ok" for system in systems}
    story.probes = {entry["id"]: entry["probe"] for entry in script.get("systems", []) if "probe" in entry}
    story.usually(script.get("usual", {}), script.get("usual_weeks", 8))
    places = [(key.split(), n) for key, n in script.get("usual_sightings", {}).items()]
    story.usual_sightings = {(category, place): n for (category, place), n in places}
    wrong: list[str] = []
    for entry in script["scene"]:
        story.until(microseconds(at(f"{day} {entry['at']}") + timedelta(days=entry.get("later_days", 0))))
        told, story.told = story.told, []
        for what, found, expected in (
            ("stands", story.standing(), entry.get("stands", story.standing())),
            ("told", sorted(told), sorted(entry.get("told", []))),
            ("evidence", story.evidence(entry.get("evidence", {})), entry.get("evidence", {})),
            ("reasons", story.reasons(entry.get("reasons", {})), entry.get("reasons", {})),
        ):
            if found != expected:
                wrong.append(f"{path.name} {entry['at']}: {what} {found}, expected {expected}")
        story.happen(entry)
    return wrong + [f"{path.name}: {said}" for said in story.said if not _one_language_each(said)]


def _one_language_each(said: Words) -> bool:
    return said == NO_WORDS or (is_vietnamese(said.vi) and is_english(said.en))


def _system(entry: Mapping[str, Any]) -> catalogue.System:
    return catalogue.System(
        id=entry["id"],
        name=entry["id"],
        name_en=entry["id"],
        parent=entry.get("parent"),
        watch=tuple(entry.get("watch", ["reachability"])),
        carries=tuple(entry.get("carries", ())),
        complaints=tuple(entry.get("complaints", ())),
        checks=(catalogue.Check(id="web", interval_s=EVERY, grace_s=EVERY, probe=entry.get("probe")),),
    )
