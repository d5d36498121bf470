"""Channels to people over real sockets: a mail server, and receivers that refuse, hang or close."""

import email
import email.policy
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import psycopg
import pytest
from aiosmtpd.controller import Controller

from connectors.notify import Delivered, Later, Never
from connectors.notify.people import People
from connectors.timescale import catalogue
from connectors.timescale.outbox import Letter
from nhip.channels import urls_of
from streams.catalogue import Catalogue
from streams.catalogue.rules import Route, Rule, Step
from streams.errors import WrongUse
from tests.stack.gateway_tools import free_port
from tests.stack.nhip_tools import Installation, until
from tests.stack.receiver_tools import Answer, receiving
from tests.stack.store_tools import NOW, as_role, emptied
from tests.stack.test_delivery import PAUSED, pause

DEAD_CHANNEL = Rule(
    name="dead-channel",
    kind="pipeline",
    severity="critical",
    title="Kênh không gửi được",
    title_en="A channel does not deliver",
    parameters={"of": "channel"},
)


class Mailbox:
    """What a mail server was sent."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.mails.append(email.message_from_bytes(envelope.content, _class=EmailMessage, policy=email.policy.default))
        return "250 taken"


@pytest.fixture
def mailbox() -> Iterator[tuple[str, Mailbox]]:
    """Its Apprise URL, and the box."""
    box, port = Mailbox(), free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield f"mailto://127.0.0.1:{port}?from=nhip@example.vn&to=duty@example.vn&mode=insecure&format=text", box
    server.stop()


def letter(n: int, notice: str = "firing", on_duty: dict[str, str] | None = None) -> Letter:
    said = {"title": f"Ngừng {n}", "text": f"Mức: nghiêm trọng {n}.\nLý do: mất tín hiệu."}
    body = {"notice": notice, "message": {"vi": said, "en": said}, "on_duty": on_duty, "link": "http://board/1"}
    return Letter(f"a:{n}", body, 1, NOW)


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def json_url(url: str) -> str:
    return url.replace("http://", "json://") + "?rto=0.5&cto=0.5"


async def test_a_mail_says_it_in_the_words_of_the_message_and_who_is_on_duty(mailbox: tuple[str, Mailbox]) -> None:
    url, box = mailbox
    person = {"name": "Cán bộ trực 1", "phone": "0293 000 0101"}
    assert await People("mail", url, "vi").deliver([letter(1, on_duty=person)]) == Delivered()
    (mail,) = box.mails
    assert mail["subject"] == "Ngừng 1"
    assert mail["to"] == "duty@example.vn"
    for words in ("Mức: nghiêm trọng 1.", "Lý do: mất tín hiệu.", "Trực: Cán bộ trực 1, 0293 000 0101"):
        assert words in text_of(mail)


async def test_what_gathers_goes_as_one_message(mailbox: tuple[str, Mailbox]) -> None:
    url, box = mailbox
    storm = [letter(n, "resolved" if n == 7 else "firing") for n in range(12)]
    assert await People("mail", url, "vi").deliver(storm) == Delivered()
    (mail,) = box.mails
    assert mail["subject"] == "11 cảnh báo, 1 đã hết"
    assert all(f"Ngừng {n}" in text_of(mail) for n in range(12))


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(200), Delivered),
        (Answer(400), Never),
        (Answer(404), Never),
        (Answer(429), Later),
        (Answer(500), Later),
        (Answer(hangs_s=2), Later),
        (Answer(closes=True), Later),
    ],
    ids=str,
)
async def test_an_answer_says_whether_to_try_again(answer: Answer, outcome: type) -> None:
    with receiving(answer) as receiver:
        found = await People("chat", json_url(receiver.url), "en").deliver([letter(1)])
    assert isinstance(found, outcome), found
    assert len(receiver.posts) == 1, "trying again is the sender's business alone"


async def test_a_server_that_is_not_there_is_tried_again() -> None:
    url = f"mailto://127.0.0.1:{free_port()}?from=a@example.vn&to=b@example.vn&mode=insecure"
    assert isinstance(await People("mail", url, "vi").deliver([letter(1)]), Later)


def test_a_wrong_line_is_refused_without_repeating_its_secrets() -> None:
    assert urls_of("# chat\nduty-chat tgram://token/1\n\nagency-mail mailto://x") == {
        "duty-chat": "tgram://token/1",
        "agency-mail": "mailto://x",
    }
    for wrong in ("tgram://secret/1", "Chat tgram://secret/1", "a tgram://secret/1\na tgram://secret/2", "a secret"):
        with pytest.raises(WrongUse, match="line") as refused:
            urls_of(wrong)
        assert "secret" not in str(refused.value)
    with pytest.raises(WrongUse) as refused:
        People("chat", "nonsense://secret", "vi")
    assert "secret" not in str(refused.value)


def province(postgresql_store: str, known: Catalogue) -> Installation:
    """A database with that catalogue; a notifier needs no more."""
    store = emptied(postgresql_store)
    with psycopg.connect(store) as connection:
        catalogue.load(connection, known)
    return Installation(store, os.environ | {"NHIP_DATABASE_URL": as_role(store, "nhip_writer")})


@contextmanager
def notifier(installed: Installation, directory: Path, chat: str, mail: str) -> Iterator["subprocess.Popen[bytes]"]:
    channels = directory / "channels"
    channels.write_text(f"chat {chat.replace('http://', 'json://')}\nmail {mail}\n")
    settings = {"NHIP_CHANNELS_FILE": str(channels), "NHIP_NOTIFIER_PORT": str(free_port())}
    process = installed.start(directory / "log", "notifier", **settings)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_a_channel_that_hangs_holds_up_no_other(
    postgresql_store: str, mailbox: tuple[str, Mailbox], tmp_path: Path
) -> None:
    url, box = mailbox
    steps = (Step(channel="chat"), Step(channel="mail"))
    installed = province(postgresql_store, Catalogue(rules=(PAUSED,), routes=(Route(name="all", steps=steps),)))
    with (
        receiving(otherwise=Answer(hangs_s=60)) as hanging,
        notifier(installed, tmp_path, chat=hanging.url, mail=url) as process,
    ):
        pause(installed, 0, 3)
        delivered = "SELECT DISTINCT channel FROM nhip.outbox WHERE delivered_at IS NOT NULL"
        until(lambda: installed.rows(delivered) == [("mail",)], process)
        until(lambda: bool(hanging.posts), process)
        assert installed.rows(delivered) == [("mail",)]
    assert box.mails


def test_of_a_channel_that_refuses_everything_the_next_one_tells(
    postgresql_store: str, mailbox: tuple[str, Mailbox], tmp_path: Path
) -> None:
    url, box = mailbox
    steps = (Step(channel="chat"), Step(channel="mail", after_s=3600))
    rules = (PAUSED, DEAD_CHANNEL)
    installed = province(postgresql_store, Catalogue(rules=rules, routes=(Route(name="all", steps=steps),)))
    with (
        receiving(otherwise=Answer(401)) as refusing,
        notifier(installed, tmp_path, chat=refusing.url, mail=url) as one,
    ):
        pause(installed, 0, 1)
        until(lambda: bool(box.mails), one)
    assert box.mails[0]["subject"].startswith("Kênh không gửi được: chat")
    assert "error=401" in text_of(box.mails[0])
