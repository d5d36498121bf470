"""Directives: from a list of what is overdue to an agency, and followed until they are closed (DOMAIN §6)."""

from datetime import UTC, datetime, timedelta
from typing import cast, get_args

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dashboards.wallboard.people.doors import Doors
from dashboards.wallboard.people.pages import go, page
from dashboards.wallboard.people.visit import Visit, form, text
from streams.contracts.types import PROVINCE_TIME
from streams.errors import WrongUse
from streams.people.actor import Role
from streams.people.directive import MOST_SUBJECTS, Directive, Draft, Kind, NotNow, State, Step, steps

OPEN = [state for state in State if state is not State.CLOSED]
SHOWN = 100
"""Subjects that a new directive offers, the longest overdue first."""


def directives(doors: Doors) -> list[BaseRoute]:
    """The routes: the list, a new one, one with its steps."""
    office = doors.office

    async def listed(request: Request, visit: Visit) -> Response:
        states = None if "all" in request.query_params else OPEN
        found = await office.directives.listed(states)
        late = await office.directives.late()
        return page("directives", visit, office, directives=found, late=late, now=datetime.now(UTC))

    async def new(request: Request, visit: Visit) -> Response:
        kind, agency = _kind(request.query_params.get("kind", "")), request.query_params.get("agency", "")
        return await _new(visit, kind, agency, None)

    async def _new(visit: Visit, kind: Kind, agency: str, fault: str | None) -> Response:
        subjects = await office.directives.late_subjects(kind, agency, SHOWN)
        due = f"{(datetime.now(PROVINCE_TIME) + timedelta(days=1)).replace(hour=17, minute=0):%Y-%m-%dT%H:%M}"
        values = {"kind": kind, "agency": agency, "subjects": subjects, "due": due, "fault": fault}
        return page("directive_new", visit, office, 422 if fault else 200, **values)

    async def send(request: Request, visit: Visit) -> Response:
        fields = await form(request, visit)
        kind, agency = _kind(text(fields, "kind")), text(fields, "agency", 128)
        subjects = tuple(fields.get("subject", [])[:MOST_SUBJECTS])
        try:
            draft = Draft(agency, kind, text(fields, "text"), _moment(text(fields, "due")), subjects)
            sent = await office.directives.send(draft, visit.actor)
        except (WrongUse, ValueError):
            return await _new(visit, kind, agency, "wrong_directive")
        return go(f"/office/directives/{sent.number}", visit, office)

    async def one(request: Request, visit: Visit) -> Response:
        return _one(visit, await _found(request), None)

    def _one(visit: Visit, found: Directive, fault: str | None) -> Response:
        values = {"directive": found, "steps": steps(found), "now": datetime.now(UTC), "fault": fault}
        return page("directive", visit, office, 409 if fault else 200, **values)

    async def _found(request: Request) -> Directive:
        found = await office.directives.find(request.path_params["number"])
        if found is None:
            raise HTTPException(404, "there is no such directive")
        return found

    async def move(request: Request, visit: Visit) -> Response:
        fields = await form(request, visit)
        number, step = request.path_params["number"], text(fields, "step")
        if step not in list(Step):
            raise HTTPException(400, f"step is one of {', '.join(Step)}")
        try:
            moved = await office.directives.move(number, Step(step), visit.actor, text(fields, "note") or None)
        except (NotNow, WrongUse) as error:
            return _one(visit, await _found(request), "gone_on" if isinstance(error, NotNow) else "needs_note")
        if moved is None:
            raise HTTPException(404, "there is no such directive")
        return go(f"/office/directives/{number}", visit, office)

    return [
        Route("/office/directives", doors.behind(Role.VIEWER, listed), methods=["GET"]),
        Route("/office/directives/new", doors.behind(Role.OPERATOR, new), methods=["GET"]),
        Route("/office/directives/new", doors.behind(Role.OPERATOR, send), methods=["POST"]),
        Route("/office/directives/{number:int}", doors.behind(Role.VIEWER, one), methods=["GET"]),
        Route("/office/directives/{number:int}", doors.behind(Role.OPERATOR, move), methods=["POST"]),
    ]


def _kind(given: str) -> Kind:
    if given not in get_args(Kind):
        raise HTTPException(400, f"kind is one of {', '.join(get_args(Kind))}")
    return cast(Kind, given)


def _moment(given: str) -> datetime:
    """As a browser's datetime-local sends it: the province's clock. Raises ValueError."""
    return datetime.fromisoformat(given).replace(tzinfo=PROVINCE_TIME)
