"""Signing in and out, and the audit that admins read."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from dashboards.wallboard.people.doors import Doors
from dashboards.wallboard.people.pages import go, page
from dashboards.wallboard.people.visit import Visit, form, local, text
from streams.people.actor import Identity, Role
from streams.people.throttle import SECONDS, TooManyTries

AUDIT_ROWS = 200


def signing(doors: Doors) -> list[BaseRoute]:
    """The routes."""
    office = doors.office

    async def ask(request: Request, visit: Visit) -> Response:
        return page("sign_in", visit, office, next=local(request.query_params.get("next", "/office")), fault=None)

    async def sign_in(request: Request, visit: Visit) -> Response:
        fields = await form(request, visit)
        where, name = local(text(fields, "next")), text(fields, "name", 128)
        try:
            token = await office.people.sign_in(name, fields.get("password", [""])[0], visit.address)
        except TooManyTries:
            refused = page("sign_in", visit, office, 429, next=where, fault="too_many")
            refused.headers["retry-after"] = str(SECONDS)
            return refused
        if token is None:
            return page("sign_in", visit, office, 401, next=where, fault="wrong")
        return go(where, replace(visit, token=token), office)

    async def sign_out(request: Request, visit: Visit) -> Response:
        await form(request, visit)
        await office.people.sign_out(visit.token, visit.address)
        return go("/sign-in", replace(visit, token=""), office)

    async def audit(_: Request, visit: Visit) -> Response:
        return page("audit", visit, office, entries=await office.audit.newest(AUDIT_ROWS))

    async def welcome(request: Request, identity: Identity | None) -> Response:
        async def answer(_: Request, visit: Visit) -> Response:
            token = await office.people.welcome(identity, visit.address) if identity else None
            if token is None:
                fault = "no_role" if identity else "provider"
                return page("sign_in", visit, office, 403, next="/office", fault=fault)
            return go("/office", replace(visit, token=token), office)

        return await doors.open(answer)(request)

    routes: list[BaseRoute] = [
        Route("/sign-in", doors.open(ask), methods=["GET"]),
        Route("/sign-in", doors.open(sign_in), methods=["POST"]),
        Route("/sign-out", doors.open(sign_out), methods=["POST"]),
        Route("/office/audit", doors.behind(Role.ADMIN, audit), methods=["GET"]),
    ]
    if office.provider is not None:
        routes.append(Mount("/sign-in/provider", office.provider.application(welcome)))
    return routes
