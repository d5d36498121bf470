"""What entries of the catalogue have in common: a code, and the days between which they hold."""

from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from streams.contracts.types import Code

Name = Annotated[str, StringConstraints(min_length=1, max_length=300)]
"""A title that people read, in Vietnamese."""

Phone = Annotated[str, StringConstraints(pattern=r"^\+?[0-9][0-9 .]{2,19}$")]


class Model(BaseModel):
    """Part of an entry: frozen, of exact types, without keys that nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Entry(Model):
    """An entry that holds from `valid_from` on and no longer on `valid_to`; without them, always.

    The same code may stand there several times with days that do not overlap: that is how it changes.
    """

    code: Code
    valid_from: date | None = None
    valid_to: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.valid_from and self.valid_to and self.valid_to <= self.valid_from:
            raise ValueError("valid_to, the first day on which it no longer holds, must be after valid_from")
        return self

    def holds_on(self, day: date) -> bool:
        """Whether it holds on that civil day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)
