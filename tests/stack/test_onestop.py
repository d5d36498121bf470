"""A one-stop system tells again and again; the database says what is new."""

import json
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import httpx

from connectors.timescale.gate import Gate
from streams.contracts import DOSSIERS
from streams.contracts.types import PROVINCE_TIME
from tests.stack.store_tools import House, as_role
from tests.unit.gateway_tools import NOW, Memory, client
from tests.unit.test_onestop import RECORD, STEP, message


async def test_snapshots_give_only_the_differences_to_what_is_stored(plain_house: House) -> None:
    topic, house = Memory(), plain_house

    async def tell(*records: Any, service: str = "DongBoHoSoMC") -> int:
        """How many events that gave; what they are is stored."""
        answer = await http.post("/v1/one-stop", json=message(*records, service=service))
        assert answer.status_code == 202, answer.text
        await house.take(DOSSIERS, [json.loads(record.value) for record in topic.records])
        topic.records.clear()
        return int(answer.json()["accepted"])

    async with Gate(as_role(house.url, "nhip_gateway")) as gate, _gateway(topic, gate) as http:
        assert await tell(RECORD, RECORD | {"MaHoSo": "H30.16-261101-0002"}) == 2
        assert await tell(RECORD, RECORD | {"MaHoSo": "H30.16-261101-0002"}) == 0
        assert await tell(STEP, service="CapNhatTienDoHoSoMC") == 1
        assert await tell(STEP, service="CapNhatTienDoHoSoMC") == 0
        moved = RECORD | {"TrangThaiHoSo": "4", "NgayHenTra": "20261127170000"}
        assert await tell(moved) == 1
        assert await tell(moved) == 0
        assert await tell(moved | {"TrangThaiHoSo": "9", "NgayKetThucXuLy": "20261122100000"}) == 2
    states = house.rows("SELECT subject, state, ended_at, due_at FROM nhip.dossier_state ORDER BY subject")
    assert [(subject, state, end and shown(end), shown(due)) for subject, state, end, due in states] == [
        ("H30.16-261101-0001", "9", "22/11 10:00", "27/11 17:00"),
        ("H30.16-261101-0002", "2", None, "20/11 17:00"),
    ]
    assert house.letters() == []
    house.assert_true()


def shown(moment: datetime) -> str:
    return moment.astimezone(PROVINCE_TIME).strftime("%d/%m %H:%M")


def _gateway(topic: Memory, gate: Gate) -> httpx.AsyncClient:
    moments = count()
    return client(topic, archive=gate, clock=lambda: NOW + timedelta(seconds=next(moments)))
