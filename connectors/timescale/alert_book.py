"""Alerts as the ticker keeps them: read, led on by the life cycle, written where they changed, in its transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

import orjson
from psycopg import AsyncConnection

from connectors.timescale.queries import load
from streams.alerts.audit import noted, steps
from streams.alerts.finding import Finding
from streams.alerts.life_cycle import Alert, State, lasts, step
from streams.alerts.rules import blind, findings
from streams.days import moment
from streams.scene import Decision, Scene
from streams.words import Words

QUERIES = load("alerts.sql")

_MOMENTS = ("since", "fired_at", "clear_since", "resolved_at", "acknowledged_at", "silenced_until")

Change = tuple[Alert | None, Alert]
"""An alert before and after a look."""


class Look(NamedTuple):
    """What a look at all rules came to: what has changed, and every alert that receivers know of."""

    changes: list[Change]
    told: list[Alert]


class Seen(NamedTuple):
    """What a look has found, by alert, and which rules could not see."""

    found: Mapping[str, Finding]
    blinded: frozenset[str]
    now: int


class AlertBook:
    """What one ticker knows of alerts, so that it reads only what people have done to them since it last looked.

    Whoever else changes an alert marks it so (a trigger); the ticker's own session is known by a setting.
    """

    def __init__(self) -> None:
        self._alerts: dict[str, Alert | None] | None = None
        self._lasting: dict[str, Finding] = {}

    async def keep(self, connection: AsyncConnection, scene: Scene, decisions: Sequence[Decision]) -> Look:
        """Look at every rule, lead every alert on, and write what has changed."""
        seen = Seen({one.id: one for one in findings(scene, decisions)}, blind(scene), scene.now)
        known = await self._known(connection, seen)
        changes = list(self._changes(known, known.keys() | seen.found.keys(), seen))
        if changes:
            changes = await self._written(connection, known, [after.id for _, after in changes], seen)
        told = [alert for alert in known.values() if alert is not None and alert.told]
        self._alerts = {id: alert for id, alert in known.items() if id in seen.found or _lives(alert)}
        return Look(changes, told)

    async def _known(self, connection: AsyncConnection, seen: Seen) -> dict[str, Alert | None]:
        """Alerts that are open, wait to be told of, or are found now; None for those that never were."""
        known: dict[str, Alert | None]
        if self._alerts is None:
            await connection.execute(QUERIES["begin"])
            known = {**await _read(connection, "standing")}
        else:
            touched = await _read(connection, "touched")
            for id in touched:
                self._lasting.pop(id, None)
            known = {**self._alerts, **touched}
        unknown = sorted(seen.found.keys() - known.keys())
        if unknown:
            known |= dict.fromkeys(unknown) | {**await _read(connection, "named", unknown)}
        return known

    def _changes(self, known: Mapping[str, Alert | None], ids: Iterable[str], seen: Seen) -> Iterator[Change]:
        for id in sorted(ids):
            alert, finding, lasting = known.get(id), seen.found.get(id), self._lasting.get(id)
            if lasting is not None and finding is not None and finding.says_the_same(lasting):
                continue
            self._lasting.pop(id, None)
            rule = finding.rule.name if finding else alert.rule if alert else ""
            after = step(alert, finding, seen.now, blind=rule in seen.blinded)
            if after is not None and after != alert:
                yield alert, after
            elif after is not None and finding is not None and lasts(after, finding):
                self._lasting[id] = finding

    async def _written(
        self, connection: AsyncConnection, known: dict[str, Alert | None], ids: Sequence[str], seen: Seen
    ) -> list[Change]:
        """Locked and read again first: somebody may have acted on them since."""
        known.update(await _read(connection, "locked", ids))
        changes = list(self._changes(known, ids, seen))
        if changes:
            rows = orjson.dumps([_row(after) for _, after in changes]).decode()
            await connection.execute(QUERIES["keep"], [rows])
            await _note(connection, changes)
            known.update({after.id: after for _, after in changes})
        return changes


def _lives(alert: Alert | None) -> bool:
    """Whether it has to be led on without being found; as the query `standing` says it."""
    return alert is not None and (alert.state is not State.RESOLVED or alert.told or alert.by_hand)


async def _read(connection: AsyncConnection, query: str, *parameters: Any) -> dict[str, Alert]:
    cursor = await connection.execute(QUERIES[query], list(parameters))
    return {row[0]: _alert(row) for row in await cursor.fetchall()}


async def _note(connection: AsyncConnection, changes: Sequence[Change]) -> None:
    taken = [(word, after) for before, after in changes for word in steps(before, after)]
    rows = [(after.id, after.episode, word, *noted(word, after)) for word, after in taken]
    if rows:
        await connection.execute(QUERIES["note"], [list(column) for column in zip(*rows, strict=True)])


def _alert(row: Sequence[Any]) -> Alert:
    id, rule, labels, severity, state, since, vi, en, *rest = row
    return Alert(id, rule, labels, severity, State(state), since, Words(vi, en), *rest)


def _row(alert: Alert) -> dict[str, Any]:
    """The columns of `nhip.alert` by name."""
    row = asdict(alert)
    row["reason_vi"], row["reason_en"] = row.pop("reason")
    row["touched"] = False
    return row | {name: None if row[name] is None else moment(row[name]) for name in _MOMENTS}
