"""What alert rules look at besides systems: partitions, reports, dossiers of a digest, and Nhịp's own house."""

from psycopg import AsyncConnection

from connectors.timescale.queries import load
from streams.alerts.digests import Deadline, deadline
from streams.catalogue import Catalogue
from streams.days import moment
from streams.dossiers.waiting import Unfinished
from streams.pipeline import ChannelNow, PartitionNow
from streams.reports.hot_spots import Sighting
from streams.reports.waiting import Unanswered

QUERIES = load("alerts.sql")


class Partitions:
    """Partitions as they stand; since when a position has not moved is known from the looks before."""

    def __init__(self) -> None:
        self._moved: dict[tuple[str, int], tuple[int, int]] = {}

    async def look(self, connection: AsyncConnection, now: int) -> list[PartitionNow]:
        """Every partition at `now`, microseconds."""
        cursor = await connection.execute(QUERIES["partitions"])
        return [
            PartitionNow(stream, topic, partition, lag, self._moved_at(topic, partition, position, now), *rest)
            for stream, topic, partition, lag, position, *rest in await cursor.fetchall()
        ]

    def _moved_at(self, topic: str, partition: int, position: int, now: int) -> int:
        known = self._moved.get((topic, partition))
        if known is None or known[0] != position:
            known = self._moved[topic, partition] = (position, now)
        return known[1]


class Reports:
    """Urgent reports without a response, and sightings; read again after a while, since both are told in minutes."""

    EVERY = 5_000_000

    def __init__(self) -> None:
        self._read_at: int | None = None
        self.unanswered: list[Unanswered] = []
        self.sightings: list[Sighting] = []

    async def look(self, connection: AsyncConnection, catalogue: Catalogue, now: int) -> None:
        """Read them when it is time; only what a rule of the catalogue asks for."""
        if self._read_at is not None and 0 <= now - self._read_at < self.EVERY:
            return
        self._read_at = now
        kinds = {rule.kind for rule in catalogue.rules}
        cursor = connection.cursor()
        if "urgent_report" in kinds:
            await cursor.execute(QUERIES["unanswered"])
            self.unanswered = [Unanswered(*row) for row in await cursor.fetchall()]
        spans = [rule.parameters.get("minutes", 60.0) for rule in catalogue.rules if rule.kind == "hot_spot"]
        if spans:
            await cursor.execute(QUERIES["sightings"], [max(spans)])
            self.sightings = [Sighting(*row) for row in await cursor.fetchall()]


class Dossiers:
    """What each digest that stands counts, read again every minute while it does."""

    EVERY = 60_000_000

    def __init__(self) -> None:
        self._read: dict[str, tuple[Deadline, int]] = {}
        self.unfinished: dict[str, list[Unfinished]] = {}

    async def look(self, connection: AsyncConnection, catalogue: Catalogue, now: int) -> None:
        """Read what digests count; what stands no more is forgotten."""
        rules = [rule for rule in catalogue.rules if rule.kind == "digest"]
        due = {rule.name: at for rule in rules if (at := deadline(rule, catalogue, moment(now))) is not None}
        for name in self.unfinished.keys() - due.keys():
            del self._read[name], self.unfinished[name]
        for name, at in due.items():
            read, when = self._read.get(name, (None, now))
            if read != at or not 0 <= now - when < self.EVERY:
                cursor = await connection.execute(QUERIES["unfinished"], at._asdict())
                self.unfinished[name] = [Unfinished(*row) for row in await cursor.fetchall()]
                self._read[name] = at, now


class House:
    """What is wrong in Nhịp's own house besides partitions: channels that do not deliver, the size of the database."""

    EVERY = 5_000_000

    def __init__(self) -> None:
        self._read_at: int | None = None
        self.dead_channels: list[ChannelNow] = []
        self.database_bytes: int | None = None

    async def look(self, connection: AsyncConnection, catalogue: Catalogue, now: int) -> None:
        """Read them when it is time; only what a rule of the catalogue asks for."""
        if self._read_at is not None and 0 <= now - self._read_at < self.EVERY:
            return
        self._read_at = now
        asked = {rule.parameters.get("of") for rule in catalogue.rules if rule.kind == "pipeline"}
        if "channel" in asked:
            cursor = await connection.execute(QUERIES["dead_channels"])
            self.dead_channels = [ChannelNow(*row) for row in await cursor.fetchall()]
        if "disk" in asked:
            cursor = await connection.execute(QUERIES["database_bytes"])
            ((self.database_bytes,),) = await cursor.fetchall()
