"""A plain loop by somebody who knows both libraries: aiokafka getmany, orjson, COPY, one transaction with the position.

It does the same kinds of work in the database: events, a state row and a day's rollup for each system, the position. It
does less besides: nothing is validated, nothing is folded in order, nothing dead-lettered. Partitions are worked one
after another, as such loops are.
"""

import asyncio
import os
from hashlib import blake2b

import orjson
import psycopg
import uvloop
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

COLUMNS = 'time, id, subject, check_id, status, latency_ms, interval_s, grace_s, data, partition, "offset", appended_at'
SETUP = """
CREATE TABLE IF NOT EXISTS handwritten_position (partition int PRIMARY KEY, next_offset bigint, stored bigint);
CREATE TABLE IF NOT EXISTS handwritten_seen (subject text PRIMARY KEY, last_at timestamptz, status text);
CREATE TABLE IF NOT EXISTS handwritten_day (subject text, day date, up bigint, down bigint, PRIMARY KEY (subject, day));
CREATE TEMP TABLE staged (LIKE nhip.health_event) ON COMMIT DELETE ROWS;
"""
INSERT = f"INSERT INTO nhip.health_event ({COLUMNS}) SELECT {COLUMNS} FROM staged ON CONFLICT DO NOTHING"
SEEN = """
INSERT INTO handwritten_seen SELECT DISTINCT ON (subject) subject, time, status FROM staged ORDER BY subject, time DESC
ON CONFLICT (subject) DO UPDATE SET last_at = excluded.last_at, status = excluded.status
"""
DAYS = """
INSERT INTO handwritten_day AS d
SELECT subject, (time AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, count(*) FILTER (WHERE status = 'ok'),
       count(*) FILTER (WHERE status = 'fail')
FROM staged GROUP BY 1, 2
ON CONFLICT (subject, day) DO UPDATE SET up = d.up + excluded.up, down = d.down + excluded.down
"""
ADVANCE = """
INSERT INTO handwritten_position AS p VALUES (%s, %s, %s)
ON CONFLICT (partition) DO UPDATE SET next_offset = excluded.next_offset, stored = p.stored + excluded.stored
"""


def row(record: ConsumerRecord) -> str:
    """One ping as a COPY row."""
    event = orjson.loads(record.value)
    data = event["data"]
    identity = blake2b(f"{event['source']}\0{event['id']}".encode(), digest_size=16).hexdigest()
    return (
        f"{event['time']}\t{identity}\t{event['subject']}\t{data['check_id']}\t{data['status']}\t{data['latency_ms']}\t"
        f"{data['interval_s']}\t\\N\t\\N\t{record.partition}\t{record.offset}\tnow\n"
    )


async def store(database: psycopg.AsyncConnection, tp: TopicPartition, records: list[ConsumerRecord]) -> None:
    """One fetch of one partition in one transaction."""
    async with database.transaction(), database.cursor() as cursor:
        async with cursor.copy(f"COPY staged ({COLUMNS}) FROM STDIN") as copy:
            await copy.write("".join(map(row, records)))
        await cursor.execute(INSERT)
        stored = cursor.rowcount
        await cursor.execute(SEEN)
        await cursor.execute(DAYS)
        await cursor.execute(ADVANCE, [tp.partition, records[-1].offset + 1, stored])


async def main() -> None:
    database = await psycopg.AsyncConnection.connect(os.environ["NHIP_DATABASE_URL"], autocommit=True)
    await database.execute(SETUP)
    consumer = AIOKafkaConsumer(
        os.environ["NHIP_TOPIC_PREFIX"] + "health-pings",
        bootstrap_servers=os.environ["NHIP_KAFKA_BROKERS"],
        group_id=os.environ["NHIP_CONSUMER_GROUP"],
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        max_partition_fetch_bytes=4 << 20,
    )
    await consumer.start()
    while True:
        for tp, records in (await consumer.getmany(timeout_ms=500, max_records=20_000)).items():
            await store(database, tp, records)


if __name__ == "__main__":
    uvloop.install()
    asyncio.run(main())
