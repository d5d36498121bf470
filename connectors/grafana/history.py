"""Whether the newest version of a board is ours: each that we save says so, with the digest of what we saved.

Grafana may fill in what it likes when it keeps or hands out a board, so content alone would cry wolf; but whatever
is saved by hand, restored or imported is a version with another message.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

_MARK = "nhip boards push "


class Version(NamedTuple):
    """A saved version: by whom, when, and with which message."""

    number: int
    by: str
    at: str
    message: str


def newest(answer: Sequence[Mapping[str, Any]] | Mapping[str, Any]) -> Version | None:
    """The newest of what /api/dashboards/uid/:uid/versions answers: a list up to Grafana 11.4, later a page with
    `versions` (grafana/grafana issue 104556)."""
    listed = answer.get("versions", ()) if isinstance(answer, Mapping) else answer
    found = [
        Version(one["version"], one.get("createdBy", ""), one.get("created", ""), one.get("message", ""))
        for one in listed
    ]
    return max(found, default=None)


def message(board: Mapping[str, Any]) -> str:
    """What we say when we save a board."""
    text = json.dumps(board, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return _MARK + hashlib.sha256(text.encode()).hexdigest()[:16]


def is_ours(version: Version | None) -> bool:
    """Whether a version was saved by a push, of whatever content."""
    return version is not None and version.message.startswith(_MARK)
