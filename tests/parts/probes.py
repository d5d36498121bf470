"""Whether a server answers: what "ready" means in these tests."""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from urllib.request import urlopen

import psycopg
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError


def kafka_answers(bootstrap: str) -> bool:
    """Whether a broker is in service there. An open port is not enough: a fenced broker, as at start, takes no topics.

    Runs its own event loop in a thread, so it may be called from code that runs in one.
    """
    if not _is_open(bootstrap):  # the client would log an error each time
        return False
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, _has_brokers(bootstrap)).result()


def postgres_answers(url: str) -> bool:
    """Whether PostgreSQL lets us in and answers a query."""
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            connection.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True


def http_answers(url: str) -> bool:
    """Whether a server answers 200 there."""
    try:
        with urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (OSError, HTTPException):
        return False


def _is_open(address: str) -> bool:
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=5).close()
    except OSError:
        return False
    return True


async def _has_brokers(bootstrap: str) -> bool:
    client = AIOKafkaAdminClient(bootstrap_servers=bootstrap, request_timeout_ms=5000)
    try:
        await client.start()
        return bool((await client.describe_cluster())["brokers"])
    except (KafkaError, OSError):
        return False
    finally:
        await client.close()
