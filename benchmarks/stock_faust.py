"""Faust as its documentation teaches it: `stream.take` and one `executemany … ON CONFLICT` for each list it gives.

With what the documentation offers for speed: uvloop, orjson, Faust's Cython; values as they are, no models. Lists of
1 000: of 5 000, larger than the stream's buffer, it stores fewer a second.

https://faust-streaming.github.io/faust/userguide/streams.html#take-buffer-up-values-in-the-stream
"""

import os
import tempfile
from datetime import datetime
from uuid import UUID, uuid5

import faust
import psycopg

NAMESPACE = UUID(int=0)
INSERT = """
INSERT INTO nhip.health_event (time, id, subject, check_id, status, latency_ms, interval_s, partition, "offset",
                               appended_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, 0, 0, now()) ON CONFLICT DO NOTHING
"""

app = faust.App(
    os.environ["NHIP_CONSUMER_GROUP"],
    broker=f"kafka://{os.environ['NHIP_KAFKA_BROKERS']}",
    consumer_auto_offset_reset="earliest",
    topic_disable_leader=True,
    web_enabled=False,
    store="memory://",
    datadir=tempfile.mkdtemp(prefix="stock-faust-"),
)
pings = app.topic(os.environ["NHIP_TOPIC_PREFIX"] + "health-pings", value_serializer="json")


@app.agent(pings)
async def store(stream: faust.StreamT) -> None:
    """Store what comes, at most a thousand pings at a time."""
    database = await psycopg.AsyncConnection.connect(os.environ["NHIP_DATABASE_URL"], autocommit=True)
    async for events in stream.take(1000, within=1):
        rows = [
            (
                datetime.fromisoformat(event["time"]),
                uuid5(NAMESPACE, event["source"] + event["id"]),
                event["subject"],
                event["data"]["check_id"],
                event["data"]["status"],
                event["data"]["latency_ms"],
                event["data"]["interval_s"],
            )
            for event in events
        ]
        async with database.transaction(), database.cursor() as cursor:
            await cursor.executemany(INSERT, rows)


if __name__ == "__main__":
    app.main()
