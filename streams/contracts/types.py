"""The scalar types that events are made of: text, identifiers, moments.

Each is checked inside pydantic's compiled core where that is possible: a worker parses tens of thousands of events
a second.
"""

import unicodedata
from datetime import UTC, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticKnownError, core_schema

PROVINCE_TIME = ZoneInfo("Asia/Ho_Chi_Minh")
"""Days are civil days here (DOMAIN §3)."""

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)
"""Moments inside `data` lie between these: PostgreSQL and Python disagree beyond, and no dossier does."""

_RFC3339 = r"^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$"


def nfc(text: str) -> str:
    """`text` in Unicode normal form C: the same Vietnamese word must be the same bytes, whatever keyboard wrote it."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _nfc_within(limit: int) -> AfterValidator:
    """Normalise, and measure again: a few characters are longer in NFC, and what is stored has to be read back."""

    def normalise(text: str) -> str:
        normal = nfc(text)
        if len(normal) > limit:
            raise PydanticKnownError("string_too_long", {"max_length": limit})
        return normal

    return AfterValidator(normalise)


class _Rfc3339:
    """RFC 3339 with an offset and nothing else: pydantic alone would also take "1700000000" and naive times."""

    def __init__(self, earliest: datetime | None = None, latest: datetime | None = None) -> None:
        self._datetime = core_schema.datetime_schema(tz_constraint="aware", strict=False, ge=earliest, le=latest)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.json_or_python_schema(
            json_schema=core_schema.chain_schema([core_schema.str_schema(pattern=_RFC3339), self._datetime]),
            python_schema=self._datetime,
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "format": "date-time"}


def _a_date_means(time_of_day: str) -> BeforeValidator:
    """Read a bare date as that time of day in the province, which has had this offset since 1975."""

    def complete(value: Any) -> Any:
        return f"{value}T{time_of_day}+07:00" if isinstance(value, str) and len(value) == len("2026-11-23") else value

    return BeforeValidator(complete)


_DATE_OR_MOMENT = WithJsonSchema({"type": "string", "anyOf": [{"format": "date-time"}, {"format": "date"}]})


EventTime = Annotated[datetime, _Rfc3339()]
"""When an event happened: RFC 3339 with offset; the horizon is checked against the broker's clock, not here."""

_Moment = Annotated[datetime, _Rfc3339(EARLIEST, LATEST)]

StartMoment = Annotated[_Moment, _a_date_means("00:00:00"), _DATE_OR_MOMENT]
"""A moment inside `data`, years 1900 to 2200; a bare date means the beginning of that day."""

DueMoment = Annotated[_Moment, _a_date_means("23:59:59.999999"), _DATE_OR_MOMENT]
"""A moment inside `data`, years 1900 to 2200; a bare date means the end of that day (DOMAIN §1.2)."""

_PRINTABLE = r"^[^\x00-\x1f\x7f]+$"

Identifier = Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=_PRINTABLE)]
"""An id or a code: 1 to 128 characters, no control characters (PostgreSQL refuses NUL)."""

EventId = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=_PRINTABLE)]

Code = Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=_PRINTABLE), _nfc_within(128)]
"""A code of the catalogue (agency, field, category …), in NFC."""

Text = Annotated[str, StringConstraints(max_length=10_000, pattern=r"^[^\x00]*$"), _nfc_within(10_000)]
"""Free text in NFC, up to 10 000 characters, without NUL."""

SmallInt = Annotated[int, Field(ge=-32768, le=32767)]
"""What the life cycle judges is stored as it came: status 42 or rating 9 are flagged there, not refused here."""

Dong = Annotated[int, Field(ge=0, le=10**15)]
"""Money in whole đồng."""
