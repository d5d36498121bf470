"""`nhip demo`: everything on embedded parts, with a simulated province; nothing is left when it ends."""

import signal
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import click
import orjson
import uvloop
from rich.console import Console
from rich.table import Table

from connectors.embedded import broker, postgres, scratch
from connectors.embedded.ports import LOOPBACK, is_free
from nhip.demo.environment import adopt, environment, write
from nhip.demo.operator import make_operator
from nhip.demo.outcome import Outcome, settled
from nhip.demo.processes import fail_if_ended, processes, run
from nhip.demo.traffic import Plan, drive
from nhip.settings import Settings, load
from nhip.signals import stop_on_signals
from streams.errors import WrongUse

console = Console(stderr=True, highlight=False)  # stdout is for the summary


@click.command(help="Everything on this machine, fed by a simulated province. Nothing is left when it ends.")
@click.option(
    "--for", "seconds", type=click.FloatRange(0, min_open=True), help="end by itself, verify, print a summary"
)
@click.option(
    "--rate", type=click.FloatRange(0, min_open=True), default=50.0, show_default=True, help="events a second"
)
@click.option("--seed", type=int, default=1, show_default=True, help="another number is other traffic")
@click.option("--trouble", is_flag=True, help="add duplicates, disorder, late and bad events")
@click.option("--no-traffic", is_flag=True, help="only the parts; publish yourself, see --env-file")
@click.option("--port", type=click.IntRange(1, 65535), default=8601, show_default=True, help="of the wallboard")
@click.option("--env-file", type=click.Path(dir_okay=False, path_type=Path), help="write the NHIP_* settings there")
@click.option("--json", "as_json", is_flag=True, help="print the summary as one JSON document")
def command(
    seconds: float | None,
    rate: float,
    seed: int,
    trouble: bool,
    no_traffic: bool,
    port: int,
    env_file: Path | None,
    as_json: bool,
) -> int:
    if not is_free(port):
        raise WrongUse(f"port {port} is taken, perhaps by another demo: end that one, or choose another with --port")
    try:
        outcome = _run(Plan(seconds, 0 if no_traffic else rate, seed, trouble), port, env_file)
    except KeyboardInterrupt:
        outcome = None
    if outcome is None:
        return 0 if seconds is None else 130
    click.echo(orjson.dumps(outcome.as_json()) if as_json else _in_words(outcome))
    return 0 if outcome.is_right else 1


def _run(plan: Plan, port: int, env_file: Path | None) -> Outcome | None:
    """The outcome of a demo that ended by itself; None if it was stopped."""
    _interrupt_on_sigterm()
    console.print("Starting PostgreSQL, a Kafka-compatible broker and Nhịp …")
    with scratch() as directory, postgres(directory) as database, broker(directory) as brokers:
        variables = environment(database, brokers, port)
        adopt(variables)
        settings = load()
        with processes(settings, directory) as children:
            make_operator(settings)
            if env_file:
                write(env_file, variables)
            _greet(settings, plan, env_file)
            outcome = uvloop.run(_traffic(plan, settings, partial(fail_if_ended, children)))
            _interrupt_on_sigterm()  # the loop had handlers of its own
            if outcome is not None:
                outcome = replace(outcome, differences=_differences(directory))
            console.print("Stopping …")
    return outcome


def _interrupt_on_sigterm() -> None:
    """SIGTERM ends us as Ctrl-C does: through every `finally`."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


async def _traffic(plan: Plan, settings: Settings, check: Callable[[], None]) -> Outcome | None:
    stop, begun = stop_on_signals(), time.monotonic()
    await drive(plan, settings, stop, check)
    if stop.is_set():
        return None
    console.print("Waiting until everything is stored …")
    outcome = await settled(settings.kafka_brokers, settings.topic_prefix, settings.reader_url, stop, check)
    return outcome and replace(outcome, seconds=round(time.monotonic() - begun, 1))


def _differences(directory: Path) -> int:
    console.print("Verifying …")
    report = orjson.loads(run("verify", directory, "--json").splitlines()[-1])  # its logs come before
    for shown in report["shown"]:
        console.print(f"  differs: {shown}", style="red", markup=False)
    return int(report["differences"])


def _greet(settings: Settings, plan: Plan, env_file: Path | None) -> None:
    traffic = f"{plan.rate:g} events a second, seed {plan.seed}" + (", with trouble" if plan.trouble else "")
    password = settings.demo_password.get_secret_value() if settings.demo_password else ""
    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column(overflow="fold")
    table.add_row("Wallboard", f"http://{LOOPBACK}:{settings.wallboard_port}/")
    table.add_row("Sign in as", f"{settings.demo_operator} with the password {password}")
    table.add_row("Gateway", f"{settings.gateway_url}docs")
    table.add_row("Kafka", settings.kafka_brokers)
    table.add_row("PostgreSQL", settings.reader_url)
    table.add_row("Traffic", traffic if plan.rate else "none of ours")
    if env_file:
        table.add_row("Settings", f"set -a; . {env_file}; set +a")
    table.add_row("End", f"after {plan.seconds:g} s" if plan.seconds else "Ctrl-C")
    console.print(table)


def _in_words(outcome: Outcome) -> str:
    verdict = "everything is accounted for" if outcome.missing == 0 else f"{outcome.missing} are not accounted for"
    return (
        f"{outcome.produced} produced = {outcome.stored} stored + {outcome.duplicates} duplicates"
        f" + {outcome.dead_letters} dead letters ({outcome.conflicts} of them conflicts): {verdict};"
        f" verify found {outcome.differences} differences; {outcome.seconds} s"
    )
