"""Times as other systems write them, turned into what the contract reads."""

from datetime import datetime
from functools import lru_cache

from streams.contracts.types import PROVINCE_TIME

USUAL = ("%Y%m%d%H%M%S", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y", "%Y%m%d")
"""The national exchange's yyyyMMddHHmmss, and what Vietnamese offices export; ISO 8601 is always read too."""


class NoMoment(ValueError):
    """A text that is a time in none of the formats."""


@lru_cache(maxsize=50_000)
def moment(text: str, formats: tuple[str, ...] = USUAL) -> str:
    """RFC 3339, in the province's time where no offset stands; a date stays one. Raises NoMoment.

    What a date without a time means, the beginning or the end of its day, the contract knows.
    """
    if text[4:5] == "-":  # fromisoformat would take yyyyMMddHHmmss for something else
        try:
            return _rfc3339(datetime.fromisoformat(text), has_time=len(text) > len("2026-11-23"))
        except ValueError:
            pass
    for pattern in formats:
        try:
            return _rfc3339(datetime.strptime(text, pattern), has_time="%H" in pattern)  # noqa: DTZ007 - gets its zone there
        except ValueError:
            continue
    raise NoMoment(f"{text!r} is a time in none of the formats ISO 8601, {', '.join(formats)}")


def _rfc3339(found: datetime, *, has_time: bool) -> str:
    if not has_time:
        return found.date().isoformat()
    return (found if found.tzinfo else found.replace(tzinfo=PROVINCE_TIME)).isoformat()
