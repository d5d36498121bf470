"""Connections to addresses that were checked: the one way out of the prober for HTTP, TCP and TLS."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence

import httpcore
from httpcore import SOCKET_OPTION

from streams.probing.addresses import permitted

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""The addresses of a host, in the order in which they are to be tried. Raises OSError."""


class AddressRefused(httpcore.ConnectError):
    """The address is not public, and the catalogue does not allow it: add its network to the target's `networks`."""


async def resolve(host: str, port: int) -> Sequence[str]:
    """As the machine itself resolves names, /etc/hosts included."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class Dialler(httpcore.AsyncNetworkBackend):
    """Resolves, checks and connects to what it checked, at every connection anew.

    So a name that resolves to something else the next time (DNS rebinding), or a redirect, leads nowhere else.
    """

    def __init__(self, networks: Iterable[str], look_up: Resolve = resolve) -> None:
        """`networks` may be reached besides the public Internet."""
        self._networks = tuple(networks)
        self._look_up = look_up
        self._backend = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's own
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """The first of the host's addresses that answers. Raises AddressRefused, or another ConnectError."""
        failure: httpcore.ConnectError | None = None
        for address in await self.addresses(host, port):
            try:
                return await self._backend.connect_tcp(address, port, timeout, local_address, socket_options)
            except httpcore.ConnectError as error:
                failure = error
        raise failure or httpcore.ConnectError(f"{host} has no address")

    async def addresses(self, host: str, port: int) -> Sequence[str]:
        """The host's addresses, all of them allowed: one that is not shows that the name is not to be trusted."""
        try:
            found = await self._look_up(host, port)
        except OSError as error:
            raise httpcore.ConnectError(f"{host} cannot be resolved: {error.strerror or error}") from error
        for address in found:
            if not permitted(address, self._networks):
                raise AddressRefused(f"{host} leads to {address}, which is not public and in none of the networks")
        return found
