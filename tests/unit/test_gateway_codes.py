"""The codes that publishers are told to send."""

import pytest

from tests.unit.gateway_tools import OPERATE_KEY, Memory, client
from tests.unit.test_open311 import Office


async def test_the_codes_that_hold_today_are_listed_with_their_titles() -> None:
    async with client(Memory(), office=Office()) as http:
        categories = (await http.get("/v1/catalogue/categories")).json()
        agencies = (await http.get("/v1/catalogue/agencies")).json()
    assert categories["items"] == [{"code": "rac", "title": "Rác thải"}]
    assert agencies["items"] == [{"code": "so-xd", "title": "Sở Xây dựng"}]
    assert categories["version"] == agencies["version"]


@pytest.mark.parametrize("kind", ["areas", "fields", "procedures", "systems"])
async def test_a_list_may_be_empty(kind: str) -> None:
    async with client(Memory(), office=Office()) as http:
        answer = await http.get(f"/v1/catalogue/{kind}")
    assert (answer.status_code, answer.json()["items"]) == (200, [])


async def test_who_has_the_list_is_told_that_it_has_not_changed() -> None:
    async with client(Memory(), office=Office()) as http:
        first = await http.get("/v1/catalogue/categories")
        again = await http.get("/v1/catalogue/categories", headers={"if-none-match": first.headers["etag"]})
        other = await http.get("/v1/catalogue/categories", headers={"if-none-match": '"another"'})
    assert (again.status_code, again.content, other.status_code) == (304, b"", 200)


async def test_without_a_key_a_database_or_a_kind_there_is_no_list() -> None:
    async with client(Memory(), key=None, office=Office()) as http:
        assert (await http.get("/v1/catalogue/categories")).status_code == 401
    async with client(Memory(), key=OPERATE_KEY, office=Office(away=True)) as http:
        away = await http.get("/v1/catalogue/categories")
        assert (await http.get("/v1/catalogue/people")).status_code == 422
    assert (away.status_code, away.json()["reason"]) == (503, "database_unavailable")
