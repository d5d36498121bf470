"""What the pages need of the rooms they may not see: who people are, and what they do."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from streams.people.actor import Actor, Identity, Person


class People(Protocol):
    """Who is signed in. Everything here raises Transient while the database is away."""

    async def sign_in(self, name: str, password: str, address: str) -> str | None:
        """A new session's token; None for a wrong name or password. Raises TooManyTries."""

    async def welcome(self, identity: Identity, address: str) -> str | None:
        """The token of a session for whom a provider vouches; None where they may not come in."""

    async def signed_in(self, token: str) -> Person | None:
        """Whose session it is, as they stand now."""

    async def sign_out(self, token: str, address: str) -> None:
        """End a session."""


class Entry(Protocol):
    """What somebody did."""

    @property
    def at(self) -> datetime: ...
    @property
    def who(self) -> str: ...
    @property
    def via(self) -> str: ...
    @property
    def address(self) -> str | None: ...
    @property
    def action(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def before(self) -> dict[str, Any] | None: ...
    @property
    def after(self) -> dict[str, Any] | None: ...


class Alert(Protocol):
    """An alert as it stands; pages read more of it than they name."""

    @property
    def id(self) -> str: ...
    @property
    def state(self) -> str: ...


class Alerts(Protocol):
    """What is wrong, and the hands on it."""

    async def open_alerts(self, most: int) -> Sequence[Alert]:
        """Those that are not over, the newest first."""

    async def alert(self, id: str) -> tuple[Alert, Sequence[Any]] | None:
        """One alert with its steps."""

    async def act(self, id: str, action: str, actor: Actor, note: str | None, until: datetime | None) -> bool:
        """False where it cannot be done any more."""


class Audit(Protocol):
    """What people did."""

    async def newest(self, most: int) -> Sequence[Entry]:
        """The newest first."""


Welcome = Callable[[Request, Identity | None], Awaitable[Response]]


class Provider(Protocol):
    """An OpenID Connect provider that signs people in."""

    def application(self, welcome: Welcome) -> ASGIApp:
        """What leads there and back; `welcome` answers those who come back."""


@dataclass(frozen=True, slots=True)
class Office:
    """Everything behind the pages. `secure`: people come over https, and cookies only so; `required`: the boards are
    for those who are signed in too."""

    people: People
    audit: Audit
    alerts: Alerts
    provider: Provider | None = None
    secure: bool = True
    required: bool = False
