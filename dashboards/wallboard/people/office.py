"""What the pages need of the rooms they may not see: who people are, and what they do."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from streams.people.actor import Actor, Identity, Person
from streams.people.directive import Directive, Draft, Kind, Step
from streams.people.shift import Handover, Logged, Note


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


class Directives(Protocol):
    """What the centre told agencies to settle. `send` and `move` raise WrongUse and NotNow."""

    async def listed(self, states: Sequence[str] | None) -> Sequence[Directive]:
        """The newest first."""

    async def find(self, number: int) -> Directive | None:
        """One directive."""

    async def send(self, draft: Draft, actor: Actor) -> Directive:
        """Send one."""

    async def move(self, number: int, step: Step, actor: Actor, note: str | None) -> Directive | None:
        """Take a step; None where there is no such directive."""

    async def late(self) -> Sequence[Any]:
        """Agencies with something overdue: kind, agency, name, overdue, since."""

    async def late_subjects(self, kind: Kind, agency: str, most: int) -> Sequence[Any]:
        """What is overdue at an agency: id, about, due_at."""


class Shift(Protocol):
    """The shift log. What writes raises WrongUse and NotNow."""

    async def entries(self, most: int) -> Sequence[Logged]:
        """The newest first."""

    async def handovers(self, most: int) -> Sequence[Handover]:
        """The newest first."""

    async def add(self, note: Note, actor: Actor) -> Logged:
        """Note something."""

    async def hand_over(self, text: str, actor: Actor) -> Handover:
        """Write a hand-over."""

    async def confirm(self, number: int, actor: Actor) -> Handover | None:
        """Take a hand-over; None where there is no such one."""


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
    directives: Directives
    shift: Shift
    provider: Provider | None = None
    secure: bool = True
    required: bool = False
