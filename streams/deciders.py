"""Everything the ticker decides, in order: a new decider is one line here."""

from streams.health.decisions import Health
from streams.scene import Decider


def deciders() -> tuple[Decider, ...]:
    """New ones, for one ticker: each may remember what it has decided, to decide the same in less time."""
    return (Health(),)
