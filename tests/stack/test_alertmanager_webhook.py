"""A real Alertmanager tells a real gateway by its webhook, and Kafka has the pings."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from connectors.kafka.security import Security
from connectors.kafka.topics import ensure_topics
from tests.parts.alertmanager import Alertmanager
from tests.parts.kafka import Kafka
from tests.stack.gateway_tools import KEY, records, running

CONFIGURATION = """\
route: {{receiver: nhip, group_by: [system], group_wait: 0s, group_interval: 1s}}
receivers:
  - name: nhip
    webhook_configs:
      - url: {gateway}/v1/alertmanager
        send_resolved: true
        http_config: {{authorization: {{credentials: {key}}}}}
"""


@asynccontextmanager
async def telling(gateway: str, home: Path) -> AsyncIterator[httpx.AsyncClient]:
    """An Alertmanager of this test's own, which tells the gateway."""
    part = Alertmanager(home)
    part.configuration = CONFIGURATION.format(gateway=gateway, key=KEY)
    await asyncio.to_thread(part.up)
    try:
        async with httpx.AsyncClient(base_url=part.address) as http:
            yield http
    finally:
        await asyncio.to_thread(part.kill)


async def test_what_alertmanager_notices_reaches_kafka_and_its_end_too(
    kafka: Kafka, topic_prefix: str, tmp_path: Path
) -> None:
    await ensure_topics([kafka.bootstrap], Security(), topic_prefix, partitions=1, replication=1)
    began = datetime.now(UTC) - timedelta(minutes=1)
    alert = {
        "labels": {"alertname": "QueueLong", "system": "edoc", "severity": "critical"},
        "annotations": {"summary": "Trục văn bản ứ 900 bản tin"},
        "startsAt": began.isoformat(),
    }

    async def pings(number: int) -> list[dict[str, object]]:
        while True:
            found = [json.loads(one.value) for one in await records(kafka.bootstrap, f"{topic_prefix}health-pings")]
            if len(found) >= number:
                return found
            await asyncio.sleep(0.2)

    async with running(kafka.bootstrap, topic_prefix) as gateway, telling(gateway.url, tmp_path) as alertmanager:
        (await alertmanager.post("/api/v2/alerts", json=[alert])).raise_for_status()
        (fires,) = await pings(1)
        ended = alert | {"endsAt": datetime.now(UTC).isoformat()}
        (await alertmanager.post("/api/v2/alerts", json=[ended])).raise_for_status()
        _, is_over = await pings(2)
    assert (fires["subject"], datetime.fromisoformat(str(fires["time"]))) == ("edoc", began)
    assert fires["data"] == {
        "check_id": "alertmanager", "status": "fail", "interval_s": 31_536_000, "error": "Trục văn bản ứ 900 bản tin",
    }  # fmt: skip
    assert is_over["data"] == {"check_id": "alertmanager", "status": "ok", "interval_s": 31_536_000}
