"""`nhip import FILE`: history through Kafka, like everything else."""

from pathlib import Path
from typing import Any

import click
import orjson
import uvloop

from connectors.backfill.choosing import choose
from connectors.backfill.errors import UnreadableFile, WrongMapping
from connectors.backfill.refusals import Refusals
from connectors.timescale.reached import Counts, counts
from nhip.database import connected
from nhip.history import Report, await_stored, send
from nhip.settings import Settings, load
from streams.contracts import STREAMS
from streams.errors import WrongUse

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_SHOWN = 20


@click.command()
@click.argument("file", type=_FILE)
@click.option("--stream", type=click.Choice([stream.name for stream in STREAMS]), help="the stream of its rows")
@click.option("--mapping", type=_FILE, help="a TOML file that says which columns are which fields (docs/import.md)")
@click.option("--wait", is_flag=True, help="return when everything is stored")
@click.option("--json", "as_json", is_flag=True, help="one JSON document on stdout")
def command(file: Path, stream: str | None, mapping: Path | None, wait: bool, as_json: bool) -> int:
    """Import CloudEvents, Open311 requests, the national exchange's dossiers, or whatever a mapping explains.

    It may be interrupted and repeated: a row that is known already is only counted. Exit code 1 if rows were refused.
    """
    settings = load()
    if settings.pseudonym_key is None:
        raise WrongUse("NHIP_PSEUDONYM_KEY is not set: give the one that the workers have")
    key = settings.pseudonym_key.get_secret_value().encode()
    try:
        rows, converter, words = choose(file, key, stream, mapping)
        click.echo(f"{file}: {words}", err=True)
        before = _counts(settings) if wait else None
        report = uvloop.run(send(settings, rows, converter, Refusals(file, rows)))
    except (UnreadableFile, WrongMapping) as error:
        raise WrongUse(str(error)) from error
    if before is not None and report.stopped_at is None:
        with connected(settings.database_url) as connection:
            await_stored(connection, report.reached)
        report.stored = _counts(settings).since(before)
    click.echo(orjson.dumps(_document(report)) if as_json else "\n".join(_lines(report)))
    return 0 if report.complete else 1


def _counts(settings: Settings) -> Counts:
    with connected(settings.database_url) as connection:
        return counts(connection, [settings.topic_prefix + stream.topic for stream in STREAMS])


def _document(report: Report) -> dict[str, Any]:
    refusals = report.refusals
    return {
        "rows": report.rows,
        "events": report.events,
        "refused": refusals.rows,
        "refused_file": str(refusals.path) if refusals.rows else None,
        "reasons": [
            {**why._asdict(), "rows": number, "first_line": refusals.first_lines[why]}
            for why, number in refusals.reasons.most_common()
        ],
        "stopped_at": report.stopped_at,
        "stored": report.stored._asdict() if report.stored else None,
    }


def _lines(report: Report) -> list[str]:
    refusals = report.refusals
    lines = [f"{report.rows} rows read, {report.events} events sent, {refusals.rows} rows refused"]
    for why, number in refusals.reasons.most_common(_SHOWN):
        lines.append(f"  {number} × {why.reason}: {why.detail} (first at line {refusals.first_lines[why]})")
    if len(refusals.reasons) > _SHOWN:
        lines.append(f"  … and {len(refusals.reasons) - _SHOWN} other reasons")
    if refusals.rows:
        lines.append(f"refused rows: {refusals.path}")
    if report.stopped_at is not None:
        lines.append(f"stopped after line {report.stopped_at}: run it again, what is in will only be counted")
    if report.stored is not None:
        new, known, dead = report.stored
        lines.append(f"stored meanwhile, by all publishers: {new} new, {known} known already, {dead} dead letters")
    return lines
