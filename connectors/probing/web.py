"""HTTP and HTTPS: the status, and on the way the days that the certificate has left."""

import ssl
from urllib.parse import urljoin, urlsplit

import httpcore

from connectors.probing.certificate import days_left
from connectors.probing.dialler import Dialler
from streams.catalogue.targets import Target
from streams.probing.sight import Sight

REDIRECTS = 5
_MOVED = (301, 302, 303, 307, 308)
_HEADERS = [("user-agent", "nhip-probe"), ("accept", "*/*")]


async def look(target: Target, dialler: Dialler, trust: ssl.SSLContext) -> Sight:
    """Ask, follow where it leads, read no body. Raises httpcore's errors."""
    url = target.url
    async with httpcore.AsyncConnectionPool(trust, network_backend=dialler, max_keepalive_connections=0) as pool:
        for _ in range(REDIRECTS + 1):
            async with pool.stream("GET", url, headers=_HEADERS) as response:
                location = dict(response.headers).get(b"location")
                if response.status not in _MOVED or location is None or response.status in target.expect:
                    return _judged(response, target)
            url = urljoin(url, location.decode("latin-1"))
            if urlsplit(url).scheme not in ("http", "https"):
                return Sight("fail", code=response.status, error=f"redirected to {url[:200]}, which is not HTTP")
    return Sight("fail", code=response.status, error=f"more than {REDIRECTS} redirects")


def _judged(response: httpcore.Response, target: Target) -> Sight:
    status = response.status
    well = status in target.expect if target.expect else status < 400
    secured = response.extensions["network_stream"].get_extra_info("ssl_object")
    return Sight(
        "ok" if well else "fail",
        code=status,
        error=None if well else f"HTTP status {status}",
        cert_days=days_left(secured) if secured else None,
    )
