"""Where people live, and which agency answers there."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from random import Random
from typing import NamedTuple, TypeVar

from streams.catalogue import Agency, Area, Catalogue

E = TypeVar("E", Agency, Area)

PEOPLE = {
    "tp-vi-thanh": 22, "tp-nga-bay": 16, "tx-long-my": 11, "h-long-my": 8,
    "h-vi-thuy": 10, "h-phung-hiep": 17, "h-chau-thanh": 9, "h-chau-thanh-a": 11,
}  # fmt: skip
"""Shares of Hậu Giang's people; units that are not named share alike."""

_STREETS = (
    "đường Trần Hưng Đạo", "đường Nguyễn Công Trứ", "đường Lê Hồng Phong", "đường 3 Tháng 2", "đường Hùng Vương",
    "đường Võ Văn Kiệt", "đường Nguyễn Huệ", "đường Châu Văn Liêm", "đường Ngô Quyền", "đường Lý Thường Kiệt",
    "chợ trung tâm", "nhà văn hóa ấp 3", "khu vực 4", "khu dân cư mới", "bờ kè trung tâm", "bến xe khách",
    "trường tiểu học Kim Đồng", "trường THCS Lê Quý Đôn", "trạm y tế phường", "cầu kênh Ngang", "đầu hẻm 12",
)  # fmt: skip
_SPREAD = 0.008  # degrees around a commune's centre, about 900 m
_TO_COMMUNE = 0.6  # of what a committee decides; the district's decides the rest


class Place(NamedTuple):
    """An area in which people live, with the committees that answer for it, nearest first."""

    area: Area
    committees: tuple[Agency, ...]


class Places:
    """The smallest areas of a catalogue that have coordinates, as they hold on a day."""

    def __init__(self, catalogue: Catalogue, day: date) -> None:
        areas = _holding(catalogue.areas, day)
        self._agencies = {agency.code: agency for agency in _holding(catalogue.agencies, day)}
        committees = {one.area: one for one in self._agencies.values() if one.area and one.level != "province"}
        parents = {area.parent for area in areas}
        inhabited = [area for area in areas if area.code not in parents and area.lat is not None]
        siblings = Counter(area.parent for area in inhabited)
        self._places, self._weights = [], []
        for area in inhabited:
            line = (area.code, area.parent or "")
            self._places.append(Place(area, tuple(committees[code] for code in line if code in committees)))
            people = PEOPLE.get(area.code) or PEOPLE.get(area.parent or "", 10) / siblings[area.parent]
            self._weights.append(people)

    def where(self, random: Random) -> Place:
        """Where somebody lives."""
        return random.choices(self._places, self._weights)[0]

    def committee(self, random: Random, place: Place) -> Agency:
        """Who answers there for what no department does."""
        nearest, *above = place.committees
        return nearest if not above or random.random() < _TO_COMMUNE else above[0]

    def agency(self, code: str) -> Agency | None:
        """A department, where the catalogue has it."""
        return self._agencies.get(code)


def spot(random: Random, place: Place) -> tuple[float, float]:
    """Latitude and longitude of somewhere there."""
    assert place.area.lat is not None
    assert place.area.lon is not None
    return place.area.lat + random.gauss(0, _SPREAD), place.area.lon + random.gauss(0, _SPREAD)


def address(random: Random, place: Place) -> str:
    """An address as people give it."""
    name = place.area.name
    return f"{random.choice(_STREETS)}, {name[:1].lower()}{name[1:]}"


def _holding(entries: Sequence[E], day: date) -> Sequence[E]:
    """Those that hold on a day; a catalogue of another time is taken whole."""
    return [entry for entry in entries if entry.holds_on(day)] or entries
