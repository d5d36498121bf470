"""Questions: which indicator, of which period and part of the province, as it stood when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from streams.errors import WrongUse
from streams.flows import DIMENSIONS
from streams.indicators.rounding import Rounding
from streams.indicators.terms import Indicator
from streams.rollup import PAIRS

GROUPS = DIMENSIONS | {"health": ("system",)}
"""What the indicators of each stream can be grouped by, besides days."""


@dataclass(frozen=True, slots=True)
class Question:
    """An indicator of the civil days [first, past), as it stood at `as_of`, grouped by dimensions, where others have a
    value. `by_successor` counts an agency that has ended as the one that came after it."""

    indicator: Indicator
    first: date
    past: date
    as_of: datetime
    group_by: tuple[str, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)
    rounding: Rounding = "truncate"
    by_successor: bool = False

    def __post_init__(self) -> None:
        """Raises WrongUse for dimensions that the indicator cannot be asked for by."""
        if self.indicator.of_procedures and (self.group_by or self.where):
            raise WrongUse(f"{self.indicator.name} can be grouped by day alone: it counts procedures")
        _ = self.axis

    @property
    def axis(self) -> tuple[str, ...]:
        """The dimensions that the answer has to be read by. Raises WrongUse when they are not counted together."""
        stream = self.indicator.stream
        asked = {*self.group_by, *self.where}
        unknown = sorted(asked - set(GROUPS[stream]))
        if unknown:
            known = ", ".join(GROUPS[stream])
            raise WrongUse(
                f"{self.indicator.name} can be grouped by day, {known}; not by {', '.join(map(repr, unknown))}"
            )
        if len(asked) < 2:
            return tuple(asked)
        pair = PAIRS.get(stream)
        if pair is None or asked != set(pair):
            raise WrongUse(f"{' and '.join(sorted(asked))} are not counted together; {' and '.join(pair or ())} are")
        return pair
