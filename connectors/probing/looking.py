"""One look at one target, whatever its kind: always a sight, never an exception, within its time."""

import asyncio
import ssl
import time

import httpcore

from connectors.probing import names, ports, web
from connectors.probing.dialler import Dialler, Resolve, resolve
from streams.catalogue.targets import Target
from streams.probing.sight import Sight

_ERROR_CHARACTERS = 300
_FAULTS = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, httpcore.UnsupportedProtocol)


async def look(target: Target, trust: ssl.SSLContext, look_up: Resolve = resolve) -> Sight:
    """What is to be seen there now, with the milliseconds it took."""
    begin = time.perf_counter()
    try:
        async with asyncio.timeout(target.timeout_s):
            sight = await _look(target, Dialler(target.networks, look_up), trust)
    except TimeoutError:
        return Sight("fail", error=f"no answer within {target.timeout_s} s")
    except (*_FAULTS, OSError, ValueError) as error:  # ValueError: a redirect to what is no URL
        sight = Sight("fail", error=str(error)[:_ERROR_CHARACTERS] or type(error).__name__)
    return sight._replace(latency_ms=round((time.perf_counter() - begin) * 1000, 3))


async def _look(target: Target, dialler: Dialler, trust: ssl.SSLContext) -> Sight:
    match target.parts.scheme:
        case "dns":
            return await names.look(target, dialler)
        case "tcp" | "tls":
            return await ports.look(target, dialler, trust)
        case _:
            return await web.look(target, dialler, trust)
