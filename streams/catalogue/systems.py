"""The systems that are watched (DOMAIN §4): what they stand on and carry, their checks, metrics and baseline."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from streams.catalogue.entry import Model, Name
from streams.catalogue.targets import Target
from streams.contracts.types import Code, Identifier

Account = Literal["000", "001", "002", "003", "004"]
"""The published accounts of provincial e-government (DOMAIN §4)."""

Watch = Literal[
    "reachability", "errors", "queue", "certificate", "capacity", "volume", "share", "deadlines", "completeness",
    "heartbeat", "data_age", "sync_gap",
]  # fmt: skip
Carried = Literal[
    "reports:app", "reports:web", "reports:phone", "reports:zalo", "reports:email", "reports:counter",
    "dossiers:counter", "dossiers:online", "dossiers:post",
]  # fmt: skip
"""A stream and the channel of it that comes through a system."""

Threshold = Annotated[int, Field(ge=1, le=100)]


class Check(Model):
    """One check of a system. Pings may carry intervals of their own, which then hold.

    Down after `failure_threshold` failures in a row, or `interval_s` + `grace_s` without a ping; up after
    `success_threshold`. All checks of one `probe` silent together are one finding about the probe.
    A `paused` check is not looked at now; its pings are stored and folded all the same. One with a `target` is looked
    at by `nhip probe`, of the name in `probe` if there are several.
    """

    id: Identifier
    required: bool = True
    interval_s: Annotated[int, Field(ge=1, le=31_536_000)] = 60
    grace_s: Annotated[int, Field(ge=0, le=31_536_000)] = 60
    failure_threshold: Threshold = 3
    success_threshold: Threshold = 2
    probe: Identifier | None = None
    paused: bool = False
    target: Target | None = None

    @model_validator(mode="after")
    def _ends_in_time(self) -> Self:
        if self.target is not None and self.target.timeout_s >= self.interval_s:
            raise ValueError("target.timeout_s must be shorter than interval_s, or looks would overlap")
        return self


class Metric(Model):
    """A number of its pings (`latency_ms`, `queue_length`, `cert_days`, or one of `metrics`) and its usual size.

    `published`: a printed figure, not a guess.
    """

    name: Identifier
    baseline: float
    unit: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    published: bool = False


class System(Model):
    """A watched system. `accounts` name it, each with the scale that it prints; `watch` is what to look at.

    `complaints`: categories of reports that are about it. Parent down: this one is unreachable, and not alerted about
    (DOMAIN §1.3). `external`: others run it.
    """

    id: Identifier
    name: Name
    name_en: Name
    accounts: dict[Account, str] = Field(default_factory=dict)
    parent: Identifier | None = None
    external: bool = False
    watch: Annotated[tuple[Watch, ...], Field(min_length=1)]
    carries: tuple[Carried, ...] = ()
    complaints: tuple[Code, ...] = ()
    checks: Annotated[tuple[Check, ...], Field(min_length=1)]
    metrics: tuple[Metric, ...] = ()

    def check(self, id: str) -> Check | None:
        """Its check of that id."""
        return next((check for check in self.checks if check.id == id), None)
