"""Which addresses a probe may reach: public ones, and those that the catalogue names."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052 §2.1


def permitted(address: str, networks: Iterable[str] = ()) -> bool:
    """Whether `address`, as it came out of a look-up, may be connected to.

    Private, loopback, link-local and other addresses that are not of the public Internet are reached only inside one
    of `networks`: else a name, or a redirect, that somebody else controls would lead behind the fire wall, or to the
    metadata of a cloud (OWASP API7:2023).
    """
    found = _plain(ip_address(address.partition("%")[0]))
    if any(found in ip_network(network) for network in networks):
        return True
    return all(part.is_global and not part.is_multicast for part in (found, *_inside(found)))


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """::ffff:10.0.0.1 is 10.0.0.1 to the system that connects."""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _inside(address: IPv4Address | IPv6Address) -> Iterable[IPv4Address]:
    """IPv4 addresses that a relay would go on to: 6to4, Teredo, NAT64."""
    if isinstance(address, IPv4Address):
        return
    if address.sixtofour is not None:
        yield address.sixtofour
    yield from address.teredo or ()
    if address in _NAT64:
        yield IPv4Address(int(address) & 0xFFFFFFFF)
