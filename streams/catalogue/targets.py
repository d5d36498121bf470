"""Where the prober looks, for checks of systems that cannot ping by themselves."""

from ipaddress import ip_network
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, Field, StringConstraints

from streams.catalogue.entry import Model

SCHEMES = ("http", "https", "tcp", "tls", "dns")


def _url(text: str) -> str:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise ValueError(f"is no URL: {error}") from None
    if parts.scheme not in SCHEMES:
        raise ValueError(f"begins with one of {', '.join(f'{scheme}://' for scheme in SCHEMES)}")
    if parts.username is not None or parts.password is not None:
        raise ValueError("holds no name and password: whoever reads the catalogue would know them")
    if parts.scheme == "dns":
        if not parts.path.strip("/"):
            raise ValueError("asks for a name: dns:///haugiang.gov.vn, or dns://SERVER/haugiang.gov.vn?type=AAAA")
    elif not parts.hostname:
        raise ValueError("names a host")
    elif parts.scheme in ("tcp", "tls") and port is None:
        raise ValueError(f"names a port: {parts.scheme}://HOST:PORT")
    return text


def _network(text: str) -> str:
    try:
        ip_network(text)
    except ValueError as error:
        raise ValueError(f"is no network like 10.20.0.0/16: {error}") from None
    return text


class Target(Model):
    """What to look at, and how.

    `url`: `http(s)://host/path`; `tcp://host:port`, which only has to accept; `tls://host:port`, whose certificate's
    days are told; `dns://[server[:port]]/name[?type=A]` (RFC 4501). `expect`: the HTTP statuses that are well, without
    it those below 400. `networks`: the addresses that are not public and may be reached all the same.
    """

    url: Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00-\x20\x7f]+$"), AfterValidator(_url)]
    expect: tuple[Annotated[int, Field(ge=100, le=599)], ...] = ()
    timeout_s: Annotated[int, Field(ge=1, le=60)] = 10
    networks: tuple[Annotated[str, AfterValidator(_network)], ...] = ()

    @property
    def parts(self) -> SplitResult:
        return urlsplit(self.url)
