"""Whom an alert reaches, when, and in which words: by the routes and shifts of Hậu Giang."""

from dataclasses import replace
from functools import cache
from typing import Any, get_args

import pytest

from connectors.catalogue import example, read_directory
from streams.alerts.life_cycle import SECOND, Alert, State
from streams.alerts.message import FLOWS, Where, message
from streams.alerts.notices import Notice
from streams.alerts.routing import EVERYTHING, Dispatch, dispatches, plan
from streams.catalogue import Catalogue
from streams.catalogue.systems import Carried
from streams.days import microseconds
from streams.words import Words
from tests.unit.event_tools import at

CHANNELS = ("duty-chat", "duty-phone")
MORNING = microseconds(at("2026-11-25 09:00"))
NIGHT = microseconds(at("2026-11-25 23:00"))


@cache
def province() -> Catalogue:
    return read_directory(example())


def alert(**changes: Any) -> Alert:
    firing = Alert(
        "0" * 16, "system-down", {"system": "lgsp"}, "critical", State.FIRING, MORNING, Words("mất tín hiệu", "silent"),
        episode=1, told=True, fired_at=MORNING,
    )  # fmt: skip
    return replace(firing, **changes)


def due(one: Alert, now: int, *channels: str) -> list[Dispatch]:
    return list(dispatches(one, plan(province(), channels or CHANNELS, now)))


def test_a_page_goes_to_who_is_on_duty_and_on_to_the_phone_and_the_leaders_while_nobody_acknowledges() -> None:
    def reached(minutes: int) -> list[tuple[str, str]]:
        found = due(alert(), MORNING + minutes * 60 * SECOND)
        return [(one.channel, (one.on_duty or "").rstrip("123")) for one in found]

    assert reached(0) == [("duty-chat", "truc-")]
    assert reached(15) == [("duty-chat", "truc-"), ("duty-phone", "truc-")]
    assert reached(30) == [("duty-chat", "truc-"), ("duty-phone", "truc-"), ("duty-phone", "lanh-dao-")]


def test_a_message_has_one_key_until_it_is_time_to_remind() -> None:
    first, same, reminder = (due(alert(), MORNING + s * SECOND)[0].key for s in (0, 1799, 1800))
    assert first == same != reminder


@pytest.mark.parametrize(
    "changes", [{"state": State.ACKNOWLEDGED}, {"state": State.SUPPRESSED}, {"told": False}], ids=str
)
def test_nobody_is_reminded_of_what_is_acknowledged_suppressed_or_was_never_told(changes: dict[str, Any]) -> None:
    assert due(alert(**changes), MORNING + 7200 * SECOND) == []


def test_a_warning_at_night_is_told_when_offices_open() -> None:
    warning = alert(rule="queue", severity="warning", fired_at=NIGHT)
    assert due(warning, NIGHT) == []
    assert [one.channel for one in due(warning, microseconds(at("2026-11-26 07:00")))] == ["duty-chat"]


def test_the_webhook_of_the_settings_hears_of_everything_once_whatever_the_routes_say() -> None:
    info = alert(rule="volume", severity="info")
    keys = {one.key for minutes in (0, 60, 600) for one in due(info, MORNING + minutes * 60 * SECOND, EVERYTHING)}
    assert len(keys) == 1
    again = due(replace(info, relapses=1), MORNING, EVERYTHING)
    worse = due(replace(info, level=1), MORNING, EVERYTHING)
    assert len(keys | {again[0].key, worse[0].key}) == 3, "a relapse and a worse level are told anew"


def test_a_channel_that_is_not_set_up_is_not_written_to() -> None:
    assert due(alert(), MORNING, "somewhere-else") == []


def test_of_a_dead_channel_the_next_one_tells_at_once_and_it_never_hears_of_itself() -> None:
    def reached(dead: str) -> list[str]:
        about = alert(rule="dead-channel", labels={"of": "channel", "channel": dead})
        return [one.channel for one in due(about, MORNING, *CHANNELS, EVERYTHING)]

    assert reached("duty-chat") == [EVERYTHING, "duty-phone"]
    assert reached("duty-phone") == [EVERYTHING, "duty-chat"]
    assert reached(EVERYTHING) == ["duty-chat"]


def test_a_message_says_what_since_when_how_bad_what_else_and_what_to_do() -> None:
    below = [f"s{n}" for n in range(12)]
    said = message(
        alert(evidence={"affected": below, "carries": ["dossiers:online"]}), Notice.FIRING, province(),
        Where("http://board/0", "http://gateway/act/x"),
    )  # fmt: skip
    vi, en = said["vi"], said["en"]
    assert vi.title.startswith("Hệ thống ngừng hoạt động hoặc mất tín hiệu: ")
    assert en.title.startswith("System down or silent: ")
    for text in (
        "Mức: nghiêm trọng. Từ 25/11 09:00:00.",
        "mất tín hiệu",
        "… (12)",
        "Mang theo: hồ sơ trực tuyến.",
        "Bước đầu:",
        "Xem: http://board/0",
        "Nhận xử lý: http",
    ):
        assert text in vi.text
    for text in (
        "Severity: critical. Since 25/11 09:00:00.",
        "silent",
        "… (12)",
        "Carries: online dossiers.",
        "First:",
        "See: http://board/0",
        "Acknowledge: http://gateway/act/x",
    ):
        assert text in en.text
    assert "\nNhận xử lý: http://gateway/act/x" in vi.text
    assert "\nAcknowledge: http://gateway/act/x" in en.text


@pytest.mark.parametrize(
    ("labels", "vi", "en"),
    [
        ({"flow": "reports:zalo"}, "phản ánh qua Zalo", "reports by Zalo"),
        ({"metric": "queue_length", "system": "lgsp"}, "nối với NGSP: số việc chờ", "joined to NGSP: queue length"),
        ({"metric": "mails_queued"}, "mails_queued", "mails_queued"),
        (
            {"of": "paused", "partition": "nhip.health-pings/0"},
            "tín hiệu: nhip.health-pings/0",
            "silent: nhip.health-pings/0",
        ),
    ],
)
def test_a_title_calls_things_by_their_names(labels: dict[str, str], vi: str, en: str) -> None:
    said = message(alert(labels=labels), Notice.FIRING, province(), Where())
    assert vi in said["vi"].title
    assert en in said["en"].title


def test_the_end_is_told_with_when_it_began() -> None:
    over = alert(state=State.RESOLVED, resolved_at=MORNING + 60 * SECOND)
    said = message(over, Notice.RESOLVED, province(), Where())
    assert said["vi"].title.startswith("ĐÃ HẾT: ")
    assert said["en"].text == "Began 25/11 09:00:00, over 25/11 09:01:00."


def test_a_message_tells_what_has_come_in_since_beside_what_usually_does() -> None:
    since = MORNING - 1800 * SECOND
    counted = [
        {"flow": "dossiers:online", "since": since, "n": 3, "expected": 41},
        {"flow": "category:cong-vu", "since": since, "n": 17, "expected": 2},
    ]
    said = message(alert(evidence={"arrivals": counted}), Notice.FIRING, province(), Where())
    assert "Since 25/11 08:30:00: 3 online dossiers of the expected 41." in said["en"].text
    assert "Since 25/11 08:30:00: 17 reports about it (cong-vu) of the expected 2." in said["en"].text
    assert "Từ 25/11 08:30:00: 3 hồ sơ trực tuyến, thường là 41." in said["vi"].text
    assert "17 phản ánh về việc này (Thái độ phục vụ, thủ tục), thường là 2." in said["vi"].text


def test_every_way_in_has_a_name() -> None:
    assert set(FLOWS) == set(get_args(Carried))
