"""`POST /v1/events`: who, how, how much; then read, judge, publish, answer."""

import logging
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from connectors.gateway.admission import Admission
from connectors.gateway.answers import Reader, Verdict, answer, problem_response, reasons
from connectors.gateway.body import ClientGone, check_declared, read
from connectors.gateway.documents import Document
from connectors.gateway.intake import Accepted, Intake
from connectors.gateway.keys import PUBLISH, KeyInfo, Keys
from connectors.gateway.kinds import language_of
from connectors.gateway.metrics import Metrics
from connectors.gateway.modes import Mode, documents_of, mode_of
from connectors.gateway.options import Limits
from connectors.gateway.problems import Problem, RequestRefused, forbidden, too_large, try_later, unauthenticated
from connectors.gateway.publisher import Outcome, Publisher, Record
from connectors.kafka.errors import MessageRejected

log = logging.getLogger(__name__)

_STRUCTURED = ("content-type", b"application/cloudevents+json; charset=UTF-8")  # CloudEvents Kafka binding §3.3.1
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")  # W3C Trace Context §3.2.2


@dataclass(frozen=True, slots=True)
class Events:
    """The endpoint, as an ASGI application: no framework between the bytes and the checks."""

    keys: Keys
    limits: Limits
    admission: Admission
    intake: Intake
    publisher: Publisher
    metrics: Metrics
    topic_prefix: str
    clock: Callable[[], datetime]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        reader = Reader(language_of(headers.get("accept-language", "")), uuid4().urn)
        with self.metrics.call():
            try:
                response = await self._answer(headers, receive, reader)
            except RequestRefused as refused:
                self._note([refused.problem], reader)
                response = problem_response(refused.problem, reader)
            except ClientGone:
                return
        await response(scope, receive, send)

    async def _answer(self, headers: Headers, receive: Receive, reader: Reader) -> Response:
        key = self._authorised(headers)
        mode = mode_of(headers)
        limit = self.limits.batch_bytes if mode is Mode.BATCH else self.limits.event_bytes
        check_declared(headers, limit)
        with self.admission.enter(key.name) as call:
            body = await read(receive, limit, self.limits.body_seconds, call.hold)
            documents = self._counted(documents_of(mode, headers, body))
            call.spend(len(documents))
            verdicts = await self._published(self._judged(documents), headers)
        self._note(verdicts, reader)
        return answer(mode, documents, verdicts, reader)

    def _authorised(self, headers: Headers) -> KeyInfo:
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise unauthenticated("no header Authorization: Bearer")
        key = self.keys.find(token.strip())
        if key is None:
            raise unauthenticated("the key is not one of this gateway's", ', error="invalid_token"')
        if PUBLISH not in key.scopes:
            raise forbidden(PUBLISH)
        return key

    def _counted(self, documents: list[Document]) -> list[Document]:
        if len(documents) > self.limits.batch_events:
            raise too_large(f"a batch has at most {self.limits.batch_events} events, this one {len(documents)}")
        return documents

    def _judged(self, documents: Sequence[Document]) -> list[Verdict]:
        now = self.clock()
        return [self.intake.judge(document, now) for document in documents]

    async def _published(self, verdicts: list[Verdict], headers: Headers) -> list[Verdict]:
        """Each verdict after Kafka has spoken; what was refused before stays as it is."""
        carried = _carried(headers)
        records = [self._record(verdict, carried) for verdict in verdicts if isinstance(verdict, Accepted)]
        outcomes = await self.publisher.publish(records) if records else []
        for failure in {str(outcome) for outcome in outcomes if outcome is not None}:
            log.warning("not acknowledged: %s", failure)
        spoken = iter(outcomes)
        return [_after(verdict, next(spoken)) if isinstance(verdict, Accepted) else verdict for verdict in verdicts]

    def _record(self, accepted: Accepted, carried: Sequence[tuple[str, bytes]]) -> Record:
        return Record(
            self.topic_prefix + accepted.stream.topic, accepted.event.subject.encode(), accepted.value, carried
        )

    def _note(self, verdicts: Sequence[Verdict], reader: Reader) -> None:
        refused, unknown = reasons(verdicts), Counter[str]()
        accepted = [verdict for verdict in verdicts if isinstance(verdict, Accepted)]
        for one in accepted:
            unknown[one.stream.name] += one.event.data.unknown_fields
        self.metrics.count(Counter(one.stream.name for one in accepted), refused, unknown)
        if refused:
            log.info("refused", extra={"instance": reader.instance, "reasons": dict(refused)})


def _carried(headers: Headers) -> list[tuple[str, bytes]]:
    traceparent = headers.get("traceparent", "")
    if not _TRACEPARENT.fullmatch(traceparent):
        return [_STRUCTURED]
    return [_STRUCTURED, ("traceparent", traceparent.encode())]


def _after(accepted: Accepted, outcome: Outcome) -> Verdict:
    match outcome:
        case None:
            return accepted
        case MessageRejected():
            return Problem("refused_by_kafka", "Kafka will never take this event as it is", "$")
        case _:
            return try_later("kafka_unavailable", "Kafka has not acknowledged this event; it may have been kept or not")
