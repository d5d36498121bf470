"""One thing that Grafana should have: what is to be done about it, and how it differs."""

import difflib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Act = Literal["create", "update", "keep"]

_AROUND = 2  # lines of a diff about each change


@dataclass(frozen=True, slots=True)
class Step:
    """`refused` says why it must not be done; `perform` does it."""

    what: str
    act: Act
    diff: tuple[str, ...] = ()
    refused: str | None = None
    perform: Callable[[], object] = lambda: None


def diff(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    """The lines of JSON that differ, as `diff -u` shows them."""
    _, _, *lines = [*difflib.unified_diff(_lines(old), _lines(new), lineterm="", n=_AROUND)] or ["", ""]
    return tuple(lines)


def _lines(value: Mapping[str, Any]) -> list[str]:
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True).splitlines()
