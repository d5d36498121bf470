"""Many counters in one integer: adding forty of them is one addition, and the longest loops of counting add much.

Each counter has 64 bits of its own, its lane. Negative ones borrow from the lane above until they are told apart again.
"""

from collections.abc import Mapping
from functools import cache

BITS = 64
_HALF = 1 << (BITS - 1)


def packed(counters: Mapping[int, int]) -> int:
    """Counters by their lane, the first of which is 0, as one integer."""
    total = 0
    for lane, n in counters.items():
        total += n << (BITS * lane)
    return total


def unpacked(total: int) -> list[int]:
    """The counters of all lanes up to the last one that is not zero."""
    if not total:
        return []
    lanes = total.bit_length() // BITS + 1
    halves = _halves(lanes)
    signed = (total + halves) ^ halves  # two's complement in each lane
    counters = memoryview(signed.to_bytes(BITS // 8 * lanes, "little")).cast("q").tolist()
    while counters and not counters[-1]:
        counters.pop()
    return counters


@cache
def _halves(lanes: int) -> int:
    """The sign bit of every lane."""
    return _HALF * (((1 << (BITS * lanes)) - 1) // ((1 << BITS) - 1))
