"""Partitions that wait for an operator: paused by the dead-letter limit, or of a topic that was recreated."""

from datetime import datetime
from typing import NamedTuple

import psycopg

from connectors.timescale.queries import load

QUERIES = load("partitions.sql")


class Paused(NamedTuple):
    """One waiting partition; `recreated` when going on means to begin anew."""

    topic: str
    partition: int
    next_offset: int
    reason: str
    recreated: bool
    since: datetime


def paused(connection: psycopg.Connection, topic: str | None = None, partition: int | None = None) -> list[Paused]:
    """Waiting partitions, all or those asked for."""
    rows = connection.execute(QUERIES["paused"], [topic, topic, partition, partition])
    return [Paused(*row) for row in rows]


def let_go_on(connection: psycopg.Connection, waiting: Paused) -> None:
    """Let one go on: workers see it within seconds. For ten minutes the dead-letter limit does not hold it again."""
    connection.execute(QUERIES["let_go_on"], [waiting.topic, waiting.partition])
