"""`nhip kpi NAME`: indicators of a period."""

from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta

import click
import orjson
from rich.console import Console
from rich.table import Table

from connectors.timescale import qd766 as formulas
from connectors.timescale.drill import Side, Subject, behind
from connectors.timescale.kpi import answer, by_day
from nhip import qd766
from nhip.database import connected
from nhip.settings import load
from streams.contracts.types import PROVINCE_TIME
from streams.days import civil_day
from streams.errors import WrongUse
from streams.indicators.figures import Figure
from streams.indicators.qd766 import NAME, rows
from streams.indicators.question import Question
from streams.indicators.registry import indicator
from streams.indicators.rounding import Rounding

WIDTH = 120
"""Narrower, as in a pipe, figures and dates would be cut short."""


@click.command()
@click.argument("name")
@click.option("--from", "first", metavar="DATE", help="first civil day; default today")
@click.option("--to", "past", metavar="DATE", help="the day after the last one; default the day after --from")
@click.option("--as-of", metavar="TIME", help="as it stood then (RFC 3339); default now")
@click.option(
    "--group-by", metavar="DIMENSION[,…]", help="day, agency, field, category, procedure, area, channel, system"
)
@click.option("--where", metavar="DIMENSION=VALUE", multiple=True, help="only there; may be repeated")
@click.option(
    "--agencies",
    type=click.Choice(["as-was", "by-successor"]),
    default="as-was",
    show_default=True,
    help="agencies that have ended: as they were, or as the ones that came after them",
)
@click.option("--rounding", type=click.Choice(["truncate", "half_up"]), default="truncate", show_default=True)
@click.option(
    "--events",
    "side",
    type=click.Choice(["numerator", "denominator", "excluded"]),
    help="list the subjects and events behind that side, or those left out for contradicting themselves",
)
@click.option("--limit", type=click.IntRange(1, 100_000), default=100, show_default=True, help="subjects of --events")
@click.option("--json", "as_json", is_flag=True, help="one JSON document on stdout")
def command(
    name: str,
    first: str | None,
    past: str | None,
    as_of: str | None,
    group_by: str | None,
    where: tuple[str, ...],
    agencies: str,
    rounding: Rounding,
    side: Side | None,
    limit: int,
    as_json: bool,
) -> None:
    """An indicator with numerator, denominator, as-of time and data age; or `qd766`, the index of 100 points."""
    now = datetime.now(UTC)
    begin = _date(first, "--from") or civil_day(now)
    end = _date(past, "--to") or begin + timedelta(1)
    if end <= begin:
        raise WrongUse(f"--to {end} must be later than --from {begin}: it is the day after the last one")
    if name == NAME:
        _index(begin, end, _time(as_of) or now, now, as_json, whole=not (group_by or where))
        return
    groups = [group for group in (group_by or "").split(",") if group]
    question = Question(
        indicator(name),
        begin,
        end,
        _time(as_of) or now,
        tuple(group for group in groups if group != "day"),
        dict(map(_condition, where)),
        rounding,
        by_successor=agencies == "by-successor",
    )
    with connected(load().database_url) as connection:
        if side is not None:
            _list(behind(connection, question, side, now, limit), as_json)
            return
        figures = (by_day if "day" in groups else answer)(connection, question, now)
    click.echo(orjson.dumps([figure.as_json() for figure in figures])) if as_json else _print(question, figures)


def _index(first: date, past: date, as_of: datetime, now: datetime, as_json: bool, *, whole: bool) -> None:
    if not whole:
        raise WrongUse("qd766 is the index of the whole province: it has no groups")
    settings = load()
    decided = formulas.decided(settings.qd766_formulas)
    with connected(settings.database_url) as connection:
        found = formulas.answer(connection, decided, first, past, as_of, now)
    if as_json:
        click.echo(orjson.dumps(list(rows(found, first, past, as_of))))
    else:
        Console(width=max(Console().width, WIDTH)).print(qd766.table(found, first, past))


def _list(found: tuple[list[Subject], str | None], as_json: bool) -> None:
    subjects, following = found
    if as_json:
        click.echo(orjson.dumps([asdict(subject) for subject in subjects]))
        return
    for one in subjects:
        flags = f"  ({', '.join(one.flags)})" if one.flags else ""
        click.echo(f"{one.subject}  {one.n:+}  {one.state}  {one.agency}  {one.kind}{flags}")
        for event in one.events:
            time = event["time"].astimezone(PROVINCE_TIME)
            click.echo(f"    {time:%Y-%m-%d %H:%M:%S}  {event['type']}  {event['source']} {event['id']}")
    if following is not None:
        click.echo(f"… and more: raise --limit beyond {len(subjects)}", err=True)


def _condition(text: str) -> tuple[str, str]:
    dimension, equals, value = text.partition("=")
    if not equals:
        raise WrongUse(f"--where takes a dimension and its value such as agency=so-y-te, not {text!r}")
    return dimension, value


def _date(text: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise WrongUse(f"{option} takes a date such as 2026-11-23, not {text!r}") from None


def _time(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise WrongUse(f"--as-of takes a time such as 2026-11-23T10:00:00+07:00, not {text!r}") from None
    return found if found.tzinfo else found.replace(tzinfo=PROVINCE_TIME)


def _print(question: Question, figures: list[Figure]) -> None:
    table = Table(title=f"{question.indicator.title_vi} · {question.indicator.name}", title_justify="left")
    for heading in ("Từ ngày", "Đến trước ngày", "Nhóm"):
        table.add_column(heading)
    for heading in ("Kết quả", "Tử số", "Mẫu số"):
        table.add_column(heading, justify="right")
    for heading in ("Tính đến", "Cập nhật cách đây"):
        table.add_column(heading)
    for figure in figures:
        age = "chưa có dữ liệu" if figure.data_age_s is None else f"{figure.data_age_s:.0f} giây"
        table.add_row(
            str(figure.first),
            str(figure.past),
            " · ".join([figure.group] if isinstance(figure.group, str) else figure.group or ()),
            figure.shown,
            str(figure.numerator),
            "" if figure.denominator is None else str(figure.denominator),
            f"{figure.as_of.astimezone(PROVINCE_TIME):%Y-%m-%d %H:%M:%S}",
            age,
        )
    Console(width=max(Console().width, WIDTH)).print(table)
