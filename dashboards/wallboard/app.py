"""The wallboard as an ASGI application: a static page, its texts, its feed, and the probes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path

from fastapi import FastAPI, Response
from fastapi.responses import FileResponse, PlainTextResponse, StreamingResponse
from fastapi.staticfiles import StaticFiles
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from dashboards.wallboard.feed import Feed, Read
from dashboards.wallboard.headers import SecurityHeaders
from dashboards.wallboard.metrics import Metrics
from dashboards.wallboard.texts import LANGUAGES, Language, texts

STATIC = Path(__file__).parent / "static"


def make_wallboard(read: Read, language: Language = "vi", *, interval: float = 1.0) -> FastAPI:
    """The application; `read` is asked once an `interval` of seconds, however many watch. `language` is the first."""
    metrics = Metrics()
    feed = Feed(read, interval, metrics)
    app = FastAPI(title="Nhịp wallboard", lifespan=_running(feed), openapi_url=None, docs_url=None, redoc_url=None)
    app.state.feed = feed  # for the server that has to end it
    app.add_middleware(SecurityHeaders)
    _page(app, feed, language)
    _probes(app, feed, metrics)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


def _running(feed: Feed) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        reading = asyncio.create_task(feed.run())
        yield
        reading.cancel()
        with suppress(asyncio.CancelledError):
            await reading

    return lifespan


def _page(app: FastAPI, feed: Feed, language: Language) -> None:
    @app.get("/")
    async def page() -> FileResponse:
        return FileResponse(STATIC / "index.html")

    @app.get("/texts")
    async def words(lang: str | None = None) -> Response:
        wanted = next((known for known in LANGUAGES if known == lang), language)
        return Response(texts(wanted), media_type="application/json")

    @app.get("/feed")
    async def events() -> StreamingResponse:
        return StreamingResponse(_server_sent(feed), media_type="text/event-stream")


async def _server_sent(feed: Feed) -> AsyncIterator[bytes]:
    """The WHATWG event stream format; a browser that loses us tries again after a second."""
    yield b"retry: 1000\n\n"
    async for message in feed.messages():
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
