"""What the gateway answers from the database, as its own role: figures and what is behind them, forms, subjects."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from psycopg import Connection
from psycopg_pool import ConnectionPool

from connectors.timescale import qd766, reading
from connectors.timescale.brief import read as read_brief
from connectors.timescale.drill import Side, behind
from connectors.timescale.errors import translated
from connectors.timescale.form import read as read_form
from connectors.timescale.kpi import answer, by_day
from connectors.timescale.open_data import read as read_open_data
from streams.catalogue import Catalogue
from streams.days import civil_day, day_start
from streams.errors import WrongUse
from streams.indicators.qd766 import rows
from streams.indicators.question import Question
from streams.open_data import Month, Release
from streams.periods import Period

PATIENCE_SECONDS = 2.0


class Answers:
    """A small pool of its own: a slow question of a board must not keep keys from being read."""

    def __init__(self, url: str, formulas: Path | None = None) -> None:
        """`url` is that of the role nhip_gateway; nothing is opened before the first question. `formulas` is the file
        of those of QĐ 766, None for those that come with Nhịp; raises WrongUse where they cannot be used."""
        self._formulas = qd766.decided(formulas)
        self._pool = ConnectionPool(
            url,
            min_size=0,
            max_size=4,
            open=False,
            timeout=PATIENCE_SECONDS,
            kwargs={
                "application_name": "nhip gateway reading",
                "autocommit": True,
                "options": "-c default_transaction_read_only=on -c statement_timeout=5000",
            },
        )

    def figures(self, question: Question, now: datetime, *, each_day: bool) -> list[dict[str, Any]]:
        """What `nhip kpi` answers. Raises Transient while the database is away, WrongUse within a past day."""
        _now_or_the_end_of_a_day(question.as_of, question.past, now)
        with self._connected() as connection:
            return [figure.as_json() for figure in (by_day if each_day else answer)(connection, question, now)]

    def index(self, first: date, past: date, as_of: datetime, now: datetime) -> list[dict[str, Any]]:
        """What `nhip kpi qd766` answers; raises as `figures` does."""
        _now_or_the_end_of_a_day(as_of, past, now)
        with self._connected() as connection:
            return list(rows(qd766.answer(connection, self._formulas, first, past, as_of, now), first, past, as_of))

    def behind(
        self, question: Question, side: Side, now: datetime, limit: int, after: str
    ) -> tuple[list[dict[str, Any]], str | None]:
        """The subjects of one side, as `nhip kpi --events` lists them, and where the next page begins."""
        with self._connected() as connection:
            found, following = behind(connection, question, side, now, limit, after)
        return [asdict(subject) for subject in found], following

    def form(self, period: Period) -> dict[str, Any]:
        """What `nhip report --json` prints."""
        with self._connected() as connection:
            return read_form(connection, period).as_json()

    def subject(
        self, kind: str, id: str, agencies: frozenset[str] | None, since: date, limit: int, cursor: str
    ) -> dict[str, Any] | None:
        """A report, dossier or system by its id, with a page of its events; None where none is known, or to be seen."""
        with self._connected() as connection:
            if kind == "systems":
                return reading.system(connection, id, since, limit, cursor)
            told = reading.report if kind == "reports" else reading.dossier
            return told(connection, id, agencies, limit, cursor)

    def subjects(
        self, kind: str, agencies: frozenset[str] | None, state: str | None, limit: int, cursor: str
    ) -> tuple[list[dict[str, Any]], str | None]:
        """A page of them as they stand, and where the next page begins."""
        with self._connected() as connection:
            return reading.listed(connection, kind, agencies, state, limit, cursor)

    def brief(self, day: date, now: datetime) -> dict[str, Any]:
        """What `nhip brief --json` prints."""
        with self._connected() as connection:
            return read_brief(connection, day, now).as_json()

    def open_data(self, stream: str, month: Month, now: datetime) -> tuple[Release, Catalogue]:
        """What may be published of a month, and the catalogue that names its codes."""
        with self._connected() as connection:
            return read_open_data(connection, stream, month, now)

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        self._pool.open()
        with translated(), self._pool.connection() as connection:
            yield connection

    def close(self) -> None:
        """End, with whatever was opened."""
        self._pool.close()


def _now_or_the_end_of_a_day(as_of: datetime, past: date, now: datetime) -> None:
    """Within a past day all events would be folded again, which a call over HTTP should not start."""
    t = min(as_of, day_start(past))
    if t < now and t != day_start(civil_day(t)):
        raise WrongUse("as_of is now, or the end of a day; `nhip kpi` also answers for a moment within a past day")
