"""`nhip rebuild`: fold everything again with the catalogue in force, beside running workers, and count it anew."""

from collections.abc import AsyncIterator, Callable

from psycopg import AsyncConnection, AsyncCursor
from psycopg_pool import AsyncConnectionPool

from connectors.timescale import cells
from connectors.timescale.errors import translated
from connectors.timescale.health import rebuild_system
from connectors.timescale.packing import unpack
from connectors.timescale.queries import load
from connectors.timescale.subjects import refold
from streams.contracts import HEALTH, Stream
from streams.flows import Contribution
from streams.subjects import LIFE_CYCLES

QUERIES = load("rebuild.sql")

AT_ONCE = 500
"""Subjects a transaction: a worker waits that long for one of them at most."""

COUNTED_AT_ONCE = 5_000
"""Subjects summed before their counters are written: this is what memory holds."""

Progress = Callable[[Stream, int], None]
"""Told the stream and how many subjects of it are done."""


async def rebuild(pool: AsyncConnectionPool, progress: Progress) -> None:
    """Refold every subject by difference, under its row's lock; then take the counters back to what states contribute.

    Raises Transient when the database goes away; it may simply be run again.
    """
    for stream in LIFE_CYCLES:
        done = 0
        async for subjects in _subjects(pool, stream.name):
            with translated():
                async with pool.connection() as connection, connection.cursor() as cursor:
                    await refold(cursor, stream, subjects)
            done += len(subjects)
            progress(stream, done)
        with translated():
            async with pool.connection() as connection:
                await _recount(connection, stream)
    await _systems(pool, progress)


async def _systems(pool: AsyncConnectionPool, progress: Progress) -> None:
    """Refold every system from all its pings, one a transaction; they have no counters."""
    done = 0
    async for systems in _subjects(pool, "systems"):
        for system in systems:
            with translated():
                async with pool.connection() as connection, connection.cursor() as cursor:
                    await rebuild_system(cursor, system)
        done += len(systems)
        progress(HEALTH, done)


async def _subjects(pool: AsyncConnectionPool, query: str) -> AsyncIterator[list[str]]:
    after = ""
    while True:
        with translated():
            async with pool.connection() as connection:
                found = await connection.execute(QUERIES[query], {"after": after, "limit": AT_ONCE})
                subjects = [subject for (subject,) in await found.fetchall()]
        if not subjects:
            return
        yield subjects
        after = subjects[-1]


async def _recount(connection: AsyncConnection, stream: Stream) -> None:
    """Counters follow states by differences, so one that was ever wrong stays wrong: here they are summed anew.

    Writers of counters wait meanwhile; readers do not.
    """
    async with connection.cursor() as cursor:
        for name in ("lock_cells", "forget_cells", "forget_ahead"):
            await cursor.execute(QUERIES[name], {"stream": stream.name})
        gathered: list[Contribution] = []
        async with connection.cursor(name="contributions") as states:
            await states.execute(QUERIES[f"contributions_{stream.name}"])
            async for (packed,) in states:
                gathered.append(unpack(packed))
                if len(gathered) >= COUNTED_AT_ONCE:
                    await _flush(cursor, stream, gathered)
        await _flush(cursor, stream, gathered)


async def _flush(cursor: AsyncCursor, stream: Stream, gathered: list[Contribution]) -> None:
    await cells.add(cursor, stream, gathered)
    await cursor.execute(QUERIES["clear_staging"])
    gathered.clear()
