"""Urgent reports that nobody has responded to yet."""

from datetime import datetime
from typing import NamedTuple


class Unanswered(NamedTuple):
    """An open urgent report without a first response."""

    report: str
    category: str
    agency: str
    area: str | None
    received_at: datetime
