"""Plain pings: all but those that carry text."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from msgspec import Meta, MsgspecError, Struct
from msgspec.json import Decoder

from streams.plain import PlainEvent, PlainName, each_plain


class PlainBody(Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """The fields of PingBody that are not written by people."""

    unknown_fields: ClassVar[int] = 0

    status: Literal["ok", "degraded", "fail", "start"]
    system_id: PlainName | None = None
    check_id: PlainName = "default"
    probe: PlainName | None = None
    latency_ms: Annotated[float, Meta(ge=0, le=86_400_000)] | None = None
    code: Annotated[int, Meta(ge=-(2**31), le=2**31 - 1)] | None = None
    run_id: PlainName | None = None
    interval_s: Annotated[int, Meta(ge=1, le=31_536_000)] | None = None
    grace_s: Annotated[int, Meta(ge=0, le=31_536_000)] | None = None
    cert_days: Annotated[int, Meta(ge=-36_500, le=36_500)] | None = None
    queue_length: Annotated[int, Meta(ge=0, le=2**31 - 1)] | None = None
    metrics: Annotated[dict[PlainName, float], Meta(max_length=64)] | None = None


class PlainPing(PlainEvent, gc=False, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A ping as it was sent."""

    type: Literal["vn.nhip.health.ping"]
    data: PlainBody


_decode = Decoder(PlainPing).decode


def plain_pings(values: Sequence[bytes | None]) -> list[PlainPing | None]:
    """The ping in each value that is a plain one, else None, which says nothing about whether it is valid."""
    return each_plain(values, _plain)


def _plain(value: bytes) -> PlainPing | None:
    try:
        ping = _decode(value)
    except (MsgspecError, UnicodeDecodeError):
        return None
    named = ping.data.system_id
    return ping if named is None or named == ping.subject else None
