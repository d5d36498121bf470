"""Moments as people read them in the province."""

from streams.contracts.types import PROVINCE_TIME
from streams.days import moment


def clock(time: int) -> str:
    """Microseconds since 1970 as day and time of the province."""
    return f"{moment(time).astimezone(PROVINCE_TIME):%d/%m %H:%M:%S}"
