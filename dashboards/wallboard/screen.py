"""A board as the wallboard shows it: the same definition that Grafana gets, its questions asked by one reader."""

import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import orjson

from dashboards.grafana.board import Board
from dashboards.grafana.files import BOARDS
from dashboards.grafana.language import Language
from dashboards.grafana.macros import View, choices, expand
from streams.days import civil_day, day_start

_BACK = re.compile(r"now-(\d+)h")


class Answer(NamedTuple):
    """What the database answered: names of columns, and rows."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


Ask = Callable[[str], Awaitable[Answer]]
"""Asks one statement as the reader role."""


class Screen:
    """One board in one language, with what its variables choose at first."""

    def __init__(self, board: Board, language: Language) -> None:
        self._board = board.render(language)
        self._since = board.since
        self.outline = orjson.dumps(_outline(board, self._board, language))

    def statements(self, now: datetime) -> Iterator[tuple[int, str]]:
        """The id of each panel and the statement that answers it now."""
        view = View(self._lower(now), now)
        for panel in self._board["panels"]:
            sql = panel["targets"][0]["rawSql"]
            chosen = next(choices(sql, self._board))
            yield panel["id"], expand(sql, view._replace(interval=panel.get("interval", view.interval)), chosen)

    def _lower(self, now: datetime) -> datetime:
        back = _BACK.fullmatch(self._since)
        return now - timedelta(hours=int(back[1])) if back else day_start(civil_day(now))


def _outline(board: Board, rendered: dict[str, Any], language: Language) -> dict[str, Any]:
    """What the page needs to draw the board; no statement leaves the server."""
    hidden = {"targets", "datasource"}
    return {
        "name": board.name,
        "title": rendered["title"],
        "boards": [{"name": each.name, "title": each.title.of(language)} for each in BOARDS],
        "panels": [{key: panel[key] for key in panel.keys() - hidden} for panel in rendered["panels"]],
    }
