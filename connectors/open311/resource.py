"""One address of GeoReport v2: it chooses the method, and answers every refusal in the shape of the specification."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from connectors.gateway.body import ClientGone
from connectors.gateway.metrics import Metrics
from connectors.gateway.problems import Problem, RequestRefused
from connectors.open311.errors import Refused
from connectors.open311.formats import FORMATS, Answer, refusal, response
from streams.agents import Transient

Handler = Callable[[Request], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Resource:
    """`handlers` by method; HEAD is a GET whose body nobody sends."""

    metrics: Metrics
    handlers: Mapping[str, Handler]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = Request(scope, receive)
        headers: Mapping[str, str] = {}
        with self.metrics.call():
            try:
                answer = await self._answer(asked)
            except Refused as refused:
                answer, headers = refusal(refused.status, refused.description), refused.headers
            except RequestRefused as refused:
                answer, headers = _of_problem(refused.problem), refused.problem.headers
            except Transient:
                answer, headers = refusal(503, "the database does not answer; try again later"), {"retry-after": "5"}
            except ClientGone:
                return
        await response(answer, asked.path_params["format"], headers)(scope, receive, send)

    async def _answer(self, asked: Request) -> Answer:
        if asked.path_params["format"] not in FORMATS:
            raise Refused(404, f"formats are {' and '.join(FORMATS)}")
        handler = self.handlers.get("GET" if asked.method == "HEAD" else asked.method)
        if handler is None:
            raise Refused(405, f"{asked.method} is not for this resource", {"allow": ", ".join(self.handlers)})
        return await handler(asked)


def _of_problem(problem: Problem) -> Answer:
    """What is wrong with a field is 400 here, whatever it is elsewhere."""
    status = HTTPStatus.BAD_REQUEST if problem.status == HTTPStatus.UNPROCESSABLE_ENTITY else problem.status
    return refusal(int(status), problem.detail)
