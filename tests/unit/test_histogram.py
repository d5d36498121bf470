"""Percentiles from buckets are as near to the exact ones as they say."""

from collections import Counter
from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.indicators.histogram import ERROR, FIRST_S, LAST, bucket, measure, middle_s, quantile_s, rank

SECONDS = st.floats(0, 60_000_000, allow_nan=False)


@given(st.lists(SECONDS, min_size=1, max_size=50), st.sampled_from([0.5, 0.9]))
def test_a_percentile_is_within_the_stated_error(durations: list[float], quantile: float) -> None:
    exact = sorted(durations)[rank(quantile, len(durations)) - 1]
    found = quantile_s(Counter(map(bucket, durations)), quantile)
    assert found is not None
    assert found == 30 if exact < FIRST_S else abs(found - exact) <= exact * ERROR * (1 + 1e-9)


@given(st.lists(SECONDS, min_size=1))
def test_the_median_is_the_lower_of_two(durations: list[float]) -> None:
    assert sorted(durations)[rank(0.5, len(durations)) - 1] == median_low(durations)


def test_buckets_grow_with_durations() -> None:
    assert [bucket(seconds) for seconds in (0, 59.9, 60, 71, 72, 120, 3600, 10**12)] == [0, 0, 1, 1, 2, 5, 24, LAST]
    assert measure("reports.resolution", 3600) == "reports.resolution#24"
    assert sorted(map(middle_s, range(LAST + 1))) == list(map(middle_s, range(LAST + 1)))
    assert pytest.approx(0.0905, abs=1e-4) == ERROR


def test_of_nothing_there_is_no_percentile() -> None:
    assert quantile_s({}, 0.5) is None
