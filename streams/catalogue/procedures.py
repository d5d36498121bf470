"""Fields and procedures of administrative dossiers (lĩnh vực, thủ tục hành chính)."""

from typing import Annotated, Literal, Self

import pydantic
from pydantic import model_validator

from streams.catalogue.entry import Entry, Name
from streams.contracts.types import Code, Dong

Hours = Annotated[int, pydantic.Field(ge=1, le=24 * 366)]
Days = Annotated[int, pydantic.Field(ge=0, le=3660)]


class Field(Entry):
    """A field of procedures (MaLinhVuc). `name_en`: what English boards call it."""

    title: Name
    name_en: Name | None = None


class Procedure(Entry):
    """A procedure (MaTTHC) and its working time: days, or hours where it is shorter than a day; 0 days is the same day.

    `pause`: what a wait for the citizen (status 5) does to the due date when upstream names no new one (DOMAIN §1.2).
    `fee_pauses`: whether status 6 pauses the statutory clock. `fee` in đồng. `online_level` as events carry it: 3 and 4
    are một phần and toàn trình (Decree 42/2022/NĐ-CP).
    """

    title: Name
    field: Code
    online_level: Annotated[int, pydantic.Field(ge=1, le=4)]
    working_days: Days | None = None
    working_hours: Hours | None = None
    pause: Literal["extend", "restart"] = "extend"
    fee_pauses: bool = False
    fee: Dong = 0
    online_payment: bool = False

    @model_validator(mode="after")
    def _of_one_length(self) -> Self:
        if (self.working_days is None) == (self.working_hours is None):
            raise ValueError("give either working_days or working_hours")
        return self
