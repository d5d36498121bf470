"""Personal data on its way in: dropped, masked or replaced by a pseudonym before anything is written.

Decree 13/2023/NĐ-CP and Law 91/2025/QH15 bind the operator; docs/data-protection.md says what that leaves.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import Any, TypeVar

from streams.contracts import Event
from streams.contracts.envelope import Body
from streams.contracts.report import ReportBody
from streams.masking import mask

_PSEUDONYM = re.compile(r"^p1:[0-9a-f]{32}$")

_TRAVELLING = frozenset(Event.model_fields) | {"datacontenttype", "dataschema", "traceparent", "tracestate"}
"""CloudEvents attributes that leave the gateway; other extensions may name people as well as unknown fields do."""

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
    """The event with a pseudonym for its `reporter_ref` and its free text masked: what it was is never written."""
    given = event.data.__pydantic_fields_set__
    if "reporter_ref" not in given and given.isdisjoint(event.data.free_text):
        return event  # as nearly all pings: the rest would take twice the time
    changes = _changes(event.data, key)
    if not changes:
        return event
    return event.model_copy(update={"data": event.data.model_copy(update=changes)})


def stripped(document: Mapping[str, Any], event: Event, key: bytes) -> Mapping[str, Any]:
    """The CloudEvent `document` that was parsed to `event`, scrubbed and without what the contract does not know.

    The same document where there is nothing to take away.
    """
    changes, unknown = _changes(event.data, key), event.data.__pydantic_extra__ or {}
    if not changes and not unknown and document.keys() <= _TRAVELLING:
        return document
    kept = {name: value for name, value in document.items() if name in _TRAVELLING}
    kept["data"] = {name: value for name, value in document["data"].items() if name not in unknown} | changes
    return kept


def _changes(body: Body, key: bytes) -> dict[str, str]:
    """The fields that may not stay as they are, each with what takes its place."""
    changes = {}
    for name in body.free_text:
        text = getattr(body, name)
        if text is not None and (masked := mask(text)) != text:
            changes[name] = masked
    if isinstance(body, ReportBody) and body.reporter_ref is not None:
        known_as = pseudonym(body.reporter_ref, key)
        if known_as != body.reporter_ref:
            changes["reporter_ref"] = known_as
    return changes
