"""What every door does with events: judge them, write to Kafka what may be written, count."""

import logging
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.datastructures import Headers

from connectors.gateway.answers import Reader, Verdict, reasons
from connectors.gateway.documents import Document
from connectors.gateway.intake import Accepted, Intake
from connectors.gateway.keys import KeyInfo
from connectors.gateway.metrics import Metrics
from connectors.gateway.problems import Problem, try_later
from connectors.gateway.publisher import Publisher
from connectors.kafka.errors import MessageRejected
from connectors.kafka.producer import Outcome, Record

log = logging.getLogger(__name__)

_STRUCTURED = ("content-type", b"application/cloudevents+json; charset=UTF-8")  # CloudEvents Kafka binding §3.3.1
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")  # W3C Trace Context §3.2.2


@dataclass(frozen=True, slots=True)
class Desk:
    """`clock` gives the time against which horizons are judged, before Kafka gives its own."""

    intake: Intake
    publisher: Publisher
    metrics: Metrics
    topic_prefix: str
    clock: Callable[[], datetime]

    async def take(self, documents: Sequence[Document], key: KeyInfo, headers: Headers) -> list[Verdict]:
        """One verdict for each event; Accepted once every replica in sync has it, or nothing is to be written."""
        verdicts = self.judge(documents, key)
        return verdicts if key.sandbox else await self._published(verdicts, headers)

    def judge(self, documents: Sequence[Document], key: KeyInfo) -> list[Verdict]:
        """Everything that can be said of events without writing them."""
        now = self.clock()
        return [_permitted(self.intake.judge(document, now), key) for document in documents]

    def note(self, verdicts: Sequence[Verdict], reader: Reader) -> None:
        """Count what a call brought, and log why something was refused."""
        refused, unknown = reasons(verdicts), Counter[str]()
        accepted = [verdict for verdict in verdicts if isinstance(verdict, Accepted)]
        for one in accepted:
            unknown[one.stream.name] += one.event.data.unknown_fields
        self.metrics.count(Counter(one.stream.name for one in accepted), refused, unknown)
        if refused:
            log.info("refused", extra={"instance": reader.instance, "reasons": dict(refused)})

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


def _permitted(verdict: Verdict, key: KeyInfo) -> Verdict:
    if isinstance(verdict, Problem):
        return verdict
    if not key.may_publish(verdict.stream):
        return Problem("forbidden", f"this needs the scope 'publish:{verdict.stream.name}'", "$.type")
    if key.agencies is not None and getattr(verdict.event.data, "agency", None) not in key.agencies:
        return Problem("forbidden", "the key is limited to agencies, and data.agency is none of them", "$.data.agency")
    return verdict


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
