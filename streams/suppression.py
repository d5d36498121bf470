"""Hiding small cells (che số liệu nhỏ): what is published of counts, so that none under five can be found out.

The same things are counted in several tables, each of which sums to the same total. A cell that is hidden alone in its
table is the total less the others, so the next larger are hidden beside it. Whoever knows this rule and all that is
published still finds two numbers possible, or more, for every hidden cell: tests/unit/test_suppression.py tries them.

What this does not keep: that a cell is small, or near a number; what somebody knows from elsewhere, such as that one
agency alone deals with a field; what is found by comparing a day as published before and after a restatement.
"""

from collections.abc import Mapping
from typing import NamedTuple

SMALLEST = 5
"""Counts from 1 to below this are small: nobody who is counted there may be told apart."""

Counts = Mapping[str, int]
"""How many, by code; what is not there is zero."""

Tables = Mapping[str, Counts]
"""The same things counted by different dimensions, by the dimension's name."""


class Published(NamedTuple):
    """The total, and of each table the codes that are hidden. `total` None: nothing is told, not even zeros."""

    total: int | None
    hidden: Mapping[str, frozenset[str]]


NOTHING = Published(None, {})


def published(total: int, tables: Tables) -> Published:
    """What may be told of one measure on one day."""
    if 0 < total < SMALLEST or any(n < 0 for counts in tables.values() for n in counts.values()):
        return NOTHING  # work that was taken back makes a count negative: then sums tell more than they seem to
    hidden = {}
    for dimension, counts in tables.items():
        found = _hidden(counts)
        if found is None:
            return NOTHING
        hidden[dimension] = found
    return Published(total, hidden)


def _hidden(counts: Counts) -> frozenset[str] | None:
    """The codes to hide in one table; None where no choice of them would do."""
    small = {code for code, n in counts.items() if 0 < n < SMALLEST}
    if not small or _ambiguous(sum(counts[code] for code in small), len(small)):
        return frozenset(small)
    beside = min((n for n in counts.values() if n >= SMALLEST), default=None)
    if beside is None:
        return None
    return frozenset(small | {code for code, n in counts.items() if n == beside})  # by code, which of them would tell


def _ambiguous(known: int, cells: int) -> bool:
    """Whether small cells whose sum is known keep their secret among themselves: two or more, neither all as small as
    they can be nor all as large."""
    return cells > 1 and cells < known < cells * (SMALLEST - 1)
