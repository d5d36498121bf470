"""`/v1/shift`: the shift log and its hand-overs."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Body, Path, Query, Request, Response
from pydantic import BaseModel, Field

from connectors.gateway.caching import UNCHANGED, tagged
from connectors.gateway.directives import Who
from connectors.gateway.keys import OPERATE, READ, KeyInfo, Keys, recognised, require, require_agency
from connectors.gateway.paging import Limit, Page
from connectors.gateway.problems import Problem, RequestRefused
from connectors.gateway.working import actor, needed, worked
from streams.contracts.types import Identifier
from streams.people.actor import Actor
from streams.people.shift import LONGEST, MOST_LINKS, Handover, Logged, Note

Words = Annotated[str, Field(min_length=1, max_length=LONGEST, pattern=r"^[^\x00]*$")]
Links = Annotated[list[Identifier], Field(max_length=MOST_LINKS)]
Before = Annotated[int | None, Query(ge=1, le=2**62, description="`next` of the page before")]
_OF_ALL = "the shift log is the whole centre's"


class Shift(Protocol):
    """Where the log is kept. Everything raises Transient; what writes, WrongUse and NotNow too."""

    async def entries(self, most: int, before: int | None) -> Sequence[Logged]:
        """The newest first."""

    async def handovers(self, most: int) -> Sequence[Handover]:
        """The newest first."""

    async def add(self, note: Note, actor: Actor) -> Logged:
        """Note something."""

    async def hand_over(self, text: str, actor: Actor) -> Handover:
        """Write a hand-over."""

    async def confirm(self, number: int, actor: Actor) -> Handover | None:
        """Take a hand-over."""


class NewNote(BaseModel):
    """What happened, with the alerts and subjects it is about."""

    text: Words
    alerts: Links = []
    subjects: Links = []
    who: Who = None


class NewHandover(BaseModel):
    """What the next shift has to know; what is open goes along by itself."""

    text: Words
    who: Who = None


class Taker(BaseModel):
    """Who takes over: never who wrote it."""

    who: Who = None


NOBODY_NAMED = Taker()


def shift(keys: Keys, log: Shift | None) -> APIRouter:
    """The routes, for keys that are not limited to agencies."""
    router = APIRouter(tags=["shift"])

    async def let_in(request: Request, scope: str) -> KeyInfo:
        key = await recognised(request.headers, keys)
        require(key, scope)
        require_agency(key, None, _OF_ALL)
        return key

    @router.get("/v1/shift", summary="The notes, the newest first", response_model=Page, responses=UNCHANGED)
    async def entries(request: Request, limit: Limit = 100, cursor: Before = None) -> Response:
        await let_in(request, READ)
        found = await worked(needed(log).entries(limit + 1, cursor))
        following = str(found[limit - 1].number) if len(found) > limit else None
        return tagged(request, {"items": [one._asdict() for one in found[:limit]], "next": following})

    @router.post("/v1/shift", summary="Note what happened", status_code=201)
    async def add(request: Request, new: NewNote) -> dict[str, Any]:
        key = await let_in(request, OPERATE)
        note = Note(new.text, tuple(new.alerts), tuple(new.subjects))
        return (await worked(needed(log).add(note, actor(request, key, new.who))))._asdict()

    @router.get("/v1/shift/handovers", summary="The newest hand-overs", response_model=Page, responses=UNCHANGED)
    async def handovers(request: Request, limit: Limit = 100) -> Response:
        await let_in(request, READ)
        found = await worked(needed(log).handovers(limit))
        return tagged(request, {"items": [asdict(one) for one in found], "next": None})

    @router.post("/v1/shift/handovers", summary="Write a hand-over: what is open goes along", status_code=201)
    async def hand_over(request: Request, new: NewHandover) -> dict[str, Any]:
        key = await let_in(request, OPERATE)
        return asdict(await worked(needed(log).hand_over(new.text, actor(request, key, new.who))))

    @router.post("/v1/shift/handovers/{number}/confirm", summary="Take a hand-over")
    async def confirm(
        request: Request,
        number: Annotated[int, Path(ge=1, le=2**62)],
        taker: Annotated[Taker, Body()] = NOBODY_NAMED,
    ) -> dict[str, Any]:
        key = await let_in(request, OPERATE)
        taken = await worked(needed(log).confirm(number, actor(request, key, taker.who)))
        if taken is None:
            raise RequestRefused(Problem("no_such_record", f"no hand-over {number} was written"))
        return asdict(taken)

    return router
