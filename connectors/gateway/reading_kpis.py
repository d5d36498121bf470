"""`GET /v1/kpis`, `/v1/kpis/{name}` and `/v1/kpis/{name}/events`: indicators, the QĐ 766 index, what is behind them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Literal, Protocol, TypeVar

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from connectors.gateway.caching import UNCHANGED, tagged
from connectors.gateway.keys import READ, KeyInfo, Keys, recognised, require, require_agency
from connectors.gateway.paging import Cursor, Limit, Page
from connectors.gateway.problems import Problem, RequestRefused, try_later
from streams.agents import Transient
from streams.catalogue import Catalogue
from streams.contracts.types import StartMoment
from streams.days import civil_day
from streams.errors import WrongUse
from streams.indicators.qd766 import NAME
from streams.indicators.question import GROUPS, Question
from streams.indicators.registry import INDICATORS
from streams.indicators.rounding import Rounding
from streams.indicators.terms import Indicator, Term
from streams.open_data import Month, Release
from streams.periods import Period

Side = Literal["numerator", "denominator", "excluded"]


class Answers(Protocol):
    """Where figures come from. All raise Transient while the database is away, WrongUse for what cannot be asked.

    `now` is when the question came: a later look at the clock would make a question about now one about the past.
    """

    def figures(self, question: Question, now: datetime, *, each_day: bool) -> list[dict[str, Any]]: ...
    def index(self, first: date, past: date, as_of: datetime, now: datetime) -> list[dict[str, Any]]: ...
    def behind(
        self, question: Question, side: Side, now: datetime, limit: int, after: str
    ) -> tuple[list[Any], str | None]: ...
    def form(self, period: Period) -> dict[str, Any]: ...
    def brief(self, day: date, now: datetime) -> dict[str, Any]: ...
    def open_data(self, stream: str, month: Month, now: datetime) -> tuple[Release, Catalogue]: ...
    def subject(
        self, kind: str, id: str, agencies: frozenset[str] | None, since: date, limit: int, cursor: str
    ) -> dict[str, Any] | None: ...
    def subjects(
        self, kind: str, agencies: frozenset[str] | None, state: str | None, limit: int, cursor: str
    ) -> tuple[list[dict[str, Any]], str | None]: ...


First = Annotated[date | None, Query(alias="from", description="first civil day; default today")]
Past = Annotated[date | None, Query(alias="to", description="the day after the last one")]
AsOf = Annotated[StartMoment | None, Query(description="now, or the end of a day")]


class Asked:
    """What may be asked of an indicator, as query parameters; `to` is exclusive."""

    def __init__(
        self,
        name: str,
        first: First = None,
        past: Past = None,
        as_of: AsOf = None,
        group_by: Annotated[str, Query(description="dimensions, and day, with commas between them")] = "",
        where: Annotated[list[str] | None, Query(description="dimension=value; may be repeated")] = None,
        agencies: Literal["as-was", "by-successor"] = "as-was",
        rounding: Rounding = "truncate",
    ) -> None:
        if name not in INDICATORS:
            raise RequestRefused(Problem("not_found", f"no indicator is called {name!r}; GET /v1/kpis lists them"))
        self.now = now = datetime.now(UTC)
        begin = first or civil_day(now)
        groups = [group for group in group_by.split(",") if group]
        self.each_day = "day" in groups
        self.question = understood(
            lambda: Question(
                INDICATORS[name],
                begin,
                _after(begin, past or begin + timedelta(1)),
                as_of or now,
                tuple(group for group in groups if group != "day"),
                dict(map(_condition, where or ())),
                rounding,
                by_successor=agencies == "by-successor",
            )
        )


def kpis(keys: Keys, answers: Answers | None) -> APIRouter:
    """The routes, for keys that may read; one that is limited to agencies has to ask for one of them. Without `answers`
    only the registry can be read."""

    async def reader(request: Request) -> KeyInfo:
        key = await recognised(request.headers, keys)
        require(key, READ)
        return key

    async def permitted(asked: Annotated[Asked, Depends()], key: Annotated[KeyInfo, Depends(reader)]) -> Asked:
        require_agency(key, asked.question.where.get("agency"), "ask with where=agency=CODE for one of them")
        return asked

    Permitted = Annotated[Asked, Depends(permitted)]  # noqa: N806 — a type
    router = APIRouter(tags=["kpis"], dependencies=[Depends(reader)], responses=UNCHANGED)

    @router.get("/v1/kpis", summary="Every indicator with its definition", response_model=Page)
    async def registry(request: Request, limit: Limit = 500, cursor: Cursor = "") -> Response:
        known = list(INDICATORS)
        begin = known.index(cursor) + 1 if cursor in known else 0
        items = [_described(INDICATORS[name]) for name in known[begin : begin + limit]]
        more = begin + limit < len(known)
        return tagged(request, {"items": items, "next": items[-1]["name"] if more else None})

    @router.get(f"/v1/kpis/{NAME}", summary="The QĐ 766 index with its components", response_model=Page)
    async def index(
        request: Request,
        key: Annotated[KeyInfo, Depends(reader)],
        first: First = None,
        past: Past = None,
        as_of: AsOf = None,
    ) -> Response:
        require_agency(key, None, "the index is of the whole province")
        now = datetime.now(UTC)
        begin = first or civil_day(now)
        end = understood(lambda: _after(begin, past or begin + timedelta(1)))
        found = await told(lambda: needed(answers).index(begin, end, as_of or now, now))
        return tagged(request, {"items": found, "next": None})

    @router.get("/v1/kpis/{name}", summary="An indicator of a period, by all of its groups", response_model=Page)
    async def figures(request: Request, asked: Permitted) -> Response:
        found = await told(lambda: needed(answers).figures(asked.question, asked.now, each_day=asked.each_day))
        return tagged(request, {"items": found, "next": None})

    @router.get("/v1/kpis/{name}/events", summary="The subjects and events behind one side of it", response_model=Page)
    async def events(
        request: Request, asked: Permitted, side: Side = "numerator", limit: Limit = 100, cursor: Cursor = ""
    ) -> Response:
        items, following = await told(
            lambda: needed(answers).behind(asked.question, side, asked.now, limit, cursor.replace("\0", ""))
        )
        return tagged(request, {"items": items, "next": following})

    return router


def needed(answers: Answers | None) -> Answers:
    """The answers, where this gateway has a database to ask."""
    if answers is None:
        raise RequestRefused(try_later("database_unavailable", "this gateway was started without a database", 60))
    return answers


T = TypeVar("T")


def understood(make: Callable[[], T]) -> T:
    """What was asked for, or the answer that it cannot be asked for so."""
    try:
        return make()
    except WrongUse as error:
        raise RequestRefused(Problem("invalid_parameter", str(error))) from None


async def told(ask: Callable[[], T]) -> T:
    """Ask the database, in a thread of its own."""
    try:
        return await run_in_threadpool(understood, ask)
    except Transient:
        raise RequestRefused(try_later("database_unavailable", "the database does not answer", 5)) from None


def _after(first: date, past: date) -> date:
    if past <= first:
        raise WrongUse(f"to={past} must be later than from={first}: it is the day after the last one")
    return past


def _condition(text: str) -> tuple[str, str]:
    dimension, equals, value = text.partition("=")
    if not equals:
        raise WrongUse(f"where takes a dimension and its value such as agency=so-y-te, not {text!r}")
    return dimension, value


def _described(indicator: Indicator) -> dict[str, Any]:
    return {
        "name": indicator.name,
        "title_vi": indicator.title_vi,
        "title_en": indicator.title_en,
        "definition": indicator.definition,
        "definition_vi": indicator.definition_vi,
        "source": indicator.source,
        "unit": indicator.unit,
        "quantile": indicator.quantile,
        "higher_is_better": indicator.higher_is_better,
        "groups": ["day", *GROUPS[indicator.stream]],
        "numerator": _terms(indicator.numerator),
        "denominator": None if indicator.denominator is None else _terms(indicator.denominator),
    }


def _terms(terms: tuple[Term, ...]) -> list[dict[str, Any]]:
    return [{"measure": term.measure, "read": term.read.value, "sign": term.sign} for term in terms]
