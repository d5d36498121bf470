"""What is stored already of the dossiers that a one-stop system tells of again."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol


class Snapshot(NamedTuple):
    """The last snapshot of a dossier that is stored: when it was told, and its `data`."""

    time: datetime
    data: Mapping[str, Any]


class Archive(Protocol):
    """Raises Transient while the database is away."""

    async def known(self, identities: Sequence[str]) -> set[str]:
        """Those of these events (streams/identity.py) that are stored."""

    async def snapshots(self, dossiers: Sequence[str]) -> Mapping[str, Snapshot]:
        """The last snapshot of each dossier that has one."""


class Empty:
    """The archive of a gateway without a database: everything is new to it, and what is not Kafka's worker will see."""

    async def known(self, identities: Sequence[str]) -> set[str]:
        return set()

    async def snapshots(self, dossiers: Sequence[str]) -> Mapping[str, Snapshot]:
        return {}


EMPTY = Empty()
