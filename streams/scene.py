"""What the ticker looks at, and what it decides: values in, decisions with their reasons out (DESIGN, "The ticker")."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from streams.arrivals import Arrivals
from streams.catalogue import Catalogue
from streams.dossiers.waiting import Unfinished
from streams.freshness import Span
from streams.health.fold import System
from streams.health.now import LastPing
from streams.pipeline import ChannelNow, PartitionNow
from streams.reports.hot_spots import Sighting
from streams.reports.waiting import Unanswered
from streams.words import Words


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything as it stands at `now`, by the database's clock; times are microseconds since 1970.

    `observed` is the last span of time in which every partition of the health stream was observed. `unanswered` are
    urgent reports that nobody has responded to, `sightings` the reports of the last hours that have a place, and
    `unfinished`, by the digest that stands, the dossiers that agencies have to see to. `arrivals` is what came in;
    `usual_sightings` how many reports of a category come from a square of 0.01° in an hour like this one;
    `planned_until` when planned work on a system has ended, within the last minutes.
    `dead_channels` do not deliver; `database_bytes` is the size of Nhịp's database.
    """

    now: int
    observed: Span | None
    catalogue: Catalogue
    systems: Mapping[str, System] = field(default_factory=dict)
    pings: Mapping[str, Mapping[str, LastPing]] = field(default_factory=dict)
    partitions: Sequence[PartitionNow] = ()
    unanswered: Sequence[Unanswered] = ()
    sightings: Sequence[Sighting] = ()
    unfinished: Mapping[str, Sequence[Unfinished]] = field(default_factory=dict)
    arrivals: Arrivals | None = None
    usual_sightings: Mapping[tuple[str, str], float] = field(default_factory=dict)
    planned_until: Mapping[str, int] = field(default_factory=dict)
    dead_channels: Sequence[ChannelNow] = ()
    database_bytes: int | None = None


class Decision(NamedTuple):
    """What one thing is now: its kind and id, its state, since when and why, and what else there is to say of it."""

    kind: str
    id: str
    state: str
    since: int | None
    reason: Words
    data: Mapping[str, Any]


Decider = Callable[[Scene], Iterable[Decision]]
"""A pure function. What it no longer decides about is over."""
