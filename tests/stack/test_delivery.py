"""Messages on their way: nothing is lost when the notifier dies, nothing is invented, and every message is signed."""

import base64
import hashlib
import hmac
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psycopg
import pytest

from connectors.notify import Delivered, Later, Never, Webhook
from connectors.notify.sender import LONGEST_WAIT, backoff
from connectors.timescale import catalogue
from connectors.timescale.outbox import Letter
from streams.catalogue import Catalogue
from streams.catalogue.rules import Rule
from tests.stack.gateway_tools import free_port
from tests.stack.nhip_tools import Installation, until
from tests.stack.receiver_tools import Receiver, receiving
from tests.stack.store_tools import NOW, as_role, emptied

SECRET = "s" * 32
PAUSED = Rule(
    name="paused",
    kind="pipeline",
    severity="critical",
    title="Tạm dừng",
    title_en="Paused",
    parameters={"of": "paused"},
)
LETTER = Letter("a:1.0.0:webhook", {"notice": "firing"}, 1, NOW)


@pytest.fixture
def installed(postgresql_store: str) -> Installation:
    """A database alone: a notifier needs no more. Its province watches for paused partitions."""
    store_url = emptied(postgresql_store)
    with psycopg.connect(store_url) as connection:
        catalogue.load(connection, Catalogue(rules=(PAUSED,)))
    return Installation(store_url, os.environ | {"NHIP_DATABASE_URL": as_role(store_url, "nhip_writer")})


@contextmanager
def notifier(installed: Installation, log: Path, receiver: Receiver) -> Iterator["subprocess.Popen[bytes]"]:
    settings = {"NHIP_WEBHOOK_URL": receiver.url, "NHIP_WEBHOOK_SECRET": SECRET, "NHIP_NOTIFIER_PORT": str(free_port())}
    process = installed.start(log, "notifier", **settings)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def pause(installed: Installation, first: int, past: int) -> None:
    installed.rows(
        "INSERT INTO nhip.partition (topic, partition, stream, cluster_id, next_offset, end_offset, paused, paused_at)"
        " SELECT 't', n, 'health', 'c', 0, 0, 'rubbish', now() FROM generate_series(%s::int, %s::int) n RETURNING 1",
        first,
        past - 1,
    )


def test_a_notifier_that_is_killed_loses_no_message_and_invents_none(installed: Installation, tmp_path: Path) -> None:
    with receiving(503, 429) as receiver:
        pause(installed, 0, 60)
        with notifier(installed, tmp_path / "log", receiver) as first:
            until(lambda: len(receiver.bodies) >= 20, first)
        installed.rows("UPDATE nhip.outbox SET due_at = least(due_at, now() + interval '2 seconds') RETURNING 1")
        with notifier(installed, tmp_path / "log", receiver) as second:
            pause(installed, 60, 80)
            until(lambda: len({headers["webhook-id"] for headers in receiver.headers}) >= 80, second)
            installed.rows("UPDATE nhip.partition SET paused = NULL RETURNING 1")
            until(lambda: len({headers["webhook-id"] for headers in receiver.headers}) >= 160, second)
    keys = {one["key"] for one in receiver.documents()}
    assert keys == {key for (key,) in installed.rows("SELECT key FROM nhip.outbox WHERE channel = 'webhook'")}
    assert len(keys) == 160
    for post in list(receiver.posts):  # one that was under way when its sender was killed may still come
        said = f"{post.headers['webhook-id']}.{post.headers['webhook-timestamp']}.".encode() + post.body
        digest = base64.b64encode(hmac.new(SECRET.encode(), said, hashlib.sha256).digest()).decode()
        assert post.headers["webhook-signature"] == f"v1,{digest}"
    one = receiver.documents()[0]
    assert one["message"]["vi"]["title"].startswith("Tạm dừng: ")
    assert "First: run `nhip doctor`" in one["message"]["en"]["text"]


@pytest.mark.parametrize(
    ("status", "headers", "outcome"),
    [
        (204, {}, Delivered()),
        (400, {}, Never("HTTP 400 Bad Request")),
        (302, {}, Never("HTTP 302 Found")),
        (429, {"retry-after": "7"}, Later("HTTP 429 Too Many Requests", 7.0)),
        (503, {"retry-after": "soon"}, Later("HTTP 503 Service Unavailable")),
    ],
)
async def test_an_answer_says_whether_to_try_again(status: int, headers: dict[str, str], outcome: object) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(status, headers=headers))
    async with httpx.AsyncClient(transport=transport) as client:
        assert await Webhook("http://receiver/", SECRET, client).deliver([LETTER]) == outcome


async def test_a_receiver_that_is_not_there_is_tried_again() -> None:
    async with httpx.AsyncClient() as client:
        outcome = await Webhook(f"http://127.0.0.1:{free_port()}/", SECRET, client).deliver([LETTER])
    assert isinstance(outcome, Later)


def test_waits_grow_and_never_beyond_their_limit() -> None:
    assert 0.5 <= backoff(1) <= 1.5
    assert 4 <= backoff(4) <= 12
    assert backoff(1000) <= 1.5 * LONGEST_WAIT
