"""The shift log: notes, and hand-overs that who goes writes and who comes confirms."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dashboards.wallboard.people.doors import Doors
from dashboards.wallboard.people.pages import go, page
from dashboards.wallboard.people.visit import Visit, form, text
from streams.errors import WrongUse
from streams.people.actor import Role
from streams.people.directive import NotNow
from streams.people.shift import LONGEST, Note

ENTRIES, HANDOVERS, ALERTS = 100, 10, 100
"""How many are shown."""


def shift(doors: Doors) -> list[BaseRoute]:
    """The routes: the log, and what is written into it."""
    office = doors.office

    async def log(_: Request, visit: Visit) -> Response:
        return await _log(visit, None)

    async def _log(visit: Visit, fault: str | None) -> Response:
        values = {
            "entries": await office.shift.entries(ENTRIES),
            "handovers": await office.shift.handovers(HANDOVERS),
            "alerts": await office.alerts.open_alerts(ALERTS),
            "fault": fault,
        }
        return page("shift", visit, office, 422 if fault else 200, **values)

    async def write(request: Request, visit: Visit) -> Response:
        fields = await form(request, visit)
        said = text(fields, "text", LONGEST + 1)
        try:
            match text(fields, "what"):
                case "note":
                    subjects = tuple(text(fields, "subjects").split())
                    await office.shift.add(Note(said, tuple(fields.get("alert", [])), subjects), visit.actor)
                case "handover":
                    await office.shift.hand_over(said, visit.actor)
                case "confirm":
                    await office.shift.confirm(_number(text(fields, "number")), visit.actor)
                case _:
                    raise HTTPException(400, "what is one of note, handover, confirm")
        except (NotNow, WrongUse) as error:
            return await _log(visit, "not_now" if isinstance(error, NotNow) else "wrong_note")
        return go("/office/shift", visit, office)

    return [
        Route("/office/shift", doors.behind(Role.VIEWER, log), methods=["GET"]),
        Route("/office/shift", doors.behind(Role.OPERATOR, write), methods=["POST"]),
    ]


def _number(given: str) -> int:
    if not given.isascii() or not given.isdigit() or len(given) > 18:
        raise HTTPException(400, "number: a hand-over's")
    return int(given)
