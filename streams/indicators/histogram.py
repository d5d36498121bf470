"""Histograms of durations: buckets that grow by a quarter of an octave, so percentiles can be taken back and added.

A percentile is read from the bucket it falls in, as the geometric middle of it: at most 9.06 % from the exact one
(2^(1/8) - 1); in the first bucket, of less than a minute, 30 s off at most.
"""

from collections.abc import Mapping
from math import ceil, log2

FIRST_S = 60
PER_OCTAVE = 4
LAST = 80
"""Up to 60 s · 2^20, two years; what took longer is in the last bucket too."""

ERROR = 2 ** (1 / (2 * PER_OCTAVE)) - 1


def measure(histogram: str, seconds: float) -> str:
    """The measure that a duration counts in: a bucket of the histogram, such as "reports.resolution#17"."""
    return f"{histogram}#{bucket(seconds)}"


def bucket(seconds: float) -> int:
    """0 below a minute, then a quarter of an octave each."""
    if seconds < FIRST_S:
        return 0
    return min(1 + int(PER_OCTAVE * log2(seconds / FIRST_S)), LAST)


def middle_s(number: int) -> float:
    """The duration in seconds that stands for all of a bucket."""
    return float(FIRST_S / 2) if number == 0 else FIRST_S * 2 ** ((number - 0.5) / PER_OCTAVE)


def rank(quantile: float, total: int) -> int:
    """Which of `total` durations, by length and counted from 1, is the quantile: the nearest rank."""
    return max(1, ceil(round(quantile * total, 6)))


def quantile_s(buckets: Mapping[int, int], quantile: float) -> float | None:
    """The quantile of everything counted, in seconds; None of nothing."""
    total = sum(buckets.values())
    if total <= 0:
        return None
    wanted, seen = rank(quantile, total), 0
    for number in sorted(buckets):
        seen += buckets[number]
        if seen >= wanted:
            return middle_s(number)
    raise AssertionError("the buckets hold as many as their total")


def latency_ms(buckets: Mapping[int, int], quantile: float) -> float | None:
    """The same of latencies: their buckets begin at a millisecond where those of durations begin at a minute."""
    found = quantile_s(buckets, quantile)
    return None if found is None else found / FIRST_S
