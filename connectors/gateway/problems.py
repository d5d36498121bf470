"""Problem documents (RFC 9457): the one shape in which the gateway refuses anything."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from connectors.gateway.kinds import KINDS, Kind, Language
from streams.deadletters import Refusal

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal. `path` is a JSON path inside the event ("$" the whole of it); `headers` go with the answer."""

    reason: str
    detail: str
    path: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        return KINDS.get(self.reason, KINDS["invalid_data"])

    @property
    def status(self) -> int:
        return int(self.kind.status)

    def document(self, language: Language, instance: str) -> dict[str, object]:
        """The members of RFC 9457, and `reason`, `remedy` and `path`; `instance` is a URI that the log has too."""
        words = self.kind.words(language)
        document: dict[str, object] = {
            "type": f"urn:nhip:problem:{self.reason}",
            "title": words.title,
            "status": self.status,
            "detail": self.detail,
            "instance": instance,
            "reason": self.reason,
            "remedy": words.remedy,
        }
        return document if self.path is None else document | {"path": self.path}


class RequestRefused(Exception):
    """The whole request is refused, for the reason in `problem`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


def of_refusal(refusal: Refusal) -> Problem:
    return Problem(refusal.reason.value, refusal.detail, refusal.path)


def too_large(detail: str) -> RequestRefused:
    """The connection ends with the answer: what is left of the body is not worth reading (RFC 9110 §15.5.14)."""
    return RequestRefused(Problem("too_large", detail, headers={"connection": "close"}))


def unauthenticated(detail: str, error: str = "") -> RequestRefused:
    challenge = f'Bearer realm="nhip"{error}'  # RFC 6750 §3
    return RequestRefused(Problem("unauthenticated", detail, headers={"www-authenticate": challenge}))


def forbidden(scope: str) -> RequestRefused:
    challenge = f'Bearer realm="nhip", error="insufficient_scope", scope="{scope}"'
    return RequestRefused(
        Problem("forbidden", f"this needs the scope {scope!r}", headers={"www-authenticate": challenge})
    )


def try_later(reason: str, detail: str, seconds: int = 1) -> Problem:
    """429 or 503 with Retry-After in whole seconds (RFC 9110 §10.2.3)."""
    return Problem(reason, detail, headers={"retry-after": str(seconds)})
