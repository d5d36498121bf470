"""`/open-data/`: for anyone, without a key. GET and HEAD, with what caches need; bounded for all callers together."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response

from connectors.gateway.admission import Admission
from connectors.gateway.caching import UNCHANGED, names
from connectors.gateway.kinds import language_of
from connectors.gateway.options import Limits
from connectors.gateway.problems import Problem, RequestRefused, try_later
from connectors.gateway.reading_kpis import understood
from connectors.open_data import dictionary, page
from connectors.open_data.shelf import Format, Shelf, Source
from streams.agents import Transient
from streams.days import civil_day
from streams.open_data import DATASETS, last_month, month

LIMITS = Limits(key_rate=50.0, key_calls=32)
"""Requests a second and at the same time, of all callers together: caches should answer most of them."""

HEADERS = {
    "cache-control": "public, max-age=3600",
    "access-control-allow-origin": "*",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
}

Name = StrEnum("Name", {one.name: one.name for one in DATASETS})  # type: ignore[misc]  # they are the registry's
Language = Annotated[Literal["vi", "en"] | None, Query(description="of the page; default Accept-Language")]
Month = Annotated[
    str | None, Query(alias="month", max_length=10, description="such as 2026-10; default that of yesterday")
]

_BY_NAME = {one.name: one for one in DATASETS}


def open_data(source: Source | None, clock: Callable[[], datetime]) -> APIRouter:
    """The routes; without a source only the index and the dictionary."""
    admission, shelf = Admission(LIMITS, time.monotonic), None if source is None else Shelf(source)

    def admitted() -> Iterator[None]:
        with _bounded(), admission.enter("open data") as call:
            call.spend(1)
            yield

    router = APIRouter(tags=["open data"], dependencies=[Depends(admitted)], responses=UNCHANGED)

    @router.head("/open-data/", include_in_schema=False)
    @router.get("/open-data/", summary="The index: a page for browsers, else DCAT as JSON")
    async def index(request: Request, language: Language = None) -> Response:
        vary = {"vary": "accept, accept-language"}
        if "text/html" not in request.headers.get("accept", ""):
            return _sent(request, catalogue(), "application/ld+json", vary)
        accepted = request.headers.get("accept-language")
        html = page.render(last_month(civil_day(clock())), language or (language_of(accepted) if accepted else "vi"))
        return _sent(request, html.encode(), "text/html", vary)

    def catalogue() -> bytes:
        return orjson.dumps(dictionary.catalogue(last_month(civil_day(clock()))))

    @router.head("/open-data/catalogue.json", include_in_schema=False)
    @router.get("/open-data/catalogue.json", summary="The datasets, as DCAT in JSON-LD")
    async def as_dcat(request: Request) -> Response:
        return _sent(request, catalogue(), "application/ld+json")

    @router.head("/open-data/dictionary.json", include_in_schema=False)
    @router.get("/open-data/dictionary.json", summary="What every column means", response_model=dict[str, Any])
    async def columns(request: Request) -> Response:
        return _sent(request, orjson.dumps(dictionary.dictionary()), "application/json")

    @router.head("/open-data/{dataset}.{format}", include_in_schema=False)
    @router.get("/open-data/{dataset}.{format}", summary="The closed days of a month; small cells are hidden")
    async def file(request: Request, dataset: Name, format: Format, text: Month = None) -> Response:
        now = clock()
        asked = understood(lambda: month(text, civil_day(now)) if text else last_month(civil_day(now)))
        if shelf is None:
            raise RequestRefused(try_later("database_unavailable", "this gateway was started without a database", 60))
        try:
            found = await shelf.file(_BY_NAME[dataset], asked, format, now)
        except Transient:
            raise RequestRefused(try_later("database_unavailable", "the database does not answer", 5)) from None
        disposition = f'inline; filename="{dataset}-{asked.name}.{format}"'
        headers = {"content-disposition": disposition, "last-modified": format_datetime(found.since, usegmt=True)}
        media = "text/csv; charset=utf-8; header=present" if format == "csv" else "application/json"
        return _sent(request, found.content, media, headers, since=found.since)

    return router


@contextmanager
def _bounded() -> Iterator[None]:
    """Say in the words of this door that there is too much at once."""
    try:
        yield
    except RequestRefused as refused:
        if refused.problem.reason != "rate_limited":
            raise
        detail = "open data: too many requests; keep answers for as long as Cache-Control says"
        raise RequestRefused(Problem("rate_limited", detail, headers=refused.problem.headers)) from None


def _sent(
    request: Request, content: bytes, media: str, more: dict[str, str] | None = None, since: datetime | None = None
) -> Response:
    """An answer under its tag: 304 where nothing has changed, without a body for HEAD (RFC 9110 §9.3.2, §13.2.2)."""
    headers = HEADERS | {"etag": f'"{sha256(content).hexdigest()[:32]}"'} | (more or {})
    if names(request, headers["etag"]) if "if-none-match" in request.headers else _not_since(request, since):
        return Response(status_code=304, headers=headers)
    if request.method == "HEAD":
        return Response(headers=headers | {"content-length": str(len(content))}, media_type=media)
    return Response(content, headers=headers, media_type=media)


def _not_since(request: Request, since: datetime | None) -> bool:
    """Whether If-Modified-Since is as late as the change; a date that cannot be read is none (§13.1.3)."""
    given = request.headers.get("if-modified-since")
    if given is None or since is None:
        return False
    try:
        return since.replace(microsecond=0) <= parsedate_to_datetime(given)
    except (ValueError, TypeError):
        return False
