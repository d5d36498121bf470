"""Boards that are for people who are signed in."""

import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboards.wallboard.people.office import Office
from dashboards.wallboard.people.visit import cookie
from streams.agents import Transient

ASK_AGAIN_SECONDS = 5.0
"""How long a feed that is open goes on after its viewer's session is over, and an interval of the feed more."""

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


async def while_signed_in(
    messages: AsyncGenerator[bytes, None], request: Request, office: Office
) -> AsyncIterator[bytes]:
    """A feed's messages until the session is over that opened it: they outlive the request that was let in.

    Watching is use of a session. While the database is away nobody can tell, and the feed says that it is.
    """
    token, asked = request.cookies.get(cookie(office), ""), time.monotonic()
    async with aclosing(messages):
        async for message in messages:
            yield message
            if time.monotonic() - asked >= ASK_AGAIN_SECONDS:
                asked = time.monotonic()
                if await _is_over(token, office):
                    return


async def _is_over(token: str, office: Office) -> bool:
    try:
        return await office.people.signed_in(token) is None
    except Transient:
        return False
