"""Personal data: pseudonyms for those who report (Decree 13/2023/NĐ-CP and Law 91/2025/QH15 bind the operator)."""

import hashlib
import hmac
import re
from typing import TypeVar

from streams.contracts import Event
from streams.contracts.report import ReportBody

_PSEUDONYM = re.compile(r"^p1:[0-9a-f]{32}$")

E = TypeVar("E", bound=Event)


def pseudonym(reference: str, key: bytes) -> str:
    """A keyed pseudonym ("p1:" and 32 hex digits) for a reporter's reference; one that is already there stays.

    The same person gets the same pseudonym, so repeated reports can be told apart from many people's, and without the
    key nobody can go back.
    """
    if _PSEUDONYM.match(reference):
        return reference
    return "p1:" + hmac.new(key, reference.encode(), hashlib.sha256).hexdigest()[:32]


def scrub(event: E, key: bytes) -> E:
    """The event with its `reporter_ref` replaced by the pseudonym: the reference itself is never written anywhere."""
    body = event.data
    if not isinstance(body, ReportBody) or body.reporter_ref is None:
        return event
    scrubbed = body.model_copy(update={"reporter_ref": pseudonym(body.reporter_ref, key)})
    return event.model_copy(update={"data": scrubbed})
