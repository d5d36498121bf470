"""What a viewer chose: values of a board's variables and a period, out of the page's address."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from streams.days import civil_day, day_start
from streams.errors import WrongUse
from streams.periods import months_before, period, running

MOST = 50
"""Values of one variable."""

_LENGTH = 128  # characters of a value: codes are shorter
_BACK = re.compile(r"now-(\d+)h")
_DAYS = {"today": 1, "7d": 7, "30d": 30}

PERIODS = (*_DAYS, "month", "last-month", "quarter", "year")
"""Those with a name; besides, whatever `nhip report --period` takes: 2026-10, 2026-Q3, 2026-10-01..2026-10-31."""


class Chosen(NamedTuple):
    """Values by variable, and the name of a period; both empty where nothing was chosen. Equal ones share a reader."""

    values: tuple[tuple[str, tuple[str, ...]], ...] = ()
    period: str = ""

    def variables(self, board: Mapping[str, Any]) -> dict[str, str]:
        """SQL for each variable of a rendered board: what was chosen, or what it stands at."""
        chosen = dict(self.values)
        return {one["name"]: _sql(one, chosen.get(one["name"], ())) for one in board["templating"]["list"]}

    def span(self, since: str, now: datetime) -> tuple[datetime, datetime]:
        """The time to look at; `since` is the board's own beginning, as Grafana writes it."""
        today = civil_day(now)
        if not self.period:
            back = _BACK.fullmatch(since)
            return (now - timedelta(hours=int(back[1])) if back else day_start(today)), now
        if self.period in _DAYS:
            return day_start(today - timedelta(_DAYS[self.period] - 1)), now
        month, quarter, year = running(today)
        named = {"month": month, "quarter": quarter, "year": year, "last-month": months_before(today, 1)[0]}
        found = named.get(self.period) or period(self.period)
        return day_start(found.first), min(max(now, day_start(found.first)), day_start(found.past))


def chosen(board: Mapping[str, Any], asked: Sequence[tuple[str, str]]) -> Chosen:
    """Out of the address's parameters, as Grafana has them: `var-agency=…`, several times for several.

    What is no variable of this board, or no value of a fixed choice, is left out: addresses go from board to board.
    Raises WrongUse for a period that nobody understands, and for values that no code can be.
    """
    values = tuple((one["name"], found) for one in board["templating"]["list"] if (found := tuple(_values(one, asked))))
    named = next((value for name, value in asked if name == "period"), "")
    if named and named not in PERIODS:
        period(named)
    return Chosen(values, named)


def _values(variable: Mapping[str, Any], asked: Sequence[tuple[str, str]]) -> Iterator[str]:
    found = sorted({value for name, value in asked if name == f"var-{variable['name']}"})
    if len(found) > MOST or any(len(value) > _LENGTH or not value.isprintable() for value in found):
        raise WrongUse(f"var-{variable['name']} takes at most {MOST} codes, each of {_LENGTH} characters at most")
    if variable["type"] == "custom":
        known = {option["value"] for option in variable["options"]}
        yield from [value for value in found if value in known][:1]
    else:
        yield from found


def _sql(variable: Mapping[str, Any], values: Sequence[str]) -> str:
    if not values:
        return variable["allValue"] if variable["type"] == "query" else _literal(variable["current"]["value"])
    return ",".join(map(_literal, values))


def _literal(value: str) -> str:
    """As Grafana's format `sqlstring` does; nothing else ends a literal where strings conform to the standard."""
    return "'" + value.replace("'", "''") + "'"
