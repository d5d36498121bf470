"""How a ratio is shown: two places, decimal comma, truncated (237 630 / 238 539 = 99.6189… is published as 99,61 %)."""

from typing import Literal

from streams.words import Language, Words

Rounding = Literal["truncate", "half_up"]

NOT_APPLICABLE = "N/A"
"""Không áp dụng: there is nothing to take a share of, or too little was observed."""


def percent(numerator: int, denominator: int, rounding: Rounding = "truncate") -> str:
    """`numerator / denominator` in percent, from integers alone; N/A without a positive denominator, never 0 %, 100 %.

    Both may be negative for a group that only took work back (an end that a reopening undid).
    """
    if denominator <= 0:
        return NOT_APPLICABLE
    return f"{_two_places(100 * numerator, denominator, rounding)} %"


def average(numerator: int, denominator: int, rounding: Rounding = "truncate") -> str:
    """`numerator / denominator` with two places: 4,25. N/A without a positive denominator."""
    return _two_places(numerator, denominator, rounding) if denominator > 0 else NOT_APPLICABLE


def _two_places(numerator: int, denominator: int, rounding: Rounding) -> str:
    hundredths, rest = divmod(abs(numerator) * 100, denominator)
    if rounding == "half_up" and 2 * rest >= denominator:
        hundredths += 1
    sign = "-" if numerator < 0 and hundredths else ""
    return f"{sign}{hundredths // 100},{hundredths % 100:02d}"


_DAYS, _HOURS = Words("ngày", "d"), Words("giờ", "h")
_MINUTES, _SECONDS = Words("phút", "min"), Words("giây", "s")


def duration(seconds: float, language: Language = "vi") -> str:
    """A duration in the largest unit of which there are two: 90 giây, 12 phút, 5,2 giờ, 3,5 ngày."""
    for unit, length in ((_DAYS, 86_400), (_HOURS, 3_600)):
        if seconds >= 2 * length:
            return f"{seconds / length:.1f} {unit.of(language)}".replace(".", ",")
    if seconds >= 120:
        return f"{seconds / 60:.0f} {_MINUTES.of(language)}"
    return f"{seconds:.0f} {_SECONDS.of(language)}"


def count(number: int) -> str:
    """A whole number with thin groups, the way Vietnamese boards print it: 238.539."""
    return f"{number:,}".replace(",", ".")
