"""A house on a real database, with topics in memory: what tests of the one transaction hand to agents."""

import json
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, LiteralString
from urllib.parse import urlsplit

import psycopg
from psycopg import sql
from psycopg_pool import AsyncConnectionPool

from connectors.timescale.comparison import Report
from connectors.timescale.paused import let_go_on, paused
from connectors.timescale.pool import make_pool, opened
from connectors.timescale.positions import PostgresPositions
from connectors.timescale.rows import ROWS
from connectors.timescale.setup import set_up
from connectors.timescale.store import PostgresStore
from connectors.timescale.verify import verify
from streams.agents import Agent
from streams.batch import Outcome
from streams.contracts import DOSSIERS, HEALTH, REPORTS, STREAMS, Stream
from streams.decoding import Decoder
from streams.fetch import Fetch

CLUSTER = "a-cluster/a-topic"
KEY = b"k" * 32
NOW = datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class Kept:
    """One record as a broker keeps it."""

    offset: int
    value: bytes | None
    key: bytes | None = None
    timestamp: int = int(NOW.timestamp() * 1000)
    timestamp_type: int = 1
    headers: Sequence[tuple[str, bytes]] = ()


@dataclass
class House:
    """A set-up database: a worker's store and agents on it, and a superuser's look at what is stored."""

    url: str
    pool: AsyncConnectionPool
    kept: dict[tuple[str, int], list[Kept]] = field(default_factory=lambda: defaultdict(list))
    outcomes: list[Outcome] = field(default_factory=list)
    paused: list[tuple[str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.store = PostgresStore(self.pool)
        self.agents = {
            s.topic: Agent(Decoder(s, KEY, ROWS[s]), self.store, self._pause, self._observe) for s in STREAMS
        }
        self.positions = PostgresPositions(self.pool, {stream.topic: stream for stream in STREAMS})

    async def _pause(self, topic: str, partition: int) -> None:
        self.paused.append((topic, partition))

    def _observe(self, fetch: Fetch, outcome: Outcome) -> None:
        self.outcomes.append(outcome)

    async def assign(self, stream: Stream, partition: int = 0) -> int | None:
        """As the driver does when the partition comes to this worker."""
        end = len(self.kept[stream.topic, partition])
        return await self.positions.assigned(stream.topic, partition, 0, end, CLUSTER)

    def append(
        self, stream: Stream, events: Sequence[dict[str, Any] | bytes | None], partition: int = 0, at: datetime = NOW
    ) -> Fetch:
        """Append to a partition what a publisher would, and return it as one fetch."""
        kept = self.kept[stream.topic, partition]
        first = len(kept)
        for event in events:
            value = encoded(event) if isinstance(event, dict) else event
            kept.append(Kept(len(kept), value, b"key", int(at.timestamp() * 1000)))
        return self.fetch(stream, first, len(kept), partition)

    def fetch(self, stream: Stream, asked: int, after: int, partition: int = 0) -> Fetch:
        kept = self.kept[stream.topic, partition]
        return Fetch(stream.topic, partition, asked, after, kept[asked:after], len(kept))

    async def handle(self, fetch: Fetch) -> None:
        """Apply one fetch the way a worker does."""
        await self.agents[fetch.topic].handle(fetch)

    async def take(
        self, stream: Stream, events: Sequence[dict[str, Any] | bytes | None], partition: int = 0, at: datetime = NOW
    ) -> Outcome:
        """Append and apply; what became of it."""
        await self.assign(stream, partition)
        await self.handle(self.append(stream, events, partition, at))
        return self.outcomes[-1]

    def rows(self, query: LiteralString, *parameters: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url, autocommit=True) as connection:
            return connection.execute(query, parameters).fetchall()

    def execute(self, query: LiteralString, *parameters: object) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(query, parameters)

    def position(self, stream: Stream, partition: int = 0) -> int:
        query: LiteralString = "SELECT next_offset FROM nhip.partition WHERE topic = %s AND partition = %s"
        return int(self.rows(query, stream.topic, partition)[0][0])

    def letters(self) -> list[tuple[str, bytes | None]]:
        """Reason and raw bytes of every dead letter, in the order of their offsets."""
        return self.rows('SELECT reason, value FROM nhip.dead_letter ORDER BY topic, partition, "offset", appended_at')

    def adopt(self) -> None:
        """Let every waiting partition go on, as an operator does."""
        with psycopg.connect(as_role(self.url, "nhip_writer")) as connection:
            for waiting in paused(connection):
                let_go_on(connection, waiting)

    def verify(self) -> Report:
        with psycopg.connect(self.url) as connection:
            return verify(connection)

    def assert_true(self) -> None:
        """Everything derived is what the events say."""
        report = self.verify()
        assert (report.differences, report.shown) == (0, [])


def settled(url: str) -> str:
    """A database as `nhip setup` leaves it."""
    set_up(url, {})
    return url


def emptied(url: str) -> str:
    """The same database without what other tests stored."""
    with psycopg.connect(url, autocommit=True) as connection:
        tables = connection.execute(
            "SELECT format('%s.%I', relnamespace::regnamespace, relname) FROM pg_class"
            " WHERE relnamespace IN ('nhip'::regnamespace, 'people'::regnamespace) AND relkind = 'r'"
            " AND relname NOT IN ('indicator_term', 'dimension')"
        ).fetchall()
        connection.execute(sql.SQL("TRUNCATE ") + sql.SQL(", ").join(sql.SQL(name) for (name,) in tables))
        connection.execute("REFRESH MATERIALIZED VIEW nhip.entry")
    return url


@asynccontextmanager
async def housed(url: str, connections: int = 6) -> AsyncIterator[House]:
    """A house on a set-up database, its pool logged in as the writer."""
    pool = make_pool(as_role(url, "nhip_writer"), connections)
    async with opened(pool, url):
        yield House(url, pool)


def as_role(url: str, role: str) -> str:
    """The same database for another role; the parts trust whoever comes from this machine."""
    parts = urlsplit(url)
    return parts._replace(netloc=f"{role}@{parts.netloc.rpartition('@')[2]}").geturl()


def encoded(event: dict[str, Any]) -> bytes:
    return json.dumps(event).encode()


def event(
    stream: Stream, word: str, subject: str, number: object, at: datetime, data: dict[str, Any]
) -> dict[str, Any]:
    """A CloudEvent; `number` makes its id."""
    return {
        "specversion": "1.0",
        "id": f"{number}",
        "source": "/test",
        "type": stream.type_prefix + word,
        "subject": subject,
        "time": at.isoformat(),
        "data": data,
    }


def report(subject: str, number: object, word: str = "submitted", at: datetime = NOW, **data: Any) -> dict[str, Any]:
    required = {"submitted": {"category": "rac-thai"}, "dispatched": {"agency": "so-gtvt"}}
    return event(REPORTS, word, subject, number, at, required.get(word, {}) | data)


def dossier(subject: str, number: object, word: str = "upserted", at: datetime = NOW, **data: Any) -> dict[str, Any]:
    required = {"upserted": {"procedure": "1.001193", "agency": "so-tttt", "field": "dat-dai", "status": 2}}
    return event(DOSSIERS, word, subject, number, at, required.get(word, {}) | data)


def ping(subject: str, number: object, at: datetime = NOW, status: str = "ok", **data: Any) -> dict[str, Any]:
    return event(HEALTH, "ping", subject, number, at, {"status": status, "interval_s": 60, "grace_s": 60} | data)


def maintenance(subject: str, number: object, word: str, at: datetime, **data: Any) -> dict[str, Any]:
    return event(HEALTH, f"maintenance_{word}", subject, number, at, data)
