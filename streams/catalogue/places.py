"""Areas and agencies, with what became of them when units were merged."""

from typing import Annotated, Literal

from pydantic import Field

from streams.catalogue.entry import Entry, Name, Phone
from streams.contracts.types import Code

Level = Literal["province", "district", "commune"]
"""Tỉnh, huyện and xã; since 2025-07-01 there are no districts (Law 72/2025/QH15)."""


class Area(Entry):
    """An administrative unit; `code` is what events carry, `unit_code` the General Statistics Office's."""

    name: Name
    level: Level
    parent: Code | None = None
    successor: Code | None = None
    unit_code: Annotated[str, Field(pattern=r"^\d{2,5}$")] | None = None
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None


class Agency(Entry):
    """An agency that answers for dossiers and reports; one that ended names its `successor`."""

    name: Name
    level: Level = "province"
    area: Code | None = None
    parent: Code | None = None
    successor: Code | None = None
    duty_phone: Phone | None = None
