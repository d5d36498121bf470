"""Everything the ticker decides, in order: a new decider is one line here."""

from streams.health.decisions import decide as health
from streams.scene import Decider

DECIDERS: tuple[Decider, ...] = (health,)
