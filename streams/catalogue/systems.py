"""The systems that are watched (DOMAIN §4): what they stand on and carry, their checks, metrics and baseline."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from streams.catalogue.entry import Model, Name
from streams.contracts.types import Identifier

Account = Literal["000", "001", "002", "003", "004"]
"""The published account of provincial e-government that names a system (DOMAIN §4)."""

Watch = Literal[
    "reachability", "errors", "queue", "certificate", "capacity", "volume", "deadlines", "completeness", "heartbeat",
    "data_age", "sync_gap",
]  # fmt: skip
Threshold = Annotated[int, Field(ge=1, le=100)]
Carried = Annotated[str, StringConstraints(pattern=r"^(reports|dossiers):[a-z]+$")]


class Check(Model):
    """One check of a system; `watch` is what it looks at. Pings may carry intervals of their own, which then hold.

    Down after `failure_threshold` failures in a row, or `interval_s` + `grace_s` without a ping; up after
    `success_threshold`. All checks of one `probe` silent together are one finding about the probe.
    """

    id: Identifier
    watch: Watch = "reachability"
    required: bool = True
    interval_s: Annotated[int, Field(ge=1, le=31_536_000)] = 60
    grace_s: Annotated[int, Field(ge=0, le=31_536_000)] = 60
    failure_threshold: Threshold = 3
    success_threshold: Threshold = 2
    probe: Identifier | None = None


class Metric(Model):
    """A number that pings carry in `metrics`, and its usual size; `published` tells a printed figure from a guess."""

    name: Identifier
    baseline: float
    unit: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    published: bool = False


class System(Model):
    """A watched system. Parent down: this one is unreachable, and not alerted about (DOMAIN §1.3)."""

    id: Identifier
    name: Name
    name_en: Name
    accounts: Annotated[tuple[Account, ...], Field(min_length=1)]
    scale: Name | None = None
    parent: Identifier | None = None
    external: bool = False
    carries: tuple[Carried, ...] = ()
    checks: Annotated[tuple[Check, ...], Field(min_length=1)]
    metrics: tuple[Metric, ...] = ()

    def check(self, id: str) -> Check | None:
        """Its check of that id."""
        return next((check for check in self.checks if check.id == id), None)
