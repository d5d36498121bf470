"""Alerts as the ticker keeps them: read, led on by the life cycle, written where they changed, in its transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

import orjson
from psycopg import AsyncConnection

from connectors.timescale.queries import load
from streams.alerts.audit import steps
from streams.alerts.finding import Finding, Words
from streams.alerts.life_cycle import Alert, State, step
from streams.alerts.rules import blind, findings
from streams.days import moment
from streams.scene import Decision, Scene

QUERIES = load("alerts.sql")

_MOMENTS = ("since", "fired_at", "clear_since", "resolved_at", "acknowledged_at", "silenced_until")

Change = tuple[Alert | None, Alert]
"""An alert before and after a look."""


class Look(NamedTuple):
    """What a look at all rules came to: what has changed, and every alert that receivers know of."""

    changes: list[Change]
    told: list[Alert]


async def keep(connection: AsyncConnection, scene: Scene, decisions: Sequence[Decision]) -> Look:
    """Look at every rule, lead every alert on, and write what has changed."""
    found = {finding.id: finding for finding in findings(scene, decisions)}
    before = await _standing(connection, found)
    changes = list(_changes(before, found, blind(scene), scene.now))
    if changes:
        await connection.execute(QUERIES["keep"], [orjson.dumps([_row(after) for _, after in changes]).decode()])
        await _note(connection, changes)
    after = before | {alert.id: alert for _, alert in changes}
    return Look(changes, [alert for alert in after.values() if alert.told])


async def _standing(connection: AsyncConnection, found: Mapping[str, Finding]) -> dict[str, Alert]:
    cursor = await connection.execute(QUERIES["standing"], [sorted(found)])
    return {row[0]: _alert(row) for row in await cursor.fetchall()}


def _changes(
    before: Mapping[str, Alert], found: Mapping[str, Finding], blinded: frozenset[str], now: int
) -> Iterable[Change]:
    for id in sorted(before.keys() | found.keys()):
        alert, finding = before.get(id), found.get(id)
        rule = finding.rule.name if finding else before[id].rule
        after = step(alert, finding, now, blind=rule in blinded)
        if after is not None and after != alert:
            yield alert, after


async def _note(connection: AsyncConnection, changes: Sequence[Change]) -> None:
    noted = [
        (after.id, after.episode, word, after.suppressed_by if word == "suppressed" else after.reason.en)
        for before, after in changes
        for word in steps(before, after)
    ]
    if noted:
        await connection.execute(QUERIES["note"], [list(column) for column in zip(*noted, strict=True)])


def _alert(row: Sequence[Any]) -> Alert:
    id, rule, labels, severity, state, since, vi, en, *rest = row
    return Alert(id, rule, labels, severity, State(state), since, Words(vi, en), *rest)


def _row(alert: Alert) -> dict[str, Any]:
    """The columns of `nhip.alert` by name."""
    row = asdict(alert)
    row["reason_vi"], row["reason_en"] = row.pop("reason")
    return row | {name: None if row[name] is None else moment(row[name]) for name in _MOMENTS}
