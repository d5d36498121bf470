"""What a channel is, and what can become of a message. An error says whether trying again can help."""

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
    """A way to people or machines. It never raises: what goes wrong is its answer."""

    async def deliver(self, letter: Letter) -> Outcome: ...
