"""Account 003's published figures as events: 238 539 dossiers, 237 630 on time; of the 27 873 for procedures that are
offered online 4 810 were filed online (DOMAIN §2)."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from streams.contracts.types import PROVINCE_TIME

DOSSIERS, ON_TIME, OFFERED, OFFERED_ONLINE = 238_539, 237_630, 27_873, 4_810
FIRST, PAST = date(2026, 1, 1), date(2026, 7, 1)
"""All are received and finished within these days."""

_DAYS = 150
_AGENCIES, _FIELDS = 40, 12


def dossiers() -> Iterator[tuple[str, bytes]]:
    """Subject and structured CloudEvent of each dossier: one snapshot, as a yearly synchronisation would send it."""
    for n in range(DOSSIERS):
        received = datetime(2026, 1, 5, 8, tzinfo=PROVINCE_TIME) + timedelta(days=n % _DAYS, minutes=n % 400)
        due = received + timedelta(days=15)
        finished = due - timedelta(days=3) if n < ON_TIME else due + timedelta(days=2)
        offered = n % 8 == 0 and n // 8 < OFFERED
        online = n % 8 == 0 and n // 8 < OFFERED_ONLINE
        yield f"000.00.03.H{n % _AGENCIES:02}-{n:06}", _event(n, received, due, finished, offered, online)


def _event(n: int, received: datetime, due: datetime, finished: datetime, offered: bool, online: bool) -> bytes:
    return json.dumps(
        {
            "specversion": "1.0",
            "id": f"003-{n:06}",
            "source": "/account-003/one-stop",
            "type": "vn.nhip.dossier.upserted",
            "subject": f"000.00.03.H{n % _AGENCIES:02}-{n:06}",
            "time": finished.isoformat(),
            "data": {
                "procedure": f"1.{n % 300:06}",
                "field": f"linh-vuc-{n % _FIELDS}",
                "agency": f"don-vi-{n % _AGENCIES}",
                "status": 9,
                "received_at": received.isoformat(),
                "due_at": due.date().isoformat(),
                "finished_at": finished.isoformat(),
                "channel": "online" if online else "counter",
                "online_level": 3 if offered else 2,
            },
        }
    ).encode()
