"""`nhip probe` as a process: what it sees reaches Kafka through a real gateway, also when that was away."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from connectors.kafka.security import Security
from connectors.kafka.topics import ensure_topics
from tests.parts.kafka import Kafka
from tests.stack.gateway_tools import KEY, Gateway, answering, free_port, records, start

SYSTEM = """\
[[systems]]
id = "portal"
name = "Cổng"
name_en = "Portal"
watch = ["reachability"]
checks = [
    {{ id = "open", interval_s = 2, target = {{ url = "tcp://127.0.0.1:{port}", timeout_s = 1, networks = ["127.0.0.0/8"] }} }},
    {{ id = "forbidden", interval_s = 2, target = {{ url = "http://127.0.0.1:{port}/", timeout_s = 1 }} }},
]
"""  # noqa: E501 - TOML as it is written


async def test_what_the_prober_sees_reaches_kafka_once_the_gateway_is_there(
    kafka: Kafka, topic_prefix: str, tmp_path: Path
) -> None:
    await ensure_topics([kafka.bootstrap], Security(), topic_prefix, partitions=1, replication=1)
    listening = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    (tmp_path / "systems.toml").write_text(SYSTEM.format(port=listening.sockets[0].getsockname()[1]))
    gateway = start(kafka.bootstrap, topic_prefix)
    prober = _prober(gateway.url, tmp_path)
    try:
        await answering(gateway, "/readyz")
        gateway.process.send_signal(signal.SIGSTOP)  # away for whoever asks, and back with nothing lost
        await asyncio.sleep(3)
        gateway.process.send_signal(signal.SIGCONT)
        await answering(prober, "/readyz")
        seen: set[tuple[str, str]] = set()
        async with asyncio.timeout(120):
            while not seen >= {("open", "ok"), ("forbidden", "fail")}:
                await asyncio.sleep(0.5)
                found = [
                    json.loads(record.value) for record in await records(kafka.bootstrap, f"{topic_prefix}health-pings")
                ]
                seen = {(event["data"]["check_id"], event["data"]["status"]) for event in found}
        assert ("forbidden", "ok") not in seen
        assert len({(event["id"], event["source"]) for event in found}) == len(found)
        assert {event["data"]["probe"] for event in found} == {"probe"}
        assert prober.end() == 0
    finally:
        for process in (prober.process, gateway.process):
            process.kill()
            process.wait()
        listening.close()


def _prober(gateway: str, catalogue: Path) -> Gateway:
    port = free_port()
    settings = {
        "NHIP_GATEWAY_URL": gateway,
        "NHIP_API_KEY": KEY,
        "NHIP_CATALOGUE": str(catalogue),
        "NHIP_PROBE_PORT": str(port),
    }
    process = subprocess.Popen([Path(sys.executable).parent / "nhip", "probe"], env=os.environ | settings)
    return Gateway(f"http://127.0.0.1:{port}", process)
