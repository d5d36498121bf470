"""Local users as the owner of the database makes and ends them; every change ends their sessions and is audited."""

from datetime import datetime
from typing import NamedTuple

from psycopg import AsyncConnection

from connectors.timescale.audit import note
from connectors.timescale.queries import load
from streams.errors import NhipError
from streams.people.actor import Actor, Role

QUERIES = load("people.sql")


class User(NamedTuple):
    """A person as listed; `issuer` is the provider that signs them in, None for a local user."""

    name: str
    role: str
    issuer: str | None
    created_at: datetime
    disabled_at: datetime | None
    signed_in_at: datetime | None


async def create(connection: AsyncConnection, name: str, role: Role, password: str, actor: Actor) -> bool:
    """Keep a new user by the password's hash; False where the name is taken, also by one who is disabled."""
    done = await (await connection.execute(QUERIES["create"], [name, role, password])).fetchone()
    if done:
        await note(connection, actor, "person.created", f"person/{name}", None, {"role": role})
    return done is not None


async def listed(connection: AsyncConnection) -> list[User]:
    """All, by name, with their last sign-in."""
    return [User(*row) for row in await (await connection.execute(QUERIES["list"])).fetchall()]


async def set_password(connection: AsyncConnection, name: str, password: str, actor: Actor) -> None:
    """Raises NhipError where there is no such local user."""
    _, _, local = await _locked(connection, name)
    if not local:
        raise NhipError(f"{name} signs in through a provider, which keeps the password")
    await connection.execute(QUERIES["password"], [password, name])
    await _changed(connection, name, "person.password", actor, None, None)


async def set_role(connection: AsyncConnection, name: str, role: Role, actor: Actor) -> None:
    """Raises NhipError where there is no such user."""
    before, _, _ = await _locked(connection, name)
    await connection.execute(QUERIES["role"], [role, name])
    await _changed(connection, name, "person.role", actor, {"role": before}, {"role": role})


async def disable(connection: AsyncConnection, name: str, actor: Actor, *, disabled: bool = True) -> None:
    """End, or let in again. Raises NhipError where there is no such user."""
    _, before, _ = await _locked(connection, name)
    await connection.execute(QUERIES["disable"], [disabled, name])
    word = "person.disabled" if disabled else "person.enabled"
    await _changed(connection, name, word, actor, {"disabled": before}, {"disabled": disabled})


async def _locked(connection: AsyncConnection, name: str) -> tuple[str, bool, bool]:
    row = await (await connection.execute(QUERIES["lock"], [name])).fetchone()
    if row is None:
        raise NhipError(f"there is no user {name!r}: see `nhip users list`")
    role, disabled, local = row
    return role, disabled, local


async def _changed(
    connection: AsyncConnection,
    name: str,
    action: str,
    actor: Actor,
    before: dict[str, object] | None,
    after: dict[str, object] | None,
) -> None:
    await connection.execute(QUERIES["end_sessions"], [name])
    await note(connection, actor, action, f"person/{name}", before, after)
