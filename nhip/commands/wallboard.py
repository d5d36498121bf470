"""`nhip wallboard`: the built-in board."""

import asyncio
import socket
from datetime import UTC, datetime

import click
from psycopg_pool import AsyncConnectionPool

from connectors.timescale.pool import make_reader_pool
from connectors.timescale.pulse import read_streams, read_today
from dashboards.wallboard.answer import Answer
from dashboards.wallboard.app import make_wallboard
from dashboards.wallboard.server import Server
from dashboards.wallboard.snapshot import Reading, Snapshot, StreamPulse
from nhip import logs
from nhip.office import office
from nhip.settings import load
from streams.errors import WrongUse

READ_SECONDS = 5.0
"""A read that takes longer is a board that is late: the page says so."""


@click.command()
def command() -> None:
    """Serve the wallboard until SIGTERM."""
    settings = load()
    logs.to_stderr()
    listening = _listen(settings.wallboard_host, settings.wallboard_port)
    reader = Reader(make_reader_pool(settings.reader_url))
    app = make_wallboard(reader.read, reader.ask, settings.language, office=office(settings))
    Server(app).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        remedy = "set NHIP_WALLBOARD_HOST or NHIP_WALLBOARD_PORT"
        raise WrongUse(f"the wallboard cannot listen on {host}:{port} ({error.strerror}): {remedy}") from error


class Reader:
    """Reads what the pages show; the pool opens at first use, so that the page comes up without a database too."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def read(self) -> Snapshot:
        """The page's content. Raises what psycopg or the time limit raises: the page then says that data is stale."""
        async with asyncio.timeout(READ_SECONDS):
            await self._pool.open()
            async with self._pool.connection() as connection:
                streams = [StreamPulse(*row) for row in await read_streams(connection)]
                figures = await read_today(connection)
        readings = [Reading(f.name, f.numerator, f.denominator, f.shown) for f in figures]
        return Snapshot(datetime.now(UTC), streams, readings)

    async def ask(self, sql: str) -> Answer:
        """The answer to one panel's statement. Raises what psycopg raises, and the pool's time-out."""
        await self._pool.open()
        async with self._pool.connection() as connection:
            cursor = await connection.execute(sql.encode())
            return Answer([column.name for column in cursor.description or ()], await cursor.fetchall())
