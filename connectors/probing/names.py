"""DNS: a name resolves, asked of one server or of those that the machine uses."""

from urllib.parse import parse_qs

from dns.asyncresolver import Resolver
from dns.exception import DNSException

from connectors.probing.dialler import Dialler
from streams.catalogue.targets import Target
from streams.probing.sight import Sight

PORT = 53


async def look(target: Target, dialler: Dialler) -> Sight:
    """Ask; any answer of the wanted type is well. A server that the target names is checked like other addresses.

    Raises httpcore's errors.
    """
    parts = target.parts
    kind = parse_qs(parts.query).get("type", ["A"])[0]
    resolver = Resolver(configure=parts.hostname is None)
    if parts.hostname is not None:
        resolver.port = parts.port or PORT
        resolver.nameservers = list(await dialler.addresses(parts.hostname, resolver.port))
    try:
        await resolver.resolve(parts.path.strip("/"), kind, lifetime=target.timeout_s)
    except (DNSException, ValueError) as error:
        return Sight("fail", error=str(error)[:300] or type(error).__name__)
    return Sight("ok")
