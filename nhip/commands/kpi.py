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
from nhip import language as spoken
from nhip import qd766
from nhip.database import connected
from nhip.figures import table
from nhip.settings import load
from streams.contracts.types import PROVINCE_TIME
from streams.days import civil_day
from streams.errors import WrongUse
from streams.indicators.qd766 import NAME, rows
from streams.indicators.question import Question
from streams.indicators.registry import indicator
from streams.indicators.rounding import Rounding
from streams.words import Language

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
@click.option(
    "--rounding",
    type=click.Choice(["truncate", "half_up"]),
    default="truncate",
    show_default=True,
    help="of shares and averages: places beyond the second are cut off, or rounded",
)
@click.option(
    "--events",
    "side",
    type=click.Choice(["numerator", "denominator", "excluded"]),
    help="list the subjects and events behind that side, or those left out for contradicting themselves",
)
@click.option("--limit", type=click.IntRange(1, 100_000), default=100, show_default=True, help="subjects of --events")
@spoken.option
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
    language: Language | None,
    as_json: bool,
) -> None:
    """An indicator with numerator, denominator, as-of time and data age; or `qd766`, the index of 100 points."""
    now = datetime.now(UTC)
    begin = _date(first, "--from") or civil_day(now)
    end = _date(past, "--to") or begin + timedelta(1)
    if end <= begin:
        raise WrongUse(f"--to {end} must be later than --from {begin}: it is the day after the last one")
    if name == NAME:
        if group_by or where:
            raise WrongUse("qd766 is the index of the whole province: it has no groups")
        _index(begin, end, _time(as_of) or now, now, language, as_json)
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
    settings = load()
    with connected(settings.database_url) as connection:
        if side is not None:
            _list(behind(connection, question, side, now, limit), as_json)
            return
        figures = (by_day if "day" in groups else answer)(connection, question, now)
    if as_json:
        click.echo(orjson.dumps([figure.as_json() for figure in figures]))
    else:
        _print(table(question, figures, language or settings.language))


def _index(first: date, past: date, as_of: datetime, now: datetime, language: Language | None, as_json: bool) -> None:
    settings = load()
    decided = formulas.decided(settings.qd766_formulas)
    with connected(settings.database_url) as connection:
        found = formulas.answer(connection, decided, first, past, as_of, now)
    if as_json:
        click.echo(orjson.dumps(list(rows(found, first, past, as_of))))
    else:
        _print(qd766.table(found, decided, first, past, language or settings.language))


def _print(found: Table) -> None:
    Console(width=max(Console().width, WIDTH)).print(found)


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
