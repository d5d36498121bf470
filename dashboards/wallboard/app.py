"""The wallboard as an ASGI application: its pages, their texts and feeds, and the probes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import FileResponse, PlainTextResponse, StreamingResponse
from fastapi.staticfiles import StaticFiles
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from dashboards.grafana.files import BOARDS
from dashboards.wallboard.answer import Ask
from dashboards.wallboard.feed import Feed, Read
from dashboards.wallboard.headers import SecurityHeaders
from dashboards.wallboard.metrics import Metrics
from dashboards.wallboard.people.office import Office
from dashboards.wallboard.people.required import SignInRequired, while_signed_in
from dashboards.wallboard.people.routes import pages, plain
from dashboards.wallboard.screen import Screen
from dashboards.wallboard.screen_feed import READ_TIMEOUT_SECONDS, ScreenFeed
from dashboards.wallboard.screens import Screens, TooMany
from dashboards.wallboard.texts import texts
from streams.errors import WrongUse
from streams.words import LANGUAGES, Language

STATIC = Path(__file__).parent / "static"


def make_wallboard(
    read: Read, ask: Ask, language: Language = "vi", *, interval: float = 0.5, office: Office | None = None
) -> FastAPI:
    """The application; `read` is asked once an `interval` of seconds, however many watch, and `ask` as often for each
    panel of a board that is watched. `language` is the first. Without an `office` nobody signs in or acts."""
    metrics = Metrics()
    feed = Feed(read, interval, metrics)
    app = FastAPI(title="Nhịp wallboard", lifespan=_running(feed), openapi_url=None, docs_url=None, redoc_url=None)
    screens = Screens(ask, interval, metrics)
    app.state.feeds = lambda: [feed, *screens]  # for the server that has to end them
    if office is None:
        _closed(app)
    else:
        app.router.routes.extend(pages(office, language))
        app.add_exception_handler(HTTPException, plain)
        if office.required:
            app.add_middleware(SignInRequired, office=office)
    app.add_middleware(SecurityHeaders)
    _page(app, feed, language, office)
    _boards(app, screens, ask, language, office)
    _probes(app, feed, metrics)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


def _closed(app: FastAPI) -> None:
    @app.get("/office")
    async def closed() -> Response:
        """Where the boards' link leads while nobody can sign in."""
        return PlainTextResponse(
            "Chưa bật đăng nhập: đặt NHIP_PEOPLE_DATABASE_URL.\nNobody signs in here: set NHIP_PEOPLE_DATABASE_URL.\n",
            404,
        )


def _running(feed: Feed) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        reading = asyncio.create_task(feed.run())
        yield
        reading.cancel()
        with suppress(asyncio.CancelledError):
            await reading

    return lifespan


def _page(app: FastAPI, feed: Feed, language: Language, office: Office | None) -> None:
    @app.get("/")
    async def page() -> FileResponse:
        return FileResponse(STATIC / "index.html")

    @app.get("/texts")
    async def words(lang: str | None = None) -> Response:
        return Response(texts(_spoken(lang, language)), media_type="application/json")

    @app.get("/feed")
    async def events(request: Request) -> StreamingResponse:
        return _server_sent(feed, request, office)


def _boards(app: FastAPI, screens: Screens, ask: Ask, language: Language, office: Office | None) -> None:
    def screen(name: str, lang: str | None) -> Screen:
        found = screens.screen(name, _spoken(lang, language))
        if found is None:
            raise HTTPException(
                404, f"there is no board {name!r}; there are {', '.join(board.name for board in BOARDS)}"
            )
        return found

    @app.get("/board/{name}")
    async def board(name: str) -> FileResponse:
        screen(name, None)
        return FileResponse(STATIC / "board.html")

    @app.get("/board/{name}/outline")
    async def outline(name: str, lang: str | None = None) -> Response:
        return Response(screen(name, lang).outline, media_type="application/json")

    @app.get("/board/{name}/choices")
    async def choices(name: str, lang: str | None = None) -> dict[str, list[tuple[str, str]]]:
        found = screen(name, lang)
        try:
            async with asyncio.timeout(READ_TIMEOUT_SECONDS):
                return await found.choices(ask)
        except Exception as error:  # whatever keeps us from reading, it may pass
            raise HTTPException(503, "the database cannot be read", {"Retry-After": "5"}) from error

    @app.get("/board/{name}/feed")
    async def answers(name: str, request: Request, lang: str | None = None) -> StreamingResponse:
        screen(name, lang)
        try:
            feed = screens.feed(name, _spoken(lang, language), request.query_params.multi_items())
        except WrongUse as error:
            raise HTTPException(422, str(error)) from error
        except TooMany as error:
            raise HTTPException(503, str(error.__doc__), {"Retry-After": "60"}) from error
        return _server_sent(feed, request, office)


def _spoken(asked: str | None, otherwise: Language) -> Language:
    return next((known for known in LANGUAGES if known == asked), otherwise)


def _server_sent(feed: Feed | ScreenFeed, request: Request, office: Office | None) -> StreamingResponse:
    messages: AsyncIterator[bytes] = feed.messages()
    if office is not None and office.required:
        messages = while_signed_in(feed.messages(), request, office)
    return StreamingResponse(_events(messages), media_type="text/event-stream")


async def _events(messages: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The WHATWG event stream format; a browser that loses us tries again after a second."""
    yield b"retry: 1000\n\n"
    async for message in messages:
        yield b"data: " + message + b"\n\n"


def _probes(app: FastAPI, feed: Feed, metrics: Metrics) -> None:
    @app.get("/healthz")
    async def healthz() -> Response:
        return PlainTextResponse("ok\n")

    @app.get("/readyz")
    async def readyz() -> Response:
        fault = feed.fault
        return PlainTextResponse("ok\n") if fault is None else PlainTextResponse(f"{fault}\n", 503)

    @app.get("/metrics")
    async def prometheus() -> Response:
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)
