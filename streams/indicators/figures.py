"""Figures: an indicator of a period, ready to be shown, with what it is made of."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from streams.errors import WrongUse
from streams.indicators.health_uptime import COVERAGE_PERCENT
from streams.indicators.rounding import NOT_APPLICABLE, Rounding, count, percent
from streams.indicators.terms import Indicator

GROUPS = {"reports": ("agency", "category"), "dossiers": ("agency", "field"), "health": ("system",)}
"""What the indicators of each stream can be grouped by, besides days."""


class Part(NamedTuple):
    """One row of an indicator: its group dimensions and integers; `observed` and `due` only for uptime."""

    dimensions: tuple[str, ...]
    numerator: int
    denominator: int | None
    observed: int = 1
    due: int = 1


@dataclass(frozen=True, slots=True)
class Figure:
    """What `nhip kpi` and the API answer. `value` is a percentage for ratios, a number for counts, None for N/A."""

    name: str
    group: str | None
    first: date
    past: date
    numerator: int
    denominator: int | None
    value: float | None
    shown: str
    rounding: Rounding
    as_of: datetime
    data_age_s: float | None
    coverage: float | None = None

    def as_json(self) -> dict[str, Any]:
        """The public names: `from` and `to` (exclusive) are dates."""
        fields = asdict(self)
        row = {"name": self.name, "group": self.group, "from": fields.pop("first"), "to": fields.pop("past")} | fields
        if self.coverage is None:
            del row["coverage"]
        return row


@dataclass(frozen=True, slots=True)
class Question:
    """Which indicator, of which civil days [first, past), as it stood when, grouped by what."""

    indicator: Indicator
    first: date
    past: date
    as_of: datetime
    group_by: str | None = None
    rounding: Rounding = "truncate"

    def position(self) -> int | None:
        """Which dimension of a part the group is. Raises WrongUse for a group this stream does not have."""
        if self.group_by is None:
            return None
        groups = GROUPS[self.indicator.stream]
        if self.group_by not in groups:
            raise WrongUse(
                f"{self.indicator.name} can be grouped by day, {', '.join(groups)}; not by {self.group_by!r}"
            )
        return groups.index(self.group_by)


def figures(question: Question, parts: Iterable[Part], data_age_s: float | None) -> list[Figure]:
    """Sum the parts by group and show each; without a group there is exactly one figure, even of nothing."""
    position = question.position()
    groups: dict[str | None, list[Part]] = defaultdict(list)
    for part in parts:
        groups[None if position is None else part.dimensions[position]].append(part)
    if position is None and not groups:
        groups[None] = []
    return [_figure(question, group, groups[group], data_age_s) for group in sorted(groups, key=str)]


def _figure(question: Question, group: str | None, parts: list[Part], data_age_s: float | None) -> Figure:
    indicator = question.indicator
    numerator = sum(part.numerator for part in parts)
    denominator = None if indicator.denominator is None else sum(part.denominator or 0 for part in parts)
    coverage = _coverage(parts) if indicator.stream == "health" else None
    value, shown = _shown(numerator, denominator, coverage, question.rounding)
    if indicator.stream == "health":  # microseconds inside, seconds outside
        numerator, denominator = numerator // 1_000_000, (denominator or 0) // 1_000_000
    return Figure(
        indicator.name, group, question.first, question.past, numerator, denominator, value, shown,
        question.rounding, question.as_of, data_age_s, coverage,
    )  # fmt: skip


def _shown(
    numerator: int, denominator: int | None, coverage: float | None, rounding: Rounding
) -> tuple[float | None, str]:
    if denominator is None:
        return numerator, count(numerator)
    if denominator <= 0 or (coverage is not None and coverage < COVERAGE_PERCENT):
        return None, NOT_APPLICABLE
    return 100 * numerator / denominator, percent(numerator, denominator, rounding)


def _coverage(parts: list[Part]) -> float:
    due = sum(part.due for part in parts)
    return 100 * sum(part.observed for part in parts) / due if due else 0.0
