"""Whom to tell of an alert, through which channel, and when: routes, escalation, reminders (DOMAIN §5).

A dispatch has a key that is the same however often it is worked out, so each is put into the outbox once.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from streams.alerts.life_cycle import SECOND, Alert, State
from streams.alerts.pipeline import CHANNEL
from streams.catalogue import Catalogue
from streams.catalogue.rules import Route, Step
from streams.days import moment

EVERYTHING = "webhook"
"""The channel of the settings, which hears of every alert at once, whatever the routes say."""


class Dispatch(NamedTuple):
    """One message to one channel. `on_duty`: the person of the catalogue whom it is for."""

    key: str
    channel: str
    on_duty: str | None = None


class Leg(NamedTuple):
    """One step of a route whose channel is set up: its number in the route, and who is on duty for it."""

    number: int
    step: Step
    on_duty: str | None


class Plan(NamedTuple):
    """Where alerts go at `now`, microseconds: worked out once, however many there are."""

    everything: bool
    routes: Sequence[tuple[Route, Sequence[Leg]]]
    now: int


def plan(catalogue: Catalogue, channels: Collection[str], now: int) -> Plan:
    """The routes that are open, with the steps whose channels are set up."""
    duties = {shift.name: shift.on_duty(moment(now)) for shift in catalogue.shifts}
    ways = [
        (route, [Leg(n, step, duties.get(step.shift or "")) for n, step in enumerate(route.steps)])
        for route in catalogue.routes
        if is_open(route, catalogue, now)
    ]
    usable = [(route, [leg for leg in legs if leg.step.channel in channels]) for route, legs in ways]
    return Plan(EVERYTHING in channels, usable, now)


def dispatches(alert: Alert, plan: Plan) -> Iterator[Dispatch]:
    """Everything that has become due of an alert that was told.

    Escalation and reminders cease when somebody acknowledges, silences or resolves it.
    """
    if not alert.told or alert.fired_at is None:
        return
    name, dead = _name(alert), alert.labels.get(CHANNEL)
    if plan.everything and dead != EVERYTHING:
        yield Dispatch(f"{name}:{EVERYTHING}", EVERYTHING)
    if alert.state is not State.FIRING:
        return
    waited = (plan.now - alert.fired_at) // SECOND
    for route, legs in plan.routes:
        if matches(route, alert):
            for n, step, on_duty in legs if dead is None else _round(legs, dead):
                if waited >= step.after_s:
                    reminder = (waited - step.after_s) // route.remind_s if route.remind_s else 0
                    yield Dispatch(f"{name}:{route.name}:{n}:{reminder}", step.channel, on_duty)


def _round(legs: Sequence[Leg], dead: str) -> list[Leg]:
    """The way round a dead channel: the next one tells at once, since nobody has heard of it yet."""
    left = [leg for leg in legs if leg.step.channel != dead]
    early = left[0].step.after_s if left else 0
    return [leg._replace(step=leg.step.model_copy(update={"after_s": leg.step.after_s - early})) for leg in left]


def matches(route: Route, alert: Alert) -> bool:
    """Whether a route is meant for an alert: an empty list of it matches everything."""
    return (
        (not route.rules or alert.rule in route.rules)
        and (not route.severities or alert.severity in route.severities)
        and (not route.agencies or _about(alert, "agency") in route.agencies)
        and (not route.areas or _about(alert, "area") in route.areas)
    )


def _about(alert: Alert, name: str) -> str | None:
    return alert.labels.get(name, alert.evidence.get(name))


def is_open(route: Route, catalogue: Catalogue, now: int) -> bool:
    """Whether a route is open at `now`, microseconds: what comes while it is closed is told when it opens."""
    if route.hours == "always":
        return True
    return catalogue.working_time.is_working(moment(now)) == (route.hours == "working")


def _name(alert: Alert) -> str:
    """The same for one firing of an alert, another one when it fires again or becomes worse."""
    return f"{alert.id}:{alert.episode}.{alert.relapses}.{alert.level}"
