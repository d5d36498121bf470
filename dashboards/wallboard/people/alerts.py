"""Hands on alerts: acknowledge, silence, resolve, comment (issue 6.5)."""

from datetime import UTC, datetime, timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dashboards.wallboard.people.doors import Doors
from dashboards.wallboard.people.pages import go, page
from dashboards.wallboard.people.visit import Visit, form, text
from streams.people.actor import Role

MOST = 200
ACTIONS = ("ack", "silence", "resolve", "comment")
SILENCES = (30, 60, 240, 720, 1440)
"""Minutes that are offered."""


def alerts(doors: Doors) -> list[BaseRoute]:
    """The routes: the list, one alert with its history, and what is done to it."""
    office = doors.office

    async def listed(_: Request, visit: Visit) -> Response:
        return page("alerts", visit, office, alerts=await office.alerts.open_alerts(MOST))

    async def one(request: Request, visit: Visit) -> Response:
        return await _one(request.path_params["id"], visit)

    async def _one(id: str, visit: Visit, fault: str | None = None) -> Response:
        found = await office.alerts.alert(id)
        if found is None:
            raise HTTPException(404, "there is no such alert")
        alert, steps = found
        status = 409 if fault else 200
        return page("alert", visit, office, status, alert=alert, steps=steps, silences=SILENCES, fault=fault)

    async def act(request: Request, visit: Visit) -> Response:
        fields = await form(request, visit)
        id, action, note = request.path_params["id"], text(fields, "action"), text(fields, "note") or None
        if action not in ACTIONS:
            raise HTTPException(400, f"action is one of {', '.join(ACTIONS)}")
        if action == "comment" and note is None:
            return await _one(id, visit, "no_words")
        if not await office.alerts.act(id, action, visit.actor, note, _until(fields) if action == "silence" else None):
            return await _one(id, visit, "not_open")
        return go(f"/office/alerts/{id}", visit, office)

    return [
        Route("/office/alerts", doors.behind(Role.VIEWER, listed), methods=["GET"]),
        Route("/office/alerts/{id}", doors.behind(Role.VIEWER, one), methods=["GET"]),
        Route("/office/alerts/{id}", doors.behind(Role.OPERATOR, act), methods=["POST"]),
    ]


def _until(fields: dict[str, list[str]]) -> datetime:
    minutes = text(fields, "minutes")
    if minutes not in {str(offered) for offered in SILENCES}:
        raise HTTPException(400, f"minutes is one of {SILENCES}")
    return datetime.now(UTC) + timedelta(minutes=int(minutes))
