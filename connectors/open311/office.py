"""Where Open311 looks things up."""

from collections.abc import Sequence
from typing import Protocol

from connectors.open311.filters import Filter
from connectors.open311.requests import Report
from streams.agents import Transient
from streams.catalogue import Catalogue


class Office(Protocol):
    """What is known of reports. All raise Transient while the database is away."""

    async def catalogue(self) -> Catalogue:
        """The catalogue in force."""

    async def requests(self, wanted: Filter) -> Sequence[Report]:
        """Reports that may be shown, the newest first."""

    async def requests_by_id(self, ids: Sequence[str]) -> Sequence[Report]:
        """Those of these ids that may be shown."""


class Closed:
    """The office of a gateway without a database."""

    async def catalogue(self) -> Catalogue:
        raise Transient("this gateway has no database")

    async def requests(self, wanted: Filter) -> Sequence[Report]:
        raise Transient("this gateway has no database")

    async def requests_by_id(self, ids: Sequence[str]) -> Sequence[Report]:
        raise Transient("this gateway has no database")


CLOSED = Closed()
