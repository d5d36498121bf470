"""What doors for publishers share: from the head of a request to its answer, whatever is wrong between the two."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple
from uuid import uuid4

from starlette.datastructures import Headers, QueryParams
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from connectors.gateway.answers import Reader, problem_response
from connectors.gateway.body import ClientGone
from connectors.gateway.desk import Desk
from connectors.gateway.kinds import language_of
from connectors.gateway.problems import RequestRefused


class Head(NamedTuple):
    """A request whose body has not been read yet, and how its caller is answered."""

    headers: Headers
    parameters: QueryParams
    receive: Receive
    reader: Reader


async def serve(
    answer: Callable[[Head], Awaitable[Response]], desk: Desk, scope: Scope, receive: Receive, send: Send
) -> None:
    """Count the call and answer it. RequestRefused becomes a problem document; who has gone is not answered."""
    headers = Headers(scope=scope)
    reader = Reader(language_of(headers.get("accept-language", "")), uuid4().urn)
    with desk.metrics.call():
        try:
            response = await answer(Head(headers, QueryParams(scope["query_string"]), receive, reader))
        except RequestRefused as refused:
            desk.note([refused.problem], reader)
            response = problem_response(refused.problem, reader)
        except ClientGone:
            return
    await response(scope, receive, send)
