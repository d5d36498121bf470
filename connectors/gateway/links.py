"""`/act/{token}`: one-time links of messages.

Following one shows what it would do; only the button on that page does it, since scanners of mail and previews of chats
follow links too.
"""

from collections.abc import Callable
from importlib import resources
from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment

from connectors.gateway.alerts import Board
from connectors.gateway.kinds import Language, language_of
from connectors.timescale.alerts import Alert
from connectors.timescale.gate import Followed
from streams.agents import Transient
from streams.alerts.links import ExpiredLink, ForgedLink, Grant, digest, granted
from streams.days import clock, microseconds

_ENVIRONMENT = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
}

State = Literal["ask", "expired", "forged", "later"] | Followed
_STATUS: dict[State, int] = {
    "ask": 200, "done": 200, "used": 410, "over": 409, "expired": 410, "forged": 404, "later": 503,
}  # fmt: skip


def links(secret: bytes | None, board: Board | None, now: Callable[[], float]) -> APIRouter:
    """No `secret`, no links: each is answered as if it were forged."""
    router = APIRouter(include_in_schema=False)

    async def answered(request: Request, token: str, act: bool) -> HTMLResponse:
        language = language_of(request.headers.get("accept-language", "vi"))
        try:
            if secret is None or board is None:
                raise ForgedLink
            grant = granted(token, secret, now())
            state: State = await board.follow(digest(token), grant) if act else "ask"
            return _page(state, language, grant, await board.alert(grant.alert))
        except ForgedLink:
            return _page("forged", language)
        except ExpiredLink:
            return _page("expired", language)
        except Transient:
            return _page("later", language)

    @router.get("/act/{token}")
    async def ask(request: Request, token: str) -> HTMLResponse:
        return await answered(request, token, act=False)

    @router.post("/act/{token}")
    async def act(request: Request, token: str) -> HTMLResponse:
        return await answered(request, token, act=True)

    return router


def _page(state: State, language: Language, grant: Grant | None = None, alert: Alert | None = None) -> HTMLResponse:
    if state == "ask" and not _is_open(grant, alert):
        state = "over"
    template = (resources.files("connectors.gateway") / "links.html.j2").read_text(encoding="utf-8")
    html = _ENVIRONMENT.from_string(template).render(
        state=state,
        language=language,
        grant=grant,
        alert=alert,
        since=clock(microseconds(alert.since)) if alert else "",
    )
    headers = _HEADERS | ({"retry-after": "5"} if state == "later" else {})
    return HTMLResponse(html, _STATUS[state], headers)


def _is_open(grant: Grant | None, alert: Alert | None) -> bool:
    return bool(grant and alert and alert.episode == grant.episode and alert.state != "resolved")
