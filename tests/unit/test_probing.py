"""The prober against real servers on this machine: what it sees, and where it will not go."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import dns.flags
import dns.message
import dns.rrset
import orjson
import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from connectors.probing.looking import look
from connectors.probing.prober import Prober, watched
from streams.catalogue import Catalogue, System
from streams.catalogue.systems import Check
from streams.catalogue.targets import Target
from streams.contracts import HEALTH
from streams.parsing import parse
from streams.probing.addresses import permitted
from streams.probing.schedule import following
from streams.probing.sight import Sight, ping
from tests.stack.gateway_tools import free_port

LOOPBACK = ("127.0.0.0/8",)
PLAIN = ssl.create_default_context()
Answer = Callable[[bytes], bytes | None]


class Server:
    """A TCP server that counts who came; `answer` makes of a request what is said, None: nothing, for ever."""

    def __init__(self, answer: Answer) -> None:
        self.answer, self.connections, self.port = answer, 0, 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            said = self.answer(await reader.readuntil(b"\r\n\r\n"))
            if said is None:
                await asyncio.sleep(3600)
            else:
                writer.write(said)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def serving(answer: Answer, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> AsyncIterator[Server]:
    server = Server(answer)
    listening = await asyncio.start_server(server.serve, host, 0, ssl=tls)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()


def says(status: str, *headers: str) -> Answer:
    return lambda _: "\r\n".join([f"HTTP/1.1 {status}", "content-length: 0", *headers, "", ""]).encode()


def resolving(*answers: Sequence[str]) -> Callable[[str, int], Awaitable[Sequence[str]]]:
    """A resolver that answers so, one time after the other; the last answer stays."""
    left = list(answers)

    async def look_up(_host: str, _port: int) -> Sequence[str]:
        return left.pop(0) if len(left) > 1 else left[0]

    return look_up


def here(url: str, **more: object) -> Target:
    return Target.model_validate({"url": url, "networks": LOOPBACK, **more})


async def test_a_page_that_answers_is_well_with_its_status_and_latency() -> None:
    async with serving(says("200 OK")) as server:
        sight = await look(here(f"http://127.0.0.1:{server.port}/"), PLAIN)
    assert (sight.status, sight.code, sight.error) == ("ok", 200, None)
    assert sight.latency_ms is not None


@pytest.mark.parametrize(("expect", "seen"), [((), "fail"), ((401,), "ok"), ((200,), "fail")])
async def test_which_statuses_are_well_can_be_said(expect: tuple[int, ...], seen: str) -> None:
    async with serving(says("401 Unauthorized")) as server:
        sight = await look(here(f"http://127.0.0.1:{server.port}/", expect=expect), PLAIN)
    assert (sight.status, sight.code) == (seen, 401)


async def test_a_certificate_of_a_trusted_authority_tells_its_days() -> None:
    authority = trustme.CA()
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    until = datetime.now(UTC) + timedelta(days=30, hours=1)
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("portal.test", not_after=until).configure_cert(server_side)
    async with serving(says("200 OK"), server_side) as server:
        at_home = resolving(["127.0.0.1"])
        web = await look(here(f"https://portal.test:{server.port}/"), trust, at_home)
        bare = await look(here(f"tls://portal.test:{server.port}"), trust, at_home)
        other = await look(here(f"tls://other.test:{server.port}"), trust, at_home)
    assert (web.status, web.cert_days) == ("ok", 30)
    assert (bare.status, bare.cert_days) == ("ok", 30)
    assert other.status == "fail"
    assert "other.test" in str(other.error)


async def test_a_certificate_that_nobody_vouches_for_or_that_has_ended_is_a_failure() -> None:
    authority = trustme.CA()
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("portal.test").configure_cert(server_side)
    ended = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("portal.test", not_after=datetime(2020, 1, 1, tzinfo=UTC)).configure_cert(ended)
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    async with serving(says("200 OK"), server_side) as unknown, serving(says("200 OK"), ended) as old:
        at_home = resolving(["127.0.0.1"])
        not_trusted = await look(here(f"https://portal.test:{unknown.port}/"), PLAIN, at_home)
        over = await look(here(f"tls://portal.test:{old.port}"), trust, at_home)
    assert "CERTIFICATE_VERIFY_FAILED" in str(not_trusted.error)
    assert "expired" in str(over.error)


async def test_a_port_accepts_or_does_not() -> None:
    async with serving(says("200 OK")) as server:
        open_ = await look(here(f"tcp://127.0.0.1:{server.port}"), PLAIN)
    closed = await look(here(f"tcp://127.0.0.1:{free_port()}"), PLAIN)
    assert (open_.status, closed.status) == ("ok", "fail")


async def test_a_server_that_hangs_costs_its_time_and_no_more() -> None:
    async with serving(lambda _: None) as server:
        sight = await look(here(f"http://127.0.0.1:{server.port}/", timeout_s=1), PLAIN)
    assert sight == Sight("fail", error="no answer within 1 s")


@pytest.mark.parametrize("scheme", ["http", "https", "tcp", "tls"])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_what_is_not_public_is_not_reached_unless_the_catalogue_allows_it(scheme: str, host: str) -> None:
    async with serving(says("200 OK")) as server:
        sight = await look(Target(url=f"{scheme}://{host}:{server.port}"), PLAIN)
        await asyncio.sleep(0)
    assert "not public" in str(sight.error)
    assert server.connections == 0


async def test_a_redirect_leads_nowhere_else() -> None:
    """The first server may be reached, and sends on to one that may not."""
    async with serving(says("200 OK")) as secret:
        moved = says("302 Found", f"location: http://127.0.0.1:{secret.port}/")
        async with serving(moved, host="127.0.0.2") as first:
            sight = await look(Target(url=f"http://127.0.0.2:{first.port}/", networks=("127.0.0.2/32",)), PLAIN)
            assert (secret.connections, first.connections) == (0, 1)
            allowed = await look(here(f"http://127.0.0.2:{first.port}/"), PLAIN)
    assert "127.0.0.1, which is not public" in str(sight.error)
    assert (allowed.code, secret.connections) == (200, 1)


@pytest.mark.parametrize("location", ["file:///etc/passwd", "gopher://127.0.0.1/", "http://[bad", "//"])
async def test_a_redirect_to_what_is_not_http_is_a_failure(location: str) -> None:
    async with serving(says("302 Found", f"location: {location}")) as server:
        assert (await look(here(f"http://127.0.0.1:{server.port}/"), PLAIN)).status == "fail"


async def test_a_circle_of_redirects_ends() -> None:
    async with serving(says("302 Found", "location: /")) as server:
        sight = await look(here(f"http://127.0.0.1:{server.port}/"), PLAIN)
    assert (sight.error, server.connections) == ("more than 5 redirects", 6)


async def test_a_name_that_changes_its_address_between_looks_gains_nothing() -> None:
    """DNS rebinding: what was checked is what is connected to, and the next look checks again."""
    async with serving(says("200 OK"), host="127.0.0.2") as server:
        target = Target(url=f"http://portal.test:{server.port}/", networks=("127.0.0.2/32",))
        rebinding = resolving(["127.0.0.2"], ["127.0.0.1"])
        first, second = await look(target, PLAIN, rebinding), await look(target, PLAIN, rebinding)
    assert (first.status, second.status, server.connections) == ("ok", "fail", 1)
    assert "leads to 127.0.0.1" in str(second.error)


async def test_one_bad_address_among_good_ones_is_enough_to_refuse() -> None:
    async with serving(says("200 OK")) as server:
        target = Target(url=f"http://portal.test:{server.port}/", networks=("127.0.0.2/32",))
        sight = await look(target, PLAIN, resolving(["127.0.0.2", "127.0.0.1"]))
    assert (sight.status, server.connections) == ("fail", 0)


class Names(asyncio.DatagramProtocol):
    """A name server that knows portal.test and nothing else."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, address: object) -> None:
        question = dns.message.from_wire(data)
        answer = dns.message.make_response(question)
        name = question.question[0].name
        if str(name) == "portal.test.":
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", "A", "203.0.113.7"))
        else:
            answer.set_rcode(3)
        self.transport.sendto(answer.to_wire(), address)  # type: ignore[attr-defined]  # of datagrams


async def test_a_name_is_asked_for_at_the_server_that_is_named() -> None:
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(Names, ("127.0.0.1", 0))
    port = transport.get_extra_info("sockname")[1]
    known = await look(here(f"dns://127.0.0.1:{port}/portal.test"), PLAIN)
    unknown = await look(here(f"dns://127.0.0.1:{port}/other.test?type=AAAA"), PLAIN)
    forbidden = await look(Target(url=f"dns://127.0.0.1:{port}/portal.test"), PLAIN)
    transport.close()
    assert (known.status, unknown.status) == ("ok", "fail")
    assert "does not exist" in str(unknown.error)
    assert "not public" in str(forbidden.error)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
     "2002:a00:1::", "ff02::1"],
)  # fmt: skip
def test_no_address_that_is_not_public_is_permitted_by_itself(address: str) -> None:
    assert not permitted(address)


def test_public_addresses_and_those_that_are_named_are_permitted() -> None:
    assert permitted("1.1.1.1")
    assert permitted("2606:4700::1111")
    assert permitted("10.20.3.4", ["10.20.0.0/16"])
    assert permitted("::ffff:10.20.3.4", ["10.20.0.0/16"])
    assert not permitted("10.21.3.4", ["10.20.0.0/16", "fd00::/8"])


@given(st.text(min_size=1, max_size=20), st.integers(1, 86_400), st.floats(1e9, 4e9), st.floats(-0.01, 0.01))
def test_a_check_has_one_turn_in_each_interval(name: str, interval: int, now: float, early: float) -> None:
    first = following(name, interval, 0, now)
    assert 0 <= first - now <= interval + 1e-6
    second = following(name, interval, first, first + early * interval)
    assert second == pytest.approx(first + interval, abs=1e-3)


def test_a_thousand_checks_are_spread_over_their_interval() -> None:
    turns = [int(following(f"system-{n}/http", 60, 0, 6e8) - 6e8) for n in range(1000)]
    assert max(turns.count(second) for second in range(60)) < 40


@given(st.sampled_from(["ok", "fail"]), st.text(max_size=300).filter(lambda text: "\0" not in text))
def test_what_is_seen_becomes_a_ping_that_the_contract_takes(status: str, error: str) -> None:
    at = datetime(2026, 11, 23, 3, tzinfo=UTC)
    event = ping(Sight(status, 1.5, 500, error, -3), "portal", "http", "probe", at)  # type: ignore[arg-type]  # "ok" or "fail"
    found = parse(HEALTH, orjson.dumps(event), at)
    assert getattr(found, "subject", found) == "portal"


def catalogue(*checks: Check) -> Catalogue:
    portal = System(id="portal", name="Cổng", name_en="Portal", watch=("reachability",), checks=checks)
    return Catalogue(systems=(portal,))


def test_a_prober_looks_at_the_targets_of_its_name_that_are_not_paused() -> None:
    target = Target(url="https://portal.test/")
    checks = (
        Check(id="ours", target=target),
        Check(id="theirs", target=target, probe="dmz"),
        Check(id="paused", target=target, paused=True),
        Check(id="pings-itself"),
    )
    assert {one.check.id for one in watched(catalogue(*checks), "probe")} == {"ours"}
    assert {one.check.id for one in watched(catalogue(*checks), "dmz")} == {"theirs"}


async def test_a_catalogue_that_changes_changes_what_is_looked_at_and_no_more() -> None:
    said: asyncio.Queue[str] = asyncio.Queue()
    prober = Prober("probe", PLAIN, lambda event, _: said.put_nowait(event["data"]["check_id"]))
    async with serving(says("200 OK")) as server:
        target = here(f"http://127.0.0.1:{server.port}/", timeout_s=1)
        first, second = (Check(id=id, interval_s=2, target=target) for id in ("first", "second"))
        prober.watch(watched(catalogue(first), "probe"))
        assert await said.get() == "first"
        prober.watch(watched(catalogue(first, second), "probe"))
        assert {await said.get() for _ in range(3)} == {"first", "second"}
        prober.watch(watched(catalogue(second), "probe"))
        assert prober.checks == 1
        await prober.stop()
    assert prober.checks == 0


@pytest.mark.parametrize(
    "url",
    ["ftp://portal.test/", "http:///x", "tcp://portal.test", "tls://portal.test", "dns://9.9.9.9", "https://a:b@c/",
     "http://portal.test:99999/", "http://a b/", "portal.test"],
)  # fmt: skip
def test_a_target_that_could_never_be_looked_at_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="url"):
        Target(url=url)


def test_a_look_must_end_before_the_next_one_begins() -> None:
    with pytest.raises(ValueError, match="timeout_s"):
        Check(id="http", interval_s=10, target=Target(url="https://portal.test/"))
