"""What there is to report, and where: one thing by one person, or the same by a crowd."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from nhip.simulator.complaints import text
from nhip.simulator.places import Place, address, spot
from nhip.simulator.world import World
from streams.catalogue import Category

_SAME_SPOT = 0.0008  # degrees, about 90 m
_PORTAL_DOWN = 0.3  # of what is reported while the portal is


class Matter(NamedTuple):
    """`same_as` is the report of the crowd that was first."""

    category: Category
    place: Place
    lat: float
    lon: float
    address: str
    text: str
    same_as: str | None = None


def matter(random: Random, world: World, now: float) -> Matter:
    """What somebody has to report: now and then that the portal does not work."""
    place = world.places.where(random)
    where = address(random, place)
    down = world.outages.carrier_down("dossiers:online", now)
    if down and random.random() < _PORTAL_DOWN:
        category = world.complaints.services(random)
        words = f"Không nộp được hồ sơ trực tuyến: {down.name} báo lỗi."
    else:
        category = world.complaints.next(random)
        words = text(random, world.complaints.of(category), category, where)
    return Matter(category, place, *spot(random, place), where, words)


def crowd(random: Random, world: World, first: str) -> Iterator[Matter]:
    """The same around one spot, put in other words: a flooded street, a water main. `first` is who reports it first."""
    category, place = world.complaints.crowded(random), world.places.where(random)
    complaint, where = world.complaints.of(category), address(random, place)
    lat, lon = spot(random, place)
    same_as = None
    while True:
        near = random.gauss(lat, _SAME_SPOT), random.gauss(lon, _SAME_SPOT)
        yield Matter(category, place, *near, where, text(random, complaint, category, where), same_as)
        same_as = first
