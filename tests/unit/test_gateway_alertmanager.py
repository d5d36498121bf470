"""`POST /v1/alertmanager`: notifications of an Alertmanager become pings."""

import json
from typing import Any

import pytest

from connectors.gateway.keys import FixedKeys, KeyInfo
from connectors.kafka.errors import BrokerUnavailable
from tests.unit.gateway_tools import KEY, Memory, client

BEGAN, ENDED = "2026-11-23T02:30:00Z", "2026-11-23T02:45:00Z"


def alert(system: str | None = "portal", status: str = "firing", **labels: str) -> dict[str, Any]:
    named = {} if system is None else {"system": system}
    return {
        "status": status,
        "labels": {"alertname": "HighLatency", **named, **labels},
        "annotations": {"summary": "p99 over 2 s, call 0912345678"},
        "startsAt": BEGAN,
        "endsAt": ENDED if status == "resolved" else "0001-01-01T00:00:00Z",
        "generatorURL": "http://prometheus/graph",
        "fingerprint": "0123456789abcdef",
    }


def notification(*alerts: dict[str, Any]) -> dict[str, Any]:
    return {"version": "4", "groupKey": "{}:{}", "status": "firing", "receiver": "nhip", "alerts": list(alerts)}


async def told(*alerts: dict[str, Any], query: str = "") -> list[dict[str, Any]]:
    topic = Memory()
    async with client(topic) as http:
        assert (await http.post(f"/v1/alertmanager{query}", json=notification(*alerts))).status_code == 202
    return [json.loads(record.value) for record in topic.records]


async def test_what_fires_fails_since_it_began_with_its_words_masked() -> None:
    (event,) = await told(alert())
    assert (event["subject"], event["time"]) == ("portal", "2026-11-23T02:30:00+00:00")
    assert event["data"]["status"] == "fail"
    assert event["data"]["check_id"] == "alertmanager"
    assert "p99 over 2 s" in event["data"]["error"]
    assert "0912345678" not in event["data"]["error"]


async def test_what_is_resolved_is_well_since_it_ended_and_silence_after_it_means_nothing() -> None:
    (event,) = await told(alert(status="resolved"))
    assert (event["data"]["status"], event["time"]) == ("ok", "2026-11-23T02:45:00+00:00")
    assert event["data"]["interval_s"] == 31_536_000


async def test_a_system_is_well_only_when_nothing_of_it_fires() -> None:
    (event,) = await told(alert(alertname="Disk", status="resolved"), alert(alertname="Errors"))
    assert event["data"]["status"] == "fail"


@pytest.mark.parametrize(
    ("severities", "status"),
    [(["warning"], "degraded"), (["warning", "critical"], "fail"), (["page"], "fail"), (["info", "none"], "degraded")],
)
async def test_warnings_alone_degrade(severities: list[str], status: str) -> None:
    (event,) = await told(*(alert(severity=severity) for severity in severities))
    assert event["data"]["status"] == status


async def test_other_labels_can_name_system_and_check() -> None:
    events = await told(
        alert(None, service="mail", alertname="Queue"),
        alert(None, service="mail", alertname="Disk"),
        alert(None, service="edoc", alertname="Disk"),
        query="?system=service&check=alertname",
    )
    seen = {(event["subject"], event["data"]["check_id"]) for event in events}
    assert seen == {("mail", "Queue"), ("mail", "Disk"), ("edoc", "Disk")}


async def test_a_notification_that_is_sent_again_is_the_same_event() -> None:
    (first,), (second,) = await told(alert()), await told(alert())
    assert first == second
    (ended,) = await told(alert(status="resolved"))
    assert ended["id"] != first["id"]


async def test_alerts_without_a_system_are_refused_by_themselves() -> None:
    topic = Memory()
    async with client(topic) as http:
        mixed = await http.post("/v1/alertmanager", json=notification(alert(), alert(None)))
        alone = await http.post("/v1/alertmanager", json=notification(alert(None)))
    assert (mixed.status_code, alone.status_code) == (207, 422)
    kept, refused = mixed.json()["records"]
    assert (kept["status"], refused["status"]) == (202, 422)
    assert refused["problem"]["path"] == "$.alerts[1].labels"
    assert "?system=" in refused["problem"]["detail"]
    assert len(topic.records) == 1


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ([], "$"),
        ({"version": "3", "alerts": []}, "$.version"),
        ({"version": "4"}, "$.alerts"),
        ({"version": "4", "alerts": [{"status": "firing"}]}, "$.alerts[0].startsAt"),
        ({"version": "4", "alerts": [alert() | {"startsAt": "yesterday"}]}, "$.alerts[0].startsAt"),
        ({"version": "4", "alerts": [alert() | {"labels": {"system": 1}}]}, "$.alerts[0].labels.system"),
    ],
)
async def test_what_is_no_notification_is_refused_with_the_place(document: Any, path: str) -> None:
    async with client(Memory()) as http:
        answer = await http.post("/v1/alertmanager", json=document)
    assert (answer.status_code, answer.json()["path"]) == (422, path)


async def test_alertmanager_is_told_to_try_again_while_kafka_is_away() -> None:
    async with client(Memory(outcome=BrokerUnavailable("away"))) as http:
        answer = await http.post("/v1/alertmanager", json=notification(alert()))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")


async def test_the_key_must_publish_health() -> None:
    keys = FixedKeys([(KEY, KeyInfo("k", frozenset({"publish:reports"})))])
    async with client(Memory(), keys=keys) as http:
        answer = await http.post("/v1/alertmanager", json=notification(alert()))
        nobody = await http.post("/v1/alertmanager", json={}, headers={"authorization": ""})
    assert (answer.status_code, nobody.status_code) == (403, 401)
    assert "publish:health" in answer.json()["detail"]


async def test_too_much_and_what_is_not_json_is_refused() -> None:
    async with client(Memory()) as http:
        many = await http.post("/v1/alertmanager", json=notification(*(alert(f"s{n}") for n in range(501))))
        text = await http.post("/v1/alertmanager", content=b"firing", headers={"content-type": "text/plain"})
        broken = await http.post("/v1/alertmanager", content=b"{")
        packed = await http.post("/v1/alertmanager", content=b"{}", headers={"content-encoding": "gzip"})
    assert [answer.status_code for answer in (many, text, broken, packed)] == [413, 415, 422, 415]
