"""Whether a board may ask a question: it runs, as the reader sees the database, and reads no event table as a whole."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from connectors.timescale.queries import load

QUERIES = load("boards.sql")


def refusal(connection: psycopg.Connection, sql: str, columns: frozenset[str]) -> str | None:
    """Why a board may not run a query, None if it may; `columns` are those its panel shows.

    EXPLAIN sees a function of the `board` schema as one node, so the query is run and PostgreSQL's own counters of
    sequential scans are compared. The planner is told to avoid them, else every small table would be read so.
    """
    with _careful(connection):
        before = _scans(connection)
        try:
            connection.execute(b"EXPLAIN " + sql.encode())
            answer = connection.execute(sql.encode())
            found = frozenset(column.name for column in answer.description or ())
            answer.fetchall()
        except psycopg.Error as error:
            return str(error).splitlines()[0]
        scanned = [table for table, scans in _scans(connection).items() if scans > before.get(table, 0)]
    if scanned:
        return f"reads the event table {', '.join(scanned)} as a whole"
    missing = sorted(columns - found)
    return f"gives no column {', '.join(missing)}" if missing else None


@contextmanager
def _careful(connection: psycopg.Connection) -> Iterator[None]:
    connection.read_only = True
    with connection.transaction(force_rollback=True):
        connection.execute(QUERIES["careful"])
        yield


def _scans(connection: psycopg.Connection) -> dict[str, int]:
    return dict(connection.execute(QUERIES["scans"]).fetchall())
