"""When each check is looked at: evenly over its interval, the same after every restart."""

import hashlib


def phase(name: str, interval: float) -> float:
    """The seconds into each interval at which the check of this name has its turn.

    By a hash of its name: a thousand checks of one minute are some sixteen a second, not a thousand at once.
    """
    share = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest()) / 2**64
    return share * interval


def turn(name: str, interval: float, after: float) -> float:
    """The first turn of the check that comes later than the moment `after`; moments are seconds since 1970."""
    return after + interval - (after - phase(name, interval)) % interval


def following(name: str, interval: float, last: float, now: float) -> float:
    """The turn after the one at `last`, without those that have passed by `now`.

    Half an interval on: a clock that wakes a little early must not find the same turn again.
    """
    return turn(name, interval, max(now, last + interval / 2))
