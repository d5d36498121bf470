"""`GET /v1/alerts` and `POST /v1/alerts/{id}/{ack|resolve|silence|comment}`: the hands of those on call (DOMAIN §5)."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal, Protocol, TypeVar

from fastapi import APIRouter, Body, Path, Query, Request, Response
from pydantic import BaseModel, Field

from connectors.gateway.caching import UNCHANGED, tagged
from connectors.gateway.keys import OPERATE, READ, KeyInfo, Keys, recognised, require
from connectors.gateway.paging import Cursor, Limit, Page
from connectors.gateway.problems import Problem, RequestRefused
from connectors.gateway.working import actor, needed, worked
from connectors.timescale.alerts import After, Alert
from connectors.timescale.gate import Followed
from streams.alerts.links import Grant
from streams.contracts.types import Text
from streams.people.actor import Actor

State = Literal["pending", "firing", "acknowledged", "suppressed", "resolved"]
Action = Literal["ack", "resolve", "silence", "comment"]
T = TypeVar("T")
Id = Annotated[str, Path(pattern="^[0-9a-f]{16}$")]

_CURSOR = re.compile(r"[0-9T:.+Z-]{20,40}~[0-9a-f]{16}")


class Board(Protocol):
    """Where alerts are kept. Everything raises Transient while the database is away."""

    async def alerts(
        self, states: list[str] | None, agencies: list[str] | None, after: After | None, most: int
    ) -> Sequence[Alert]:
        """The newest first, of those states and agencies if any are named."""

    async def alert(self, id: str) -> Alert | None:
        """One alert."""

    async def act(self, id: str, action: str, actor: Actor, note: str | None, until: datetime | None) -> bool:
        """False where the alert is not open; a comment may come later too."""

    async def follow(self, digest: bytes, grant: Grant) -> Followed:
        """Do what a link allows, once."""


class Hand(BaseModel):
    """Who does it (the key's name where nobody is named), why, and for how long a silence lasts."""

    who: Annotated[str, Field(pattern=r"^[^\x00-\x1f]{1,128}$")] | None = None
    note: Text | None = None
    minutes: Annotated[int, Field(ge=1, le=43_200)] = 60


NOTHING_SAID = Hand()


def alerts(keys: Keys, board: Board | None, clock: Callable[[], datetime]) -> APIRouter:
    """The routes. A key that is limited to agencies knows only of alerts about one of them."""
    router = APIRouter(tags=["alerts"])

    @router.get("/v1/alerts", summary="Alerts, the newest first", response_model=Page, responses=UNCHANGED)
    async def page(
        request: Request,
        state: Annotated[list[State] | None, Query(description="only of this state; may be repeated")] = None,
        limit: Limit = 100,
        cursor: Cursor = "",
    ) -> Response:
        key = await recognised(request.headers, keys)
        require(key, READ)
        states: list[str] | None = [*state] if state else None
        agencies = None if key.agencies is None else sorted(key.agencies)
        found = await worked(needed(board).alerts(states, agencies, _after(cursor), limit + 1))
        items = [document(alert) for alert in found[:limit]]
        following = f"{found[limit - 1].since.isoformat()}~{found[limit - 1].id}" if len(found) > limit else None
        return tagged(request, {"items": items, "next": following})

    @router.get("/v1/alerts/{id}", summary="One alert", response_model=dict[str, Any], responses=UNCHANGED)
    async def one(request: Request, id: Id) -> Response:
        key = await recognised(request.headers, keys)
        require(key, READ)
        return tagged(request, await _document(needed(board), id, key))

    @router.post("/v1/alerts/{id}/{action}", summary="Acknowledge, resolve, silence or comment on an alert")
    async def act(
        request: Request, id: Id, action: Action, hand: Annotated[Hand, Body()] = NOTHING_SAID
    ) -> dict[str, Any]:
        key = await recognised(request.headers, keys)
        require(key, OPERATE)
        until = clock() + timedelta(minutes=hand.minutes) if action == "silence" else None
        await _document(needed(board), id, key)
        if action == "comment" and hand.note is None:
            raise RequestRefused(Problem("invalid_parameter", "note: a comment has words", "note"))
        done = await worked(needed(board).act(id, action, actor(request, key, hand.who), hand.note, until))
        after = await _document(needed(board), id, key)
        if not done:
            raise RequestRefused(Problem("alert_not_open", f"it is {after['state']}"))
        return after

    return router


def document(alert: Alert) -> dict[str, Any]:
    """An alert as JSON has it: the reason in both languages."""
    row = alert._asdict()
    return row | {"reason": {"vi": row.pop("reason_vi"), "en": row.pop("reason_en")}}


def _after(cursor: str) -> After | None:
    if not cursor:
        return None
    since, _, id = cursor.partition("~")
    try:
        if not _CURSOR.fullmatch(cursor):
            raise ValueError
        return After(datetime.fromisoformat(since), id)
    except ValueError:
        raise RequestRefused(Problem("invalid_parameter", "cursor: give `next` of the page before", "cursor")) from None


async def _document(board: Board, id: str, key: KeyInfo) -> dict[str, Any]:
    alert = await worked(board.alert(id))
    if alert is None or (key.agencies is not None and alert.labels.get("agency") not in key.agencies):
        raise RequestRefused(Problem("no_such_alert", f"no alert {id} has ever fired"))
    return document(alert)
