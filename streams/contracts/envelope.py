"""The CloudEvents 1.0 envelope around every event (https://github.com/cloudevents/spec, version 1.0.2)."""

from datetime import timedelta
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from streams.contracts.types import EventId, EventTime, Identifier

AHEAD = timedelta(minutes=5)
"""How far a publisher's clock may run ahead of the broker's (DOMAIN §1)."""


class Body(BaseModel):
    """The typed `data` of an event. Unknown fields are never stored; they are kept here only to be counted."""

    model_config = ConfigDict(frozen=True, strict=True, extra="allow", allow_inf_nan=False)

    free_text: ClassVar[tuple[str, ...]] = ()
    """Fields in which people write what they like: personal numbers are masked there (streams/masking.py)."""

    @property
    def unknown_fields(self) -> int:
        """How many fields of `data` the contract does not know."""
        return len(self.__pydantic_extra__ or ())

    def stored(self) -> str:
        """The JSON that is stored: the contract's fields that have a value, and nothing that it does not know."""
        return self.model_dump_json(exclude_none=True, exclude=set(self.__pydantic_extra__ or ()))


class Event(BaseModel):
    """One CloudEvent. Extension attributes are allowed by the specification and ignored here."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore", allow_inf_nan=False)

    horizon: ClassVar[timedelta]
    """How old an event of this stream may be when the broker appends it."""
    rank: ClassVar[int] = 0
    """The place of this type in its life cycle: orders events of one subject with the same second."""

    specversion: Literal["1.0"]
    id: EventId
    source: Identifier
    type: str
    subject: Identifier
    time: EventTime
    data: Body
