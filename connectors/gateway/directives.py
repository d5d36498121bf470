"""`/v1/directives`: what the centre tells agencies to settle, for programs of the centre and of the agencies."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Body, Path, Query, Request, Response
from pydantic import BaseModel, Field

from connectors.gateway.caching import UNCHANGED, tagged
from connectors.gateway.keys import OPERATE, READ, KeyInfo, Keys, recognised, require, require_agency
from connectors.gateway.paging import Limit, Page
from connectors.gateway.problems import Problem, RequestRefused
from connectors.gateway.working import actor, needed, worked
from streams.contracts.types import Code, Identifier, Text
from streams.people.actor import Actor
from streams.people.directive import MOST_SUBJECTS, Directive, Draft, Kind, State, Step

Number = Annotated[int, Path(ge=1, le=2**62)]
Who = Annotated[str, Field(pattern=r"^[^\x00-\x1f]{1,128}$")] | None
_OTHERS = "it knows of directives to its own only"


class Directives(Protocol):
    """Where directives are kept. Everything raises Transient; what changes something, WrongUse and NotNow too."""

    async def listed(
        self, states: Sequence[str] | None, agencies: Sequence[str] | None, before: int | None, most: int
    ) -> Sequence[Directive]:
        """The newest first."""

    async def find(self, number: int) -> Directive | None:
        """One directive."""

    async def send(self, draft: Draft, actor: Actor) -> Directive:
        """Send one."""

    async def move(self, number: int, step: Step, actor: Actor, note: str | None) -> Directive | None:
        """Take a step."""


class NewDirective(BaseModel):
    """`subjects` are ids of dossiers or reports; `who` sends it, the key's name where nobody is named."""

    agency: Code
    kind: Kind
    text: Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^[^\x00]*$")]
    due_at: datetime
    subjects: Annotated[list[Identifier], Field(max_length=MOST_SUBJECTS)] = []
    who: Who = None


class Hand(BaseModel):
    """Who takes the step, and the answer, or why."""

    who: Who = None
    note: Text | None = None


NOTHING_SAID = Hand()


def directives(keys: Keys, kept: Directives | None) -> APIRouter:
    """The routes. A key that is limited to agencies sees and moves the directives to them, and sends none to others."""
    router = APIRouter(tags=["directives"])

    @router.get("/v1/directives", summary="Directives, the newest first", response_model=Page, responses=UNCHANGED)
    async def page(
        request: Request,
        state: Annotated[list[State] | None, Query(description="only of this state; may be repeated")] = None,
        limit: Limit = 100,
        cursor: Annotated[int | None, Query(ge=1, le=2**62, description="`next` of the page before")] = None,
    ) -> Response:
        key = await recognised(request.headers, keys)
        require(key, READ)
        agencies = None if key.agencies is None else sorted(key.agencies)
        found = await worked(needed(kept).listed(state or None, agencies, cursor, limit + 1))
        following = str(found[limit - 1].number) if len(found) > limit else None
        return tagged(request, {"items": [asdict(one) for one in found[:limit]], "next": following})

    @router.get("/v1/directives/{number}", summary="One directive", response_model=dict[str, Any], responses=UNCHANGED)
    async def one(request: Request, number: Number) -> Response:
        key = await recognised(request.headers, keys)
        require(key, READ)
        return tagged(request, asdict(await _found(needed(kept), number, key)))

    @router.post("/v1/directives", summary="Tell an agency what to settle, by when", status_code=201)
    async def send(request: Request, new: NewDirective) -> dict[str, Any]:
        key = await recognised(request.headers, keys)
        require(key, OPERATE)
        require_agency(key, new.agency, _OTHERS)
        if new.due_at.tzinfo is None:
            raise RequestRefused(Problem("invalid_parameter", "due_at: with an offset, like +07:00", "due_at"))
        draft = Draft(new.agency, new.kind, new.text, new.due_at, tuple(new.subjects))
        return asdict(await worked(needed(kept).send(draft, actor(request, key, new.who))))

    @router.post("/v1/directives/{number}/{step}", summary="The agency has it, has answered, is sent back, is closed")
    async def move(
        request: Request, number: Number, step: Step, hand: Annotated[Hand, Body()] = NOTHING_SAID
    ) -> dict[str, Any]:
        key = await recognised(request.headers, keys)
        require(key, OPERATE)
        await _found(needed(kept), number, key)
        moved = await worked(needed(kept).move(number, step, actor(request, key, hand.who), hand.note))
        if moved is None:
            raise _missing(number)
        return asdict(moved)

    return router


async def _found(kept: Directives, number: int, key: KeyInfo) -> Directive:
    found = await worked(kept.find(number))
    if found is None or (key.agencies is not None and found.agency not in key.agencies):
        raise _missing(number)
    return found


def _missing(number: int) -> RequestRefused:
    return RequestRefused(Problem("no_such_record", f"no directive {number} was sent"))
