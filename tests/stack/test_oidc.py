"""Signing in through an OpenID Connect provider, over real HTTP to one that checks what a provider must."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from connectors.oidc.options import OidcOptions, role_names
from connectors.oidc.provider import Provider
from dashboards.wallboard.people.office import Office
from streams.errors import WrongUse
from streams.people.actor import Role
from tests.stack.oidc_tools import CLIENT, SECRET, TestProvider
from tests.stack.people_tools import Visitor, add_user, office, visitor
from tests.stack.store_tools import House

CALLBACK = "http://wallboard/sign-in/provider/callback"


@pytest.fixture
def provider() -> Iterator[TestProvider]:
    with TestProvider(CALLBACK).running() as provider:
        yield provider


@pytest.fixture
async def here(plain_house: House, provider: TestProvider) -> AsyncIterator[Office]:
    roles = role_names("operator=operator, ioc-admins=admin")
    options = OidcOptions(provider.issuer, CLIENT, SECRET, CALLBACK, "roles", roles)
    async with office(plain_house.url, provider=Provider(options)) as here:
        yield here


async def there_and_back(person: Visitor) -> httpx.Response:
    """Follow the way to the provider, and back to the wallboard."""
    left = await person.get("/sign-in/provider/")
    assert left.status_code == 302, left.text
    async with httpx.AsyncClient() as world:
        back = await world.get(left.headers["location"])
    assert back.status_code == 302, back.text
    return await person.get(back.headers["location"])


async def test_a_person_goes_to_the_provider_and_comes_back_signed_in(here: Office, provider: TestProvider) -> None:
    async with visitor(here) as hoa:
        assert "/sign-in/provider/" in (await hoa.get("/sign-in")).text
        came = await there_and_back(hoa)
        assert (came.status_code, came.headers["location"]) == (303, "/office")
        assert "hoa · trực ban" in (await hoa.get("/office/alerts")).text
    provider.claims |= {"roles": ["operator", "ioc-admins"]}
    async with visitor(here) as hoa:
        await there_and_back(hoa)
        assert (await hoa.get("/office/audit")).status_code == 200, "of several roles the highest"


@pytest.mark.parametrize("fault", ["state", "nonce", "audience", "issuer", "expired", "signature"])
async def test_nobody_comes_in_by_a_forged_answer(here: Office, provider: TestProvider, fault: str) -> None:
    provider.spoil = fault
    async with visitor(here) as forger:
        refused = await there_and_back(forger)
        assert refused.status_code == 403
        assert "Không xác nhận được" in refused.text
        assert (await forger.get("/office/alerts")).status_code == 303


async def test_an_answer_that_another_browser_asked_for_is_refused(here: Office) -> None:
    """Else a link would sign people in as the one who made it (RFC 6749 §10.12)."""
    async with visitor(here) as attacker, visitor(here) as victim:
        left = await attacker.get("/sign-in/provider/")
        async with httpx.AsyncClient() as world:
            back = await world.get(left.headers["location"])
        assert (await victim.get(back.headers["location"])).status_code == 403
        assert (await victim.get("/office/alerts")).status_code == 303


@pytest.mark.parametrize("roles", [[], ["student"], None])
async def test_an_account_without_a_role_here_is_told_so(here: Office, provider: TestProvider, roles: object) -> None:
    provider.claims |= {"roles": roles}
    async with visitor(here) as hoa:
        refused = await there_and_back(hoa)
        assert refused.status_code == 403
        assert "chưa được giao vai trò" in refused.text


async def test_a_provider_cannot_take_a_local_users_name(
    here: Office, provider: TestProvider, plain_house: House
) -> None:
    await add_user(plain_house.url, "hoa", Role.ADMIN)
    async with visitor(here) as impostor:
        assert (await there_and_back(impostor)).status_code == 403


async def test_a_provider_that_is_away_is_said(plain_house: House) -> None:
    away = OidcOptions("http://127.0.0.1:1", CLIENT, SECRET, CALLBACK, "roles", {})
    async with office(plain_house.url, provider=Provider(away)) as here, visitor(here) as hoa:
        refused = await hoa.get("/sign-in/provider/")
        assert refused.status_code == 403
        assert "Không xác nhận được" in refused.text


def test_a_claim_may_lie_in_an_object() -> None:
    options = OidcOptions("i", "c", "s", CALLBACK, "realm_access.roles", role_names("a=admin,v=viewer"))
    assert options.identity({"sub": "1", "realm_access": {"roles": ["v", "x"]}}).role is Role.VIEWER
    assert options.identity({"sub": "1", "realm_access": "none"}).role is None
    with pytest.raises(WrongUse, match="NHIP_OIDC_ROLES"):
        role_names("a=boss")
