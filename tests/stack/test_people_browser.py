"""People at work in a real browser: by keyboard, in both languages, with nothing that runs out of what others wrote."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect
from psycopg import AsyncConnection

from connectors.timescale.desk import Desk
from connectors.timescale.directives import Directives
from connectors.timescale.people import People
from connectors.timescale.shift import Shift
from dashboards.wallboard import make_wallboard
from dashboards.wallboard.people import required
from dashboards.wallboard.people.office import Office
from dashboards.wallboard.server import Server
from streams.contracts import DOSSIERS
from tests.stack.people_tools import PASSWORD, add_user
from tests.stack.store_tools import NOW, as_role, dossier, emptied, housed
from tests.stack.test_alerts import BEGIN, look, system
from tests.stack.test_wallboard_browser import LOW_CONTRAST, PHONE, WALL
from tests.stack.wallboard_tools import Province

EVIL = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"


@pytest.fixture
def served(postgresql_store: str) -> Iterator[str]:
    """The address of a wallboard whose province has two overdue dossiers and an alert, all with evil words in them."""
    url = emptied(postgresql_store)
    with ThreadPoolExecutor(1) as beside:  # Playwright has a loop of its own in this thread
        beside.submit(asyncio.run, _province(url)).result()
    with _serving(url) as address:
        yield address


async def _province(url: str) -> None:
    async with housed(url) as house:
        received, due = ((NOW - timedelta(days=days)).isoformat() for days in (9, 3))
        times = {"received_at": received, "due_at": due, "status": 4}
        late = [dossier(id, n, at=NOW - timedelta(days=9), **times) for n, id in enumerate(("HS-1", "HS-<i>2"))]
        await house.take(DOSSIERS, late)
        async with await AsyncConnection.connect(as_role(url, "nhip_writer"), autocommit=True) as writer:
            await look(writer, BEGIN, system(EVIL, "down"))
        await add_user(url)


@contextmanager
def _serving(url: str) -> Iterator[str]:
    people = People(as_role(url, "nhip_people"))
    desk = Desk(people.connection)
    office = Office(
        people, desk, desk, Directives(people.connection), Shift(people.connection), secure=False, required=True
    )
    server = Server(make_wallboard(Province().read, Province().ask, office=office))
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    """Somebody who opened the boards and was asked to sign in. What runs, or is refused to run, fails the test."""
    page = browser.new_page(viewport=WALL)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if "Policy" in message.text else None)
    page.goto(f"{served}/")
    expect(page).to_have_title("Nhịp · Đăng nhập")
    yield page
    page.close()
    assert complaints == []


def sign_in(page: Page) -> None:
    """By keyboard alone: the first field has the focus."""
    page.keyboard.type("lan")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def test_somebody_signs_in_sends_a_directive_from_the_overdue_list_and_takes_an_alert(page: Page, served: str) -> None:
    sign_in(page)
    expect(page).to_have_title("Nhịp · Bảng theo dõi")
    page.get_by_role("link", name="Xử lý").click()
    page.get_by_role("link", name="Chỉ đạo").click()
    page.get_by_role("link", name="Gửi chỉ đạo: so-tttt, Hồ sơ").click()
    expect(page.get_by_role("checkbox")).to_have_count(2)
    page.get_by_label("Nội dung chỉ đạo").fill(EVIL)
    page.get_by_role("button", name="Gửi").click()
    expect(page.locator(".said")).to_have_text(EVIL)
    page.get_by_role("button", name="Cơ quan đã nhận").click()
    expect(page.get_by_text("đã nhận", exact=False).first).to_be_visible()
    page.get_by_role("link", name="Cảnh báo").click()
    expect(page.get_by_role("link", name=EVIL)).to_be_visible()
    page.get_by_role("button", name="Nhận xử lý").click()
    expect(page.locator("main")).to_contain_text("đã nhận xử lý")
    expect(page.get_by_role("cell", name="lan", exact=True)).to_be_visible()
    page.get_by_role("link", name="Sổ giao ca").click()
    page.get_by_label("Bàn giao gì cho ca sau").fill("hết ca")
    page.get_by_role("button", name="Viết bàn giao").click()
    expect(page.locator("section")).to_contain_text("chờ ca sau xác nhận")
    expect(page.locator("section li")).to_have_count(2)
    expect(page.locator("section li").first).to_contain_text(EVIL)
    assert page.locator("main img, main script").count() == 0
    assert page.title() != "run"
    page.get_by_role("link", name="English").click()
    expect(page.locator("h1")).to_have_text("Shift log")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_title("Nhịp · Sign in")


def test_a_board_that_is_open_leads_to_the_sign_in_once_its_viewer_may_not_see_it(
    page: Page, postgresql_store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(required, "ASK_AGAIN_SECONDS", 0.1)
    sign_in(page)
    expect(page).to_have_title("Nhịp · Bảng theo dõi")
    with psycopg.connect(postgresql_store, autocommit=True) as owner:
        owner.execute("DELETE FROM people.session")
    expect(page).to_have_title("Nhịp · Đăng nhập")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_have_the_contrast_of_wcag_aa_a_label_for_each_field_and_room_on_a_phone(
    page: Page, served: str, scheme: Any
) -> None:
    page.emulate_media(color_scheme=scheme)
    assert page.evaluate(LOW_CONTRAST) == []
    sign_in(page)
    expect(page).to_have_title("Nhịp · Bảng theo dõi")
    for path in ("alerts", "directives", "directives/new?kind=dossiers&agency=so-tttt", "shift"):
        page.goto(f"{served}/office/{path}")
        assert page.evaluate(LOW_CONTRAST) == [], path
        assert page.evaluate(UNLABELLED) == [], path
        page.set_viewport_size(PHONE)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        page.set_viewport_size(WALL)


UNLABELLED = """() => [...document.querySelectorAll('input:not([type=hidden]), textarea, select, button')]
  .filter((field) => !(field.labels?.length || field.textContent.trim() || field.ariaLabel))
  .map((field) => field.outerHTML)"""
