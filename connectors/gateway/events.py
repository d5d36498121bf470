"""`POST /v1/events`: who, how, how much; then read, judge, publish, answer."""

from dataclasses import dataclass

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from connectors.gateway.admission import Admission
from connectors.gateway.answers import answer
from connectors.gateway.body import check_declared, read
from connectors.gateway.desk import Desk
from connectors.gateway.documents import Document
from connectors.gateway.door import Head, serve
from connectors.gateway.keys import PUBLISH, Keys, recognised, require
from connectors.gateway.modes import Mode, documents_of, mode_of
from connectors.gateway.options import Limits
from connectors.gateway.problems import too_large


@dataclass(frozen=True, slots=True)
class Events:
    """The endpoint, as an ASGI application: no framework between the bytes and the checks."""

    keys: Keys
    limits: Limits
    admission: Admission
    desk: Desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await serve(self._answer, self.desk, scope, receive, send)

    async def _answer(self, head: Head) -> Response:
        headers, parameters, receive, reader = head
        key = await recognised(headers, self.keys)
        require(key, PUBLISH)
        mode = mode_of(headers)
        limit = self.limits.batch_bytes if mode is Mode.BATCH else self.limits.event_bytes
        check_declared(headers, limit)
        with self.admission.enter(key.name) as call:
            body = await read(receive, limit, self.limits.body_seconds, call.hold)
            documents = self._counted(documents_of(mode, headers, body))
            call.spend(len(documents))
            if parameters.get("dry_run", "false").lower() not in ("false", "0"):
                return answer(mode, documents, self.desk.judge(documents, key), reader, "dry_run")
            verdicts = await self.desk.take(documents, key, headers)
        self.desk.note(verdicts, reader)
        return answer(mode, documents, verdicts, reader, "sandbox" if key.sandbox else None)

    def _counted(self, documents: list[Document]) -> list[Document]:
        if len(documents) > self.limits.batch_events:
            raise too_large(f"a batch has at most {self.limits.batch_events} events, this one {len(documents)}")
        return documents
