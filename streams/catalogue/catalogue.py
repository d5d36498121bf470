"""A province's catalogue as the folds use it: look-ups by code as of a moment, and its version."""

import hashlib
from datetime import datetime
from functools import cache, cached_property

import orjson
import pydantic

from streams.calendar import Calendar, WorkingTime
from streams.calendar.week import Week
from streams.catalogue.categories import Category
from streams.catalogue.dated import Dated
from streams.catalogue.entry import Model, Name
from streams.catalogue.places import Agency, Area
from streams.catalogue.procedures import Field, Procedure
from streams.catalogue.rules import Person, Route, Rule, Shift
from streams.catalogue.systems import System


class Catalogue(Model):
    """Everything that is known of a province. Two catalogues of the same content have the same version and are equal.

    `duty`: the hours of those who dispatch field reports, holidays included; without it they work when everybody does.
    """

    name: Name = "unnamed"
    calendar: Calendar = pydantic.Field(default_factory=Calendar)
    duty: Week | None = None
    areas: tuple[Area, ...] = ()
    agencies: tuple[Agency, ...] = ()
    fields: tuple[Field, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    categories: tuple[Category, ...] = ()
    systems: tuple[System, ...] = ()
    rules: tuple[Rule, ...] = ()
    routes: tuple[Route, ...] = ()
    people: tuple[Person, ...] = ()
    shifts: tuple[Shift, ...] = ()

    @classmethod
    def default(cls) -> "Catalogue":
        """No entries, DOMAIN's week and the nation's holidays: what holds until a province is loaded."""
        return _default()

    @classmethod
    def read_back(cls, version: str, content: str) -> "Catalogue":
        """What was kept under a version, which it keeps, even where a newer Nhịp would write its content otherwise."""
        catalogue = cls.model_validate_json(content)
        catalogue.__dict__["version"] = version  # where cached_property would keep it
        return catalogue

    @cached_property
    def version(self) -> str:
        """A hash of the content, with the expanded calendar: 32 hexadecimal digits. Keys have no order."""
        content = orjson.dumps(self.model_dump(mode="json"), option=orjson.OPT_SORT_KEYS)
        return hashlib.sha256(content).hexdigest()[:32]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Catalogue) and self.version == other.version

    def __hash__(self) -> int:
        return hash(self.version)

    @property
    def working_time(self) -> WorkingTime:
        """When offices work."""
        return self.calendar.working_time

    @cached_property
    def duty_time(self) -> WorkingTime:
        """When field reports are dispatched."""
        return WorkingTime(self.duty.days()) if self.duty else self.working_time

    def procedure(self, code: str | None, at: datetime) -> Procedure | None:
        """The procedure as it holds at a moment; None for an unknown one, and for one that has ended."""
        return self._procedures.at(code, at)

    def has_procedure(self, code: str | None) -> bool:
        """Whether the procedure is known at any time: it tells one that has ended from an unknown one."""
        return code in self._procedures

    def category(self, code: str | None, at: datetime) -> Category | None:
        """The category as it holds at a moment."""
        return self._categories.at(code, at)

    def has_category(self, code: str | None) -> bool:
        """Whether the category is known at any time."""
        return code in self._categories

    def field(self, code: str | None, at: datetime) -> Field | None:
        """The field of procedures as it holds at a moment."""
        return self._fields.at(code, at)

    def agency(self, code: str | None, at: datetime) -> Agency | None:
        """The agency as it holds at a moment."""
        return self._agencies.at(code, at)

    def has_field(self, code: str | None) -> bool:
        """Whether the field is known at any time."""
        return code in self._fields

    def has_agency(self, code: str | None) -> bool:
        """Whether the agency is known at any time, merged ones too: they keep their history."""
        return code in self._agencies

    def area(self, code: str | None, at: datetime) -> Area | None:
        """The area as it holds at a moment."""
        return self._areas.at(code, at)

    def has_area(self, code: str | None) -> bool:
        """Whether the area is known at any time: one that was merged is."""
        return code in self._areas

    def successor(self, code: str, at: datetime) -> str:
        """The agency that does at a moment what this one did: itself, or who came after it; unknown ones stay."""
        return _successor(self._agencies, code, at)

    def area_successor(self, code: str, at: datetime) -> str:
        """The area that an area has become part of at a moment."""
        return _successor(self._areas, code, at)

    def system(self, id: str) -> System | None:
        """The watched system of that id."""
        return self._systems.get(id)

    @cached_property
    def _procedures(self) -> Dated[Procedure]:
        return Dated(self.procedures)

    @cached_property
    def _categories(self) -> Dated[Category]:
        return Dated(self.categories)

    @cached_property
    def _fields(self) -> Dated[Field]:
        return Dated(self.fields)

    @cached_property
    def _agencies(self) -> Dated[Agency]:
        return Dated(self.agencies)

    @cached_property
    def _areas(self) -> Dated[Area]:
        return Dated(self.areas)

    @cached_property
    def _systems(self) -> dict[str, System]:
        return {system.id: system for system in self.systems}


def _successor(units: Dated[Agency] | Dated[Area], code: str, at: datetime) -> str:
    """Checked on load: chains have no cycles."""
    while units.at(code, at) is None:
        last = units.last(code)
        if last is None or last.successor is None:
            break
        code = last.successor
    return code


@cache
def _default() -> Catalogue:
    return Catalogue()
