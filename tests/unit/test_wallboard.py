"""The wallboard without a browser: one reader for all viewers, honest when it fails, nothing but its own files."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from starlette.types import Message

from dashboards.grafana.files import BOARDS
from dashboards.grafana.pipeline import PIPELINE
from dashboards.wallboard import Reading, Snapshot, StreamPulse, make_wallboard
from dashboards.wallboard.answer import Answer
from dashboards.wallboard.app import STATIC
from dashboards.wallboard.chosen import Chosen
from dashboards.wallboard.feed import Feed
from dashboards.wallboard.marks import statements
from dashboards.wallboard.metrics import Metrics
from dashboards.wallboard.rates import KEPT, Rates
from dashboards.wallboard.screen import Screen
from dashboards.wallboard.screen_feed import ScreenFeed
from dashboards.wallboard.screens import MOST, Screens, TooMany
from dashboards.wallboard.texts import texts
from streams.words import LANGUAGES

NOW = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)


class Source:
    """A reader that counts how often it is asked, and fails on demand."""

    def __init__(self) -> None:
        self.reads = 0
        self.fails = False
        self.asked = 0
        self.marks: list[tuple[datetime, datetime, str]] = []

    async def read(self) -> Snapshot:
        self.reads += 1
        if self.fails:
            raise OSError("connection refused")
        pulse = StreamPulse("reports", 10 * self.reads, 1, 2, NOW, 0.5)
        return Snapshot(NOW, [pulse], [Reading("reports.processed", 45, 70, "64,28 %")])

    async def ask(self, sql: str) -> Answer:
        self.asked += 1
        if self.fails:
            raise OSError("connection refused")
        if "timeend" in sql:
            return Answer(["time", "timeend", "text"], self.marks if "board.alert" in sql else [])
        return Answer(["n"], [[self.asked if "ticked_at" in sql else 7]])


async def take(messages: AsyncIterator[bytes], count: int) -> list[dict[str, Any]]:
    return [json.loads(await anext(messages)) for _ in range(count)]


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
async def feed(source: Source) -> AsyncIterator[Feed]:
    feed = Feed(source.read, 0.05, Metrics())
    running = asyncio.create_task(feed.run())
    yield feed
    running.cancel()


async def test_fifty_viewers_cost_one_reading_an_interval(feed: Feed, source: Source) -> None:
    viewers = [feed.messages() for _ in range(50)]
    for viewer in viewers:
        await take(viewer, 1)
    before = source.reads
    messages = await asyncio.gather(*(take(viewer, 3) for viewer in viewers))
    assert source.reads - before <= 5
    assert all(seen == messages[0] for seen in messages)


async def test_the_feed_carries_what_was_read_and_how_fast_it_grows(feed: Feed) -> None:
    messages = await take(feed.messages(), 6)
    last = messages[-1]
    assert not last["away"]
    assert last["indicators"] == [{"name": "reports.processed", "numerator": 45, "denominator": 70, "shown": "64,28 %"}]
    (stream,) = last["streams"]
    assert stream["stream"]["dead_letters"] == 2
    assert stream["rate"] > 0
    assert len(stream["history"]) >= 2


async def test_a_failed_reading_keeps_the_figures_and_says_so_until_one_succeeds(feed: Feed, source: Source) -> None:
    messages = feed.messages()
    await take(messages, 3)
    source.fails = True
    failed = (await take(messages, 3))[-1]
    assert failed["away"]
    assert failed["indicators"], "the last figures stay on the page"
    assert failed["read_ago_s"] > 0
    assert feed.fault is not None
    source.fails = False
    recovered = (await take(messages, 3))[-1]
    assert not recovered["away"]
    assert feed.fault is None


async def test_a_slow_viewer_gets_the_newest_message_not_a_queue(feed: Feed, source: Source) -> None:
    messages = feed.messages()
    await take(messages, 2)
    await asyncio.sleep(0.5)
    (message,) = await take(messages, 1)
    assert message["streams"][0]["stream"]["stored"] >= 10 * (source.reads - 1)


def test_a_rate_is_the_growth_over_the_time_between_two_readings() -> None:
    rates = Rates()
    rates.add("health", 100.0, 1000)
    rates.add("health", 102.0, 1500)
    rates.add("health", 103.0, 1500)
    assert rates.history("health") == [250.0, 0.0]
    assert rates.now("health") == 125.0
    assert rates.now("another") == 0.0


async def answer(path: str, source: Source, started: bool = True) -> httpx.Response:
    app = make_wallboard(source.read, source.ask, "vi", interval=0.02)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://wall") as client:
        if not started:
            return await client.get(path)
        async with app.router.lifespan_context(app):
            await asyncio.sleep(0.1)
            return await client.get(path)


@pytest.mark.parametrize("path", ["/", "/board/overview", "/texts", "/static/wallboard.js", "/healthz"])
async def test_only_the_pages_own_files_may_run(path: str, source: Source) -> None:
    response = await answer(path, source)
    assert response.status_code == 200
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"


def test_the_page_holds_no_inline_script_or_style_and_asks_nobody_else() -> None:
    pages = list(STATIC.glob("*.html"))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert re.findall(r"<script(?![^>]*\bsrc=)", text) == []
        assert re.findall(r"\s(?:style|on\w+)=", text) == []
    for file in [*STATIC.glob("*.js"), *STATIC.glob("*.css"), *pages]:
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")  # a name, asked for by nobody
        assert re.findall(r"https?://", text) == [], file


async def test_texts_come_in_the_asked_language_or_the_first_one(source: Source) -> None:
    assert (await answer("/texts", source)).json()["lang"] == "vi"
    assert (await answer("/texts?lang=en", source)).json()["lang"] == "en"
    assert (await answer("/texts?lang=tlh", source)).json()["lang"] == "vi"


def test_both_languages_say_the_same_things() -> None:
    def shape(value: Any) -> Any:
        return {key: shape(part) for key, part in value.items()} if isinstance(value, dict) else None

    vietnamese, english = (json.loads(texts(language)) for language in LANGUAGES)
    assert shape(vietnamese) == shape(english)


def test_a_spark_has_room_for_as_many_readings_as_are_kept() -> None:
    page, tiles = ((STATIC / name).read_text(encoding="utf-8") for name in ("index.html", "tiles.js"))
    assert f'viewBox="0 0 {KEPT - 1} 40"' in page
    assert f"const POINTS = {KEPT - 1};" in tiles


async def test_it_is_ready_when_the_last_reading_succeeded(source: Source) -> None:
    assert (await answer("/readyz", source)).status_code == 200
    source.fails = True
    refused = await answer("/readyz", source)
    assert refused.status_code == 503
    assert "database" in refused.text
    assert (await answer("/healthz", source)).status_code == 200


async def test_failed_readings_are_counted(source: Source) -> None:
    source.fails = True
    metrics = (await answer("/metrics", source)).text
    assert re.search(r"nhip_wallboard_reads_failed_total [1-9]", metrics)
    assert "nhip_wallboard_viewers 0.0" in metrics


async def test_the_feed_is_an_event_stream_that_starts_at_once(source: Source) -> None:
    app = make_wallboard(source.read, source.ask)
    sent: list[Message] = []
    gone = asyncio.Event()

    async def receive() -> Message:
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)
        if b"data: " in message.get("body", b""):
            gone.set()

    scope = {"type": "http", "method": "GET", "path": "/feed", "raw_path": b"/feed", "headers": [], "query_string": b""}
    async with asyncio.timeout(5):
        await app(scope, receive, send)
    assert (b"content-type", b"text/event-stream; charset=utf-8") in sent[0]["headers"]
    assert sent[1]["body"] == b"retry: 1000\n\n"


@pytest.fixture
def board(source: Source) -> ScreenFeed:
    return ScreenFeed(Screen(PIPELINE, "en"), Chosen(), source.ask, 0.05, Metrics())


async def test_a_board_asks_each_panel_once_an_interval_for_fifty_viewers_and_never_for_none(
    board: ScreenFeed, source: Source
) -> None:
    assert source.asked == 0
    viewers = [board.messages() for _ in range(50)]
    messages = await asyncio.gather(*(take(viewer, 2) for viewer in viewers))
    assert source.asked <= 4 * (len(PIPELINE.panels) + 3), "and once for critical alerts, and for each kind of marks"
    assert all(len(seen[0]["panels"]) == len(PIPELINE.panels) for seen in messages)
    for viewer in viewers:
        await viewer.aclose()  # type: ignore[attr-defined]  # an async generator, typed as an iterator
    asked = source.asked
    await asyncio.sleep(0.2)
    assert source.asked == asked, "nobody watches"


async def test_a_board_sends_again_only_the_panels_that_changed(board: ScreenFeed) -> None:
    first, *others = await take(board.messages(), 3)
    (ticker,) = (str(number) for number, panel in enumerate(PIPELINE.panels, 1) if panel.query == "tick")
    assert set(first["panels"]) == {str(number) for number in range(1, len(PIPELINE.panels) + 1)}
    assert [set(message["panels"]) for message in others] == [{ticker}, {ticker}]


async def test_what_is_marked_is_sent_when_it_changes_and_what_lasts_does_not_change(
    board: ScreenFeed, source: Source
) -> None:
    now = datetime.now(UTC)
    source.marks = [(now - timedelta(hours=2), now - timedelta(hours=1), "mail is down")]
    messages = board.messages()
    first, again = await take(messages, 2)
    assert [[mark["text"] for mark in kind] for kind in first["marks"]] == [["mail is down"], []]
    assert first["marks"][0][0]["end"] is not None
    assert "marks" not in again
    source.marks = [(now, now + timedelta(days=1), "lgsp is down"), *source.marks]
    changed = next(message for message in await take(messages, 3) if "marks" in message)
    assert [mark["end"] is None for mark in changed["marks"][0]] == [True, False]
    source.marks = [(now, now + timedelta(days=2), "lgsp is down"), *source.marks[1:]]  # as "now" moves on
    assert all("marks" not in message for message in await take(messages, 3))


def test_marks_are_asked_for_where_there_is_a_time_axis() -> None:
    asked = {board.name for board in BOARDS if statements(board.render("en"))}
    assert asked == {"overview", "reports", "systems", "pipeline"}


async def test_a_board_says_that_the_database_is_away_and_that_it_is_back(board: ScreenFeed, source: Source) -> None:
    messages = board.messages()
    await take(messages, 1)
    source.fails = True
    assert (await take(messages, 2))[-1]["away"]
    source.fails = False
    assert not (await take(messages, 2))[-1]["away"]


async def test_an_outline_holds_no_statement_and_no_data_source(source: Source) -> None:
    outline = (await answer("/board/pipeline/outline?lang=en", source)).text
    assert "SELECT" not in outline
    assert "datasource" not in outline
    assert json.loads(outline)["title"] == "Pipeline"
    assert [board["name"] for board in json.loads(outline)["boards"]] == [board.name for board in BOARDS]


async def test_an_unknown_board_is_not_found_and_the_known_ones_are_named(source: Source) -> None:
    response = await answer("/board/nothing", source)
    assert response.status_code == 404
    assert "overview" in response.json()["detail"]


async def test_a_choice_that_cannot_be_is_refused_with_what_can(source: Source) -> None:
    response = await answer("/board/reports/feed?period=yesteryear", source)
    assert response.status_code == 422
    assert "2026-Q3" in response.json()["detail"]


async def test_choices_are_found_in_the_database_or_said_to_be_away(source: Source) -> None:
    source.fails = True
    assert (await answer("/board/reports/choices", source)).status_code == 503


async def test_as_many_choices_are_watched_as_the_database_should_be_asked_for(source: Source) -> None:
    screens = Screens(source.ask, 0.05, Metrics())
    watched = []
    for number in range(MOST):
        messages = screens.feed("reports", "vi", [("var-agency", f"a{number}")]).messages()
        await take(messages, 1)
        watched.append(messages)
    with pytest.raises(TooMany):
        screens.feed("reports", "vi", [("var-agency", "one more")])
    assert screens.feed("reports", "vi", [("var-agency", "a0")]).is_watched, "the same choice shares a reader"
    await watched[0].aclose()  # type: ignore[attr-defined]  # an async generator, typed as an iterator
    screens.feed("reports", "vi", [("var-agency", "one more")])
    for messages in watched[1:]:
        await messages.aclose()  # type: ignore[attr-defined]  # an async generator, typed as an iterator
