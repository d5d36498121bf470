"""A dossier's history as people read it."""

from collections.abc import Iterable
from typing import Any

from streams.dossiers.fold import flags, history
from streams.occurrences import Occurrence


def story(events: Iterable[Occurrence]) -> dict[str, Any]:
    """The state in force and what is wrong with it, then every state from its moment on."""
    states = history(events)
    return {
        "flags": list(flags(states[-1])),
        "states": [state._asdict() for state in states],
    }
