"""Hot spots: many reports of one category close together within a short time (DOMAIN §5)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from math import cos, radians, sin
from typing import NamedTuple

EARTH_METRES = 6_371_008.8
"""Mean radius (IUGG): distances are off by up to half a percent against the ellipsoid."""


class Sighting(NamedTuple):
    """Where and when something was reported; coordinates in WGS 84 degrees."""

    report: str
    category: str
    at: datetime
    lat: float
    lon: float


class Density(NamedTuple):
    """What makes a hot spot: `reports` of a category within `metres` of one of them, within `minutes`."""

    reports: int
    metres: float
    minutes: float


class HotSpot(NamedTuple):
    """Reports that belong together, by time; the place is that of the one with most others around it."""

    category: str
    reports: tuple[str, ...]
    lat: float
    lon: float
    begun_at: datetime
    latest_at: datetime


def hot_spots(sightings: Iterable[Sighting], density: Density, now: datetime) -> list[HotSpot]:
    """The hot spots of the last minutes before `now`, by category and time.

    A report is dense when enough of its category, itself among them, lie within the distance. Dense ones within the
    distance of each other are one hot spot, with every report around any of them, so a burst that spreads along a
    street is one. Takes a moment for thousands: only the neighbourhood of each is looked at.
    """
    since = now - timedelta(minutes=density.minutes)
    by_category: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        if since < sighting.at <= now:
            by_category[sighting.category].append(sighting)
    found = (spot for group in by_category.values() for spot in _of_one_category(group, density))
    return sorted(found, key=lambda spot: (spot.category, spot.begun_at, spot.reports))


def _of_one_category(group: list[Sighting], density: Density) -> Iterator[HotSpot]:
    if len(group) < density.reports:
        return
    group.sort(key=lambda sighting: (sighting.at, sighting.report))
    around = _neighbours([_on_the_globe(sighting) for sighting in group], density.metres)
    dense = {n for n, close in enumerate(around) if len(close) >= density.reports}
    while dense:
        cores = _connected(min(dense), dense, around)
        dense -= cores
        members = sorted({m for core in cores for m in around[core]})
        middle = group[max(sorted(cores), key=lambda core: len(around[core]))]
        reports = tuple(group[m].report for m in members)
        yield HotSpot(
            middle.category, reports, middle.lat, middle.lon, group[members[0]].at, group[members[-1]].at
        )  # fmt: skip


def _connected(first: int, dense: set[int], around: Sequence[Sequence[int]]) -> set[int]:
    found, waiting = {first}, [first]
    while waiting:
        following = dense.intersection(around[waiting.pop()]) - found
        found |= following
        waiting += following
    return found


Point = tuple[float, float, float]


def _on_the_globe(sighting: Sighting) -> Point:
    """Metres from the middle of the earth: without poles and date lines there are no special cases."""
    lat, lon = radians(sighting.lat), radians(sighting.lon)
    return EARTH_METRES * cos(lat) * cos(lon), EARTH_METRES * cos(lat) * sin(lon), EARTH_METRES * sin(lat)


def _neighbours(points: Sequence[Point], metres: float) -> list[list[int]]:
    """Of each point those within the distance, itself among them: found in its box and the boxes around it."""
    reach = 2 * EARTH_METRES * sin(min(metres / EARTH_METRES, 3.14) / 2)  # the straight line under the arc
    boxes: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for n, point in enumerate(points):
        boxes[tuple(int(c // reach) for c in point)].append(n)
    return [
        [m for box in _boxes_around(point, reach) for m in boxes.get(box, ()) if _close(point, points[m], reach)]
        for point in points
    ]


def _boxes_around(point: Point, reach: float) -> Iterator[tuple[int, int, int]]:
    x, y, z = (int(c // reach) for c in point)
    return ((x + i, y + j, z + k) for i in (-1, 0, 1) for j in (-1, 0, 1) for k in (-1, 0, 1))


def _close(one: Point, other: Point, reach: float) -> bool:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) <= reach * reach
