"""What a report is, beside its progress: where, what and how urgent, as told so far."""

from datetime import datetime
from operator import attrgetter

from msgspec import Struct

from streams.catalogue import Catalogue
from streams.contracts.report import ReportBody
from streams.flows import UNASSIGNED, Place
from streams.reports.deadlines import Deadlines
from streams.reports.place import place

_told = attrgetter("agency", "category", "area", "channel", "priority", "lat", "lon", "duplicate_of")
_NOTHING = (None,) * 8
"""What most events tell of the facts."""


class Facts(Struct, frozen=True, gc=False):
    """In `place`, where the report counts, what the catalogue does not know is unassigned."""

    deadlines: Deadlines
    agency: str = UNASSIGNED
    category: str = UNASSIGNED
    area: str = UNASSIGNED
    channel: str = UNASSIGNED
    place: Place = (UNASSIGNED, UNASSIGNED, UNASSIGNED, UNASSIGNED)
    priority: str = "normal"
    lat: float | None = None
    lon: float | None = None
    duplicate_of: str | None = None


def after(facts: Facts, body: ReportBody, received_at: datetime, catalogue: Catalogue) -> Facts:
    """The facts after one event: the same object when it tells none."""
    if _told(body) == _NOTHING:
        return facts
    agency, category = body.agency or facts.agency, body.category or facts.category
    area, channel = body.area or facts.area, body.channel or facts.channel
    return Facts(
        facts.deadlines if category == facts.category else Deadlines.of(catalogue, category, received_at),
        agency,
        category,
        area,
        channel,
        place(catalogue, agency, category, area, channel),
        body.priority or facts.priority,
        facts.lat if body.lat is None else body.lat,
        facts.lon if body.lon is None else body.lon,
        body.duplicate_of or facts.duplicate_of,
    )
