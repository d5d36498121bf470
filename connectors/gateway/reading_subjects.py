"""`GET /v1/reports`, `/v1/dossiers`, `/v1/systems`, and each of them by its id with its whole history."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from connectors.gateway.caching import UNCHANGED, tagged
from connectors.gateway.keys import READ, KeyInfo, Keys, recognised, require, require_agency
from connectors.gateway.paging import Cursor, Limit, Page, Told
from connectors.gateway.problems import Problem, RequestRefused
from connectors.gateway.reading_kpis import Answers, needed, told
from streams.contracts.types import EARLIEST
from streams.days import civil_day

FIRST = EARLIEST.date()
DAYS = 30
"""Of a system, what is told of the past where nobody asks for more."""

State = Annotated[str | None, Query(max_length=128, description="only in this state now")]
Agency = Annotated[str | None, Query(max_length=128, description="only with this agency now")]
Since = Annotated[date | None, Query(alias="from", description=f"leaves out what was before; default {DAYS} days ago")]


class Asked:
    """Who asks, and for which page."""

    def __init__(self, request: Request, limit: Limit = 100, cursor: Cursor = "") -> None:
        self.request, self.limit, self.cursor = request, limit, _text(cursor)
        self.key: KeyInfo

    def agencies(self, agency: str | None) -> frozenset[str] | None:
        """Whose subjects are listed: those of the one that was named, else of all that the key may see."""
        if agency is None:
            return self.key.agencies
        require_agency(self.key, agency, "ask for one of them")
        return frozenset({_text(agency)})


def subjects(keys: Keys, answers: Answers | None, clock: Callable[[], datetime]) -> APIRouter:
    """The routes, for keys that may read. One that is limited to agencies finds what stands with them, no systems."""

    async def reader(asked: Annotated[Asked, Depends()]) -> Asked:
        asked.key = await recognised(asked.request.headers, keys)
        require(asked.key, READ)
        return asked

    async def of_all(asked: Annotated[Asked, Depends(reader)]) -> Asked:
        require_agency(asked.key, None, "systems are of none of them")
        return asked

    Reader = Annotated[Asked, Depends(reader)]  # noqa: N806 — a type
    OfAll = Annotated[Asked, Depends(of_all)]  # noqa: N806 — a type
    router = APIRouter(tags=["subjects"], responses=UNCHANGED)

    async def one(asked: Asked, kind: str, id: str, since: date = FIRST) -> Response:
        page = since, asked.limit, asked.cursor
        found = await told(lambda: needed(answers).subject(kind, _text(id), asked.key.agencies, *page))
        if found is None:
            raise RequestRefused(Problem("no_such_subject", f"{kind}: there is no {id!r}, or the key may not see it"))
        return tagged(asked.request, found)

    async def listed(asked: Asked, kind: str, agency: str | None, state: str | None) -> Response:
        of, only = asked.agencies(agency), state and _text(state)
        found, following = await told(lambda: needed(answers).subjects(kind, of, only, asked.limit, asked.cursor))
        return tagged(asked.request, {"items": found, "next": following})

    @router.get("/v1/reports", summary="Field reports as they stand, in the order of their ids", response_model=Page)
    async def reports(asked: Reader, agency: Agency = None, state: State = None) -> Response:
        return await listed(asked, "reports", agency, state)

    @router.get("/v1/reports/{id:path}", summary="A report: state, clocks, waits, history", response_model=Told)
    async def report(asked: Reader, id: str) -> Response:
        return await one(asked, "reports", id)

    @router.get("/v1/dossiers", summary="Dossiers as they stand, in the order of their ids", response_model=Page)
    async def dossiers(asked: Reader, agency: Agency = None, state: State = None) -> Response:
        return await listed(asked, "dossiers", agency, state)

    @router.get("/v1/dossiers/{id:path}", summary="A dossier: due dates, verdicts, history", response_model=Told)
    async def dossier(asked: Reader, id: str) -> Response:
        return await one(asked, "dossiers", id)

    @router.get("/v1/systems", summary="Systems as they stand, in the order of their ids", response_model=Page)
    async def systems(asked: OfAll, state: State = None) -> Response:
        return await listed(asked, "systems", None, state)

    @router.get("/v1/systems/{id:path}", summary="A system: outages, checks over time, pings", response_model=Told)
    async def system(asked: OfAll, id: str, since: Since = None) -> Response:
        today = civil_day(clock())
        begin = since or today - timedelta(DAYS)
        return await one(asked, "systems", id, min(max(begin, FIRST), today))

    return router


def _text(given: str) -> str:
    """PostgreSQL takes no NUL, and no id holds one."""
    return given.replace("\0", "")
