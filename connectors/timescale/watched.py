"""The systems of the catalogue in force, with what the ticker says they are."""

from dataclasses import dataclass
from datetime import datetime

import psycopg

from connectors.timescale.catalogue import in_force
from connectors.timescale.queries import load
from streams.catalogue import System

QUERIES = load("catalogue.sql")


@dataclass(frozen=True, slots=True)
class Watched:
    """One system, its present state, and why by language; all None until the ticker (`nhip notifier`) has looked."""

    system: System
    state: str | None = None
    since: datetime | None = None
    reason: dict[str, str] | None = None
    heartbeat_at: datetime | None = None


def watched(connection: psycopg.Connection) -> list[Watched]:
    """Every system of the catalogue, in its order."""
    now = {system_id: rest for system_id, *rest in connection.execute(QUERIES["systems_now"])}
    return [Watched(system, *now.get(system.id, ())) for system in in_force(connection).systems]
