"""What doors, pages and commands lend to those who keep people's work."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from psycopg import AsyncConnection

Connect = Callable[[], AbstractAsyncContextManager[AsyncConnection]]
"""Lends a connection whose transaction commits when the block ends well. Raises Transient or Unreachable."""
