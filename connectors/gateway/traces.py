"""`GET /v1/events?source=…&id=…` and `/v1/events/{source}/{id}`: what became of one event.

Sources may contain slashes: in the path the last segment is the id and everything before it the source, both
percent-decoded after the cut. Proxies like to tidy slashes, so the query is the safer form.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Literal, Protocol
from urllib.parse import unquote_to_bytes

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel

from connectors.gateway.keys import PUBLISH, READ, KeyInfo, Keys, recognised, require
from connectors.gateway.problems import RequestRefused, try_later
from streams.agents import Transient
from streams.contracts import STREAMS
from streams.contracts.types import StartMoment
from streams.deadletters import Reason

_PREFIX = b"/v1/events/"

Status = Literal["stored", "conflict", "dead_letter", "not_seen"]


class Found(Protocol):
    """Where an event was found: stored (no reason), or a dead letter."""

    @property
    def stream(self) -> str: ...
    @property
    def appended_at(self) -> datetime: ...
    @property
    def reason(self) -> str | None: ...
    @property
    def path(self) -> str | None: ...
    @property
    def detail(self) -> str | None: ...


class Register(Protocol):
    async def event(self, source: str, event_id: str, at: datetime | None) -> Sequence[Found]:
        """Every place an event is found. Raises Transient while the database is away."""


class Letter(BaseModel):
    """One refusal of an event after Kafka had it."""

    reason: str
    path: str | None
    detail: str | None
    appended_at: datetime


class Trace(BaseModel):
    """`conflict`: the first event of this source and id stands, another with other content was refused.

    A repetition is counted and leaves no trace of its own: it shows as `stored`.
    """

    source: str
    id: str
    status: Status
    stream: str | None
    appended_at: datetime | None
    dead_letters: list[Letter]


def traces(keys: Keys, register: Register | None) -> APIRouter:
    router = APIRouter(tags=["events"])

    async def answer(request: Request, source: str, event_id: str, time: datetime | None) -> Trace:
        key = await recognised(request.headers, keys)
        if READ not in key.scopes:
            require(key, PUBLISH)
        return _trace(source, event_id, _visible(await _found(register, source, event_id, time), key))

    @router.get("/v1/events", summary="What became of an event")
    async def by_query(
        request: Request,
        source: Annotated[str, Query(min_length=1, max_length=128)],
        id: Annotated[str, Query(min_length=1, max_length=64)],
        time: Annotated[StartMoment | None, Query(description="of a ping; else the last ten minutes")] = None,
    ) -> Trace:
        return await answer(request, source, id, time)

    @router.get("/v1/events/{source}/{id}", summary="The same, in the path")
    async def by_path(request: Request, source: str, id: str, time: StartMoment | None = None) -> Trace:
        return await answer(request, source, id, time)

    @router.get("/v1/events/{path:path}", include_in_schema=False)
    async def by_long_path(request: Request, time: StartMoment | None = None) -> Trace:
        source, _, event_id = request.scope["raw_path"].removeprefix(_PREFIX).rpartition(b"/")
        return await answer(request, _decoded(source), _decoded(event_id), time)

    return router


def _decoded(segment: bytes) -> str:
    return unquote_to_bytes(segment).decode("utf-8", "replace")


async def _found(register: Register | None, source: str, event_id: str, time: datetime | None) -> Sequence[Found]:
    if register is None:
        raise RequestRefused(try_later("database_unavailable", "this gateway was started without a database", 60))
    try:
        return await register.event(source.replace("\0", ""), event_id.replace("\0", ""), time and time.astimezone(UTC))
    except Transient:
        raise RequestRefused(try_later("database_unavailable", "the database does not answer", 5)) from None


def _visible(found: Sequence[Found], key: KeyInfo) -> list[Found]:
    """A publisher's key sees the streams it may publish to."""
    if READ in key.scopes:
        return list(found)
    names = {stream.name for stream in STREAMS if key.may_publish(stream)}
    return [place for place in found if place.stream in names]


def _trace(source: str, event_id: str, found: list[Found]) -> Trace:
    stored = [place for place in found if place.reason is None]
    refused = [place for place in found if place.reason is not None]
    first = next(iter(stored + refused), None)
    return Trace(
        source=source,
        id=event_id,
        status=_status(bool(stored), [place.reason for place in refused]),
        stream=first.stream if first else None,
        appended_at=first.appended_at if first else None,
        dead_letters=[
            Letter(reason=str(place.reason), path=place.path, detail=place.detail, appended_at=place.appended_at)
            for place in refused
        ],
    )


def _status(stored: bool, reasons: list[str | None]) -> Status:
    if stored:
        return "conflict" if Reason.CONFLICT in reasons else "stored"
    return "dead_letter" if reasons else "not_seen"
