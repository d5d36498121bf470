"""`nhip simulate`: a province's traffic, into a file or to Kafka."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import click
import orjson
import uvloop

from connectors.kafka.errors import KafkaError
from nhip.kafka import producer
from nhip.settings import Settings, load
from nhip.signals import stop_on_signals
from nhip.simulator import Kind, Record, Tally, disturb, generate, records
from nhip.simulator.poster import GatewaySink, Poster
from nhip.simulator.publisher import KafkaSink, Publisher, Sink
from nhip.simulator.rhythm import VIETNAM
from streams.errors import Unreachable, WrongUse


@click.command(help="A province's traffic, the same for the same seed: to Kafka now, or into a file for a given time.")
@click.option("--events", type=click.IntRange(1), help="how many events, before trouble adds to them")
@click.option("--for", "seconds", type=click.FloatRange(0, min_open=True), help="for how many seconds")
@click.option("--rate", type=click.FloatRange(0, min_open=True), default=50.0, show_default=True, help="a second")
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--start", type=click.DateTime(["%Y-%m-%dT%H:%M:%S%z"]), help="with --out; default: yesterday 00:00")
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
    out: Path | None,
    trouble: bool,
    gateway: bool,
    as_json: bool,
) -> None:
    if events and seconds:
        raise WrongUse("--events and --for are two ways to say the same: give one")
    if out is None and start is not None:
        raise WrongUse("--start needs --out: events to Kafka happen now")
    if out is not None and not (events or seconds):
        raise WrongUse("--out needs an end: --events or --for")
    count = events or (max(round(rate * seconds), 1) if seconds else None)
    begin = datetime.now(VIETNAM) if out is None else start or _yesterday()
    tally = Tally()
    traffic = tally.count(province(seed, begin, rate, count, trouble))
    if out is not None:
        _write(out, traffic)
    else:
        uvloop.run(_post(load(), traffic) if gateway else _publish(load(), traffic))
    click.echo(orjson.dumps(tally.summary()) if as_json else _in_words(tally))


def province(seed: int, start: datetime, rate: float, events: int | None, trouble: bool) -> Iterator[Record]:
    """Traffic as records, with trouble if asked for."""
    at = start.timestamp()
    clean = records(generate(seed, start, rate, events), at, rate)
    return disturb(clean, seed) if trouble else clean


def _yesterday() -> datetime:
    return datetime.now(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)


def _write(path: Path, traffic: Iterator[Record]) -> None:
    """One record a line; one without a value is written as JSON's null."""
    with path.open("wb") as file:
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
