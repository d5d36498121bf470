"""Polling a one-stop system: its export, in messages that the gateway takes."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
import orjson

from connectors.onestop.exchange import SERVICES
from streams.errors import NhipError, Unreachable, WrongUse

RECORDS = 400
BYTES = 900_000
"""Of a message: a little less than the gateway takes."""
LARGEST = 256 * 1024 * 1024
ATTEMPTS = 8
_PASSING = frozenset({408, 429, 500, 502, 503, 504})


class UnreadableExport(NhipError):
    """What the one-stop system answers is no export of the national exchange."""


@dataclass
class Passed:
    """What became of the records; `refused` holds each with its reason, the first first."""

    records: int = 0
    unchanged: int = 0
    events: int = 0
    refused: list[tuple[str | None, str]] = field(default_factory=list)


async def fetched(http: httpx.AsyncClient, url: str, service: str | None) -> tuple[str, list[Any]]:
    """The export at `url`: its service and records. A bare array is of the `service` that is named.

    Raises Unreachable, UnreadableExport, WrongUse.
    """
    try:
        async with http.stream("GET", url) as answer:
            if answer.status_code != httpx.codes.OK:
                raise Unreachable(f"{url} answers {answer.status_code}")
            document = orjson.loads(await _read(answer))
    except httpx.HTTPError as error:
        raise Unreachable(f"{url} cannot be reached: {error!r}") from error
    except orjson.JSONDecodeError as error:
        raise UnreadableExport(f"{url} answers what is not JSON: {error}") from error
    named = document.get("service") if isinstance(document, dict) else service
    data = document.get("data") if isinstance(document, dict) else document
    if not isinstance(data, list):
        raise UnreadableExport(f"{url} answers neither an array of records nor an object that has one as data")
    if named is None:
        raise WrongUse(f"{url} does not say which service it is: give --service ({', '.join(SERVICES)})")
    if named not in SERVICES:
        raise UnreadableExport(f"{url} is of service {named!r}: there are {', '.join(SERVICES)}")
    return named, data


async def pass_on(gateway: httpx.AsyncClient, service: str, records: Sequence[Any]) -> Passed:
    """Send everything to the gateway, again while it says that it cannot now. Raises Unreachable, NhipError."""
    passed = Passed()
    for part in parts(records):
        for entry in await _sent(gateway, orjson.dumps({"service": service, "data": part})):
            passed.records += 1
            if "problem" in entry:
                passed.refused.append((entry["id"], entry["problem"]["detail"]))
            else:
                passed.events += entry["events"]
                passed.unchanged += entry["events"] == 0
    return passed


def parts(records: Iterable[Any]) -> Iterator[list[Any]]:
    """Records in messages of a bounded number and size; what is too large by itself is for the gateway to refuse."""
    part: list[Any] = []
    size = 0
    for record in records:
        length = len(orjson.dumps(record))
        if part and (len(part) == RECORDS or size + length > BYTES):
            yield part
            part, size = [], 0
        part.append(record)
        size += length
    if part:
        yield part


async def _read(answer: httpx.Response) -> bytes:
    body = bytearray()
    async for chunk in answer.aiter_bytes():
        body += chunk
        if len(body) > LARGEST:
            raise UnreadableExport(f"{answer.url} answers more than {LARGEST} bytes: ask for a part, a day for one")
    return bytes(body)


async def _sent(gateway: httpx.AsyncClient, message: bytes) -> list[dict[str, Any]]:
    """The gateway's entry for each record."""
    fault = ""
    for attempt in range(ATTEMPTS):
        try:
            answer = await gateway.post("/v1/one-stop", content=message, headers={"content-type": "application/json"})
        except httpx.TransportError as error:
            fault = f"the gateway cannot be reached: {error!r}"
            await asyncio.sleep(min(2**attempt, 30))
            continue
        if answer.status_code in _PASSING:
            fault = f"the gateway answers {answer.status_code}"
            await asyncio.sleep(float(answer.headers.get("retry-after", "1")))
            continue
        if not answer.headers.get("content-type", "").startswith("application/json"):
            raise NhipError(f"the gateway refuses the message: {answer.text[:500]}")
        entries: list[dict[str, Any]] = answer.json()["records"]
        return entries
    raise Unreachable(f"{fault}, {ATTEMPTS} times; what went before is in, run it again")
