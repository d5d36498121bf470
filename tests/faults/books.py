"""What publishers were promised, held against what is stored."""

from collections import Counter
from dataclasses import dataclass, field

import orjson

from nhip.simulator import Kind, Record
from streams.contracts import STREAMS
from streams.identity import identity
from tests.stack.nhip_tools import Installation

REFUSED = (Kind.BAD, Kind.CONFLICT)


@dataclass
class Books:
    """Acknowledged records, by what must become of each."""

    kinds: Counter[Kind] = field(default_factory=Counter)
    identities: dict[str, set[str]] = field(default_factory=lambda: {stream.topic: set() for stream in STREAMS})
    letters: dict[tuple[str, int, int], bytes | None] = field(default_factory=dict)

    def acknowledged(self, record: Record, topic: str, partition: int, offset: int) -> None:
        """A broker has said that it keeps a record there."""
        self.kinds[record.kind] += 1
        if record.kind is Kind.EVENT:
            event = orjson.loads(record.value or b"")
            self.identities[record.topic].add(identity(event["source"], event["id"]))
        elif record.kind in REFUSED:
            self.letters[topic, partition, offset] = record.value

    def assert_kept(self, installed: Installation) -> None:
        """Every event is stored once, every duplicate counted, everything else one dead letter with its bytes."""
        stored = {
            "field-reports": installed.rows("SELECT replace(id::text, '-', '') FROM nhip.report_event"),
            "dossiers": installed.rows("SELECT replace(id::text, '-', '') FROM nhip.dossier_event"),
            "health-pings": installed.rows("SELECT replace(id::text, '-', '') FROM nhip.health_event"),
        }
        for topic, rows in stored.items():
            assert len(rows) == len(self.identities[topic]), topic
            assert {name for (name,) in rows} == self.identities[topic], topic
        letters = installed.rows('SELECT topic, partition, "offset", value FROM nhip.dead_letter')
        assert len(letters) == len(self.letters)
        assert {(topic, partition, offset): value for topic, partition, offset, value in letters} == self.letters
        counted = installed.rows(
            "SELECT sum(records)::int, sum(stored)::int, sum(duplicates)::int, sum(dead_letters)::int"
            " FROM nhip.partition"
        )
        kinds = self.kinds
        refused = sum(kinds[kind] for kind in REFUSED)
        assert counted == [(kinds.total(), kinds[Kind.EVENT], kinds[Kind.DUPLICATE], refused)]
