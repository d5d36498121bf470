"""What people do: directives, the shift log and hands on alerts, from pages, commands and HTTP keys."""

import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from click.testing import CliRunner
from psycopg import AsyncConnection

from connectors.gateway.keys import FixedKeys, KeyInfo
from connectors.timescale.directives import Directives
from connectors.timescale.gate import Gate
from connectors.timescale.shift import Shift
from dashboards.wallboard.people.office import Office
from nhip.commands import alerts as alerts_command
from nhip.commands import directives as directives_command
from nhip.commands import shift as shift_command
from streams.contracts import DOSSIERS
from streams.people.actor import Role
from tests.stack.people_tools import add_user, office, visitor
from tests.stack.store_tools import NOW, House, as_role, dossier
from tests.stack.test_alerts import BEGIN, look, system
from tests.unit.gateway_tools import KEY, Memory, client

SCRIPT = "<script>document.title='run'</script>\"><img src=x onerror=alert(1)>"
TOMORROW = f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%dT%H:%M}"


@pytest.fixture
async def here(plain_house: House) -> AsyncIterator[Office]:
    await add_user(plain_house.url)
    await add_user(plain_house.url, "minh")
    async with office(plain_house.url) as here:
        yield here


async def overdue(house: House, *ids: str) -> None:
    """Dossiers of so-tttt whose time is over."""
    received, due = ((NOW - timedelta(days=days)).isoformat() for days in (9, 3))
    await house.take(
        DOSSIERS,
        [
            dossier(id, n, at=NOW - timedelta(days=9), received_at=received, due_at=due, status=4)
            for n, id in enumerate(ids)
        ],
    )


async def alert_of(house: House) -> str:
    async with await AsyncConnection.connect(as_role(house.url, "nhip_writer"), autocommit=True) as writer:
        ((_, alert),) = await look(writer, BEGIN, system("portal", "down"))
    return alert.id


def audited(house: House, subject: str) -> list[tuple[str, str, str]]:
    return house.rows("SELECT who, via, action FROM people.audited WHERE subject = %s ORDER BY at, number", subject)


async def test_a_directive_goes_from_the_overdue_list_to_its_end(here: Office, plain_house: House) -> None:
    await overdue(plain_house, "HS-1", "HS-2")
    async with visitor(here) as lan:
        await lan.sign_in()
        new = "/office/directives/new?kind=dossiers&agency=so-tttt"
        assert new.replace("&", "&amp;") in (await lan.get("/office/directives")).text
        offered = (await lan.get(new)).text
        assert 'value="HS-1"' in offered
        assert 'value="HS-2"' in offered
        fields = {"kind": "dossiers", "agency": "so-tttt", "text": "Giải quyết ngay", "subject": ["HS-1", "HS-2"]}
        sent = await lan.send_form(new, "/office/directives/new", due=TOMORROW, **fields)
        one = sent.headers["location"]
        assert (await lan.send_form(one, step="acknowledge")).status_code == 303
        refused = await lan.send_form(one, step="finish")
        assert (refused.status_code, "Hãy ghi nội dung trả lời" in refused.text) == (409, True)
        for step, note in (
            ("finish", "đã xong HS-1"),
            ("return", "còn HS-2"),
            ("finish", "đã xong cả hai"),
            ("close", ""),
        ):
            assert (await lan.send_form(one, step=step, note=note)).status_code == 303
        assert (await lan.post(one, data={})).status_code == 403
        assert "đã xong cả hai" in (await lan.get(one)).text
        assert "Không có chỉ đạo nào đang mở." in (await lan.get("/office/directives")).text
        assert one in (await lan.get("/office/directives?all")).text
    steps = ["send", "acknowledge", "finish", "return", "finish", "close"]
    number = one.rpartition("/")[2]
    assert audited(plain_house, f"directive/{number}") == [("lan", "wallboard", f"directive.{step}") for step in steps]
    shown = plain_house.rows("SELECT agency, subjects, state, open, overdue FROM board.directive")
    assert shown == [("so-tttt", 2, "closed", False, False)]


async def test_a_directive_that_says_nothing_or_comes_too_late_is_not_sent(here: Office, plain_house: House) -> None:
    async with visitor(here) as lan:
        await lan.sign_in()
        new = "/office/directives/new?kind=reports&agency=so-xd"
        for text, due in (("", TOMORROW), ("Làm ngay", "2020-01-01T00:00"), ("Làm ngay", "mai")):
            fields = {"kind": "reports", "agency": "so-xd", "text": text, "due": due}
            refused = await lan.send_form(new, "/office/directives/new", **fields)
            assert (refused.status_code, "Chưa gửi" in refused.text) == (422, True)
        assert (await lan.get("/office/directives/new?kind=systems&agency=x")).status_code == 400
        assert (await lan.get("/office/directives/999999")).status_code == 404
    assert plain_house.rows("SELECT count(*) FROM people.directive") == [(0,)]


async def test_viewers_look_and_do_nothing(here: Office, plain_house: House) -> None:
    await add_user(plain_house.url, "xem", Role.VIEWER)
    alert = await alert_of(plain_house)
    async with visitor(here) as viewer:
        await viewer.sign_in("xem")
        for path in (f"/office/alerts/{alert}", "/office/directives", "/office/shift"):
            page = await viewer.get(path)
            assert (page.status_code, page.text.count("<form")) == (200, 1), "the one to sign out"
            assert (await viewer.send_form(path, path, action="ack", what="note", text="x")).status_code in (403, 405)
        assert (await viewer.get("/office/directives/new?kind=dossiers&agency=x")).status_code == 403
    assert audited(plain_house, f"alert/{alert}") == []


async def test_an_alert_is_taken_silenced_remarked_on_and_resolved_from_its_page(
    here: Office, plain_house: House
) -> None:
    alert = await alert_of(plain_house)
    page = f"/office/alerts/{alert}"
    async with visitor(here) as lan:
        await lan.sign_in()
        assert page in (await lan.get("/office/alerts")).text
        assert (await lan.send_form("/office/alerts", page, action="ack")).status_code == 303
        assert (await lan.send_form(page, action="silence", minutes="60", note="đang sửa")).status_code == 303
        assert (await lan.send_form(page, action="silence", minutes="1e9")).status_code == 400
        assert (await lan.send_form(page, action="comment")).status_code == 409
        assert (await lan.send_form(page, action="resolve")).status_code == 303
        late = await lan.send_form(page, action="ack")
        assert (late.status_code, "cảnh báo này đã hết" in late.text) == (409, True)
        assert (await lan.send_form(page, action="comment", note=SCRIPT)).status_code == 303
        told = (await lan.get(page)).text
        assert "<script>document" not in told
        assert "&lt;script&gt;document" in told
        assert "lỗi liên tiếp" in told
        assert "failures in a row" not in told
    await add_user(plain_house.url, "quan-tri", Role.ADMIN)
    async with visitor(here) as admin:
        await admin.sign_in("quan-tri")
        page_of_audit = (await admin.get("/office/audit")).text
    for cell in ("tạm tắt cảnh báo", f"cảnh báo {alert}", "bước: đã nhận", "ghi chú: đang sửa; → "):
        assert f"<td>{cell}" in page_of_audit
    assert "bảng điều hành · 10.0.0.7" in page_of_audit
    assert not re.search(r"alert\.|person\.|&#39;step", page_of_audit), "no code of the audit is shown"
    steps = ["acknowledged", "silenced", "resolved", "commented"]
    assert audited(plain_house, f"alert/{alert}") == [("lan", "wallboard", f"alert.{step}") for step in steps]
    before = plain_house.rows("SELECT before ->> 'step', address FROM people.audited WHERE action = 'alert.silenced'")
    assert before == [("acknowledged", "10.0.0.7")]


async def test_a_shift_is_handed_over_with_what_is_open_and_taken_by_who_comes(
    here: Office, plain_house: House
) -> None:
    alert = await alert_of(plain_house)
    async with visitor(here) as lan, visitor(here) as minh:
        await lan.sign_in()
        await minh.sign_in("minh")
        fields = {"kind": "dossiers", "agency": "so-tttt", "text": SCRIPT, "due": TOMORROW}
        await lan.send_form("/office/directives/new?kind=dossiers&agency=so-tttt", "/office/directives/new", **fields)
        noted = {"what": "note", "text": "Cổng DVC chậm từ 9 giờ", "alert": alert, "subjects": "HS-1 dvc-portal"}
        assert (await lan.send_form("/office/shift", **noted)).status_code == 303
        assert (await lan.send_form("/office/shift", **noted | {"alert": "no-such"})).status_code == 422
        assert (await lan.send_form("/office/shift", what="note", text=" ")).status_code == 422
        assert (await lan.send_form("/office/shift", what="handover", text="Theo dõi cổng DVC")).status_code == 303
        assert (await lan.send_form("/office/shift", what="handover", text="lần nữa")).status_code == 422
        ((number,),) = plain_house.rows("SELECT number FROM people.handover")
        assert (await lan.send_form("/office/shift", what="confirm", number=number)).status_code == 422
        assert "chờ ca sau xác nhận" in (await minh.get("/office/shift")).text
        assert (await minh.send_form("/office/shift", what="confirm", number=number)).status_code == 303
        log = (await minh.get("/office/shift")).text
    assert "đã nhận ca: minh" in log
    assert log.count(f'href="/office/alerts/{alert}"') == 2, "in the note and in the hand-over"
    assert "<script>document" not in log
    ((alerts, directives, outgoing, incoming),) = plain_house.rows(
        "SELECT alerts, directives, outgoing, incoming FROM people.handover"
    )
    assert ([one["id"] for one in alerts], [one["agency"] for one in directives]) == ([alert], ["so-tttt"])
    assert (outgoing, incoming) == ("lan", "minh")
    assert [who for who, _, _ in audited(plain_house, f"handover/{number}")] == ["lan", "minh"]


async def test_keys_work_over_http_and_the_audit_names_them(plain_house: House) -> None:
    alert = await alert_of(plain_house)
    keys = FixedKeys([
        (KEY, KeyInfo("ioc", frozenset({"read", "operate"}))),
        ("a" * 32, KeyInfo("so-xd", frozenset({"read", "operate"}), frozenset({"so-xd"}))),
        ("r" * 32, KeyInfo("reader", frozenset({"read"}))),
    ])  # fmt: skip
    async with Gate(as_role(plain_house.url, "nhip_gateway")) as gate:
        rooms = {
            "board": gate,
            "directives": Directives(gate.connection),
            "shift": Shift(gate.connection),
            "keys": keys,
        }
        async with (
            client(Memory(), **rooms) as ioc,
            client(Memory(), key="a" * 32, **rooms) as agency,
            client(Memory(), key="r" * 32, **rooms) as reader,
        ):
            due = (datetime.now(UTC) + timedelta(days=1)).isoformat()
            new = {"agency": "so-xd", "kind": "reports", "text": "Làm ngay", "due_at": due, "subjects": ["PA-1"]}
            assert (await reader.post("/v1/directives", json=new)).status_code == 403
            mine = (await ioc.post("/v1/directives", json=new | {"who": "lan"})).json()
            other = (await ioc.post("/v1/directives", json=new | {"agency": "so-yt"})).json()
            assert (await agency.post("/v1/directives", json=new | {"agency": "so-yt"})).status_code == 403
            assert (await ioc.post("/v1/directives", json=new | {"due_at": "2020-01-01T00:00:00Z"})).status_code == 422
            assert (await ioc.post("/v1/directives", json=new | {"due_at": "2030-01-01T00:00:00"})).status_code == 422
            assert [one["number"] for one in (await agency.get("/v1/directives")).json()["items"]] == [mine["number"]]
            assert (await agency.get(f"/v1/directives/{other['number']}")).status_code == 404
            assert (await agency.post(f"/v1/directives/{other['number']}/acknowledge")).status_code == 404
            path = f"/v1/directives/{mine['number']}"
            assert (await agency.post(f"{path}/acknowledge")).json()["state"] == "acknowledged"
            twice = await agency.post(f"{path}/acknowledge")
            assert (twice.status_code, twice.json()["reason"]) == (409, "not_now")
            assert (await agency.post(f"{path}/finish", json={"note": "đã xong"})).json()["answer"] == "đã xong"
            first = (await ioc.get("/v1/directives?limit=1")).json()
            second = (await ioc.get("/v1/directives", params={"limit": 1, "cursor": first["next"]})).json()
            assert [one["number"] for one in first["items"] + second["items"]] == [other["number"], mine["number"]]
            assert (await ioc.get("/v1/directives?state=done")).json()["items"][0]["number"] == mine["number"]
            assert (await agency.get("/v1/shift")).status_code == 403
            assert (await ioc.post("/v1/shift", json={"text": "yên", "alerts": [alert]})).status_code == 201
            assert (await ioc.post("/v1/shift", json={"text": "yên", "alerts": ["x"]})).status_code == 422
            handed = (await ioc.post("/v1/shift/handovers", json={"text": "hết ca", "who": "lan"})).json()
            assert (len(handed["alerts"]), len(handed["directives"])) == (1, 2)
            confirm = f"/v1/shift/handovers/{handed['number']}/confirm"
            assert (await ioc.post(confirm, json={"who": "lan"})).status_code == 409
            assert (await ioc.post(confirm, json={"who": "minh"})).json()["incoming"] == "minh"
            assert (await ioc.post("/v1/shift/handovers/999999/confirm")).status_code == 404
            assert len((await ioc.get("/v1/shift/handovers")).json()["items"]) == 1
            assert (await ioc.post(f"/v1/alerts/{alert}/comment", json={"who": "lan"})).status_code == 422
            said = await ioc.post(f"/v1/alerts/{alert}/comment", json={"who": "lan", "note": "gọi nhà mạng"})
            assert (said.status_code, said.json()["state"]) == (200, "firing")
    assert audited(plain_house, f"directive/{mine['number']}") == [
        ("lan", "http (ioc)", "directive.send"),
        ("so-xd", "http (so-xd)", "directive.acknowledge"),
        ("so-xd", "http (so-xd)", "directive.finish"),
    ]
    assert audited(plain_house, f"alert/{alert}") == [("lan", "http (ioc)", "alert.commented")]


def test_commands_do_the_same(plain_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHIP_DATABASE_URL", as_role(plain_house.url, "nhip_writer"))
    runner = CliRunner()

    def run(command: object, *words: str) -> object:
        result = runner.invoke(command, [*words, "--json"], standalone_mode=False)  # type: ignore[arg-type]  # a click command
        if result.exception:
            raise result.exception
        return json.loads(result.output)

    day = f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%d}"
    words = ("so-xd", "Làm ngay", "--kind", "reports", "--due", day, "--subject", "PA-1", "--who", "lan")
    sent = run(directives_command.command, "send", *words)
    assert isinstance(sent, dict)
    assert sent["due_at"].startswith(f"{day}T16:59"), "the day's end in Việt Nam"
    number = str(sent["number"])
    moved = run(directives_command.command, "move", number, "finish", "--note", "đã xong")
    assert isinstance(moved, dict)
    assert moved["state"] == "done"
    assert len(run(directives_command.command, "list")) == 1  # type: ignore[arg-type]  # a list, as JSON
    run(shift_command.command, "note", "yên tĩnh", "--who", "lan")
    handed = run(shift_command.command, "hand-over", "hết ca", "--who", "lan")
    assert isinstance(handed, dict)
    taken = run(shift_command.command, "confirm", str(handed["number"]), "--who", "minh")
    assert isinstance(taken, dict)
    assert taken["incoming"] == "minh"
    log = run(shift_command.command, "list")
    assert isinstance(log, dict)
    assert [one["text"] for one in log["entries"]] == ["yên tĩnh"]
    assert {via for _, via, _ in audited(plain_house, f"directive/{number}")} == {"cli"}


async def test_alerts_are_commented_on_by_command(plain_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    alert = await alert_of(plain_house)
    monkeypatch.setenv("NHIP_DATABASE_URL", as_role(plain_house.url, "nhip_writer"))
    words = ["comment", alert, "gọi nhà mạng", "--who", "lan"]
    CliRunner().invoke(alerts_command.command, words, standalone_mode=False, catch_exceptions=False)
    assert audited(plain_house, f"alert/{alert}") == [("lan", "cli", "alert.commented")]


@pytest.mark.parametrize("role", ["nhip_writer", "nhip_gateway", "nhip_people"])
def test_what_was_written_stays_as_it_was(plain_house: House, role: str) -> None:
    for change in (
        "UPDATE people.directive SET text = 'x'",
        "UPDATE people.directive SET due_at = now()",
        "DELETE FROM people.directive",
        "UPDATE people.shift_entry SET text = 'x'",
        "DELETE FROM people.shift_entry",
        "UPDATE people.handover SET alerts = '[]'",
        "DELETE FROM people.handover",
    ):
        with (
            psycopg.connect(as_role(plain_house.url, role)) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(change)  # type: ignore[call-overload]  # SQL of this file
