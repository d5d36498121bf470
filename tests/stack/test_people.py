"""Channels to people over real sockets: a mail server, and receivers that refuse, hang or close."""

import email
import email.policy
import os
from collections.abc import Iterator
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
from streams.catalogue.rules import Route, Step
from streams.errors import WrongUse
from tests.stack.gateway_tools import free_port
from tests.stack.nhip_tools import Installation, until
from tests.stack.receiver_tools import Answer, receiving
from tests.stack.store_tools import NOW, as_role, emptied
from tests.stack.test_delivery import PAUSED, pause


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


def test_a_channel_that_hangs_holds_up_no_other(
    postgresql_store: str, mailbox: tuple[str, Mailbox], tmp_path: Path
) -> None:
    url, box = mailbox
    store = emptied(postgresql_store)
    steps = (Step(channel="chat"), Step(channel="mail"))
    with psycopg.connect(store) as connection:
        catalogue.load(connection, Catalogue(rules=(PAUSED,), routes=(Route(name="all", steps=steps),)))
    installed = Installation(store, os.environ | {"NHIP_DATABASE_URL": as_role(store, "nhip_writer")})
    with receiving(otherwise=Answer(hangs_s=60)) as hanging:
        channels = tmp_path / "channels"
        channels.write_text(f"chat {hanging.url.replace('http://', 'json://')}\nmail {url}\n")
        settings = {"NHIP_CHANNELS_FILE": str(channels), "NHIP_NOTIFIER_PORT": str(free_port())}
        process = installed.start(tmp_path / "log", "notifier", **settings)
        try:
            pause(installed, 0, 3)
            until(lambda: len(box.mails) >= 1, process)
            assert hanging.posts, "the other one was tried, and hangs"
            taken = "SELECT count(*) FROM nhip.outbox WHERE channel = 'mail' AND delivered_at IS NOT NULL"
            until(lambda: installed.rows(taken) == [(3,)], process)  # type: ignore[arg-type]
            assert installed.rows("SELECT 1 FROM nhip.outbox WHERE channel = 'chat' AND delivered_at IS NOT NULL") == []
        finally:
            process.kill()
            process.wait()
