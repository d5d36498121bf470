"""Clients that nobody here wrote, fetched from their registries, against the gateway's HTTP server."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.parts.machine import PartUnavailable, command
from tests.parts.stack import DIRECTORY
from tests.stack.gateway_tools import KEY
from tests.stack.served_app import served
from tests.unit.gateway_tools import Memory

HERE = Path(__file__).parent / "clients"
HOME = DIRECTORY / "clients"
CLOUDEVENTS, HEALTHCHECKS = "cloudevents@10.0.0", "healthchecks-io==0.4.4"


async def run(words: list[str | Path], topic: Memory, **environment: str) -> subprocess.CompletedProcess[str]:
    """A client's program to its end, while the gateway answers."""
    async with served(topic) as url:
        told = os.environ | {"NHIP_GATEWAY_URL": url, "NHIP_API_KEY": KEY} | environment
        return await asyncio.to_thread(subprocess.run, words, env=told, capture_output=True, text=True)


async def test_the_cloudevents_sdk_for_javascript_publishes_in_each_of_its_modes() -> None:
    if shutil.which("node") is None:
        raise PartUnavailable("no node on this machine")
    home = HOME / "javascript"
    if not (home / "node_modules").exists():
        home.mkdir(parents=True, exist_ok=True)
        await asyncio.to_thread(command, "npm", "install", "--no-audit", "--no-fund", "--prefix", home, CLOUDEVENTS)
    topic = Memory()
    done = await run(["node", HERE / "cloudevents.mjs"], topic, NODE_PATH=str(home / "node_modules"))
    assert done.returncode == 0, done.stdout + done.stderr
    events = [json.loads(record.value) for record in topic.records]
    assert [event["id"] for event in events] == ["binary", "structured"]
    assert {event["data"]["description"] for event in events} == {"Đèn đỏ tắt ở ngã tư"}


async def test_a_healthchecks_client_pings() -> None:
    home = HOME / "healthchecks"
    if not home.exists():
        uv = shutil.which("uv") or ".venv-uv/bin/uv"
        await asyncio.to_thread(command, uv, "pip", "install", "--quiet", "--target", home, HEALTHCHECKS)
    topic = Memory()
    done = await run([sys.executable, HERE / "pings.py"], topic, PYTHONPATH=str(home))
    assert done.returncode == 0, done.stderr
    told = [json.loads(record.value)["data"] for record in topic.records]
    assert [(data["status"], data.get("code")) for data in told] == [
        ("start", None), ("ok", None), ("fail", None), ("fail", 3),
    ]  # fmt: skip
    assert told[1]["log"] == "12 GiB sao lưu xong"
