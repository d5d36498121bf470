"""A wallboard with its office on a real database, and people who come to it by their browsers."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from fastapi import FastAPI
from psycopg import AsyncConnection

from connectors.people.passwords import hashed
from connectors.timescale import users
from connectors.timescale.desk import Desk
from connectors.timescale.directives import Directives
from connectors.timescale.people import People
from connectors.timescale.shift import Shift
from dashboards.wallboard import make_wallboard
from dashboards.wallboard.people.office import Office
from streams.people.actor import Actor, Role
from tests.stack.store_tools import as_role
from tests.stack.wallboard_tools import Province

PASSWORD = "đúng mật khẩu này"
OWNER = Actor("chủ", "cli", "root@desk")
_TOKEN = re.compile(r'name="form" value="([0-9a-f]{64})"')


class Visitor(httpx.AsyncClient):
    """A browser: keeps cookies, and sends the forms of the pages it has open."""

    async def send_form(self, path: str, where: str | None = None, **fields: Any) -> httpx.Response:
        """Open the page `path`, fill its form in, and send it to `where` (the same path)."""
        found = _TOKEN.search((await self.get(path)).text)
        assert found is not None, f"no form on {path}"
        return await self.post(where or path, data={"form": found[1], **fields})

    async def sign_in(self, name: str = "lan", password: str = PASSWORD) -> httpx.Response:
        return await self.send_form("/sign-in", name=name, password=password)


@asynccontextmanager
async def office(url: str, **options: Any) -> AsyncIterator[Office]:
    """Everything behind the pages, as the role nhip_people."""
    people = People(as_role(url, "nhip_people"))
    desk = Desk(people.connection)
    directives, shift = Directives(people.connection), Shift(people.connection)
    yield Office(people, desk, desk, directives, shift, **{"secure": False} | options)
    await people.close()


def visitor(office: Office, address: str = "10.0.0.7") -> Visitor:
    return browser(make_wallboard(Province().read, Province().ask, office=office), address)


def browser(app: FastAPI, address: str = "10.0.0.7") -> Visitor:
    return Visitor(transport=httpx.ASGITransport(app, client=(address, 4711)), base_url="http://wallboard")


async def add_user(url: str, name: str = "lan", role: Role = Role.OPERATOR) -> None:
    async with await AsyncConnection.connect(url) as connection:
        assert await users.create(connection, name, role, hashed(PASSWORD), OWNER)
