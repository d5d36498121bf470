"""Which database errors pass, which never will, and what to tell people."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors
from psycopg_pool import PoolTimeout

from streams.agents import Refused, Transient
from streams.errors import Unreachable

POISON_CLASSES = ("22", "23", "54")
"""Data exceptions, integrity violations and program limits (an index row too long): one of the rows is to blame."""

PASSING_CLASSES = ("08", "40", "53", "55", "57")
"""Connection, rollback (deadlock, serialisation), resources, locks, operator intervention."""


@contextmanager
def translated() -> Iterator[None]:
    """Turn psycopg's errors into Transient or Refused; what is neither (a bug, a missing table) goes through."""
    try:
        yield
    except (PoolTimeout, psycopg.InterfaceError) as error:
        raise Transient(str(error)) from error
    except psycopg.Error as error:
        state = error.sqlstate or ""
        if state.startswith(POISON_CLASSES) or (not state and isinstance(error, psycopg.DataError)):
            raise Refused(_first_line(error)) from error
        if state.startswith(PASSING_CLASSES) or (not state and isinstance(error, psycopg.OperationalError)):
            raise Transient(_first_line(error)) from error
        raise


NOT_SET_UP = (
    errors.UndefinedTable, errors.UndefinedColumn, errors.UndefinedFunction, errors.InvalidSchemaName,
    errors.InsufficientPrivilege,
)  # fmt: skip


@contextmanager
def reachable(url: str) -> Iterator[None]:
    """Turn a refused or lost connection and a database without our tables into Unreachable, without the password."""
    try:
        yield
    except (psycopg.OperationalError, PoolTimeout) as error:
        fault = f"the database {without_password(url)} cannot be reached: {_first_line(error)}"
        raise Unreachable(f"{fault}; start it, or set its URL: `nhip doctor` shows what is set") from error
    except NOT_SET_UP as error:
        raise Unreachable(f"the database {without_password(url)}: {_first_line(error)}; run `nhip setup`") from error


def without_password(url: str) -> str:
    """A connection URL as it may be shown."""
    scheme, _, rest = url.partition("://")
    credentials, at, host = rest.rpartition("@")
    return f"{scheme}://{credentials.partition(':')[0]}{at}{host}"


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
