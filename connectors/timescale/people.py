"""Who is signed in, as the wallboard asks and keeps it: its own role, schema `people`."""

import asyncio
import hashlib
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from connectors.people.passwords import matches
from connectors.timescale.audit import note
from connectors.timescale.errors import NOT_SET_UP, translated
from connectors.timescale.queries import load
from streams.agents import Transient
from streams.people.actor import Actor, Identity, Person, Role
from streams.people.throttle import throttled

QUERIES = load("people.sql")

HASHING = 2
"""Passwords that are looked at at once: each takes 64 MiB and a core."""

DOOR = "wallboard"


class People:
    """A pool of the role nhip_people that opens at first use. All raise Transient while the database is away."""

    def __init__(self, url: str) -> None:
        self._pool = AsyncConnectionPool(
            url,
            min_size=1,
            max_size=4,
            open=False,
            check=AsyncConnectionPool.check_connection,
            timeout=2.0,
            kwargs={"application_name": "nhip people", "options": "-c statement_timeout=5000"},
        )
        self._hashing = asyncio.Semaphore(HASHING)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[AsyncConnection]:
        """A connection that commits when the block ends well."""
        try:
            with translated():
                await self._pool.open()
                async with self._pool.connection() as connection:
                    yield connection
        except NOT_SET_UP as error:
            raise Transient(f"{error}; run `nhip setup`") from error

    async def close(self) -> None:
        """Let the connections go."""
        await self._pool.close()

    async def sign_in(self, name: str, password: str, address: str) -> str | None:
        """A new session's token, None for a wrong name or password. Raises TooManyTries, before anything is hashed.

        One at a time for each core: what waits is counted before it is let try.
        """
        async with self._hashing:
            async with self.connection() as connection:
                subject = {"subject": f"person/{name}", "address": address}
                throttled(*await _row(connection, "refused", subject))
                found = await (await connection.execute(QUERIES["find"], [name])).fetchone()
            role, kept = found or (None, None)
            right = await asyncio.to_thread(matches, kept, password)
        if not right or role is None:
            await self._refuse(name, address)
            return None
        return await self._open(name, Role(role), address)

    async def welcome(self, identity: Identity, address: str) -> str | None:
        """The token of a session for whom a provider vouches; None where they have no role, or are disabled here.

        A role that the provider has changed ends earlier sessions; nobody takes the name of somebody else.
        """
        async with self.connection() as connection:
            name = await self._known(connection, identity, address) if identity.role else None
        if name is None or identity.role is None:
            await self._refuse(identity.name, address)
            return None
        return await self._open(name, identity.role, address)

    async def signed_in(self, token: str) -> Person | None:
        """Whose session it is, as they stand now."""
        async with self.connection() as connection:
            row = await (await connection.execute(QUERIES["signed_in"], {"hash": _hash(token)})).fetchone()
        return Person(row[0], Role(row[1])) if row else None

    async def sign_out(self, token: str, address: str) -> None:
        """End a session."""
        async with self.connection() as connection:
            row = await (await connection.execute(QUERIES["close"], [_hash(token)])).fetchone()
            if row:
                actor = Actor(row[0], DOOR, address)
                await note(connection, actor, "person.signed_out", f"person/{row[0]}", None, None)

    async def _known(self, connection: AsyncConnection, identity: Identity, address: str) -> str | None:
        key = [identity.issuer, identity.subject]
        known = await (await connection.execute(QUERIES["known"], key)).fetchone()
        if known is None:
            values = [identity.name, identity.role, *key]
            made = await (await connection.execute(QUERIES["welcome"], values)).fetchone()
            return str(made[0]) if made else None
        name, role, disabled = known
        if not disabled and role != identity.role:
            await connection.execute(QUERIES["role"], [identity.role, name])
            await connection.execute(QUERIES["end_sessions"], [name])
            change = {"role": role}, {"role": identity.role}
            await note(connection, Actor(name, DOOR, address), "person.role", f"person/{name}", *change)
        return None if disabled else str(name)

    async def _open(self, name: str, role: Role, address: str) -> str:
        token = secrets.token_urlsafe(32)
        async with self.connection() as connection:
            await connection.execute(QUERIES["forget"])
            await connection.execute(QUERIES["open"], [_hash(token), name])
            actor = Actor(name, DOOR, address)
            await note(connection, actor, "person.signed_in", f"person/{name}", None, {"role": role})
        return token

    async def _refuse(self, name: str, address: str) -> None:
        async with self.connection() as connection:
            await note(connection, Actor(name, DOOR, address), "person.refused", f"person/{name}", None, None)


async def _row(connection: AsyncConnection, query: str, parameters: dict[str, str]) -> tuple[int, ...]:
    (row,) = await (await connection.execute(QUERIES[query], parameters)).fetchall()
    return tuple(row)


def _hash(token: str) -> bytes:
    """256 random bits need no salt and no slow hash."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
