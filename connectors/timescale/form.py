"""The form people sign: read from cells, closed with its figures as they stand, signed, and compared with today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import orjson
import psycopg

from connectors.timescale import catalogue
from connectors.timescale.kpi import answer
from connectors.timescale.queries import load
from streams.days import day_start
from streams.errors import NhipError
from streams.flows import Place
from streams.form import ASKED, Column, Difference, Key, Row, differences, rows, total
from streams.indicators.question import Question
from streams.indicators.registry import INDICATORS
from streams.periods import Period

QUERIES = load("form.sql")


class NotYet(NhipError):
    """The period has not ended: its form stays a draft until then."""


class AlreadyClosed(NhipError):
    """The period is closed already; later changes are in its ledger of restatements."""


class NotClosed(NhipError):
    """Only a closed form can be signed: `nhip report --period … --close --by NAME`."""


class AlreadySigned(NhipError):
    """The form is signed already."""


class Restatement(NamedTuple):
    """One line of the ledger: what a subject added to a cell of a closed period, before and after."""

    subject: str
    measure: str
    place: Place
    day: date
    old: int
    new: int
    cause: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Form:
    """A period's form as it is now; once it is closed, also as it was then, and what changed since."""

    period: Period
    state: str
    as_of: datetime
    now: Sequence[Row]
    closed: Sequence[Row] | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    signed_at: datetime | None = None
    signed_by: str | None = None
    restatements: Sequence[Restatement] = ()

    @property
    def differences(self) -> list[Difference]:
        """The cells that would be others today."""
        return [] if self.closed is None else differences(self.closed, self.now)

    def as_json(self) -> dict[str, Any]:
        """For other programs: the figures as they are now, as they were closed, and the ledger between them."""
        return {
            "period": self.period.name, "from": self.period.first, "to": self.period.past, "state": self.state,
            "as_of": self.as_of, "rows": [_document(row) for row in self.now], "total": _document(total(self.now)),
            "closed": None if self.closed is None else [_document(row) for row in self.closed],
            "closed_at": self.closed_at, "closed_by": self.closed_by,
            "signed_at": self.signed_at, "signed_by": self.signed_by,
            "differences": [difference._asdict() for difference in self.differences],
            "restatements": [line._asdict() for line in self.restatements],
        }  # fmt: skip


def _document(row: Row) -> dict[str, Any]:
    sums = {"received": row.received, "total": row.total, "settled": row.settled, "being_settled": row.being_settled}
    return row._asdict() | sums


def read(connection: psycopg.Connection, period: Period, *, by_successor: bool = False) -> Form:
    """The form of a period: draft, closed or signed. Counted by successor it is a draft of its own, never closed."""
    now = datetime.now(UTC)
    drawn = _draw(connection, period, now, by_successor=by_successor)
    kept = None if by_successor else connection.execute(QUERIES["closing"], period[1:]).fetchone()
    as_of = min(now, day_start(period.past))
    if kept is None:
        return Form(period, "draft", as_of, drawn)
    figures, closed_at, closed_by, signed_at, signed_by = kept
    return Form(
        period, "signed" if signed_at else "closed", as_of, drawn, [Row(*row) for row in figures],
        closed_at, closed_by, signed_at, signed_by,
        [Restatement(*line) for line in connection.execute(QUERIES["restatements"], period[1:])],
    )  # fmt: skip


def close(connection: psycopg.Connection, period: Period, by: str) -> None:
    """Keep the figures as they stand. Raises NotYet before the period has ended, AlreadyClosed the second time."""
    now = datetime.now(UTC)
    if now < day_start(period.past):
        raise NotYet(f"{period.name} ends on {period.past}: its form can be closed from then on")
    version = catalogue.in_force(connection).version
    with connection.transaction():
        connection.execute(QUERIES["quiet"])
        if connection.execute(QUERIES["closing"], period[1:]).fetchone():
            raise AlreadyClosed
        figures = orjson.dumps([list(row) for row in _draw(connection, period, now)]).decode()
        connection.execute(QUERIES["close"], [*period[1:], figures, version, by])


def sign(connection: psycopg.Connection, period: Period, by: str) -> None:
    """Sign a closed form. Raises NotClosed and AlreadySigned."""
    if connection.execute(QUERIES["sign"], [by, *period[1:]]).rowcount:
        return
    raise AlreadySigned if connection.execute(QUERIES["closing"], period[1:]).fetchone() else NotClosed


def _draw(connection: psycopg.Connection, period: Period, now: datetime, *, by_successor: bool = False) -> list[Row]:
    return rows({column.name: _column(connection, column, period, now, by_successor) for column in ASKED})


def _column(
    connection: psycopg.Connection, column: Column, period: Period, now: datetime, by_successor: bool
) -> Mapping[Key, int]:
    question = Question(
        INDICATORS[column.indicator], period.first, period.past, now, ("agency", "field"), by_successor=by_successor
    )
    return {_key(figure.group): getattr(figure, column.side) for figure in answer(connection, question, now)}


def _key(group: Any) -> Key:
    agency, field = group
    return agency, field
