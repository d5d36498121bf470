"""What people apply for: how often, and which agency decides. Terms, levels and fees are the catalogue's."""

from datetime import datetime
from random import Random

from nhip.simulator.conduct import trait
from nhip.simulator.places import Place, Places
from streams.catalogue import Agency, Catalogue, Procedure

OFTEN = {
    "2.000815": 34, "1.001193": 14, "1.000894": 7, "1.000656": 4, "1.004873": 8, "1.001776": 5, "1.001612": 5,
    "1.009994": 3, "2.000889": 9, "1.003003": 4, "1.002809": 9, "2.000488": 5, "2.001583": 3, "1.012299": 1,
    "2.000205": 1, "2.000033": 2,
}  # fmt: skip
"""Weights of the procedures that fill the counters; others are rare."""

DEPARTMENTS = {
    "dat-dai": "so-tnmt", "duong-bo": "so-gtvt", "ly-lich-tu-phap": "so-tp", "doanh-nghiep": "so-khdt", "y-te": "so-yt",
    "viec-lam": "so-ldtbxh", "thuong-mai": "so-ct",
}  # fmt: skip
"""Fields that a department decides; the others are the committees'."""

ENTERPRISES = frozenset({"ho-kinh-doanh", "doanh-nghiep", "thuong-mai", "viec-lam"})


class Applications:
    """The procedures of a catalogue as people use them."""

    def __init__(self, catalogue: Catalogue, places: Places, at: datetime) -> None:
        holding = {one.code: catalogue.procedure(one.code, at) for one in catalogue.procedures}
        self._procedures = [found for found in holding.values() if found is not None]
        self._weights = [OFTEN.get(one.code, 0.2 + trait(one.code, "often")) for one in self._procedures]
        self._places = places

    def next(self, random: Random) -> Procedure:
        """What the next person applies for."""
        return random.choices(self._procedures, self._weights)[0]

    def decided_by(self, random: Random, procedure: Procedure, place: Place) -> Agency:
        """The agency that somebody from there applies to."""
        department = self._places.agency(DEPARTMENTS.get(procedure.field, ""))
        return department or self._places.committee(random, place)
