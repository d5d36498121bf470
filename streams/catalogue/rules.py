"""Alert rules, who is told, and who is on duty (DOMAIN §5)."""

from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AwareDatetime,
    Field,
    StringConstraints,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)

from streams.catalogue.entry import Model, Name, Phone
from streams.contracts.types import Code, Identifier
from streams.days import day_start

Severity = Literal["info", "warning", "critical"]
Kind = Literal[
    "system_down", "system_degraded", "certificate", "threshold", "volume", "urgent_report", "hot_spot", "digest",
    "sync_gap", "pipeline", "dead_man",
]  # fmt: skip
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
Seconds = Annotated[int, Field(ge=0, le=31_536_000)]
Plain = float | str | tuple[float, ...] | tuple[str, ...]


def _plain(value: Any, validate: ValidatorFunctionWrapHandler) -> Plain:
    """One fault, where pydantic would name one for each kind."""
    try:
        plain: Plain = validate(tuple(value) if isinstance(value, list) else value)
    except ValidationError:
        raise ValueError("a parameter is a number, a text, or a list of either") from None
    return plain


Parameter = Annotated[Plain, WrapValidator(_plain)]


class Rule(Model):
    """What is alerted about: the rule of that kind with its parameters, once it has held for `for_s` seconds."""

    name: Slug
    kind: Kind
    severity: Severity
    title: Name
    title_en: Name
    for_s: Seconds = 0
    parameters: dict[str, Parameter] = Field(default_factory=dict)


class Step(Model):
    """Whom an alert reaches that nobody has acknowledged after `after_s` seconds: a channel, or who is on a shift."""

    after_s: Seconds = 0
    channel: Slug
    shift: Slug | None = None


class Route(Model):
    """Where alerts go that match: an empty list matches everything. `hours`: when the route is open."""

    name: Slug
    rules: tuple[Slug, ...] = ()
    severities: tuple[Severity, ...] = ()
    agencies: tuple[Code, ...] = ()
    areas: tuple[Code, ...] = ()
    hours: Literal["always", "working", "outside"] = "always"
    remind_s: Seconds | None = None
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]


class Person(Model):
    """Somebody who is on duty in turn."""

    id: Identifier
    name: Name
    phone: Phone


class Override(Model):
    """Somebody who stands in, from `begins` until `ends` (with an offset): for a holiday, an illness, an exchange."""

    person: Identifier
    begins: AwareDatetime
    ends: AwareDatetime

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.ends <= self.begins:
            raise ValueError("ends must be after begins")
        return self


class Shift(Model):
    """A duty that goes round: each of `people` has it for `days` days, handed over at `handover`, from `first` on.

    Who stands in by `overrides` has it instead; whose turn comes afterwards stays as it was. Boards call it by its
    title in their language, by its name where it has none.
    """

    name: Slug
    title: Name | None = None
    title_en: Name | None = None
    people: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    first: date
    days: Annotated[int, Field(ge=1, le=366)] = 7
    handover: time = time(7)
    overrides: tuple[Override, ...] = ()

    def on_duty(self, at: datetime) -> str | None:
        """The id of who is on duty at a moment; None before the first turn, if nobody stands in."""
        stands_in = next((one.person for one in self.overrides if one.begins <= at < one.ends), None)
        if stands_in is not None:
            return stands_in
        hours = timedelta(hours=self.handover.hour, minutes=self.handover.minute)
        turn = (at - day_start(self.first) - hours) // timedelta(days=self.days)
        return self.people[turn % len(self.people)] if turn >= 0 else None

    def turns(self, begin: datetime, end: datetime) -> int:
        """How many turns of duty the time from `begin` to `end` touches."""
        first = day_start(self.first) + timedelta(hours=self.handover.hour, minutes=self.handover.minute)
        begin, turn = max(begin, first), timedelta(days=self.days)
        return -((first - end) // turn) - (begin - first) // turn if begin < end else 0
