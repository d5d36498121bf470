"""Marks on a board's time axes: alerts and maintenance, found by the same annotations that Grafana asks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from dashboards.wallboard.answer import Answer

_AXES = {"timeseries", "state-timeline"}
"""Kinds of panels that have one."""


class Mark(NamedTuple):
    """Something that began, until when it lasted (None: it still does), and what it was."""

    begin: datetime
    end: datetime | None
    text: str


def statements(board: Mapping[str, Any]) -> list[str]:
    """What a board's annotations ask; nothing where no panel has a time axis to mark."""
    if not any(panel["type"] in _AXES for panel in board["panels"]):
        return []
    return [annotation["target"]["rawSql"] for annotation in board["annotations"]["list"]]


def marks(answer: Answer, asked: datetime) -> list[Mark]:
    """What an annotation found. What lasts ends "now" in the answer, which would be news at every reading."""
    found = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    return [Mark(row["time"], row["timeend"] if row["timeend"] < asked else None, row["text"]) for row in found]
