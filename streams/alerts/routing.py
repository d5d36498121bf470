"""Whom to tell of an alert, through which channel, and when: routes, escalation, reminders (DOMAIN §5).

A dispatch has a key that is the same however often it is worked out, so each is put into the outbox once.
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from streams.alerts.life_cycle import SECOND, Alert, State
from streams.catalogue import Catalogue
from streams.catalogue.rules import Route
from streams.days import moment

EVERYTHING = "webhook"
"""The channel of the settings, which hears of every alert at once, whatever the routes say."""


class Dispatch(NamedTuple):
    """One message to one channel. `on_duty`: the person of the catalogue whom it is for."""

    key: str
    channel: str
    on_duty: str | None = None


def dispatches(alert: Alert, catalogue: Catalogue, channels: Collection[str], now: int) -> Iterator[Dispatch]:
    """Everything that has become due of an alert that was told, of the channels that are set up.

    Escalation and reminders cease when somebody acknowledges, silences or resolves it.
    """
    if not alert.told or alert.fired_at is None:
        return
    if EVERYTHING in channels:
        yield Dispatch(f"{_name(alert)}:{EVERYTHING}", EVERYTHING)
    if alert.state is not State.FIRING:
        return
    waited = (now - alert.fired_at) // SECOND
    for route in (route for route in catalogue.routes if matches(route, alert) and is_open(route, catalogue, now)):
        for n, step in enumerate(route.steps):
            if step.channel not in channels or waited < step.after_s:
                continue
            duty = next((shift.on_duty(moment(now)) for shift in catalogue.shifts if shift.name == step.shift), None)
            reminder = (waited - step.after_s) // route.remind_s if route.remind_s else 0
            yield Dispatch(f"{_name(alert)}:{route.name}:{n}:{reminder}", step.channel, duty)


def matches(route: Route, alert: Alert) -> bool:
    """Whether a route is meant for an alert: an empty list of it matches everything."""
    about = {**alert.evidence, **alert.labels}
    return (
        (not route.rules or alert.rule in route.rules)
        and (not route.severities or alert.severity in route.severities)
        and (not route.agencies or about.get("agency") in route.agencies)
        and (not route.areas or about.get("area") in route.areas)
    )


def is_open(route: Route, catalogue: Catalogue, now: int) -> bool:
    """Whether a route is open at `now`, microseconds: what comes while it is closed is told when it opens."""
    if route.hours == "always":
        return True
    return catalogue.working_time.is_working(moment(now)) == (route.hours == "working")


def _name(alert: Alert) -> str:
    """The same for one firing of an alert, another one when it fires again or becomes worse."""
    return f"{alert.id}:{alert.episode}.{alert.relapses}.{alert.level}"
