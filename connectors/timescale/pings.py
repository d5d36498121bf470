"""The last ping of each check: what it said besides its status."""

from collections.abc import Mapping

from psycopg import AsyncConnection

from connectors.timescale.queries import load
from streams.days import moment
from streams.health.fold import System
from streams.health.now import LastPing

QUERIES = load("ticker.sql")


async def read_pings(connection: AsyncConnection, systems: Mapping[str, System]) -> dict[str, dict[str, LastPing]]:
    """By system and check, for all checks of these systems; the folds say when each was last heard."""
    wanted = [
        (subject, name, moment(check.last)) for subject, fold in systems.items() for name, check in fold.checks.items()
    ]
    if not wanted:
        return {}
    subjects, checks, times = (list(column) for column in zip(*wanted, strict=True))
    parameters = {"subjects": subjects, "checks": checks, "times": times, "first": min(times), "last": max(times)}
    found: dict[str, dict[str, LastPing]] = {subject: {} for subject in systems}
    cursor = await connection.execute(QUERIES["pings"], parameters)
    for subject, check, interval_s, grace_s, latency_ms, data in await cursor.fetchall():
        said = {name: value for name, value in (data or {}).items() if name in LastPing._fields}
        found[subject][check] = LastPing(interval_s, grace_s, latency_ms, **said)
    return found
