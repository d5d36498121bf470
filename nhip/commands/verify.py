"""`nhip verify`: recompute everything from the events and compare."""

import click
import orjson

from connectors.timescale.comparison import Report
from connectors.timescale.verify import verify
from nhip.database import connected
from nhip.settings import load


@click.command()
@click.option("--json", "as_json", is_flag=True, help="one JSON document on stdout")
def command(as_json: bool) -> int:
    """Recompute states, cells, intervals and indicators from the events. Exit code 1 if anything differs."""
    with connected(load().owner_url) as connection:
        report = verify(connection)
    click.echo(orjson.dumps(_document(report)) if as_json else _in_words(report))
    return 1 if report.differences else 0


def _document(report: Report) -> dict[str, object]:
    return {"differences": report.differences, "compared": dict(report.compared), "shown": report.shown}


def _in_words(report: Report) -> str:
    compared = ", ".join(f"{n} {what}" for what, n in sorted(report.compared.items()))
    lines = [f"compared: {compared or 'nothing is stored yet'}", *report.shown]
    if report.differences > len(report.shown):
        lines.append(f"… and {report.differences - len(report.shown)} more")
    return "\n".join([*lines, f"{report.differences} differences"])
