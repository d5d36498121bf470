"""The wallboard's reader: streams and today's indicators, as the reader role sees them."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from psycopg import AsyncConnection

from connectors.timescale.queries import load
from streams.days import civil_day
from streams.indicators.figures import Figure, Part, figures
from streams.indicators.question import Question
from streams.indicators.registry import HEADLINES, INDICATORS

QUERIES = load("pulse.sql")


class StreamRow(NamedTuple):
    """One stream's counters; `data_age_s` is None before its first event."""

    stream: str
    stored: int
    duplicates: int
    dead_letters: int
    newest: datetime | None
    data_age_s: float | None


async def read_streams(connection: AsyncConnection) -> list[StreamRow]:
    """Every stream that has partitions, in the order of their names."""
    cursor = await connection.execute(QUERIES["streams"])
    return [StreamRow(*row) for row in await cursor.fetchall()]


async def read_today(connection: AsyncConnection) -> list[Figure]:
    """The headlines of today, as it stands now."""
    now = datetime.now(UTC)
    today = civil_day(now)
    return [
        (await _read(connection, Question(INDICATORS[name], today, today + timedelta(1), now))) for name in HEADLINES
    ]


async def _read(connection: AsyncConnection, question: Question) -> Figure:
    first, past, name = question.first, question.past, question.indicator.name
    if question.indicator.stream == "health":
        cursor = await connection.execute(QUERIES["uptime"], [first, past])
    elif question.indicator.quantile is not None:
        cursor = await connection.execute(QUERIES["histogram"], [name, first, past])
    else:
        cursor = await connection.execute(QUERIES["indicator"], [name, first, past])
    rows = await cursor.fetchall()
    parts = [Part({}, *row) if question.indicator.quantile is None else Part({}, buckets=dict([row])) for row in rows]
    (figure,) = figures(question, parts, None)
    return figure
