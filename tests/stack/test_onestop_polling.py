"""`nhip one-stop`: an export is fetched, cut into messages, and passed on; against real HTTP servers."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from connectors.onestop.polling import BYTES, RECORDS, parts
from tests.stack.gateway_tools import KEY
from tests.stack.served_app import served
from tests.unit.gateway_tools import Memory
from tests.unit.test_onestop import RECORD, STEP, message

TOKEN = "of-the-one-stop-system"


@asynccontextmanager
async def exporting(document: Any, status: str = "200 OK") -> AsyncIterator[str]:
    """A one-stop system that answers so to whoever has its token."""
    body = json.dumps(document).encode()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        said = status if f"Bearer {TOKEN}".encode() in head else "401 Unauthorized"
        writer.write(f"HTTP/1.1 {said}\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/export"


async def one_stop(topic: Memory, system: str, *options: str, token: str = TOKEN) -> tuple[int, Any, str]:
    """The exit code, what was printed as JSON, and what went wrong."""
    async with served(topic) as url:
        environment = os.environ | {"NHIP_GATEWAY_URL": url, "NHIP_API_KEY": KEY, "NHIP_ONE_STOP_TOKEN": token}
        command = [Path(sys.executable).parent / "nhip", "one-stop", system, "--json", *options]
        done = await asyncio.to_thread(subprocess.run, command, env=environment, capture_output=True, text=True)
    return done.returncode, json.loads(done.stdout or "null"), done.stderr


async def test_an_export_of_any_length_is_passed_on_and_what_is_refused_is_named() -> None:
    records = [RECORD | {"MaHoSo": f"H30.16-261101-{n:04}"} for n in range(RECORDS + 50)]
    topic = Memory()
    async with exporting(message(*records, RECORD | {"NgayTiepNhan": "?"})) as system:
        code, printed, _ = await one_stop(topic, system)
    assert (code, printed["records"], printed["events"]) == (1, RECORDS + 51, RECORDS + 50)
    (refused,) = printed["refused"]
    assert refused["id"] == RECORD["MaHoSo"]
    assert len(topic.records) == RECORDS + 50


async def test_a_bare_array_is_of_the_service_that_is_named() -> None:
    topic = Memory()
    async with exporting([STEP]) as system:
        assert (await one_stop(topic, system))[0] == 2
        assert (await one_stop(topic, system, "--service", "CapNhatTienDoHoSoMC"))[:2] == (
            0, {"records": 1, "unchanged": 0, "events": 1, "refused": []},
        )  # fmt: skip


async def test_what_cannot_be_had_or_read_is_said() -> None:
    async with exporting(message(RECORD), "500 Broken") as broken, exporting({"data": 1}) as other:
        assert (await one_stop(Memory(), broken))[0] == 3
        assert (await one_stop(Memory(), broken, token="wrong"))[0] == 3
        code, _, said = await one_stop(Memory(), other)
    assert code == 1
    assert "neither an array" in said


def test_messages_are_bounded_in_number_and_size() -> None:
    large = [{"x": "y" * (BYTES // 3)} for _ in range(7)]
    assert [len(part) for part in parts(large)] == [2, 2, 2, 1]
    assert [len(part) for part in parts([{}] * (2 * RECORDS + 1))] == [RECORDS, RECORDS, 1]
    assert list(parts([])) == []
