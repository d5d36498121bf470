"""Indicators over HTTP: what may be asked, by whom, and how it is refused."""

from datetime import date, datetime
from typing import Any

import pytest

from streams.errors import WrongUse
from streams.indicators.question import Question
from streams.indicators.registry import INDICATORS
from streams.periods import Period, period
from tests.unit.gateway_tools import KEY, OPERATE_KEY, Memory, client


class Answers:
    """Answers whatever is asked, and remembers it."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []

    def figures(self, question: Question, now: datetime, *, each_day: bool) -> list[dict[str, Any]]:
        self.asked.append((question, now, each_day))
        if question.first == date(1999, 1, 1):
            raise WrongUse("that cannot be asked")
        return [{"name": question.indicator.name, "numerator": 1}]

    def index(self, first: date, past: date, as_of: datetime, now: datetime) -> list[dict[str, Any]]:
        self.asked.append((first, past, as_of))
        return [{"name": "qd766", "value": 22.0}]

    def behind(
        self, question: Question, side: str, now: datetime, limit: int, after: str
    ) -> tuple[list[Any], str | None]:
        self.asked.append((question, now, side, limit, after))
        return [{"subject": "HS-1", "n": 1}], "HS-1"

    def form(self, period: Period) -> dict[str, Any]:
        self.asked.append((period,))
        return {"period": period.name}


async def get(path: str, answers: Answers | None = None, key: str = OPERATE_KEY) -> tuple[int, Any]:
    async with client(Memory(), key=key, answers=answers) as http:
        answer = await http.get(path)
        return answer.status_code, answer.json()


async def test_the_registry_tells_each_indicators_definition() -> None:
    status, found = await get("/v1/kpis")
    assert (status, [item["name"] for item in found["items"]]) == (200, list(INDICATORS))
    on_time = next(item for item in found["items"] if item["name"] == "dossiers.on_time")
    assert on_time["groups"] == ["day", "agency", "field", "procedure", "channel"]
    assert {"measure": "dossiers.overdue", "read": "level", "sign": -1} in on_time["numerator"]
    assert all(item["definition"] and item["source"] and item["unit"] for item in found["items"])


async def test_the_index_of_qd_766_is_asked_for_as_an_indicator_is() -> None:
    answers = Answers()
    path = "/v1/kpis/qd766?from=2026-10-01&to=2026-11-01&as_of=2026-11-01T00:00:00%2B07:00"
    assert await get(path, answers) == (200, {"items": [{"name": "qd766", "value": 22.0}], "next": None})
    first, past = date(2026, 10, 1), date(2026, 11, 1)
    assert answers.asked == [(first, past, datetime.fromisoformat("2026-11-01T00:00:00+07:00"))]
    assert (await get("/v1/kpis/qd766?from=2026-10-01&to=2026-10-01", answers))[0] == 422


async def test_a_question_is_understood_as_nhip_kpi_understands_it() -> None:
    answers = Answers()
    path = (
        "/v1/kpis/dossiers.on_time?from=2026-10-01&to=2026-11-01&group_by=field,day&where=agency%3Dso-y-te"
        "&agencies=by-successor&rounding=half_up&as_of=2026-11-01T00:00:00%2B07:00"
    )
    assert await get(path, answers) == (200, {"items": [{"name": "dossiers.on_time", "numerator": 1}], "next": None})
    ((question, _, each_day),) = answers.asked
    assert each_day
    assert (question.first, question.past) == (date(2026, 10, 1), date(2026, 11, 1))
    assert (question.group_by, question.where, question.rounding) == (("field",), {"agency": "so-y-te"}, "half_up")
    assert question.by_successor
    assert question.as_of.isoformat() == "2026-11-01T00:00:00+07:00"


async def test_without_a_moment_the_question_is_about_now_to_the_microsecond() -> None:
    for path in ("/v1/kpis/dossiers.on_time", "/v1/kpis/dossiers.on_time/events"):
        answers = Answers()
        assert (await get(path, answers))[0] == 200
        question, now, *_ = answers.asked[0]
        assert question.as_of == now


async def test_the_subjects_behind_a_side_come_in_pages() -> None:
    answers = Answers()
    found = await get("/v1/kpis/dossiers.on_time/events?side=denominator&limit=1&cursor=HS-0", answers)
    assert found == (200, {"items": [{"subject": "HS-1", "n": 1}], "next": "HS-1"})
    assert answers.asked[0][2:] == ("denominator", 1, "HS-0")


@pytest.mark.parametrize(
    ("path", "status", "reason"),
    [
        ("/v1/kpis/dossiers.speed", 404, "not_found"),
        ("/v1/kpis/dossiers.on_time?group_by=system", 422, "invalid_parameter"),
        ("/v1/kpis/dossiers.on_time?group_by=agency,channel", 422, "invalid_parameter"),
        ("/v1/kpis/dossiers.on_time?from=2026-10-02&to=2026-10-02", 422, "invalid_parameter"),
        ("/v1/kpis/dossiers.on_time?from=yesterday", 422, "invalid_parameter"),
        ("/v1/kpis/dossiers.on_time?from=1999-01-01", 422, "invalid_parameter"),
        ("/v1/kpis/dossiers.on_time?where=agency", 422, "invalid_parameter"),
        ("/v1/kpis/dossiers.on_time/events?side=middle", 422, "invalid_parameter"),
        ("/v1/kpis/dossiers.on_time/events?limit=0", 422, "invalid_parameter"),
        ("/v1/forms/dossiers", 422, "invalid_parameter"),
        ("/v1/forms/dossiers?period=2026-13", 422, "invalid_parameter"),
    ],
)
async def test_what_cannot_be_asked_is_refused_with_the_reason(path: str, status: int, reason: str) -> None:
    found, problem = await get(path, Answers())
    assert (found, problem["reason"]) == (status, reason)


async def test_a_key_that_only_publishes_reads_nothing() -> None:
    paths = (
        "/v1/kpis",
        "/v1/kpis/dossiers.on_time",
        "/v1/kpis/dossiers.on_time/events",
        "/v1/forms/dossiers?period=2026",
    )
    for path in paths:
        assert (await get(path, Answers(), KEY))[0] == 403
        assert (await get(path, Answers(), "nobody"))[0] == 401


async def test_without_a_database_there_is_the_registry_and_no_figure() -> None:
    assert (await get("/v1/kpis"))[0] == 200
    assert (await get("/v1/kpis/dossiers.on_time"))[0] == 503
    assert (await get("/v1/forms/dossiers?period=2026"))[0] == 503


async def test_a_form_is_asked_for_by_its_period() -> None:
    answers = Answers()
    found = await get("/v1/forms/dossiers?period=2026-Q1&reporting=true", answers)
    assert found == (200, {"period": "2026-Q1 (15–14)"})
    assert answers.asked == [(period("2026-Q1", reporting=True),)]
