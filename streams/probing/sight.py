"""What was seen of a check, and the event that says so."""

import hashlib
from datetime import datetime
from typing import Any, Literal, NamedTuple

DEFAULT_PROBE = "probe"
"""The prober whose checks name none."""


class Sight(NamedTuple):
    """One look. `error` says why it is not well; `code` is HTTP's; `cert_days` are whole days, negative when over."""

    status: Literal["ok", "fail"]
    latency_ms: float | None = None
    code: int | None = None
    error: str | None = None
    cert_days: int | None = None


def ping(sight: Sight, system: str, check: str, probe: str, at: datetime) -> dict[str, Any]:
    """The health ping (DOMAIN §1.3). Its id sorts by time; sent again, it is the same event."""
    said = {name: value for name, value in sight._asdict().items() if value is not None}
    which = hashlib.blake2b(f"{system}\0{check}".encode(), digest_size=8).hexdigest()
    return {
        "specversion": "1.0",
        "id": f"{int(at.timestamp() * 1000):012x}-{which}",
        "source": f"probe/{probe}",
        "type": "vn.nhip.health.ping",
        "subject": system,
        "time": at.isoformat(),
        "data": {"check_id": check, "probe": probe, **said},
    }
