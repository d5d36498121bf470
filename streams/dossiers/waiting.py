"""Dossiers that an agency has let pass, and those it is about to."""

from datetime import datetime
from typing import NamedTuple


class Unfinished(NamedTuple):
    """An agency's dossiers in work: overdue at a moment, about to be soon after it, and since when the oldest is."""

    agency: str
    overdue: int
    due_soon: int
    oldest: datetime
