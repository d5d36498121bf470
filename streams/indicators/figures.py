"""Figures: an indicator of a period, ready to be shown, with what it is made of."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from streams.indicators.health_uptime import COVERAGE_PERCENT, UPTIME
from streams.indicators.histogram import ERROR, latency_ms, quantile_s, rank
from streams.indicators.question import Question
from streams.indicators.rounding import NOT_APPLICABLE, Rounding, average, count, duration, percent
from streams.indicators.terms import Combine, Indicator
from streams.words import Language


class Part(NamedTuple):
    """One row of an indicator: where it counts, and its integers; `observed` and `due` only for uptime, `buckets` only
    for percentiles."""

    place: Mapping[str, str]
    numerator: int = 0
    denominator: int | None = None
    observed: int = 1
    due: int = 1
    buckets: Mapping[int, int] = {}


Group = str | tuple[str, ...] | None
"""The value of the dimension that was grouped by, the values of both, or None where there was no such dimension."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What `nhip kpi` and the API answer.

    `value` is a percentage for ratios, a number for counts and averages, seconds for durations, None for N/A, which
    `reason` then explains. `shown` is in Vietnamese. `error` is how far, relatively, a percentile may be from the exact
    one.
    """

    name: str
    group: Group
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
    error: float | None = None
    reason: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The public names: `from` and `to` (exclusive) are dates; the last three only where they say something."""
        fields = asdict(self)
        row = {"name": self.name, "group": self.group, "from": fields.pop("first"), "to": fields.pop("past")} | fields
        return {key: value for key, value in row.items() if key not in _SOMETIMES or value is not None}


def shown(figure: Figure, indicator: Indicator, language: Language) -> str:
    """A figure as people read it; only the units of durations are words of a language."""
    if indicator.unit == "duration" and figure.value is not None:
        return duration(figure.value, language)
    return figure.shown


_SOMETIMES = ("coverage", "error", "reason")


@dataclass(slots=True)
class _Sum:
    numerator: int = 0
    denominator: int = 0
    observed: int = 0
    due: int = 0
    buckets: Counter[int] = field(default_factory=Counter)
    parts: int = 0

    def add(self, part: Part, combine: Combine) -> None:
        worst = {"max": max, "min": min}.get(combine)
        self.numerator = (
            worst(self.numerator, part.numerator) if worst and self.parts else self.numerator + part.numerator
        )
        self.parts += 1
        self.denominator += part.denominator or 0
        self.observed += part.observed
        self.due += part.due
        for number, n in part.buckets.items():
            self.buckets[number] += n


def figures(question: Question, parts: Iterable[Part], data_age_s: float | None) -> list[Figure]:
    """Sum the parts by group and show each; without a group there is exactly one figure, even of nothing."""
    groups: dict[tuple[str, ...], _Sum] = defaultdict(_Sum)
    for part in parts:
        if all(part.place[dimension] == value for dimension, value in question.where.items()):
            group = tuple(part.place[dimension] for dimension in question.group_by)
            groups[group].add(part, question.indicator.combine)
    if not question.group_by and not groups:
        groups[()] = _Sum()
    return [_figure(question, group, groups[group], data_age_s) for group in sorted(groups)]


def _figure(question: Question, group: tuple[str, ...], total: _Sum, data_age_s: float | None) -> Figure:
    indicator, rounding = question.indicator, question.rounding
    named: Group = group if len(group) > 1 else next(iter(group), None)
    told = _shown(indicator, total, rounding)
    numerator, denominator = total.numerator, total.denominator if indicator.is_share else None
    if indicator is UPTIME:  # microseconds inside, seconds outside
        numerator, denominator = numerator // 1_000_000, total.denominator // 1_000_000
    if indicator.quantile is not None:
        denominator = sum(total.buckets.values())
        numerator = rank(indicator.quantile, denominator) if denominator else 0
    return Figure(
        indicator.name, named, question.first, question.past, numerator, denominator, told.value, told.text,
        rounding, question.as_of, data_age_s, told.coverage, told.error, told.reason,
    )  # fmt: skip


class _Shown(NamedTuple):
    value: float | None
    text: str
    reason: str | None = None
    coverage: float | None = None
    error: float | None = None


def _shown(indicator: Indicator, total: _Sum, rounding: Rounding) -> _Shown:
    numerator, denominator = total.numerator, total.denominator
    if indicator is UPTIME:
        return _uptime(total, rounding)
    if indicator.quantile is not None:
        return _percentile(indicator, indicator.quantile, total)
    if indicator.combine != "sum" and not total.parts:
        return _Shown(None, NOT_APPLICABLE, "nothing was measured")
    if not indicator.is_share:
        return _Shown(numerator, duration(numerator) if indicator.unit == "duration" else count(numerator))
    if denominator <= 0:
        return _Shown(None, NOT_APPLICABLE, "the denominator is not positive")
    if indicator.unit == "duration":
        return _Shown(numerator / denominator, duration(numerator / denominator))
    if indicator.unit == "average":
        return _Shown(numerator / denominator, average(numerator, denominator, rounding))
    return _Shown(100 * numerator / denominator, percent(numerator, denominator, rounding))


def _percentile(indicator: Indicator, quantile: float, total: _Sum) -> _Shown:
    latency = indicator.unit == "latency"
    value = (latency_ms if latency else quantile_s)(total.buckets, quantile)
    if value is None:
        return _Shown(None, NOT_APPLICABLE, "nothing was measured")
    return _Shown(value, f"{value:.0f} ms" if latency else duration(value), error=round(ERROR, 4))


def _uptime(total: _Sum, rounding: Rounding) -> _Shown:
    coverage = 100 * total.observed / total.due if total.due else 0.0
    if total.denominator <= 0:
        return _Shown(None, NOT_APPLICABLE, "no time was observed", coverage)
    if coverage < COVERAGE_PERCENT:
        return _Shown(None, NOT_APPLICABLE, f"less than {COVERAGE_PERCENT} % of the time was observed", coverage)
    text = percent(total.numerator, total.denominator, rounding)
    return _Shown(100 * total.numerator / total.denominator, text, coverage=coverage)
