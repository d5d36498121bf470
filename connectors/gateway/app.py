"""The gateway as one ASGI application, put together from its parts."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any
from uuid import uuid4

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi_offline import FastAPIOffline
from starlette.exceptions import HTTPException
from starlette.routing import Route

from connectors.gateway import alertmanager, ping
from connectors.gateway.admission import Admission
from connectors.gateway.alerts import Board, alerts
from connectors.gateway.answers import Reader, problem_response
from connectors.gateway.codes import codes
from connectors.gateway.desk import Desk
from connectors.gateway.directives import Directives
from connectors.gateway.directives import directives as of_directives
from connectors.gateway.events import Events
from connectors.gateway.intake import Intake
from connectors.gateway.keys import Keys
from connectors.gateway.kinds import language_of
from connectors.gateway.links import links
from connectors.gateway.messages import Messages
from connectors.gateway.metrics import Metrics
from connectors.gateway.openapi import openapi
from connectors.gateway.options import GatewayOptions
from connectors.gateway.ping import Ping
from connectors.gateway.probes import probes
from connectors.gateway.problems import Problem, RequestRefused
from connectors.gateway.publisher import Publisher
from connectors.gateway.readiness import Readiness
from connectors.gateway.reading_forms import forms
from connectors.gateway.reading_kpis import Answers, kpis
from connectors.gateway.reading_subjects import subjects
from connectors.gateway.shift import Shift
from connectors.gateway.shift import shift as of_shift
from connectors.gateway.traces import Register, traces
from connectors.onestop import exchange
from connectors.onestop.exchange import Exchange
from connectors.onestop.told import EMPTY, Archive
from connectors.open311.app import Open311
from connectors.open311.filing import Filing
from connectors.open311.office import CLOSED, Office
from connectors.open_data.app import open_data
from streams.contracts import DOSSIERS, HEALTH


def make_app(
    options: GatewayOptions,
    keys: Keys,
    publisher: Publisher,
    readiness: Readiness,
    *,
    register: Register | None = None,
    board: Board | None = None,
    directives: Directives | None = None,
    shift: Shift | None = None,
    office: Office = CLOSED,
    answers: Answers | None = None,
    archive: Archive = EMPTY,
    while_running: AbstractAsyncContextManager[Any] | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> FastAPI:
    """The application; `while_running` is entered before the first request and left after the last.

    Without a `register` nobody can ask what became of an event, without a `board` nobody sees alerts, without
    `directives` and a `shift` nobody works over HTTP, without an
    `office` Open311 has nothing to show, without `answers` there are no figures, and without an `archive` all that
    one-stop systems tell is new.
    """
    # Swagger UI comes from the package: a province's network need not reach a content delivery network.
    app = FastAPIOffline(
        title="Nhịp gateway",
        summary="The door for events",
        version="1",
        redoc_url=None,
        lifespan=_lifespan(while_running),
    )
    admission = Admission(options.limits, time.monotonic)
    metrics = Metrics(lambda: admission.bytes_in_flight)
    intake = Intake(options.pseudonym_key, options.limits.event_bytes)
    desk = Desk(intake, publisher, metrics, options.topic_prefix, clock)
    events = Events(keys, options.limits, admission, desk)
    app.router.routes.insert(0, Route("/v1/events", events, methods=["POST"], include_in_schema=False))
    app.router.routes.extend(ping.routes(Ping(keys, options.limits, admission, desk)))
    one_stop = Exchange(archive, options.pseudonym_key, clock)
    for address, stream, translate, answered in (
        ("/v1/alertmanager", HEALTH, alertmanager.translate, alertmanager.answered),
        ("/v1/one-stop", DOSSIERS, one_stop.translate, exchange.answered),
    ):
        door = Messages(keys, options.limits, admission, desk, stream, translate, answered)
        app.router.routes.append(Route(address, door, methods=["POST"], include_in_schema=False))
    filing = Filing(keys, options.limits, admission, desk, office)
    app.router.routes.extend(Open311(filing, office, options.jurisdiction).routes())
    app.include_router(traces(keys, register))
    app.include_router(alerts(keys, board, clock))
    app.include_router(links(options.link_key, board, lambda: clock().timestamp()))
    app.include_router(of_directives(keys, directives))
    app.include_router(of_shift(keys, shift))
    app.include_router(codes(keys, office, clock))
    app.include_router(kpis(keys, answers))
    app.include_router(forms(keys, answers))
    app.include_router(subjects(keys, answers, clock))
    app.include_router(open_data(answers, clock))
    app.include_router(probes(readiness, metrics.registry))
    app.add_exception_handler(RequestRefused, _refused)
    app.add_exception_handler(RequestValidationError, _wrong_parameter)
    app.add_exception_handler(HTTPException, _http_problem)
    app.add_exception_handler(Exception, _our_problem)
    app.openapi = cache(partial(openapi, app))  # type: ignore[method-assign]  # the way FastAPI documents
    return app


def _lifespan(
    while_running: AbstractAsyncContextManager[Any] | None,
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        if while_running is None:
            yield
            return
        async with while_running:
            yield

    return lifespan


def _http_problem(request: Request, error: Exception) -> Response:
    """What Starlette and FastAPI refuse by themselves: no such address, wrong method, a body that cannot be decoded."""
    assert isinstance(error, HTTPException)
    reason = {400: "not_json", 404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "internal")
    return _respond(request, Problem(reason, error.detail, headers=error.headers or {}))


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestRefused)
    return _respond(request, error.problem)


def _wrong_parameter(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return _respond(request, Problem("invalid_parameter", f"{where}: {first['msg']}", where))


def _our_problem(request: Request, _: Exception) -> Response:
    """The exception itself goes to the log, not to the client."""
    return _respond(request, Problem("internal", "the gateway met an error it did not expect"))


def _respond(request: Request, problem: Problem) -> Response:
    reader = Reader(language_of(request.headers.get("accept-language", "")), uuid4().urn)
    return problem_response(problem, reader)
