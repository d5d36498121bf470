"""`/ping/{key}/{system}[/start|/fail|/{exit code}]`, the way Healthchecks takes pings (healthchecks.io/docs/http_api).

A line at the end of a cron job is all it needs: `curl -fsS -m 10 --retry 5 …/ping/KEY/SYSTEM/$?`. Answers are its words
too, in plain text, since its clients read nothing else.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from connectors.gateway.admission import Admission
from connectors.gateway.answers import Reader
from connectors.gateway.body import ClientGone, check_declared, read
from connectors.gateway.desk import Desk
from connectors.gateway.keys import Keys
from connectors.gateway.kinds import language_of
from connectors.gateway.options import Limits
from connectors.gateway.problems import Problem, RequestRefused
from streams.contracts import HEALTH

LOG_BYTES = 10_000
"""How much of a body is kept; the header Ping-Body-Limit says so, and good clients send the end of a long log."""

_EXIT_CODE = re.compile(r"0*\d{1,3}")


@dataclass(frozen=True, slots=True)
class Ping:
    """The endpoint, as an ASGI application."""

    keys: Keys
    limits: Limits
    admission: Admission
    desk: Desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        reader = Reader(language_of(request.headers.get("accept-language", "")), uuid4().urn)
        with self.desk.metrics.call():
            try:
                problem = await self._taken(request, receive, reader)
            except RequestRefused as refused:
                problem = refused.problem
                self.desk.note([problem], reader)
            except ClientGone:
                return
        await _answer(problem)(scope, receive, send)

    async def _taken(self, request: Request, receive: Receive, reader: Reader) -> Problem | None:
        """Publish one ping: None, or why not. Raises RequestRefused."""
        key = await self.keys.find(request.path_params["key"])
        if key is None or not key.may_publish(HEALTH):
            raise _refused("not_found", "not found")  # as there, an unknown key is an unknown address
        check_declared(request.headers, self.limits.event_bytes)
        with self.admission.enter(key.name) as call:
            body = await read(receive, self.limits.event_bytes, self.limits.body_seconds, call.hold)
            call.spend(1)
            event = self._event(request, _excerpt(request.headers, body), key.name)
            (verdict,) = await self.desk.take([event], key, request.headers)
        self.desk.note([verdict], reader)
        return verdict if isinstance(verdict, Problem) else None

    def _event(self, request: Request, log: str | None, key: str) -> dict[str, Any]:
        data = _result(request.path_params.get("result")) | {"log": log} | _query(request.query_params)
        return {
            "specversion": "1.0",
            "id": str(uuid4()),
            "source": f"ping/{key}",
            "type": "vn.nhip.health.ping",
            "subject": request.path_params["system"],
            "time": self.desk.clock().isoformat(),
            "data": {name: value for name, value in data.items() if value is not None},
        }


def routes(ping: Ping) -> list[Route]:
    methods = ["GET", "POST"]  # and HEAD, which Starlette adds
    return [
        Route("/ping/{key}/{system}", ping, methods=methods, include_in_schema=False),
        Route("/ping/{key}/{system}/{result}", ping, methods=methods, include_in_schema=False),
    ]


def _result(word: str | None) -> dict[str, Any]:
    """What the last part of the path says: none of it is success, an exit code is a failure unless it is 0."""
    match word:
        case None:
            return {"status": "ok"}
        case "start" | "fail":
            return {"status": word}
        case _ if _EXIT_CODE.fullmatch(word) and int(word) <= 255:
            return {"status": "fail" if int(word) else "ok", "code": int(word)}
        case _:
            raise _refused("invalid_data", "invalid url format")


def _query(parameters: Mapping[str, str]) -> dict[str, str]:
    """`rid`, the run that a start and an end share, and `check`, one of the system's checks."""
    found = {}
    if (run := parameters.get("rid")) is not None:
        found["run_id"] = _uuid(run)
    if (check := parameters.get("check")) is not None:
        found["check_id"] = check
    return found


def _uuid(text: str) -> str:
    try:
        parsed = str(UUID(text))
    except ValueError:
        parsed = ""
    if parsed != text.lower():  # the canonical form alone, as there
        raise _refused("invalid_data", "invalid uuid format")
    return parsed


def _excerpt(headers: Headers, body: bytes) -> str | None:
    """The beginning of the body as text that can be stored; a compressed one is nothing to read."""
    if headers.get("content-encoding", "identity") != "identity":
        raise _refused("unsupported_media_type", "send the log without Content-Encoding")
    return body[:LOG_BYTES].decode("utf-8", "ignore").replace("\0", "") or None


def _refused(reason: str, detail: str) -> RequestRefused:
    return RequestRefused(Problem(reason, detail))


def _answer(problem: Problem | None) -> Response:
    limit = {"ping-body-limit": str(LOG_BYTES)}
    if problem is None:
        return PlainTextResponse("OK", headers=limit)
    status = HTTPStatus.BAD_REQUEST if problem.status == HTTPStatus.UNPROCESSABLE_ENTITY else problem.status
    return PlainTextResponse(problem.detail, status, {**limit, **problem.headers})
