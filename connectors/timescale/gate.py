"""What the gateway asks of the database, as its own role: schema `gate`, and `board` for reading."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Literal, LiteralString, NamedTuple, cast

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from connectors.onestop.told import Snapshot
from connectors.open311.filters import Filter
from connectors.open311.requests import Report
from connectors.timescale.alerts import QUERIES as ALERTS
from connectors.timescale.alerts import After, Alert, hand, page
from connectors.timescale.errors import NOT_SET_UP, translated
from connectors.timescale.queries import load
from streams.agents import Transient
from streams.alerts.links import Grant
from streams.catalogue import Catalogue
from streams.identity import identity
from streams.people.actor import Actor

QUERIES = load("gate.sql")

Followed = Literal["done", "used", "over"]
"""What became of a link: it did what it allows, it had done so before, or its alert is no longer open."""

PATIENCE_SECONDS = 2.0
"""How long a caller of the gateway waits for a connection before it hears 503."""


class LiveKey(NamedTuple):
    """A key that may come in, by its hash, until it expires."""

    hash: bytes
    name: str
    scopes: list[str]
    agencies: list[str] | None
    sandbox: bool
    expires_at: datetime | None


class Trace(NamedTuple):
    """What is known of an event in one place: stored (no reason), or a dead letter."""

    stream: str
    appended_at: datetime
    reason: str | None
    path: str | None
    detail: str | None


class Gate:
    """A pool that opens without waiting: the gateway starts, and publishes, without a database."""

    def __init__(self, url: str) -> None:
        """`url` is that of the role nhip_gateway."""
        self._pool = AsyncConnectionPool(
            url,
            min_size=1,
            max_size=4,
            open=False,
            check=AsyncConnectionPool.check_connection,
            timeout=PATIENCE_SECONDS,
            kwargs={"application_name": "nhip gateway", "autocommit": True, "options": "-c statement_timeout=5000"},
        )
        self._catalogue: Catalogue | None = None

    async def __aenter__(self) -> "Gate":
        await self._pool.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._pool.close()

    async def keys(self) -> list[LiveKey]:
        """All live keys. This and all others raise Transient while the database is away."""
        return [LiveKey(*row) for row in await self.rows(QUERIES["keys"])]

    async def used(self, names: list[str]) -> None:
        """Note that keys were used just now."""
        await self.rows(QUERIES["use"], [names])

    async def event(self, source: str, event_id: str, at: datetime | None) -> list[Trace]:
        """Where an event is found; `at` is the time of a ping."""
        rows = await self.rows(QUERIES["event"], [identity(source, event_id), source, event_id, at])
        return [Trace(*row) for row in rows]

    async def catalogue(self) -> Catalogue:
        """The catalogue in force, read anew when it has changed; the default one where none was loaded."""
        row = next(iter(await self.rows(QUERIES["catalogue_version"])), None)
        if row is None:
            return Catalogue.default()
        if self._catalogue is None or self._catalogue.version != row[0]:
            ((content,),) = await self.rows(QUERIES["catalogue_content"], [row[0]])
            self._catalogue = Catalogue.model_validate_json(content)
        return self._catalogue

    async def alerts(
        self, states: list[str] | None, agencies: list[str] | None, after: After | None, most: int
    ) -> list[Alert]:
        """Alerts, the newest first, of those states and agencies if any are named."""
        return [Alert(*row) for row in await self.rows(ALERTS["list"], page(states, agencies, after, most))]

    async def alert(self, id: str) -> Alert | None:
        """One alert."""
        return next((Alert(*row) for row in await self.rows(ALERTS["find"], [id])), None)

    async def act(self, id: str, action: str, actor: Actor, note: str | None, until: datetime | None) -> bool:
        """Acknowledge, resolve or silence an open one, or comment on any; False where it is not."""
        return bool(await self.rows(ALERTS["hand"], hand(id, action, actor, note, until)))

    async def follow(self, digest: bytes, grant: Grant) -> Followed:
        """Do what a link allows, once."""
        parameters = [digest, grant.alert, grant.episode, grant.action, grant.who, f"✉ {grant.message}"]
        ((followed,),) = await self.rows(ALERTS["follow"], parameters)
        return cast(Followed, followed)

    async def requests(self, wanted: Filter) -> list[Report]:
        """Field reports that may be shown to anyone, the newest first."""
        return [Report(*row) for row in await self.rows(QUERIES["requests"], wanted._asdict())]

    async def requests_by_id(self, ids: Sequence[str]) -> list[Report]:
        return [Report(*row) for row in await self.rows(QUERIES["requests_by_id"], [list(ids)])]

    async def known(self, identities: Sequence[str]) -> set[str]:
        """Those of these dossier events that are stored."""
        rows = await self.rows(QUERIES["known_dossier_events"], [list(identities)])
        return {found.hex for (found,) in rows}

    async def snapshots(self, dossiers: Sequence[str]) -> dict[str, Snapshot]:
        """The last snapshot of each dossier that has one."""
        rows = await self.rows(QUERIES["dossier_snapshots"], [list(dossiers)])
        return {dossier: Snapshot(told_at, data) for dossier, told_at, data in rows}

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[AsyncConnection]:
        """A connection in a transaction, which commits when the block ends well. Raises Transient."""
        try:
            with translated():
                async with self._pool.connection() as connection, connection.transaction():
                    yield connection
        except NOT_SET_UP as error:
            raise Transient(f"{error}; run `nhip setup`") from error

    async def rows(
        self, query: LiteralString, parameters: list[Any] | dict[str, Any] | None = None
    ) -> list[tuple[Any, ...]]:
        try:
            with translated():
                async with self._pool.connection() as connection:
                    return await (await connection.execute(query, parameters)).fetchall()
        except NOT_SET_UP as error:  # a gateway may start before `nhip setup` has run
            raise Transient(f"{error}; run `nhip setup`") from error
