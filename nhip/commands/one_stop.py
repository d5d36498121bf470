"""`nhip one-stop URL`: what a one-stop system exports, to the gateway."""

import asyncio
from typing import Any

import click
import httpx
import orjson

from connectors.onestop.exchange import SERVICES
from connectors.onestop.polling import Passed, fetched, pass_on
from nhip.publisher import gateway_client
from nhip.settings import Settings, load

_SHOWN = 20
_TIMEOUT_SECONDS = 120.0


@click.command()
@click.argument("url")
@click.option("--service", type=click.Choice(list(SERVICES)), help="what the records are, if the export does not say")
@click.option("--json", "as_json", is_flag=True, help="one JSON document on stdout")
def command(url: str, service: str | None, as_json: bool) -> int:
    """Fetch an export in the national exchange's format once, and publish what is new in it. Run it by a timer.

    NHIP_ONE_STOP_TOKEN goes with the question as a Bearer token. Exit code 1 if records were refused.
    """
    passed = asyncio.run(_run(load(), url, service))
    click.echo(orjson.dumps(_document(passed)) if as_json else "\n".join(_lines(passed)))
    return 1 if passed.refused else 0


async def _run(settings: Settings, url: str, service: str | None) -> Passed:
    token = settings.one_stop_token
    headers = {"authorization": f"Bearer {token.get_secret_value()}"} if token else {}
    async with (
        gateway_client(settings, "publish:dossiers") as gateway,
        httpx.AsyncClient(headers=headers, timeout=_TIMEOUT_SECONDS) as system,
    ):
        named, records = await fetched(system, url, service)
        return await pass_on(gateway, named, records)


def _document(passed: Passed) -> dict[str, Any]:
    refused = [{"id": name, "reason": reason} for name, reason in passed.refused]
    return {
        "records": passed.records, "unchanged": passed.unchanged, "events": passed.events, "refused": refused,
    }  # fmt: skip


def _lines(passed: Passed) -> list[str]:
    lines = [
        f"{passed.records} records: {passed.events} events, {passed.unchanged} unchanged, {len(passed.refused)} refused"
    ]
    lines += [f"  {name}: {reason}" for name, reason in passed.refused[:_SHOWN]]
    if len(passed.refused) > _SHOWN:
        lines.append(f"  … and {len(passed.refused) - _SHOWN} more, see --json")
    return lines
