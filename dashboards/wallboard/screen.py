"""A board as the wallboard shows it: the same definition that Grafana gets, its questions asked by one reader."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import orjson

from dashboards.grafana.board import Board
from dashboards.grafana.files import BOARDS
from dashboards.grafana.language import WORDS, Language
from dashboards.grafana.macros import View, expand
from dashboards.grafana.panel import filled
from dashboards.grafana.queries import queries
from dashboards.wallboard import marks
from dashboards.wallboard.answer import Ask
from dashboards.wallboard.chosen import PERIODS, Chosen


class Question(NamedTuple):
    """The statement that answers a panel, and the width of one bar of it, as PostgreSQL writes it."""

    panel: int
    sql: str
    interval: str


class Screen:
    """One board in one language."""

    def __init__(self, board: Board, language: Language) -> None:
        self.board = board.render(language)
        self._since, self._language = board.since, language
        self.outline = orjson.dumps(_outline(board, self.board, language))

    def questions(self, chosen: Chosen, now: datetime) -> Iterator[Question]:
        """What each panel asks now, for what was chosen."""
        lower, upper = chosen.span(self._since, now)
        variables = chosen.variables(self.board)
        for panel in self.board["panels"]:
            if not panel["targets"]:  # a note
                continue
            interval = width(upper - lower, panel.get("interval"))
            sql = expand(panel["targets"][0]["rawSql"], View(lower, upper, interval), variables)
            yield Question(panel["id"], sql, interval)

    def marks(self, chosen: Chosen, now: datetime) -> list[str]:
        """The statements that find what is to be marked on the time axes, in the order of the outline's marks."""
        view, variables = View(*chosen.span(self._since, now)), chosen.variables(self.board)
        return [expand(statement, view, variables) for statement in marks.statements(self.board)]

    def alarms(self) -> str:
        """The statement that finds the critical alerts that nobody has taken."""
        return filled(queries("common.sql")["alarms"], {hole: text.of(self._language) for hole, text in WORDS.items()})

    async def choices(self, ask: Ask) -> dict[str, list[tuple[str, str]]]:
        """The values of each variable that finds them in the database, with their names."""
        found = {}
        for variable in self.board["templating"]["list"]:
            if variable["type"] == "query":
                found[variable["name"]] = [(str(row[0]), str(row[1])) for row in (await ask(variable["query"])).rows]
        return found


BARS = 200
"""That a chart has at most."""

_WIDTHS = {"1m": 1, "2m": 2, "5m": 5, "10m": 10, "30m": 30, "1h": 60, "3h": 180, "6h": 360, "1d": 1440, "7d": 10080}
"""In minutes, by what PostgreSQL understands."""


def width(span: timedelta, least: str | None) -> str:
    """How wide one bar is: wide enough for BARS of them, and no narrower than the panel wants."""
    minutes = max(span / timedelta(minutes=BARS), _WIDTHS[least] if least else 60)
    return next((name for name, many in _WIDTHS.items() if many >= minutes), "7d")


def _outline(board: Board, rendered: dict[str, Any], language: Language) -> dict[str, Any]:
    """What the page needs to draw the board; no statement leaves the server."""
    hidden = {"targets", "datasource"}
    shown = ("name", "label", "type", "options", "current")
    return {
        "name": board.name,
        "title": rendered["title"],
        "boards": [{"name": each.name, "title": each.title.of(language)} for each in BOARDS],
        "variables": [{key: variable[key] for key in shown} for variable in rendered["templating"]["list"]],
        "periods": PERIODS,
        "marks": [{"name": each["name"], "colour": each["iconColor"]} for each in rendered["annotations"]["list"]],
        "panels": [{key: panel[key] for key in panel.keys() - hidden} for panel in rendered["panels"]],
    }
