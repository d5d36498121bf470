"""The daily brief from the schema `board`: the figures of `nhip kpi`, and what happened that day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import psycopg

from connectors.timescale.kpi import answer
from connectors.timescale.observed import read as read_spans
from connectors.timescale.queries import load
from connectors.timescale.recount import histories
from streams.brief import FIGURES, OVERDUE, WEEK, Line, Overdue, checked, overdue
from streams.days import civil_day, day_start, microseconds, moment
from streams.health.timeline import outages, timeline
from streams.health.uptime import pieces
from streams.indicators.figures import Figure
from streams.indicators.question import Question
from streams.indicators.registry import INDICATORS

QUERIES = load("brief.sql")

DAY = timedelta(days=1)


class Fired(NamedTuple):
    """An alert that was open at some time of the day; `resolved_at` None: still at its end."""

    id: str
    rule: str
    labels: dict[str, str]
    severity: str
    reason_vi: str
    reason_en: str
    fired_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    resolved_at: datetime | None


class Down(NamedTuple):
    """A system was down: since the day before where `since` is None, beyond the day where `until` is."""

    system: str
    since: datetime | None
    until: datetime | None
    seconds: int


class Directive(NamedTuple):
    """A directive that was open at some time of the day; `done_at` and `closed_at` where they lie before its end."""

    number: int
    agency: str
    kind: str
    text: str
    subjects: int
    sent_at: datetime
    due_at: datetime
    done_at: datetime | None
    closed_at: datetime | None


class Logged(NamedTuple):
    """What somebody on duty wrote; `to_whom` only of a hand-over, empty while nobody has taken over."""

    at: datetime
    who: str
    to_whom: str | None
    text: str


class Restated(NamedTuple):
    """A measure of a closed period that late events changed that day: how many subjects, and by how much in all."""

    first: date
    past: date
    measure: str
    subjects: int
    change: int


@dataclass(frozen=True, slots=True)
class Brief:
    """A civil day in the centre: its figures and the week's before, what was wrong, what is late and who was told so,
    what those on duty wrote, what was restated."""

    day: date
    as_of: datetime
    lines: Sequence[Line]
    alerts: Sequence[Fired]
    outages: Sequence[Down]
    overdue: dict[str, list[Overdue]]
    directives: Sequence[Directive]
    shift_log: Sequence[Logged]
    restatements: Sequence[Restated]

    @property
    def is_empty(self) -> bool:
        """Nothing is known of the day: it lies before the first event, or nothing came."""
        return not any(line.now.value for line in self.lines)

    def as_json(self) -> dict[str, Any]:
        """For other programs."""
        return {
            "day": self.day, "compared_with": self.day - WEEK, "as_of": self.as_of, "empty": self.is_empty,
            "figures": [line.as_json() for line in self.lines],
            "alerts": [one._asdict() for one in self.alerts],
            "outages": [one._asdict() for one in self.outages],
            "overdue": {name: [row._asdict() for row in rows] for name, rows in self.overdue.items()},
            "directives": [one._asdict() for one in self.directives],
            "shift_log": [one._asdict() for one in self.shift_log],
            "restatements": [one._asdict() for one in self.restatements],
        }  # fmt: skip


def read(connection: psycopg.Connection, day: date, now: datetime) -> Brief:
    """The brief of a day as it stood at its end, of today as it stands. Raises WrongUse for one that has not begun."""
    checked(day, civil_day(now))
    lower, upper = day_start(day), min(day_start(day + DAY), now)
    within = {"lower": lower, "upper": upper}
    return Brief(
        day,
        upper,
        [Line(*(_figures(connection, name, at, now)[0] for at in (day, day - WEEK))) for name in FIGURES],
        [Fired(*row) for row in connection.execute(QUERIES["alerts"], within)],
        list(_outages(connection, lower, upper)),
        {
            name: overdue(*(_figures(connection, name, at, now, "agency") for at in (day, day - WEEK)))
            for name in OVERDUE
        },
        [Directive(*row) for row in connection.execute(QUERIES["directives"], within)],
        [Logged(*row) for row in connection.execute(QUERIES["shift_log"], within)],
        [Restated(*row) for row in connection.execute(QUERIES["restatements"], within)],
    )


def _figures(connection: psycopg.Connection, name: str, day: date, now: datetime, *group_by: str) -> list[Figure]:
    return answer(connection, Question(INDICATORS[name], day, day + DAY, now, group_by), now)


def _outages(connection: psycopg.Connection, lower: datetime, upper: datetime) -> Iterator[Down]:
    """Of each system in the order of its name, cut to the day."""
    begin, end = microseconds(lower), microseconds(upper)
    with connection.transaction():  # cursors on the server live in one
        spans, known = read_spans(connection, "health"), list(histories(connection, upper, lower))
    for one in sorted(known, key=lambda history: history.system):
        since = max(one.first, begin)
        for down in outages(timeline(pieces(one.needed, one.maintenance, since, end), spans)):
            yield Down(
                one.system,
                None if down.begin == begin else moment(down.begin),
                None if down.end is None else moment(down.end),
                ((end if down.end is None else down.end) - down.begin) // 1_000_000,
            )
