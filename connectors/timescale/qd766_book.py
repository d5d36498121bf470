"""The QĐ 766 index kept for boards: some periods, the whole and every agency, as of when each was reckoned.

It is made of fifteen indicators: a board that asked for it every few seconds would ask too much. And it is reckoned by
the one function that `nhip kpi qd766` uses, in fractions: both show the same (docs/decisions/0009-qd766-board.md).
"""

from datetime import date, datetime

import psycopg
from psycopg import IsolationLevel
from psycopg.types.json import Jsonb

from connectors.timescale.qd766 import answer, answer_by_agency
from connectors.timescale.queries import load
from streams.days import civil_day
from streams.indicators.qd766 import Formulas
from streams.indicators.qd766_parts import listed
from streams.periods import Period, months_before, running

QUERIES = load("qd766.sql")

MONTHS = 11
"""Besides those that run: a year of months."""


def keep(connection: psycopg.Connection, decided: Formulas, now: datetime) -> list[Period]:
    """Reckon anew, in one snapshot, the periods that run and the past one that was reckoned longest ago; returns them.

    Does nothing where another process is at it.
    """
    connection.isolation_level = IsolationLevel.REPEATABLE_READ
    with connection.transaction():
        if connection.execute(QUERIES["alone"]).fetchone() != (True,):
            return []
        found = [*running(civil_day(now)), *_past(connection, civil_day(now))]
        for period in found:
            _keep(connection, decided, period, now)
    return found


def _past(connection: psycopg.Connection, today: date) -> list[Period]:
    """At first all of them. Late events may change one, so each comes round again."""
    reckoned: dict[str, datetime] = dict(connection.execute(QUERIES["reckoned"]).fetchall())
    past = months_before(today, MONTHS)
    never = [period for period in past if period.name not in reckoned]
    return never or [min(past, key=lambda period: reckoned[period.name])]


def _keep(connection: psycopg.Connection, decided: Formulas, period: Period, now: datetime) -> None:
    span = period.first, period.past, now, now
    indexes = {"": answer(connection, decided, *span)} | answer_by_agency(connection, decided, *span)
    rows = [(period.name, agency, now, Jsonb(listed(decided, index))) for agency, index in indexes.items()]
    with connection.cursor() as cursor:
        cursor.executemany(QUERIES["keep"], rows)
