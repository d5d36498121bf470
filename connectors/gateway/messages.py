"""Doors for what other systems send in words of their own: each record of a message becomes events, or says why not."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, NamedTuple

import orjson
from starlette.datastructures import Headers, QueryParams
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from connectors.gateway.admission import Admission
from connectors.gateway.answers import Reader, Verdict, overall, retry_after
from connectors.gateway.body import check_declared, read
from connectors.gateway.desk import Desk
from connectors.gateway.documents import Broken, decode
from connectors.gateway.door import Head, serve
from connectors.gateway.intake import Accepted
from connectors.gateway.keys import KeyInfo, Keys, recognised
from connectors.gateway.modes import unsupported
from connectors.gateway.options import Limits
from connectors.gateway.problems import Problem, RequestRefused, forbidden, too_large
from streams.contracts import Stream


class Told(NamedTuple):
    """One record: what the sender calls it, the events it stands for (none: nothing new), or why it is refused."""

    name: str | None
    events: Sequence[dict[str, Any]] = ()
    problem: Problem | None = None


class Asked(NamedTuple):
    """A message: its JSON, the parameters of the address, and whose key it came with."""

    document: Any
    parameters: QueryParams
    key: KeyInfo


Translate = Callable[[Asked], Awaitable[Sequence[Told]]]
"""A message's records in its order. Raises RequestRefused."""


@dataclass(frozen=True, slots=True)
class Messages:
    """The endpoint, as an ASGI application. `answered` adds what the senders of a kind want to read in the answer."""

    keys: Keys
    limits: Limits
    admission: Admission
    desk: Desk
    stream: Stream
    translate: Translate
    answered: Callable[[bool], dict[str, Any]]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await serve(self._answer, self.desk, scope, receive, send)

    async def _answer(self, head: Head) -> Response:
        headers, parameters, receive, reader = head
        key = await recognised(headers, self.keys)
        if not key.may_publish(self.stream):
            raise forbidden(f"publish:{self.stream.name}")
        _check_is_json(headers)
        check_declared(headers, self.limits.batch_bytes)
        with self.admission.enter(key.name) as call:
            body = await read(receive, self.limits.batch_bytes, self.limits.body_seconds, call.hold)
            told = self._counted(await self.translate(Asked(_decoded(body), parameters, key)))
            events = [event for one in told for event in one.events]
            call.spend(max(len(told), len(events)))
            verdicts = await self.desk.take(events, key, headers)
        ours = [one.problem for one in told if one.problem is not None]
        self.desk.note([*verdicts, *ours], reader)
        return self._response(told, verdicts, reader)

    def _counted(self, told: Sequence[Told]) -> Sequence[Told]:
        if len(told) > self.limits.batch_events:
            raise too_large(f"a message has at most {self.limits.batch_events} records, this one {len(told)}")
        return told

    def _response(self, told: Sequence[Told], verdicts: Sequence[Verdict], reader: Reader) -> Response:
        """Each record's own status in order, under the one that all share, or 207."""
        spoken = iter(verdicts)
        fates = [one.problem or _fault([next(spoken) for _ in one.events]) for one in told]
        records = [_entry(index, *pair, reader) for index, pair in enumerate(zip(told, fates, strict=True))]
        accepted = sum(isinstance(verdict, Accepted) for verdict in verdicts)
        document = self.answered(not any(fates)) | {"accepted": accepted, "records": records}
        headers = retry_after([fate for fate in fates if fate is not None])
        return Response(orjson.dumps(document), overall(fates), headers, "application/json")


def _fault(verdicts: Sequence[Verdict]) -> Problem | None:
    """Why a record is not wholly in: the first of its events that was refused."""
    return next((verdict for verdict in verdicts if isinstance(verdict, Problem)), None)


def _entry(index: int, one: Told, problem: Problem | None, reader: Reader) -> dict[str, Any]:
    entry: dict[str, Any] = {"index": index, "id": one.name, "events": len(one.events)}
    if problem is None:
        return entry | {"status": int(HTTPStatus.ACCEPTED)}
    document = problem.document(reader.language, f"{reader.instance}#{index}")
    return entry | {"status": problem.status, "problem": document}


def _check_is_json(headers: Headers) -> None:
    """Compressed bodies are refused, as everywhere: they are small until they are read."""
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding != "identity":
        raise unsupported(f"Content-Encoding {encoding[:40]!r}", {"accept-encoding": "identity"})
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in ("", "application/json"):
        raise unsupported(f"Content-Type {media_type[:80]!r}")


def _decoded(body: bytes) -> Any:
    document = decode(body)
    if isinstance(document, Broken):
        raise RequestRefused(Problem("not_json", f"not JSON: {document.fault}", "$"))
    return document
