"""Reading a request's body: never more than the limit, never for longer than a patient client needs."""

import asyncio
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.types import Receive

from connectors.gateway.problems import Problem, RequestRefused, too_large


class ClientGone(Exception):
    """The client left before it had sent its body; there is nobody to answer."""


def check_declared(headers: Headers, limit: int) -> None:
    """Refuse by Content-Length before a byte is read. Raises RequestRefused (413)."""
    declared = headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > limit:
        raise _over(limit)


async def read(receive: Receive, limit: int, seconds: float, hold: Callable[[int], None]) -> bytes:
    """The body, chunked or not; `hold` hears of every byte that is kept, and may refuse by raising.

    Raises RequestRefused (413 as soon as the limit is passed, 408 after `seconds`) and ClientGone.
    """
    try:
        async with asyncio.timeout(seconds):
            return await _read(receive, limit, hold)
    except TimeoutError:
        problem = Problem("slow_client", f"no complete body after {seconds:g} s", headers={"connection": "close"})
        raise RequestRefused(problem) from None


async def _read(receive: Receive, limit: int, hold: Callable[[int], None]) -> bytes:
    chunks: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size > limit:
            raise _over(limit)
        hold(len(chunk))
        chunks.append(chunk)
        more = message.get("more_body", False)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def _over(limit: int) -> RequestRefused:
    return too_large(f"a body in this mode has at most {limit} bytes")
