"""What can be wrong with a board that no database needs to be asked about."""

import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any, NamedTuple

from dashboards.grafana.board import SCHEMA_VERSION
from dashboards.grafana.panel import DATA_SOURCE

COLUMNS = 24

_STRING = re.compile(r"'(?:[^']|'')*'")
_COMMENT = re.compile(r"--[^\n]*")
_SOURCE = re.compile(r"\b(?:from|join)\s+(?:lateral\s+)?(?!lateral\b)([\w.\"]+)", re.IGNORECASE)
_LOCAL = re.compile(r"\b(\w+)\s+as\s+\(\s*select\b", re.IGNORECASE)
_FUNCTIONS = {"unnest", "generate_series"}


class Fault(NamedTuple):
    """What is wrong, and where: `panel` is its title, or the variable's name, or empty for the board as a whole."""

    board: str
    panel: str
    reason: str

    def __str__(self) -> str:
        return " · ".join(part for part in (self.board, self.panel) if part) + f": {self.reason}"


class Query(NamedTuple):
    """One statement of a board, and the columns its panel knows how to show (none for a variable)."""

    panel: str
    sql: str
    columns: frozenset[str]


def queries_of(board: Mapping[str, Any]) -> Iterator[Query]:
    """Every statement that Grafana sends for a board."""
    for variable in board["templating"]["list"]:
        if variable["type"] == "query":
            yield Query(f"${variable['name']}", variable["query"], frozenset())
    for annotation in board["annotations"]["list"]:
        yield Query(annotation["name"], annotation["target"]["rawSql"], frozenset({"time", "timeend", "text", "tags"}))
    for panel in board["panels"]:
        columns = frozenset(override["matcher"]["options"] for override in panel["fieldConfig"]["overrides"])
        for target in panel["targets"]:
            yield Query(panel["title"], target["rawSql"], columns)


def faults(name: str, board: Mapping[str, Any]) -> Iterator[Fault]:
    """Everything wrong with one board's JSON."""
    if not 8 <= len(board["uid"]) <= 40:
        yield Fault(name, "", f"uid {board['uid']!r} must have 8 to 40 characters")
    if board["schemaVersion"] != SCHEMA_VERSION:
        yield Fault(name, "", f"schemaVersion is {board['schemaVersion']}, not {SCHEMA_VERSION}")
    ids = [panel["id"] for panel in board["panels"]]
    if len(set(ids)) < len(ids):
        yield Fault(name, "", f"panel ids are not unique: {sorted(ids)}")
    for panel in board["panels"]:
        yield from (Fault(name, panel["title"] or f"panel {panel['id']}", reason) for reason in _panel(panel))
    for one, other in combinations(board["panels"], 2):
        if _overlap(one["gridPos"], other["gridPos"]):
            yield Fault(name, one["title"], f"stands on «{other['title']}»")
    for query in queries_of(board):
        yield from (Fault(name, query.panel, f"reads {source}, not `board.`") for source in _foreign(query.sql))


def _panel(panel: Mapping[str, Any]) -> Iterator[str]:
    defaults, is_note = panel["fieldConfig"]["defaults"], panel["type"] == "text"
    words = {"title": panel, "description": panel}
    words |= {"content": panel["options"]} if is_note else {"unit": defaults, "noValue": defaults}
    yield from (f"has no {key}" for key, where in words.items() if not where.get(key))
    grid = panel["gridPos"]
    if grid["x"] < 0 or grid["y"] < 0 or grid["w"] < 1 or grid["h"] < 1 or grid["x"] + grid["w"] > COLUMNS:
        yield f"does not fit the grid of {COLUMNS} columns: {grid}"
    if is_note:
        return
    if not panel["targets"] or any(target["datasource"] != DATA_SOURCE for target in panel["targets"]):
        yield f"does not ask the data source {DATA_SOURCE['uid']!r}"


def _overlap(one: Mapping[str, int], other: Mapping[str, int]) -> bool:
    return all(
        one[at] < other[at] + other[size] and other[at] < one[at] + one[size] for at, size in (("x", "w"), ("y", "h"))
    )


def _foreign(sql: str) -> list[str]:
    """What a statement reads besides the contract of boards, as far as its text tells; the role sees to the rest."""
    text = _COMMENT.sub("", _STRING.sub("''", sql))
    known = _FUNCTIONS | set(_LOCAL.findall(text))
    return [source for source in _SOURCE.findall(text) if not source.startswith("board.") and source not in known]
