"""The demo's own operator: made anew at each start, with a password that is good for this demo alone."""

import asyncio

from connectors.people.passwords import hashed
from connectors.timescale import users
from nhip.database import connected_async
from nhip.person import cli_actor
from nhip.settings import Settings
from streams.people.actor import Role


def make_operator(settings: Settings) -> None:
    """Make the user that the settings name, who may act on the wallboard's pages."""
    assert settings.demo_operator is not None
    assert settings.demo_password is not None
    asyncio.run(_make(settings.owner_url, settings.demo_operator, settings.demo_password.get_secret_value()))


async def _make(url: str, name: str, password: str) -> None:
    async with connected_async(url) as connection:
        await users.create(connection, name, Role.OPERATOR, hashed(password), cli_actor("demo"))
