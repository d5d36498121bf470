"""What every life of a province knows: its catalogue, its places, the pace, and what is down."""

from dataclasses import dataclass

from nhip.simulator.applications import Applications
from nhip.simulator.clock import Clock
from nhip.simulator.complaints import Complaints
from nhip.simulator.outages import Outages
from nhip.simulator.places import Places


@dataclass(frozen=True, slots=True)
class World:
    """Made once for a run."""

    clock: Clock
    places: Places
    complaints: Complaints
    applications: Applications
    outages: Outages
