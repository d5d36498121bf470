"""The examples of docs/publish, each run where its language is at hand."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from connectors.kafka.errors import BrokerUnavailable
from connectors.kafka.producer import Outcome, Record
from tests.stack.gateway_tools import KEY
from tests.stack.served_app import served
from tests.unit.gateway_tools import Memory

EXAMPLES = Path(__file__).parents[2] / "docs" / "publish"
LANGUAGES = {
    "publish.sh": ["sh"],
    "publish.py": [sys.executable],
    "publish.mjs": ["node"],
    "Publish.java": ["java"],
    "publish.php": ["php"],
}


class Hesitant(Memory):
    """Answers 503 once, as a gateway does while Kafka is away for a moment."""

    async def publish(self, records: list[Record]) -> list[Outcome]:  # type: ignore[override]  # an Outcome may be refused here
        outcomes = await super().publish(records)
        self.outcome = None
        return outcomes


def test_every_example_is_run() -> None:
    assert {path.name for path in EXAMPLES.iterdir()} == set(LANGUAGES)


@pytest.mark.parametrize("example", LANGUAGES)
async def test_an_example_publishes_its_event_and_sends_it_again_when_told_to(example: str) -> None:
    (program,) = LANGUAGES[example]
    if shutil.which(program) is None:
        pytest.skip(f"no {program} on this machine")
    topic = Hesitant(outcome=BrokerUnavailable("away"))
    async with served(topic) as url:
        environment = os.environ | {"NHIP_GATEWAY_URL": url, "NHIP_API_KEY": KEY}
        command = [program, str(EXAMPLES / example)]
        done = await asyncio.to_thread(subprocess.run, command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (record,) = topic.records
    assert json.loads(record.value)["data"] == {"status": "ok", "latency_ms": 12.5}
