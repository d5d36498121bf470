"""Directives as they are kept: each step in one transaction with its entry in the audit."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, LiteralString, NamedTuple

from connectors.timescale.audit import note as audit
from connectors.timescale.connect import Connect
from connectors.timescale.queries import load
from streams.errors import WrongUse
from streams.people.actor import Actor
from streams.people.directive import Directive, Draft, Kind, State, Step, checked, take

QUERIES = load("directives.sql")


class Late(NamedTuple):
    """How much is overdue at an agency, and since when the oldest is."""

    kind: Kind
    agency: str
    name: str
    overdue: int
    since: datetime


class LateSubject(NamedTuple):
    """A dossier or report that is overdue; `about` is its field or category."""

    id: str
    about: str
    due_at: datetime | None


class Directives:
    """Through whatever connection the door has."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect

    async def listed(
        self,
        states: Sequence[str] | None,
        agencies: Sequence[str] | None = None,
        before: int | None = None,
        most: int = 200,
    ) -> list[Directive]:
        """The newest first; `before` is the last number of the page before."""
        named = [None if names is None else list(names) for names in (states, agencies)]
        asked = {"states": named[0], "agencies": named[1], "before": before, "most": most}
        return [_directive(row) for row in await self._rows(QUERIES["list"], asked)]

    async def find(self, number: int) -> Directive | None:
        """One directive."""
        return next((_directive(row) for row in await self._rows(QUERIES["find"], [number])), None)

    async def send(self, draft: Draft, actor: Actor) -> Directive:
        """Send a directive. Raises WrongUse for one that says nothing, has no time, or goes to nobody we know."""
        ready = checked(draft, datetime.now(UTC))
        async with self._connect() as connection:
            ((known,),) = await (await connection.execute(QUERIES["agency"], [ready.agency])).fetchall()
            if not known:
                raise WrongUse(f"agency: the catalogue has no {ready.agency!r}")
            values = [*ready._replace(subjects=list(ready.subjects)), actor.who]  # type: ignore[arg-type]  # as an array
            (row,) = await (await connection.execute(QUERIES["send"], values)).fetchall()
            sent = _directive(row)
            await audit(connection, actor, "directive.send", _subject(sent), None, _seen(sent))
        return sent

    async def move(self, number: int, step: Step, actor: Actor, note: str | None) -> Directive | None:
        """Take a step; None where there is no such directive. Raises NotNow and WrongUse."""
        async with self._connect() as connection:
            row = await (await connection.execute(QUERIES["lock"], [number])).fetchone()
            if row is None:
                return None
            before = _directive(row)
            after = take(before, step, datetime.now(UTC), note)
            await connection.execute(QUERIES["keep"], asdict(after))
            await audit(connection, actor, f"directive.{step}", _subject(after), _seen(before), _seen(after))
        return after

    async def late(self) -> list[Late]:
        """Agencies with overdue dossiers or reports, the most first."""
        return [Late(*row) for row in await self._rows(QUERIES["overdue_agencies"])]

    async def late_subjects(self, kind: Kind, agency: str, most: int) -> list[LateSubject]:
        """What is overdue at an agency, the longest first."""
        return [LateSubject(*row) for row in await self._rows(QUERIES[f"overdue_{kind}"], [agency, most])]

    async def _rows(
        self, query: LiteralString, parameters: list[Any] | dict[str, Any] | None = None
    ) -> list[tuple[Any, ...]]:
        async with self._connect() as connection:
            return await (await connection.execute(query, parameters)).fetchall()


def _directive(row: Sequence[Any]) -> Directive:
    number, agency, kind, text, due_at, subjects, state, *rest = row
    return Directive(number, agency, kind, text, due_at, tuple(subjects), State(state), *rest)


def _subject(directive: Directive) -> str:
    return f"directive/{directive.number}"


def _seen(directive: Directive) -> dict[str, Any]:
    return {"state": directive.state, "answer": directive.answer}
