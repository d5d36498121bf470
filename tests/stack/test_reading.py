"""What the gateway tells of one subject, as its own role: the history that `nhip show` has, in pages, without words."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from connectors.timescale import shown
from connectors.timescale.answers import Answers
from streams.contracts import DOSSIERS, HEALTH, REPORTS
from streams.days import civil_day
from streams.errors import WrongUse
from tests.stack.store_tools import NOW, House, as_role, dossier, ping, report

SINCE = civil_day(NOW) - timedelta(30)
TEXT = {"description": "nhà bà Ba", "address": "12 Trần Phú", "note": "gọi lại", "media": ["http://x/1.jpg"],
        "reporter_ref": "ba"}  # fmt: skip


@pytest.fixture
def answers(plain_house: House) -> Iterator[Answers]:
    answers = Answers(as_role(plain_house.url, "nhip_gateway"))
    yield answers
    answers.close()


def one(answers: Answers, kind: str, id: str, agencies: frozenset[str] | None = None, **page: Any) -> Any:
    return answers.subject(kind, id, agencies, SINCE, page.get("limit", 100), page.get("cursor", ""))


def pages(answers: Answers, kind: str, id: str, limit: int) -> list[dict[str, Any]]:
    found, cursor = [], ""
    while cursor is not None:
        page = one(answers, kind, id, limit=limit, cursor=cursor)
        assert len(page["events"]) <= limit
        found += page["events"]
        cursor = page["next"]
    return found


async def test_a_report_is_told_as_nhip_show_tells_it_but_for_what_a_citizen_wrote(
    plain_house: House, answers: Answers
) -> None:
    words = ("submitted", "accepted", "dispatched", "resolved")
    at = [NOW - timedelta(hours=4 - n) for n in range(4)]
    place = {"lat": 10.123456, "lon": 105.987654}
    await plain_house.take(REPORTS, [report("PA/1", n, word, at[n], **TEXT, **place) for n, word in enumerate(words)])
    with psycopg.connect(plain_house.url) as connection:
        whole = shown.report(connection, "PA/1")
    assert whole is not None
    assert "nhà bà Ba" in str(whole)
    told = one(answers, "reports", "PA/1")
    assert all(text not in str(told) for text in ("nhà", "Trần Phú", "gọi lại", "1.jpg", "p1:", "10.1234"))
    assert told["events"][0]["data"]["lat"] == 10.123
    assert [event["type"] for event in told["events"]] == list(words)
    for name in told.keys() - {"events", "next", "clocks"}:
        assert told[name] == whole[name]
    assert pages(answers, "reports", "PA/1", 1) == pages(answers, "reports", "PA/1", 3) == told["events"]


async def test_a_dossier_is_seen_by_the_agency_it_stands_with(plain_house: House, answers: Answers) -> None:
    moved = dossier("HS-1", 2, at=NOW, agency="so-yt")
    await plain_house.take(DOSSIERS, [dossier("HS-1", 1, at=NOW - timedelta(1)), moved])
    assert one(answers, "dossiers", "HS-1", frozenset({"so-tttt"})) is None
    told = one(answers, "dossiers", "HS-1", frozenset({"so-yt", "so-xd"}))
    assert [state["agency"] for state in told["states"]] == ["so-tttt", "so-yt"]
    assert one(answers, "dossiers", "HS-2") is None
    with pytest.raises(WrongUse):
        one(answers, "dossiers", "HS-1", cursor="0" * 32)


async def test_a_systems_pings_come_in_pages_the_newest_first(plain_house: House, answers: Answers) -> None:
    pings = [ping("lgsp", n, NOW - timedelta(minutes=n // 2), error="gọi 0912 345 678") for n in range(7)]
    await plain_house.take(HEALTH, [*pings, ping("portal", 99, NOW)])
    told = one(answers, "systems", "lgsp", limit=3)
    assert (len(told["events"]), "error" in told["events"][0]["data"]) == (3, False)
    assert told["history"][0]["state"] == "up"
    found = pages(answers, "systems", "lgsp", 3)
    assert len({event["id"] for event in found}) == len(found) == 7
    assert found == sorted(found, key=lambda event: (event["time"], event["id"]), reverse=True)
    assert one(answers, "systems", "nobody") is None


async def test_lists_come_in_pages_by_agency_and_state(plain_house: House, answers: Answers) -> None:
    agencies = ("so-yt", "so-xd", "ubnd")
    await plain_house.take(
        DOSSIERS, [dossier(f"HS-{n:02}", n, agency=agencies[n % 3], status=2 + n % 2 * 2) for n in range(12)]
    )
    await plain_house.take(REPORTS, [report("PA-1", 1), report("PA-2", 2, "dispatched")])

    def ids(kind: str, of: frozenset[str] | None, state: str | None = None, limit: int = 5) -> list[str]:
        found, cursor = [], ""
        while cursor is not None:
            items, cursor = answers.subjects(kind, of, state, limit, cursor)
            assert len(items) <= limit
            found += [item["id"] for item in items]
        return found

    everything = [f"HS-{n:02}" for n in range(12)]
    assert ids("dossiers", None) == everything
    assert ids("dossiers", frozenset(agencies[:2])) == [id for n, id in enumerate(everything) if n % 3 < 2]
    assert ids("dossiers", frozenset({"so-yt"}), limit=1) == ["HS-00", "HS-03", "HS-06", "HS-09"]
    assert ids("dossiers", frozenset({"so-yt"}), "4") == ["HS-03", "HS-09"]
    assert ids("dossiers", None, "4") == everything[1::2]
    assert ids("dossiers", frozenset({"none"})) == []
    assert ids("reports", None) == ["PA-1", "PA-2"]
    assert ids("reports", frozenset({"so-gtvt"})) == ["PA-2"]
    assert ids("systems", None) == []
