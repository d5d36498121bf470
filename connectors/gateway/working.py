"""What doors share that let people work over HTTP: whom the audit names, and what is wrong as a problem document."""

from collections.abc import Awaitable
from typing import TypeVar

from fastapi import Request

from connectors.gateway.keys import KeyInfo
from connectors.gateway.problems import Problem, RequestRefused, try_later
from streams.agents import Transient
from streams.errors import WrongUse
from streams.people.actor import Actor
from streams.people.directive import NotNow

T = TypeVar("T")


def actor(request: Request, key: KeyInfo, who: str | None) -> Actor:
    """Whom the audit names: who the caller says it is for, and always the key it came with."""
    return Actor(who or key.name, f"http ({key.name})", request.client.host if request.client else None)


def needed(kept: T | None) -> T:
    """What is kept. Raises RequestRefused (503) where the gateway has no database."""
    if kept is None:
        raise RequestRefused(try_later("database_unavailable", "this gateway was started without a database", 60))
    return kept


async def worked(waiting: Awaitable[T]) -> T:
    """The answer. Raises RequestRefused: 422 for what makes no sense, 409 for what is too late, 503."""
    try:
        return await waiting
    except WrongUse as error:
        raise RequestRefused(Problem("invalid_parameter", str(error))) from None
    except NotNow as error:
        raise RequestRefused(Problem("not_now", str(error))) from None
    except Transient:
        raise RequestRefused(try_later("database_unavailable", "the database does not answer", 5)) from None
