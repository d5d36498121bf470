"""The daily brief, bản tin giao ban: which figures it holds, and how a day differs from the same day a week before."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from streams.contracts.types import EARLIEST
from streams.errors import WrongUse
from streams.indicators.figures import Figure
from streams.indicators.registry import INDICATORS
from streams.indicators.rounding import count, duration
from streams.indicators.terms import Indicator
from streams.words import Language

WEEK = timedelta(days=7)

FIGURES = (
    "reports.received", "reports.urgent", "reports.open", "reports.overdue", "reports.on_time",
    "reports.first_response_p50", "reports.reopened", "reports.hand_backs",
    "dossiers.received", "dossiers.finished", "dossiers.stock", "dossiers.due_soon", "dossiers.overdue",
    "dossiers.on_time", "dossiers.settled_on_time", "dossiers.online",
    "health.uptime", "health.flaps", "health.mttr",
)  # fmt: skip
"""In the order in which they are read."""

OVERDUE = ("dossiers.overdue", "reports.overdue")
"""What is listed by agency."""


def checked(day: date, today: date) -> date:
    """A day that a brief can be about. Raises WrongUse for one that has not begun, and for one no event can lie in."""
    if day > today:
        raise WrongUse(f"{day} has not begun: the last day there can be a brief of is today, {today}")
    if day - EARLIEST.date() < WEEK:
        raise WrongUse(f"{day} lies before everything that is counted")
    return day


class Line(NamedTuple):
    """One figure of the day, and what it was on the same day of the week before."""

    now: Figure
    before: Figure

    @property
    def indicator(self) -> Indicator:
        return INDICATORS[self.now.name]

    def change(self, language: Language = "vi") -> str:
        """The difference of what is shown, with its sign: in points where that is a share. Empty where one is N/A."""
        if self.now.value is None or self.before.value is None:
            return ""
        if self.indicator.unit in ("percent", "average"):
            points = _hundredths(self.now) - _hundredths(self.before)
            return f"{_sign(points)}{abs(points) // 100},{abs(points) % 100:02d}"
        difference = self.now.value - self.before.value
        size = abs(difference)
        if self.indicator.unit == "duration":
            return _sign(difference) + duration(size, language)
        return _sign(difference) + count(int(size))

    @property
    def better(self) -> bool | None:
        """Whether it has become better; None where it has not changed, or neither direction is good."""
        sign, rises = self.change()[:1], self.indicator.higher_is_better
        return None if rises is None or sign not in (_UP, _DOWN) else rises == (sign == _UP)

    def as_json(self) -> dict[str, Any]:
        """Both figures as `nhip kpi --json` prints them."""
        return {
            "name": self.now.name, "title_vi": self.indicator.title_vi, "title_en": self.indicator.title_en,
            "now": self.now.as_json(), "before": self.before.as_json(), "change": self.change(), "better": self.better,
        }  # fmt: skip


_UP, _DOWN = "+", "−"


def _hundredths(figure: Figure) -> int:
    """Of what is shown with two places, so that the difference is that of the printed numbers."""
    return int(figure.shown.removesuffix(" %").replace(",", ""))


def _sign(difference: float) -> str:
    return _UP if difference > 0 else _DOWN if difference < 0 else ""


class Overdue(NamedTuple):
    """How many are overdue with an agency at the end of the day, and a week before."""

    agency: str
    n: int
    before: int


def overdue(now: list[Figure], before: list[Figure]) -> list[Overdue]:
    """By agency, the most first; those that have none left are not listed."""
    was = {figure.group: figure.numerator for figure in before}
    rows = [
        Overdue(str(figure.group), figure.numerator, was.get(figure.group, 0)) for figure in now if figure.numerator
    ]
    return sorted(rows, key=lambda row: (-row.n, row.agency))
