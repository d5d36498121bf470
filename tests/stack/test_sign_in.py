"""Signing in to the wallboard: who comes in, who does not, how it ends, and what is kept of it."""

import asyncio
import json
from collections.abc import AsyncIterator

import psycopg
import pytest
from click.testing import CliRunner
from psycopg import AsyncConnection

from connectors.timescale import users
from dashboards.wallboard import make_wallboard
from dashboards.wallboard.people import required
from dashboards.wallboard.people.office import Office
from nhip.commands import audit as audit_command
from nhip.commands import users as users_command
from streams.errors import NhipError, WrongUse
from streams.people.actor import Identity, Role
from streams.people.throttle import FROM_ONE_PLACE, OF_AN_ADDRESS
from tests.stack.kafka_tools import until
from tests.stack.people_tools import OWNER, PASSWORD, add_user, browser, office, visitor
from tests.stack.store_tools import House, as_role
from tests.stack.wallboard_tools import Province


@pytest.fixture
async def here(plain_house: House) -> AsyncIterator[Office]:
    """An office that knows lan, who is an operator."""
    await add_user(plain_house.url)
    async with office(plain_house.url) as here:
        yield here


def actions(house: House, who: str = "lan") -> list[str]:
    return [action for (action,) in house.rows("SELECT action FROM people.audit WHERE who = %s ORDER BY number", who)]


async def test_a_user_signs_in_and_out_and_the_audit_says_from_where(here: Office, plain_house: House) -> None:
    async with visitor(here) as lan:
        assert (await lan.get("/office/alerts")).headers["location"] == "/sign-in?next=/office/alerts"
        signed = await lan.sign_in()
        assert (signed.status_code, signed.headers["location"]) == (303, "/office")
        assert "lan · trực ban" in (await lan.get("/office/alerts")).text
        cookie = lan.cookies["nhip"]
        assert (await lan.send_form("/office/alerts", "/sign-out")).status_code == 303
        lan.cookies.set("nhip", cookie)
        assert (await lan.get("/office/alerts")).status_code == 303, (
            "the session itself has ended, not the cookie alone"
        )
    assert actions(plain_house) == ["person.signed_in", "person.signed_out"]
    assert plain_house.rows("SELECT DISTINCT via, address FROM people.audit WHERE who = 'lan'") == [
        ("wallboard", "10.0.0.7")
    ]


@pytest.mark.parametrize(("name", "password"), [("lan", "sai mật khẩu rồi"), ("nobody", PASSWORD), ("lan", "x" * 5000)])
async def test_a_wrong_name_or_password_is_refused_in_the_same_words(here: Office, name: str, password: str) -> None:
    async with visitor(here) as guest:
        refused = await guest.sign_in(name, password)
        assert refused.status_code == 401
        assert "Sai tên đăng nhập hoặc mật khẩu." in refused.text
        assert (await guest.get("/office/alerts")).status_code == 303


async def test_cookies_are_out_of_reach_of_scripts_and_bound_to_https(plain_house: House) -> None:
    await add_user(plain_house.url)
    async with office(plain_house.url, secure=True) as here, visitor(here) as lan:
        lan.base_url = "https://wallboard"  # type: ignore[assignment]  # httpx takes a text
        kept = (await lan.sign_in()).headers.get_list("set-cookie")[0]
        assert kept.startswith("__Host-nhip=")
        assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= {part.strip() for part in kept.split(";")}
        page = await lan.get("/office/alerts")
        assert page.headers["cache-control"] == "no-store"
        assert "script-src 'self'" in page.headers["content-security-policy"]


async def test_a_form_from_elsewhere_is_refused(here: Office, plain_house: House) -> None:
    async with visitor(here) as lan, visitor(here) as attacker:
        await lan.sign_in()
        await attacker.get("/sign-in")
        for fields in ({}, {"form": ""}, {"form": "0" * 64}, {"form": "é"}):
            for path in ("/sign-in", "/sign-out", "/office/alerts/0123456789abcdef"):
                assert (await lan.post(path, data=fields)).status_code == 403, (path, fields)
        page = (await attacker.get("/sign-in")).text
        theirs = page.partition('name="form" value="')[2][:64]
        assert (await lan.post("/sign-out", data={"form": theirs})).status_code == 403
        assert (await lan.get("/office/alerts")).status_code == 200, "still signed in"


async def test_a_session_that_was_planted_before_is_not_signed_in_after(here: Office) -> None:
    async with visitor(here) as lan, visitor(here) as attacker:
        await attacker.get("/sign-in")
        planted = attacker.cookies["nhip"]
        lan.cookies.set("nhip", planted, domain="wallboard.local", path="/")
        await lan.sign_in()
        assert all(cookie.value != planted for cookie in lan.cookies.jar if cookie.domain != "wallboard.local")
        assert (await attacker.get("/office/alerts")).status_code == 303


async def test_guessing_is_stopped_where_it_comes_from_and_nowhere_else(here: Office, plain_house: House) -> None:
    async with visitor(here, "203.0.113.9") as guesser, visitor(here) as lan:
        for _ in range(FROM_ONE_PLACE):
            assert (await guesser.sign_in(password="guess again, guess")).status_code == 401
        stopped = await guesser.sign_in()
        assert (stopped.status_code, stopped.headers["retry-after"]) == (429, "900"), "even with the right password"
        assert (await lan.sign_in()).status_code == 303, "lan herself comes from elsewhere"
        plain_house.execute(
            "INSERT INTO people.audit (who, via, address, action, subject) SELECT 'n', 'wallboard', '203.0.113.9',"
            " 'person.refused', 'person/n' || n FROM generate_series(1, %s) n", OF_AN_ADDRESS,
        )  # fmt: skip
        assert (await guesser.sign_in("minh")).status_code == 429, "nor by trying many names"


@pytest.mark.parametrize("change", ["disable", "role", "password"])
async def test_what_is_changed_about_a_user_ends_their_sessions(here: Office, plain_house: House, change: str) -> None:
    async with visitor(here) as lan:
        await lan.sign_in()
        async with await AsyncConnection.connect(plain_house.url) as owner:
            if change == "disable":
                await users.disable(owner, "lan", OWNER)
            elif change == "role":
                await users.set_role(owner, "lan", Role.VIEWER, OWNER)
            else:
                await users.set_password(owner, "lan", "$argon2id$other", OWNER)
        assert (await lan.get("/office/alerts")).status_code == 303
        assert (await lan.sign_in()).status_code == (303 if change == "role" else 401)


async def test_a_session_ends_with_the_shift_and_when_nobody_uses_it(here: Office, plain_house: House) -> None:
    for old in ("created_at = now() - interval '12 hours'", "seen_at = now() - interval '2 hours'"):
        async with visitor(here) as lan:
            await lan.sign_in()
            plain_house.execute(f"UPDATE people.session SET {old}")
            assert (await lan.get("/office/alerts")).status_code == 303


async def test_each_role_may_what_it_should(here: Office, plain_house: House) -> None:
    await add_user(plain_house.url, "xem", Role.VIEWER)
    await add_user(plain_house.url, "quan-tri", Role.ADMIN)
    for name, audit, act in (("xem", 403, 403), ("lan", 403, 404), ("quan-tri", 200, 404)):
        async with visitor(here) as person:
            await person.sign_in(name)
            assert (await person.get("/office/audit")).status_code == audit, name
            answer = await person.send_form("/office/alerts", "/office/alerts/0123456789abcdef", action="ack")
            assert answer.status_code == act, name


async def test_a_link_to_sign_in_leads_nowhere_else(here: Office) -> None:
    for elsewhere in ("//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "/a\nb"):
        async with visitor(here) as lan:
            page = await lan.get("/sign-in", params={"next": elsewhere})
            assert 'name="next" value="/office"' in page.text
            signed = await lan.send_form("/sign-in", name="lan", password=PASSWORD, next=elsewhere)
            assert signed.headers["location"] == "/office"


async def test_boards_are_for_the_signed_in_where_that_is_required(plain_house: House) -> None:
    await add_user(plain_house.url, role=Role.VIEWER)
    async with office(plain_house.url, required=True) as here, visitor(here) as lan:
        for path in ("/", "/feed", "/board/overview", "/board/overview/feed", "/texts"):
            assert (await lan.get(path)).status_code == 401, path
        led = await lan.get("/board/overview", headers={"accept": "text/html"})
        assert led.headers["location"] == "/sign-in?next=/board/overview"
        assert (await lan.get("/healthz")).status_code == 200
        await lan.sign_in()
        assert (await lan.get("/board/overview")).status_code == 200


@pytest.mark.parametrize("feed", ["/feed", "/board/overview/feed"])
async def test_a_feed_that_is_open_ends_with_the_session_it_was_opened_in(
    plain_house: House, monkeypatch: pytest.MonkeyPatch, feed: str
) -> None:
    monkeypatch.setattr(required, "ASK_AGAIN_SECONDS", 0.0)
    await add_user(plain_house.url, role=Role.VIEWER)
    province = Province()
    async with office(plain_house.url, required=True) as here:
        app = make_wallboard(province.read, province.ask, interval=0.02, office=here)
        async with app.router.lifespan_context(app), browser(app) as lan:
            await lan.sign_in()
            watching = asyncio.create_task(lan.get(feed))  # answers when the feed ends
            async with asyncio.timeout(60):
                while "nhip_wallboard_viewers 1.0" not in (await lan.get("/metrics")).text:  # noqa: ASYNC110 - no event tells of it
                    await asyncio.sleep(0.02)
            seen = "SELECT FROM people.session WHERE seen_at > created_at"
            plain_house.execute("UPDATE people.session SET created_at = now() - interval '1 h', seen_at = created_at")
            await until(lambda: bool(plain_house.rows(seen)))
            assert not watching.done(), "watching is use of a session"
            async with await AsyncConnection.connect(plain_house.url) as owner:
                await users.disable(owner, "lan", OWNER)
            answer = await watching
            assert (answer.status_code, "data: " in answer.text) == (200, True)
            assert (await lan.get(feed)).status_code == 401


async def test_a_database_that_is_away_is_said_and_lets_nobody_in(plain_house: House) -> None:
    async with office("postgresql://nhip_people@127.0.0.1:1/nhip", required=True) as here, visitor(here) as lan:
        lan.cookies.set("nhip", "whatever")
        for path in ("/office/alerts", "/board/overview"):
            assert (await lan.get(path)).status_code == 503, path


async def test_whom_a_provider_vouches_for_comes_in_with_the_role_it_gives(here: Office, plain_house: House) -> None:
    people = here.people
    hoa = Identity("https://id.example", "s-1", "hoa", Role.OPERATOR)
    token = await people.welcome(hoa, "10.0.0.8")
    assert token is not None
    assert await people.signed_in(token) == ("hoa", Role.OPERATOR)
    again = await people.welcome(hoa._replace(role=Role.VIEWER), "10.0.0.8")
    assert again is not None
    assert await people.signed_in(token) is None, "the role was changed: the earlier session has ended"
    assert await people.signed_in(again) == ("hoa", Role.VIEWER)
    assert await people.welcome(hoa._replace(role=None), "10.0.0.8") is None
    assert await people.welcome(Identity("https://id.example", "s-2", "lan", Role.ADMIN), "10.0.0.8") is None
    async with await AsyncConnection.connect(plain_house.url) as owner:
        await users.disable(owner, "hoa", OWNER)
        with pytest.raises(NhipError, match="through a provider"):
            await users.set_password(owner, "hoa", "x", OWNER)
    assert await people.welcome(hoa, "10.0.0.8") is None
    assert actions(plain_house, "lan") == ["person.refused"], "nobody takes the name of a local user"


def test_no_role_changes_the_audit_or_learns_of_passwords(store_url: str) -> None:
    def may(role: str, statement: str) -> bool:
        with psycopg.connect(as_role(store_url, role)) as connection:
            try:
                connection.execute(statement)  # type: ignore[arg-type]  # SQL of this file
            except psycopg.errors.InsufficientPrivilege:
                return False
            finally:
                connection.rollback()
        return True

    roles = ("nhip_writer", "nhip_reader", "nhip_gateway", "nhip_people")
    for change in ("UPDATE {} SET who = 'x'", "DELETE FROM {}", "TRUNCATE {}", "DROP TABLE {}"):
        for table in ("people.audit", "nhip.alert_step"):
            assert [role for role in roles if may(role, change.format(table))] == [], (change, table)
    for table in ("people.person", "people.session"):
        assert [role for role in roles if may(role, f"SELECT * FROM {table}")] == ["nhip_people"]
    assert not may("nhip_people", "UPDATE people.person SET password = 'x'")
    assert not may("nhip_people", "INSERT INTO people.person (name, role, password) VALUES ('x', 'admin', 'x')")
    assert not may("nhip_people", "SELECT * FROM nhip.alert")
    assert not may("nhip_reader", "SELECT * FROM people.audited")


def test_users_are_made_listed_and_disabled_by_the_owner(
    plain_house: House, monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    monkeypatch.setenv("NHIP_OWNER_DATABASE_URL", plain_house.url)
    monkeypatch.setenv("NHIP_DATABASE_URL", as_role(plain_house.url, "nhip_writer"))
    runner = CliRunner()

    def run(*words: str, stdin: str = "") -> str:
        result = runner.invoke(users_command.command, list(words), input=stdin, standalone_mode=False)
        if result.exception:
            raise result.exception
        return result.output

    assert "lan may sign in as operator" in run("create", "lan", "--role", "operator", stdin=f"{PASSWORD}\n")
    (tmp_path / "password").write_text(f"{PASSWORD}\n", encoding="utf-8")
    run("create", "minh", "--role", "viewer", "--password-file", str(tmp_path / "password"))
    with pytest.raises(NhipError, match="there is a user 'lan' already"):
        run("create", "lan", "--role", "admin", stdin=f"{PASSWORD}\n")
    with pytest.raises(WrongUse, match="12 to 1024 characters"):
        run("password", "lan", stdin="short\n")
    with pytest.raises(NhipError, match="no user 'hoa'"):
        run("disable", "hoa")
    run("disable", "minh")
    listed = {user["name"]: user for user in json.loads(run("list", "--json"))}
    assert listed["lan"]["disabled_at"] is None
    assert listed["minh"]["disabled_at"] is not None
    assert "password" not in listed["lan"]
    shown = runner.invoke(audit_command.command, ["list", "--json", "--subject", "person/minh"], standalone_mode=False)
    assert [entry["action"] for entry in json.loads(shown.output)] == ["person.disabled", "person.created"]
    assert PASSWORD not in shown.output
