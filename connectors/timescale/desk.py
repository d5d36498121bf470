"""What the wallboard's pages do for people: alerts and the audit, through the pool of those who are signed in."""

from datetime import datetime

from connectors.timescale import audit
from connectors.timescale.alerts import QUERIES as ALERTS
from connectors.timescale.alerts import Alert, Step, hand, page
from connectors.timescale.audit import Entry
from connectors.timescale.connect import Connect
from streams.people.actor import Actor


class Desk:
    """Each call is one transaction."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect

    async def open_alerts(self, most: int) -> list[Alert]:
        """Those that are not over, the newest first."""
        async with self._connect() as connection:
            states = ["firing", "acknowledged", "suppressed"]
            cursor = await connection.execute(ALERTS["list"], page(states, None, None, most))
            return [Alert(*row) for row in await cursor.fetchall()]

    async def alert(self, id: str) -> tuple[Alert, list[Step]] | None:
        """One alert with everything that became of it."""
        async with self._connect() as connection:
            row = await (await connection.execute(ALERTS["find"], [id])).fetchone()
            steps = await (await connection.execute(ALERTS["history"], [id])).fetchall()
        return (Alert(*row), [Step(*step) for step in steps]) if row else None

    async def act(self, id: str, action: str, actor: Actor, note: str | None, until: datetime | None) -> bool:
        """Acknowledge, silence, resolve or comment; False where it cannot be done any more."""
        async with self._connect() as connection:
            cursor = await connection.execute(ALERTS["hand"], hand(id, action, actor, note, until))
            return await cursor.fetchone() is not None

    async def newest(self, most: int) -> list[Entry]:
        """What people did, the newest first."""
        async with self._connect() as connection:
            return await audit.listed(connection, most)
