"""How a ratio is shown: two places, decimal comma, truncated (237 630 / 238 539 = 99.6189… is published as 99,61 %)."""

from typing import Literal

Rounding = Literal["truncate", "half_up"]

NOT_APPLICABLE = "N/A"
"""Không áp dụng: there is nothing to take a share of, or too little was observed."""


def percent(numerator: int, denominator: int, rounding: Rounding = "truncate") -> str:
    """`numerator / denominator` in percent, from integers alone; N/A without a positive denominator, never 0 %, 100 %.

    Both may be negative for a group that only took work back (an end that a reopening undid).
    """
    if denominator <= 0:
        return NOT_APPLICABLE
    hundredths, rest = divmod(abs(numerator) * 10_000, denominator)
    if rounding == "half_up" and 2 * rest >= denominator:
        hundredths += 1
    sign = "-" if numerator < 0 and hundredths else ""
    return f"{sign}{hundredths // 100},{hundredths % 100:02d} %"


def count(number: int) -> str:
    """A whole number with thin groups, the way Vietnamese boards print it: 238.539."""
    return f"{number:,}".replace(",", ".")
