"""What GET requests is asked for: parameters of GeoReport v2, and the paging and `updated_…` that servers agree on."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from connectors.open311.errors import Refused
from streams.contracts.types import StartMoment

SPAN = timedelta(days=90)
"""What is looked at unless dates are given (GeoReport v2, "GET Service Requests")."""

MOST = 1000
"""Requests in one answer, and ids in one question."""

_MOMENT: TypeAdapter[datetime] = TypeAdapter(StartMoment)


class Filter(NamedTuple):
    """Received from `first` to `last`; `codes` and `open` None for all."""

    first: datetime
    last: datetime
    codes: list[str] | None
    open: bool | None
    updated_after: datetime | None
    updated_before: datetime | None
    skip: int
    most: int


def ids_of(parameters: Mapping[str, str]) -> list[str] | None:
    """`service_request_id`, which overrides all the rest; None where it is not given. Raises Refused (400)."""
    ids = _listed(parameters, "service_request_id")
    if ids is not None and len(ids) > MOST:
        raise Refused(400, f"service_request_id names at most {MOST} requests")
    return ids


def filter_of(parameters: Mapping[str, str], now: datetime) -> Filter:
    """Raises Refused (400) naming the parameter that is wrong."""
    first, last = _moment(parameters, "start_date"), _moment(parameters, "end_date")
    if first is None:
        last = last or now
        first = last - SPAN
    most = _number(parameters, "page_size", MOST, MOST)
    return Filter(
        first,
        last or first + SPAN,
        _listed(parameters, "service_code"),
        _open(_listed(parameters, "status")),
        _moment(parameters, "updated_after"),
        _moment(parameters, "updated_before"),
        (_number(parameters, "page", 1, 1_000_000) - 1) * most,
        most,
    )


def _listed(parameters: Mapping[str, str], name: str) -> list[str] | None:
    text = parameters.get(name, "").replace("\0", "")
    return [part.strip() for part in text.split(",") if part.strip()] or None


def _open(statuses: list[str] | None) -> bool | None:
    wanted = {status.lower() for status in statuses or ()}
    if not wanted <= {"open", "closed"}:
        raise Refused(400, "status is open, closed, or both")
    return wanted == {"open"} if len(wanted) == 1 else None


def _moment(parameters: Mapping[str, str], name: str) -> datetime | None:
    text = parameters.get(name)
    if text is None:
        return None
    try:
        return _MOMENT.validate_json(f'"{text}"')
    except ValidationError:
        raise Refused(400, f"{name} is a moment with offset, such as 2026-11-23T10:00:00+07:00") from None


def _number(parameters: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = parameters.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and 1 <= int(text) <= most):
        raise Refused(400, f"{name} is a number from 1 to {most}")
    return int(text)
