"""Which settings let people in, and which would let anybody in: those are refused at the start, with what to do."""

import pytest

from nhip.office import office
from nhip.settings import Settings
from streams.errors import WrongUse

PEOPLE = {"people_database_url": "postgresql://nhip_people@127.0.0.1/nhip"}
OIDC = {"oidc_issuer": "https://id.example", "oidc_client_id": "c", "oidc_client_secret": "s"}
HTTPS = {"wallboard_url": "https://ioc.example"}


def settings(**given: object) -> Settings:
    return Settings.model_validate(given)


@pytest.mark.parametrize(
    ("given", "secure", "required"),
    [
        ({}, False, False),
        ({"wallboard_host": "::1"}, False, False),
        ({"wallboard_sign_in": "required"}, False, True),
        ({"wallboard_host": "0.0.0.0"}, True, True),
        ({"wallboard_host": "0.0.0.0", "wallboard_sign_in": "optional"}, True, False),
        ({"wallboard_host": "0.0.0.0", "wallboard_url": "http://127.0.0.1:8601"}, False, True),
        (HTTPS, True, False),
    ],
)
def test_boards_are_open_on_this_machine_alone_and_cookies_plain_nowhere_else(
    given: dict[str, object], secure: bool, required: bool
) -> None:
    found = office(settings(**PEOPLE, **given))
    assert found is not None
    assert (found.secure, found.required, found.provider) == (secure, required, None)


def test_without_a_database_of_people_there_are_boards_only_and_on_this_machine_alone() -> None:
    assert office(settings()) is None
    assert office(settings(wallboard_host="0.0.0.0", wallboard_sign_in="optional")) is None
    for given in ({"wallboard_host": "0.0.0.0"}, {"wallboard_sign_in": "required"}):
        with pytest.raises(WrongUse, match="NHIP_PEOPLE_DATABASE_URL"):
            office(settings(**given))


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"wallboard_url": "http://ioc.example"}, "in the clear"),
        (OIDC, "NHIP_WALLBOARD_URL"),
        (OIDC | HTTPS | {"oidc_client_secret": None}, "NHIP_OIDC_CLIENT_SECRET"),
        (OIDC | HTTPS | {"oidc_issuer": "http://id.example"}, "could be anybody"),
        (OIDC | HTTPS | {"oidc_roles": "boss=boss"}, "NHIP_OIDC_ROLES"),
    ],
)
def test_what_would_let_anybody_in_is_refused(given: dict[str, object], what: str) -> None:
    with pytest.raises(WrongUse, match=what):
        office(settings(**PEOPLE, **given))


def test_a_provider_sends_people_back_to_the_address_they_open() -> None:
    found = office(settings(**PEOPLE, **OIDC, **HTTPS))
    assert found is not None
    assert found.provider is not None
