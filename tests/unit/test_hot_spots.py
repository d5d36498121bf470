"""Hot spots are those that comparing every report with every other finds."""

from datetime import timedelta
from math import asin, cos, radians, sin, sqrt
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from streams.reports.hot_spots import EARTH_METRES, Density, HotSpot, Sighting, hot_spots
from tests.unit.event_tools import at

NOW = at("2026-10-20 12:00")
DENSITY = Density(reports=3, metres=200, minutes=60)

PLACES = st.sampled_from([(9.78, 105.47), (89.9995, 10.0), (-10.0, 179.9995)])
"""Vị Thanh; and where degrees mislead: near a pole, and on the date line."""


def metres(one: Sighting, other: Sighting) -> float:
    """The haversine formula."""
    a, b = radians(one.lat), radians(other.lat)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other.lon - one.lon) / 2) ** 2
    return 2 * EARTH_METRES * asin(sqrt(min(half, 1.0)))


@st.composite
def bursts(draw: st.DrawFn) -> list[Sighting]:
    lat, lon = draw(PLACES)
    steps = st.integers(-12, 12)
    drawn = draw(st.lists(st.tuples(steps, steps, st.integers(-10, 80), st.sampled_from(["rac", "ngap"])), max_size=24))
    found = []
    for n, (north, east, ago, category) in enumerate(drawn):
        moved = (lon + east * 0.0007 + 180) % 360 - 180
        found.append(Sighting(f"PA-{n}", category, NOW - timedelta(minutes=ago), min(lat + north * 0.0007, 90), moved))
    distances = [metres(a, b) for a in found for b in found]
    assume(all(abs(distance - DENSITY.metres) > 1e-6 for distance in distances))
    return found


def brute_force(sightings: list[Sighting]) -> set[tuple[str, frozenset[str]]]:
    recent = [s for s in sightings if timedelta() <= NOW - s.at < timedelta(minutes=DENSITY.minutes)]

    def around(one: Sighting) -> set[Sighting]:
        return {s for s in recent if s.category == one.category and metres(one, s) <= DENSITY.metres}

    spots = [({one}, around(one)) for one in recent if len(around(one)) >= DENSITY.reports]
    while True:
        pairs = [(a, b) for a in spots for b in spots if a is not b and any(around(core) & b[0] for core in a[0])]
        if not pairs:
            return {(next(iter(cores)).category, frozenset(s.report for s in members)) for cores, members in spots}
        one, other = pairs[0]
        spots = [spot for spot in spots if spot is not one and spot is not other]
        spots.append((one[0] | other[0], one[1] | other[1]))


def as_sets(found: list[HotSpot]) -> set[tuple[str, frozenset[str]]]:
    return {(spot.category, frozenset(spot.reports)) for spot in found}


@settings(max_examples=200)
@given(bursts())
def test_they_are_those_that_comparing_all_with_all_finds(sightings: list[Sighting]) -> None:
    assert as_sets(hot_spots(sightings, DENSITY, NOW)) == brute_force(sightings)


@settings(max_examples=50)
@given(bursts().flatmap(lambda s: st.tuples(st.just(s), st.permutations(s))))
def test_the_order_in_which_reports_come_does_not_matter(orders: tuple[list[Sighting], list[Sighting]]) -> None:
    one, other = orders
    assert hot_spots(one, DENSITY, NOW) == hot_spots(other, DENSITY, NOW)


@settings(max_examples=50)
@given(bursts(), st.integers(0, 23))
def test_one_report_more_makes_no_hot_spot_smaller(sightings: list[Sighting], without: int) -> None:
    fewer = as_sets(hot_spots([s for n, s in enumerate(sightings) if n != without], DENSITY, NOW))
    more = as_sets(hot_spots(sightings, DENSITY, NOW))
    assert all(any(spot[1] <= larger[1] for larger in more) for spot in fewer)


def flood(number: int, minutes: int = 10) -> list[Sighting]:
    """Reports of flooding ten metres and a minute apart."""
    return [
        Sighting(f"PA-{n}", "ngap", NOW - timedelta(minutes=minutes - n), 9.78 + n * 0.00009, 105.47)
        for n in range(number)
    ]


def test_a_hot_spot_says_what_where_since_when() -> None:
    (spot,) = hot_spots(flood(5), Density(3, 25, 30), NOW)
    assert spot == HotSpot(
        "ngap", ("PA-0", "PA-1", "PA-2", "PA-3", "PA-4"), 9.78 + 2 * 0.00009, 105.47,
        NOW - timedelta(minutes=10), NOW - timedelta(minutes=6),
    )  # fmt: skip


def test_too_few_too_far_or_too_long_ago_is_none() -> None:
    assert hot_spots(flood(4), Density(5, 50, 30), NOW) == []
    assert hot_spots(flood(5), Density(5, 15, 30), NOW) == []
    assert hot_spots(flood(5), Density(5, 50, 9), NOW) == []
    assert hot_spots([], Density(5, 50, 30), NOW) == []


def test_thousands_spread_over_a_province_are_looked_at_in_their_neighbourhoods_only() -> None:
    random = Random(5)
    spread = [
        Sighting(f"PA-{n}", "ngap", NOW, 9.7 + random.random() * 0.4, 105.4 + random.random() * 0.4)
        for n in range(5000)
    ]
    (spot,) = hot_spots([*spread, *flood(12, minutes=20)], Density(10, 100, 60), NOW)
    assert len(spot.reports) >= 12
