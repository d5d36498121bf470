"""The topics Nhịp reads: made once, checked ever after."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiokafka.admin import AIOKafkaAdminClient, NewPartitions, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code

from connectors.kafka.errors import BrokerUnavailable, TopicsUnfit
from connectors.kafka.security import Security

STREAMS = ("field-reports", "dossiers", "health-pings", "alerts")
TIMESTAMPS = "message.timestamp.type"
LOG_APPEND_TIME = "LogAppendTime"  # days close by append time: the producer's clock must not decide
ASK_AGAIN, ASK_AGAIN_SECONDS = 50, 0.2
CONFIG = {
    "cleanup.policy": "delete",  # compaction would take away history; the database keeps it
    "retention.ms": str(7 * 24 * 3600 * 1000),  # long enough to mend a database over a holiday
}


def topic_names(prefix: str) -> list[str]:
    return [prefix + stream for stream in STREAMS]


async def ensure_topics(
    brokers: Sequence[str],
    security: Security,
    prefix: str,
    *,
    partitions: int,
    replication: int,
    append_time: bool = True,
) -> list[str]:
    """Make the topics that are missing, add partitions where there are fewer, and return what was done.

    Safe to repeat. `append_time` is for the embedded broker, which knows the producer's time only. Raises
    BrokerUnavailable, and TopicsUnfit where a topic cannot be made or does not keep the broker's append time.
    """
    names = topic_names(prefix)
    config = CONFIG | ({TIMESTAMPS: LOG_APPEND_TIME} if append_time else {})
    async with _admin(brokers, security) as admin:
        done = await _create(admin, [NewTopic(name, partitions, replication, topic_configs=config) for name in names])
        done += await _grow(admin, names, partitions)
        unfit = await _mismatches(admin, names) if append_time else []
    if unfit:
        raise TopicsUnfit("; ".join(unfit))
    return done


async def check_topics(
    brokers: Sequence[str], security: Security, prefix: str, *, append_time: bool = True
) -> list[str]:
    """Return what is wrong with the topics, nothing if all is well. Raises BrokerUnavailable.

    Without `append_time` no setting of a topic is asked for: the embedded broker hangs up at that question.
    """
    async with _admin(brokers, security) as admin:
        described = await admin.describe_topics(topic_names(prefix))
        missing = [f"{topic['topic']} does not exist: nhip setup" for topic in described if topic["error_code"]]
        present = [topic["topic"] for topic in described if not topic["error_code"]]
        return missing + (await _mismatches(admin, present) if append_time else [])


@asynccontextmanager
async def _admin(brokers: Sequence[str], security: Security) -> AsyncIterator[AIOKafkaAdminClient]:
    admin = AIOKafkaAdminClient(bootstrap_servers=list(brokers), **security.client_options())
    try:
        await admin.start()
        yield admin
    except KafkaError as error:
        raise BrokerUnavailable(repr(error)) from error
    finally:
        await admin.close()


async def _create(admin: AIOKafkaAdminClient, topics: list[NewTopic]) -> list[str]:
    created = []
    for name, code, *message in (await admin.create_topics(topics)).topic_errors:
        if code == 0:
            created.append(f"{name}: made")
        elif code != TopicAlreadyExistsError.errno:
            raise TopicsUnfit(f"{name}: {for_code(code).__name__} {' '.join(map(str, message))}")
    return created


async def _grow(admin: AIOKafkaAdminClient, names: list[str], partitions: int) -> list[str]:
    """Correctness never depends on partitioning, so that partitions may be added at any time."""
    described = await admin.describe_topics(names)
    few = [topic["topic"] for topic in described if 0 < len(topic["partitions"]) < partitions]
    if few:
        await admin.create_partitions({name: NewPartitions(partitions) for name in few})
    return [f"{name}: grown to {partitions} partitions" for name in few]


async def _mismatches(admin: AIOKafkaAdminClient, names: list[str]) -> list[str]:
    """Tell which topics' records do not carry the broker's append time."""
    return [
        f"{name} has {TIMESTAMPS}={value}, needs {LOG_APPEND_TIME}"
        for name, value in await _timestamp_types(admin, names)
        if value != LOG_APPEND_TIME
    ]


async def _timestamp_types(admin: AIOKafkaAdminClient, names: list[str]) -> list[tuple[str, str]]:
    """Each topic's setting. A broker knows a topic some moments after the controller made it: it is asked again."""
    asked = [ConfigResource(ConfigResourceType.TOPIC, name, {TIMESTAMPS: ""}) for name in names]
    for _ in range(ASK_AGAIN):
        found = [
            (name, value)
            for answer in await admin.describe_configs(asked)
            for _code, _message, _type, name, entries in answer.resources
            for key, value, *_ in entries
            if key == TIMESTAMPS
        ]
        if len(found) == len(names):
            return found
        await asyncio.sleep(ASK_AGAIN_SECONDS)
    raise BrokerUnavailable(f"it does not tell {TIMESTAMPS} of {', '.join(set(names) - {name for name, _ in found})}")
