"""What the database answers to one statement, and who asks it."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple


class Answer(NamedTuple):
    """Names of columns, and rows."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


Ask = Callable[[str], Awaitable[Answer]]
"""Asks one statement as the reader role."""
