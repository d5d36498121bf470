"""What a POST of events is answered."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

import orjson
from starlette.responses import Response

from connectors.gateway.documents import Document
from connectors.gateway.intake import Accepted, identity_of
from connectors.gateway.kinds import Language
from connectors.gateway.modes import Mode
from connectors.gateway.problems import MEDIA_TYPE, Problem

Verdict = Accepted | Problem

_ACCEPTED = int(HTTPStatus.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom the answer is for: their language, and the URI by which the log knows their call."""

    language: Language
    instance: str


def problem_response(problem: Problem, reader: Reader) -> Response:
    body = orjson.dumps(problem.document(reader.language, reader.instance))
    return Response(body, problem.status, dict(problem.headers), MEDIA_TYPE)


def answer(
    mode: Mode, documents: Sequence[Document], verdicts: Sequence[Verdict], reader: Reader, unwritten: str | None = None
) -> Response:
    """One event: 202 or its problem. A batch: each event's own status in order, under `overall`'s.

    `unwritten` names why what was accepted goes nowhere: "dry_run", "sandbox".
    """
    if mode is Mode.BATCH:
        entries = [
            {"index": index, **_entry(document, verdict, reader, f"#{index}")}
            for index, (document, verdict) in enumerate(zip(documents, verdicts, strict=True))
        ]
    elif isinstance(verdicts[0], Problem):
        return problem_response(verdicts[0], reader)
    else:
        entries = [_entry(documents[0], verdicts[0], reader)]
    accepted = sum(isinstance(verdict, Accepted) for verdict in verdicts)
    document = {"accepted": accepted, "events": entries} | ({unwritten: True} if unwritten else {})
    body = orjson.dumps(document)
    return Response(body, overall(verdicts), retry_after(verdicts), "application/json")


def overall(verdicts: Sequence[Verdict | None]) -> int:
    """The status that all events share, 207 (Multi-Status, RFC 4918 §13) where they differ; none at all is fine."""
    statuses = {_status(verdict) for verdict in verdicts} or {_ACCEPTED}
    return statuses.pop() if len(statuses) == 1 else int(HTTPStatus.MULTI_STATUS)


def reasons(verdicts: Sequence[Verdict]) -> Counter[str]:
    return Counter(verdict.reason for verdict in verdicts if isinstance(verdict, Problem))


def _entry(document: Document, verdict: Verdict, reader: Reader, place: str = "") -> dict[str, object]:
    if isinstance(verdict, Accepted):
        return {"id": verdict.event.id, "source": verdict.event.source, "status": _ACCEPTED}
    problem = verdict.document(reader.language, reader.instance + place)
    return {**identity_of(document), "status": verdict.status, "problem": problem}


def _status(verdict: Verdict | None) -> int:
    return verdict.status if isinstance(verdict, Problem) else _ACCEPTED


def retry_after(verdicts: Sequence[Verdict]) -> dict[str, str]:
    """Retry-After, if any event of a batch has it."""
    return {
        name: value
        for verdict in verdicts
        if isinstance(verdict, Problem)
        for name, value in verdict.headers.items()
        if name == "retry-after"
    }
