"""`POST /v1/one-stop`: the message that one-stop systems send to the national public service portal, as events.

`{"service": "DongBoHoSoMC" | "CapNhatTienDoHoSoMC", "data": [record, …]}`; `session`, `madonvi` and `isUpdating`
beside them are not read (after VietOpenCPS/opencps-v2, which wants `error_code` "00" in the answer). What a record's
fields mean stands in connectors/backfill/formats: the same as for `nhip import`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from connectors.backfill import formats
from connectors.backfill.conversion import Mapped, Refused
from connectors.backfill.mapping import first
from connectors.backfill.rows import Row, folded
from connectors.gateway.messages import Asked, Told
from connectors.gateway.problems import Problem, RequestRefused, try_later
from connectors.onestop.differences import differences, identity_of
from connectors.onestop.told import Archive
from streams.agents import Transient
from streams.contracts import DOSSIERS

SERVICES = {"DongBoHoSoMC": "national-dossiers", "CapNhatTienDoHoSoMC": "national-progress"}
"""The services of the national exchange, and the mapping of each."""

_ID, _STATUS = folded("MaHoSo"), folded("TrangThaiHoSo")


def answered(well: bool) -> dict[str, str]:
    """What the senders look for in an answer."""
    return {"error_code": "00" if well else "01"}


@dataclass(frozen=True, slots=True)
class _Record:
    row: Row
    events: Sequence[dict[str, Any]] = ()
    problem: Problem | None = None

    @property
    def dossier(self) -> str | None:
        found = first(self.row.values, (_ID,))
        return None if found is None else str(found)

    @property
    def status(self) -> int | None:
        """TrangThaiHoSo, the dossier's status of today; progress records have none."""
        text = str(first(self.row.values, (_STATUS,)))
        return int(text) if text.isdecimal() and len(text) <= 2 else None


@dataclass(frozen=True, slots=True)
class Exchange:
    """`archive` tells what is stored; `key` makes pseudonyms, of which dossiers have none."""

    archive: Archive
    key: bytes
    clock: Callable[[], datetime]

    async def translate(self, asked: Asked) -> Sequence[Told]:
        """Each record's events that are new. Raises RequestRefused: 422 for what is no such message, 503."""
        service, data = _message(asked.document)
        mapped = Mapped(formats.known()[SERVICES[service]], DOSSIERS, self.key)
        now = self.clock()
        records = [_converted(mapped, place, item, now) for place, item in enumerate(data)]
        try:
            return await self._new(records, now)
        except Transient:
            problem = try_later("database_unavailable", "what is new cannot be told while the database is away", 5)
            raise RequestRefused(problem) from None

    async def _new(self, records: Sequence[_Record], now: datetime) -> list[Told]:
        known = await self.archive.known([identity_of(event) for record in records for event in record.events])
        dossiers = {record.dossier for record in records if record.events}
        snapshots = await self.archive.snapshots([dossier for dossier in dossiers if dossier is not None])
        return [
            Told(
                record.dossier,
                differences(record.events, known, snapshots.get(record.dossier or ""), record.status, now),
                record.problem,
            )
            for record in records
        ]


def _message(document: Any) -> tuple[str, list[Any]]:
    if not isinstance(document, dict):
        raise RequestRefused(Problem("invalid_data", "the message must be an object", "$"))
    service, data = document.get("service"), document.get("data")
    if not isinstance(service, str) or service not in SERVICES:
        raise RequestRefused(Problem("invalid_data", f"service must be one of {', '.join(SERVICES)}", "$.service"))
    if not isinstance(data, list):
        raise RequestRefused(Problem("invalid_data", "data must be an array of records", "$.data"))
    return service, data


def _converted(mapped: Mapped, place: int, item: Any, now: datetime) -> _Record:
    path = f"$.data[{place}]"
    if not isinstance(item, dict):
        return _Record(Row(place, b""), problem=Problem("invalid_data", "a record must be an object", path))
    row = Row(place, b"", {folded(name): value for name, value in item.items()})
    found = mapped.convert(row, now)
    if isinstance(found, Refused):
        why = "; ".join(dict.fromkeys(reason.detail for reason in found.reasons))
        return _Record(row, problem=Problem(found.reasons[0].reason, why, path))
    return _Record(row, [orjson.loads(record.value) for record in found])
