"""What a channel is, and what can become of a message. An error says whether trying again can help."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from connectors.timescale.outbox import Letter


class Delivered(NamedTuple):
    """The receiver has it."""


class Later(NamedTuple):
    """It may well go through later; `seconds`: not before, if the receiver says so."""

    fault: str
    seconds: float = 0.0


class Never(NamedTuple):
    """The receiver refuses it, and would again."""

    reason: str


Outcome = Delivered | Later | Never


class Channel(Protocol):
    """A way to people or machines. It never raises: what goes wrong is its answer.

    `together`: how many letters it takes as one; `pace_s`: seconds of peace after what it was given, in which more
    gathers.
    """

    together: int
    pace_s: float

    async def deliver(self, letters: Sequence[Letter]) -> Outcome:
        """One attempt to deliver all of them at once, the oldest first."""
