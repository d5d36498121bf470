"""`POST /v1/one-stop`: messages of the national exchange become events, and only what is new in them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx
import pytest

from connectors.gateway.keys import FixedKeys, KeyInfo
from connectors.onestop.told import Snapshot
from streams.agents import Transient
from streams.catalogue import Catalogue
from streams.contracts import DOSSIERS, Event
from streams.dossiers.fold import history
from streams.identity import identity
from streams.parsing import parse
from tests.unit.gateway_tools import KEY, NOW, Memory, client

RECORD = {
    "MaHoSo": "H30.16-261101-0001",
    "MaTTHC": "1.004221",
    "MaLinhVuc": "dat-dai",
    "DonViXuLy": "so-tnmt",
    "TrangThaiHoSo": "2",
    "NgayTiepNhan": "20261102080000",
    "NgayHenTra": "20261120170000",
    "KenhThucHien": "2",
    "ChuHoSo": "Nguyễn Văn An",
    "SoDienThoai": "0912345678",
}
STEP = {"MaHoSo": "H30.16-261101-0001", "ThoiDiemXuLy": "20261103090000", "TrangThai": "4", "NguoiXuLy": "Trần Thị B"}


@dataclass
class Stored:
    """An archive of what was published, as workers would store it."""

    events: list[Event] = field(default_factory=list)

    def store(self, topic: Memory) -> None:
        for record in topic.records:
            event = parse(DOSSIERS, record.value, NOW)
            assert isinstance(event, Event)
            self.events.append(event)
        topic.records.clear()

    async def known(self, identities: Sequence[str]) -> set[str]:
        return {identity(event.source, event.id) for event in self.events} & set(identities)

    async def snapshots(self, dossiers: Sequence[str]) -> Mapping[str, Snapshot]:
        told = [event for event in self.events if event.type.endswith("upserted") and event.subject in dossiers]
        told.sort(key=lambda event: event.time)
        return {event.subject: Snapshot(event.time, json.loads(event.data.stored())) for event in told}


def message(*records: Any, service: str = "DongBoHoSoMC") -> dict[str, Any]:
    return {"session": "s", "madonvi": "000.00.16.H30", "isUpdating": "False", "service": service, "data": records}


async def send(topic: Memory, archive: Stored, *records: Any, service: str = "DongBoHoSoMC") -> httpx.Response:
    async with client(topic, archive=archive) as http:
        return await http.post("/v1/one-stop", json=message(*records, service=service))


def published(topic: Memory) -> list[dict[str, Any]]:
    return [json.loads(record.value) for record in topic.records]


async def test_a_record_becomes_events_without_the_names_of_people() -> None:
    topic = Memory()
    done = {"TrangThaiHoSo": "10", "NgayKetThucXuLy": "20261118100000", "NgayTra": "20261119090000"}
    answer = await send(topic, Stored(), RECORD | done)
    assert answer.status_code == 202
    assert answer.json()["error_code"] == "00"
    assert answer.json()["records"] == [{"index": 0, "id": RECORD["MaHoSo"], "events": 3, "status": 202}]
    events = published(topic)
    kinds = [event["type"].rpartition(".")[2] for event in events]
    assert kinds == ["upserted", "result_ready", "returned"]
    assert events[0]["data"]["received_at"] == "2026-11-02T08:00:00+07:00"
    assert "Nguyễn" not in json.dumps(events, ensure_ascii=False)
    assert "0912345678" not in json.dumps(events)


async def test_progress_becomes_changes_of_status() -> None:
    topic = Memory()
    assert (await send(topic, Stored(), STEP, service="CapNhatTienDoHoSoMC")).status_code == 202
    (event,) = published(topic)
    assert (event["type"], event["data"]["status"]) == ("vn.nhip.dossier.status_changed", 4)
    assert event["time"] == "2026-11-03T09:00:00+07:00"


async def test_a_snapshot_that_comes_again_gives_nothing_new() -> None:
    topic, archive = Memory(), Stored()
    await send(topic, archive, RECORD, RECORD | {"MaHoSo": "H30.16-261101-0002"})
    archive.store(topic)
    answer = await send(topic, archive, RECORD, RECORD | {"MaHoSo": "H30.16-261101-0002"})
    assert answer.status_code == 202
    assert answer.json()["accepted"] == 0
    assert [record["events"] for record in answer.json()["records"]] == [0, 0]
    assert topic.records == []


async def test_a_snapshot_that_is_not_stored_yet_is_the_same_events() -> None:
    topic = Memory()
    await send(topic, Stored(), RECORD)
    await send(topic, Stored(), RECORD)
    first, second = published(topic)
    assert first == second


async def test_of_a_snapshot_with_more_only_what_is_new_is_published() -> None:
    topic, archive = Memory(), Stored()
    await send(topic, archive, RECORD)
    archive.store(topic)
    await send(topic, archive, RECORD | {"TrangThaiHoSo": "9", "NgayKetThucXuLy": "20261118100000"})
    assert [event["type"].rpartition(".")[2] for event in published(topic)] == ["result_ready"]


async def test_a_date_that_moved_is_told_as_of_now_and_never_again() -> None:
    """Two snapshots of the same moment would leave it open which of the dates holds."""
    topic, archive = Memory(), Stored()
    ended = RECORD | {"TrangThaiHoSo": "9", "NgayKetThucXuLy": "20261118100000"}
    await send(topic, archive, ended)
    archive.store(topic)
    moved = ended | {"NgayHenTra": "20261127170000"}
    await send(topic, archive, moved)
    (event,) = published(topic)
    assert (event["time"], event["data"]["status"]) == (NOW.isoformat(), 9)
    archive.store(topic)
    await send(topic, archive, moved)
    assert topic.records == []
    last = history(archive.events, Catalogue.default())[-1]
    assert last.due_at == datetime.fromisoformat("2026-11-27T17:00:00+07:00")
    assert last.ended_at == datetime.fromisoformat("2026-11-18T10:00:00+07:00")


async def test_a_receipt_after_an_online_filing_keeps_its_own_time() -> None:
    topic, archive = Memory(), Stored()
    filed = {**RECORD, "TrangThaiHoSo": "1", "NgayTiepNhan": "", "NgayNopHoSo": "20261101200000"}
    await send(topic, archive, filed)
    archive.store(topic)
    await send(topic, archive, RECORD | {"NgayNopHoSo": "20261101200000"})
    (event,) = published(topic)
    assert event["time"] == "2026-11-02T08:00:00+07:00"


async def test_each_record_is_refused_by_itself_with_its_reason() -> None:
    topic = Memory()
    wrong = RECORD | {"NgayTiepNhan": "ngày mai"}
    answer = await send(topic, Stored(), wrong, RECORD, "text", {})
    assert answer.status_code == 207
    assert answer.json()["error_code"] == "01"
    records = answer.json()["records"]
    assert [record["status"] for record in records] == [422, 202, 422, 422]
    assert "ngày mai" in records[0]["problem"]["detail"]
    assert [record["problem"]["path"] for record in records if "problem" in record] == [
        "$.data[0]", "$.data[2]", "$.data[3]",
    ]  # fmt: skip
    assert len(topic.records) == 1


@pytest.mark.parametrize(
    ("document", "path"),
    [([], "$"), ({}, "$.service"), ({"service": "Other", "data": []}, "$.service"), ({"service": {}}, "$.service"),
     ({"service": "DongBoHoSoMC"}, "$.data"), ({"service": "DongBoHoSoMC", "data": {}}, "$.data")],
)  # fmt: skip
async def test_what_is_no_message_of_the_exchange_is_refused(document: Any, path: str) -> None:
    async with client(Memory()) as http:
        answer = await http.post("/v1/one-stop", json=document)
    assert (answer.status_code, answer.json()["path"]) == (422, path)


async def test_while_the_database_is_away_nothing_is_taken_for_new() -> None:
    class Away(Stored):
        async def known(self, identities: Sequence[str]) -> set[str]:
            raise Transient("away")

    topic = Memory()
    answer = await send(topic, Away(), RECORD)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert topic.records == []


async def test_the_key_must_publish_dossiers_and_keep_to_its_agencies() -> None:
    health = FixedKeys([(KEY, KeyInfo("k", frozenset({"publish:health"})))])
    other = FixedKeys([(KEY, KeyInfo("k", frozenset({"publish:dossiers"}), frozenset({"so-xd"})))])
    topic = Memory()
    for keys in (health, other):
        async with client(topic, keys=keys) as http:
            assert (await http.post("/v1/one-stop", json=message(RECORD))).status_code == 403
    assert topic.records == []
