"""Every page of the office."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from dashboards.wallboard.people.alerts import alerts
from dashboards.wallboard.people.directives import directives
from dashboards.wallboard.people.doors import Doors
from dashboards.wallboard.people.office import Office
from dashboards.wallboard.people.pages import go
from dashboards.wallboard.people.shift import shift
from dashboards.wallboard.people.signing import signing
from dashboards.wallboard.people.visit import Visit
from streams.people.actor import Role
from streams.words import Language


def pages(office: Office, language: Language) -> list[BaseRoute]:
    """The routes; `language` is the first."""
    doors = Doors(office, language)

    async def first(_: Request, visit: Visit) -> Response:
        return go("/office/alerts", visit, office)

    front = Route("/office", doors.behind(Role.VIEWER, first), methods=["GET"])
    return [front, *signing(doors), *alerts(doors), *directives(doors), *shift(doors)]


def plain(_: Request, error: Exception) -> Response:
    """A refusal without a page."""
    assert isinstance(error, HTTPException)
    return PlainTextResponse(f"{error.detail}\n", error.status_code, {"cache-control": "no-store"})
