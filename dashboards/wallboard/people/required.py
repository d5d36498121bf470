"""Boards that are for people who are signed in."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboards.wallboard.people.office import Office
from dashboards.wallboard.people.visit import cookie
from streams.agents import Transient

_OPEN = ("/sign-in", "/static/", "/healthz", "/readyz", "/metrics")


class SignInRequired:
    """Plain ASGI, so that feeds are not held back: who is nobody is led to the sign-in, or refused."""

    def __init__(self, app: ASGIApp, office: Office) -> None:
        self._app, self._office = app, office

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(_OPEN):
            await self._app(scope, receive, send)
            return
        refusal = await self._refusal(Request(scope))
        await (refusal or self._app)(scope, receive, send)

    async def _refusal(self, request: Request) -> Response | None:
        token = request.cookies.get(cookie(self._office), "")
        try:
            if token and await self._office.people.signed_in(token):
                return None
        except Transient:
            return PlainTextResponse("the database does not answer\n", 503, {"retry-after": "5"})
        if "text/html" in request.headers.get("accept", ""):
            return RedirectResponse(f"/sign-in?next={request.url.path}", 303)
        return PlainTextResponse("sign in first\n", 401)
