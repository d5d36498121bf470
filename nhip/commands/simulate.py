"""`nhip simulate`: a province's traffic, into a file or to Kafka."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import click
import orjson
import uvloop

from connectors.kafka.errors import KafkaError
from nhip.files import written
from nhip.kafka import producer
from nhip.settings import Settings, load
from nhip.signals import stop_on_signals
from nhip.simulator import Kind, Record, Tally, at_their_times, disturb, generate, history, records
from nhip.simulator.poster import GatewaySink, Poster
from nhip.simulator.publisher import KafkaSink, Publisher, Sink
from nhip.simulator.rhythm import VIETNAM
from streams.days import day_start
from streams.errors import Unreachable, WrongUse

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.option("--events", type=click.IntRange(1), help="how many events, before trouble adds to them")
@click.option("--for", "seconds", type=click.FloatRange(0, min_open=True), help="for how many seconds")
@click.option("--rate", type=click.FloatRange(0, min_open=True), default=50.0, show_default=True, help="a second")
@click.option("--seed", type=int, default=1, show_default=True, help="another number is other traffic")
@click.option("--start", type=click.DateTime(["%Y-%m-%dT%H:%M:%S%z"]), help="with --out; default: yesterday 00:00")
@click.option("--from", "first", type=_DAY, help="history from this day on, into --out")
@click.option("--to", "past", type=_DAY, help="the day after the last one; default today")
@click.option("--days", type=click.IntRange(1), help="history of so many days, up to yesterday or from --from on")
@click.option("--scale", type=click.FloatRange(0, min_open=True), help="of history: 1 (default) is a whole province")
@click.option("--every", type=click.IntRange(1), help="of history: seconds between a check's pings; default as watched")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="a JSONL file, one event a line")
@click.option("--trouble", is_flag=True, help="add duplicates, disorder, late and bad events")
@click.option("--gateway", is_flag=True, help="through the gateway, with NHIP_API_KEY")
@click.option("--json", "as_json", is_flag=True, help="print the counts as JSON")
def command(
    events: int | None,
    seconds: float | None,
    rate: float,
    seed: int,
    start: datetime | None,
    first: datetime | None,
    past: datetime | None,
    days: int | None,
    scale: float | None,
    every: int | None,
    out: Path | None,
    trouble: bool,
    gateway: bool,
    as_json: bool,
) -> None:
    """A province's traffic, the same for the same seed.

    To Kafka now, or into a file: a demo's, in which lives of days go by in minutes, or with --from, --to or --days
    history, in which everything takes its time (`nhip import` reads it).
    """
    tally = Tally()
    if first or past or days:
        if out is None or events or seconds or start or gateway:
            raise WrongUse(
                "history (--from, --to, --days) goes into a file (--out) and has no --events, --for or --start"
            )
        span = _span(first, past, days)
        past_traffic = at_their_times(history(seed, *span, scale or 1.0, every))
        _write(out, tally.count(disturb(past_traffic, seed) if trouble else past_traffic))
    else:
        if scale or every:
            raise WrongUse("--scale and --every are of history: give --from, --to or --days")
        traffic = tally.count(_asked(events, seconds, rate, seed, start, out, trouble))
        if out is not None:
            _write(out, traffic)
        else:
            uvloop.run(_post(load(), traffic) if gateway else _publish(load(), traffic))
    click.echo(orjson.dumps(tally.summary()) if as_json else _in_words(tally))


def demo(seed: int, start: datetime, rate: float, events: int | None, trouble: bool) -> Iterator[Record]:
    """A demo's traffic as records, with trouble if asked for."""
    at = start.timestamp()
    clean = records(generate(seed, start, rate, events), at, rate)
    return disturb(clean, seed) if trouble else clean


def _asked(
    events: int | None,
    seconds: float | None,
    rate: float,
    seed: int,
    start: datetime | None,
    out: Path | None,
    trouble: bool,
) -> Iterator[Record]:
    if events and seconds:
        raise WrongUse("--events and --for are two ways to say the same: give one")
    if out is None and start is not None:
        raise WrongUse("--start needs --out: events to Kafka happen now")
    if out is not None and not (events or seconds):
        raise WrongUse("--out needs an end: --events or --for, or --from, --to or --days for history")
    count = events or (max(round(rate * seconds), 1) if seconds else None)
    begin = datetime.now(VIETNAM) if out is None else start or _midnight(1)
    return demo(seed, begin, rate, count, trouble)


def _span(first: datetime | None, past: datetime | None, days: int | None) -> tuple[datetime, datetime]:
    """The first moment of the first day, and of the day after the last one."""
    if first and past and days:
        raise WrongUse("--from, --to and --days: two of them say it all")
    length = timedelta(days or 1)
    end = _day(past) if past else _day(first) + length if first and days else _midnight(0)
    begin = _day(first) if first else end - length
    if begin >= end:
        raise WrongUse(f"--to {end.date()} must be later than --from {begin.date()}: it is the day after the last one")
    return begin, end


def _day(day: datetime) -> datetime:
    return day_start(date(day.year, day.month, day.day)).astimezone(VIETNAM)


def _midnight(days_ago: int) -> datetime:
    return datetime.now(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days_ago)


def _write(path: Path, traffic: Iterator[Record]) -> None:
    """One record a line; one without a value is written as JSON's null."""
    with written("--out", path), path.open("wb") as file:
        file.writelines((record.value or b"null") + b"\n" for record in traffic)


async def _publish(settings: Settings, traffic: Iterator[Record]) -> None:
    try:
        async with producer(settings) as kafka:
            await _run(KafkaSink(kafka, settings.topic_prefix), traffic)
    except KafkaError as error:
        raise Unreachable(str(error)) from error


async def _post(settings: Settings, traffic: Iterator[Record]) -> None:
    if settings.api_key is None:
        raise WrongUse("NHIP_API_KEY is not set: the gateway takes events only with a key")
    url = str(settings.gateway_url or f"http://{settings.gateway_host}:{settings.gateway_port}")
    await _run(GatewaySink(Poster(url, settings.api_key.get_secret_value())), traffic)


async def _run(sink: Sink, traffic: Iterator[Record]) -> None:
    await Publisher(sink).run(traffic, stop_on_signals())


def _in_words(tally: Tally) -> str:
    kinds, trouble = tally.kinds, tally.trouble
    return (
        f"{kinds.total()} records: {kinds[Kind.EVENT]} events ({trouble['disordered']} out of order,"
        f" {trouble['late']} late), {kinds[Kind.DUPLICATE]} duplicates, {kinds[Kind.CONFLICT]} conflicts,"
        f" {kinds[Kind.BAD]} bad"
    )
