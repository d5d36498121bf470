"""The shift log as it is kept."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from connectors.timescale.audit import note as audit
from connectors.timescale.connect import Connect
from connectors.timescale.queries import load
from streams.errors import WrongUse
from streams.people.actor import Actor
from streams.people.directive import NotNow
from streams.people.shift import Handover, Logged, Note, checked, confirm

QUERIES = load("shift.sql")


class Shift:
    """Through whatever connection the door has."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect

    async def entries(self, most: int, before: int | None = None) -> list[Logged]:
        """The newest first; `before` is the last number of the page before."""
        async with self._connect() as connection:
            cursor = await connection.execute(QUERIES["entries"], {"before": before, "most": most})
            return [_logged(row) for row in await cursor.fetchall()]

    async def handovers(self, most: int) -> list[Handover]:
        """The newest first."""
        async with self._connect() as connection:
            return [Handover(*row) for row in await (await connection.execute(QUERIES["handovers"], [most])).fetchall()]

    async def add(self, note: Note, actor: Actor) -> Logged:
        """Note something. Raises WrongUse where it says nothing, or names an alert that never was."""
        ready = checked(note)
        async with self._connect() as connection:
            alerts = list(ready.alerts)
            unknown = await (await connection.execute(QUERIES["unknown_alerts"], [alerts])).fetchall()
            if unknown:
                raise WrongUse(f"alerts: there is no {', '.join(id for (id,) in unknown)}")
            values = [actor.who, ready.text, alerts, list(ready.subjects)]
            (row,) = await (await connection.execute(QUERIES["add"], values)).fetchall()
            kept = _logged(row)
            await audit(connection, actor, "shift.note", f"shift/{kept.number}", None, {"text": kept.text})
        return kept

    async def hand_over(self, text: str, actor: Actor) -> Handover:
        """Write a hand-over; what is open is listed by itself. Raises NotNow while another waits to be taken over."""
        ready = checked(Note(text))
        async with self._connect() as connection:
            row = await (await connection.execute(QUERIES["hand_over"], [actor.who, ready.text])).fetchone()
            if row is None:
                raise NotNow("a hand-over waits to be taken over: confirm that one first")
            written = Handover(*row)
            await audit(connection, actor, "handover.write", f"handover/{written.number}", None, {"text": ready.text})
        return written

    async def confirm(self, number: int, actor: Actor) -> Handover | None:
        """Take a hand-over; None where there is no such one. Raises NotNow."""
        async with self._connect() as connection:
            row = await (await connection.execute(QUERIES["lock"], [number])).fetchone()
            if row is None:
                return None
            before = Handover(*row)
            after = confirm(before, actor.who, datetime.now(UTC))
            await connection.execute(QUERIES["confirm"], [after.incoming, after.confirmed_at, number])
            people = {"incoming": before.incoming}, {"incoming": after.incoming}
            await audit(connection, actor, "handover.confirm", f"handover/{number}", *people)
        return after


def _logged(row: Sequence[Any]) -> Logged:
    number, at, who, text, alerts, subjects = row
    return Logged(number, at, who, text, tuple(alerts), tuple(subjects))
