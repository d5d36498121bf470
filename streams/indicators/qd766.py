"""The QĐ 766/QĐ-TTg index (100 points): its formulas as configuration, and the points they give."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from streams.indicators.rounding import NOT_APPLICABLE

WHOLE = 100
NAME = "qd766"
"""By which it is asked for, as indicators are by theirs."""


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: str
    title_vi: str
    title_en: str
    points: int = Field(gt=0)


class Component(_Entry):
    """One share and its points: all of them at `threshold` percent, less in proportion (see qd766.toml)."""

    threshold: int = Field(default=100, gt=0, le=100)
    indicator: str | None = None
    missing: str | None = None
    missing_vi: str | None = None
    empty_is_full: bool = False
    source: str

    @model_validator(mode="after")
    def _told_or_missing(self) -> Self:
        if (self.indicator is None) == (self.missing is None):
            raise ValueError(f"{self.id} must name either the indicator that tells it or why it is missing")
        return self


class Group(_Entry):
    """A group of components, whose points add up to its own."""

    component: tuple[Component, ...]

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        total = sum(component.points for component in self.component)
        if total != self.points:
            raise ValueError(f"the components of {self.id} have {total} points, not {self.points}")
        return self


class Formulas(BaseModel):
    """The whole index: 100 points."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    group: tuple[Group, ...]

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        total = sum(group.points for group in self.group)
        if total != WHOLE:
            raise ValueError(f"the groups have {total} points, not {WHOLE}")
        return self

    def indicators(self) -> list[str]:
        """The indicators whose shares are needed."""
        return [part.indicator for group in self.group for part in group.component if part.indicator]


def formulas(text: str) -> Formulas:
    """Formulas from TOML. Raises ValueError naming what is wrong."""
    return Formulas.model_validate(tomllib.loads(text), strict=False)


class Score(NamedTuple):
    """The points of one component; None with the reason where nothing tells it."""

    group: str
    component: Component
    numerator: int | None
    denominator: int | None
    points: Fraction | None
    reason: str | None = None
    reason_vi: str | None = None


class Index(NamedTuple):
    """The points that are told, of how many at most, and every component in its order, the missing ones too."""

    points: Fraction
    of: int
    scores: list[Score]


def index(formulas: Formulas, shares: Mapping[str, tuple[int, int | None]]) -> Index:
    """The index from the numerator and denominator of each indicator; what is not among the shares is missing."""
    scores = list(_scores(formulas, shares))
    told = [(score.points, score.component.points) for score in scores if score.points is not None]
    return Index(sum((points for points, _ in told), Fraction(0)), sum(most for _, most in told), scores)


def _scores(formulas: Formulas, shares: Mapping[str, tuple[int, int | None]]) -> Iterator[Score]:
    for group in formulas.group:
        for component in group.component:
            if component.indicator is None:
                yield Score(group.id, component, None, None, None, component.missing, component.missing_vi)
                continue
            numerator, denominator = shares.get(component.indicator, (0, None))
            if denominator is None:
                yield Score(group.id, component, None, None, None, *_unknown(component.indicator))
            elif denominator > 0:
                share = Fraction(WHOLE * max(numerator, 0), denominator * component.threshold)
                yield Score(group.id, component, numerator, denominator, component.points * min(share, Fraction(1)))
            elif component.empty_is_full:
                yield Score(group.id, component, numerator, denominator, Fraction(component.points), *_IDLE)
            else:
                yield Score(group.id, component, numerator, denominator, None, *_EMPTY)


_IDLE = "nothing to do", "không có việc phải làm"
_EMPTY = "nothing to take a share of", "không có gì để tính tỷ lệ"


def _unknown(indicator: str) -> tuple[str, str]:
    return f"{indicator} is not known", f"chưa biết {indicator}"


def shown(points: Fraction | None) -> str:
    """Points with two places and a decimal comma, truncated: 17,25."""
    if points is None:
        return NOT_APPLICABLE
    hundredths = int(points * 100)
    return f"{hundredths // 100},{hundredths % 100:02d}"


def rows(index: Index, first: date, past: date, as_of: datetime) -> Iterator[dict[str, Any]]:
    """The index first, of as many points as events can tell; then each component in its order, the missing ones too."""
    period = {"from": first, "to": past, "as_of": as_of}
    whole = {"value": float(index.points), "shown": shown(index.points), "maximum": index.of}
    missing = [score.component.id for score in index.scores if score.points is None]
    yield {"name": NAME, "group": None} | whole | {"missing": missing} | period
    for score in index.scores:
        one = score.component
        yield {
            "name": f"{NAME}.{one.id}",
            "group": score.group,
            "value": None if score.points is None else float(score.points),
            "shown": shown(score.points),
            "maximum": one.points,
            "threshold": one.threshold,
            "indicator": one.indicator,
            "numerator": score.numerator,
            "denominator": score.denominator,
            "reason": score.reason,
            "source": one.source,
        } | period
