"""TCP: somebody accepts. TLS: and shows a certificate that holds for this name."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpcore

from connectors.probing.certificate import days_left
from connectors.probing.dialler import Dialler
from streams.catalogue.targets import Target
from streams.probing.sight import Sight


async def look(target: Target, dialler: Dialler, trust: ssl.SSLContext) -> Sight:
    """Connect, and for `tls` shake hands. Raises httpcore's errors."""
    host, port = target.parts.hostname, target.parts.port
    assert host is not None
    assert port is not None
    async with _closing(await dialler.connect_tcp(host, port)) as stream:
        if target.parts.scheme == "tcp":
            return Sight("ok")
        async with _closing(await stream.start_tls(trust, server_hostname=host)) as secured:
            return Sight("ok", cert_days=days_left(secured.get_extra_info("ssl_object")))


@asynccontextmanager
async def _closing(stream: httpcore.AsyncNetworkStream) -> AsyncIterator[httpcore.AsyncNetworkStream]:
    try:
        yield stream
    finally:
        await stream.aclose()
