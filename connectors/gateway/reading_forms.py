"""`GET /v1/forms/dossiers` and `/v1/brief`: the form people sign and the daily brief, for other programs."""

from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from connectors.gateway.caching import UNCHANGED, tagged
from connectors.gateway.keys import READ, Keys, recognised, require, require_agency
from connectors.gateway.reading_kpis import Answers, needed, told, understood
from streams.periods import period

_PERIOD = "2026-10, 2026-Q3, 2026-H1, 2026-9M, 2026, or 2026-10-01..2026-10-31"


def forms(keys: Keys, answers: Answers | None) -> APIRouter:
    """The routes, for keys that may read; what `nhip report --json` and `nhip brief --json` print."""

    async def reader(request: Request) -> None:
        key = await recognised(request.headers, keys)
        require(key, READ)
        require_agency(key, None, "forms and briefs are of all of them")

    router = APIRouter(tags=["forms"], dependencies=[Depends(reader)], responses=UNCHANGED)

    @router.get(
        "/v1/forms/dossiers",
        summary="Per agency and field: what came in and what became of it",
        response_model=dict[str, Any],
    )
    async def dossiers(
        request: Request,
        text: Annotated[str, Query(alias="period", max_length=32, description=_PERIOD)],
        reporting: Annotated[bool, Query(description="the administration's period, from the 15th to the 14th")] = False,
    ) -> Response:
        asked = understood(lambda: period(text, reporting=reporting))
        return tagged(request, await told(lambda: needed(answers).form(asked)))

    @router.get("/v1/brief", summary="A day beside the same day a week before", response_model=dict[str, Any])
    async def brief(request: Request, day: Annotated[date, Query(description="that has begun")]) -> Response:
        now = datetime.now(UTC)
        return tagged(request, await told(lambda: needed(answers).brief(day, now)))

    return router
