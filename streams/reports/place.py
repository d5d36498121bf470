"""Where a report counts: its agency, category, area and channel, as far as the catalogue knows them."""

from collections.abc import Callable, Iterator

from streams.catalogue import Catalogue
from streams.flows import UNASSIGNED, Place


def place(catalogue: Catalogue, agency: str, category: str, area: str, channel: str) -> Place:
    """What a loaded catalogue does not know counts as unassigned; before one is loaded, nothing is unknown."""
    return (
        _known(agency, bool(catalogue.agencies), catalogue.has_agency),
        _known(category, bool(catalogue.categories), catalogue.has_category),
        _known(area, bool(catalogue.areas), catalogue.has_area),
        channel,
    )


def unknown(place: Place, agency: str, category: str, area: str) -> Iterator[str]:
    """The flags of codes that were named and are counted as unassigned."""
    for name, named, counted in zip(("agency", "category", "area"), (agency, category, area), place, strict=False):
        if named != counted:
            yield f"unknown_{name}"


def _known(code: str, loaded: bool, has: Callable[[str | None], bool]) -> str:
    return code if not loaded or has(code) else UNASSIGNED
