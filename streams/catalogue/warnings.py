"""What holds together and is probably not meant: alerts that reach nobody, people who are told twice, idle shifts."""

from collections.abc import Iterator
from typing import NamedTuple

from streams.catalogue.catalogue import Catalogue
from streams.catalogue.rules import Route, Rule

_OF_EVERY_PING = frozenset({"cert_days", "queue_length", "latency_ms"})


class Oddity(NamedTuple):
    """What is odd about an entry, and what to do about it if it is not meant."""

    key: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"warning: {self.key}: {self.message}; {self.remedy}"


def warnings(catalogue: Catalogue) -> Iterator[Oddity]:
    """Everything odd about rules, routes and shifts; a catalogue with warnings can be put in force."""
    for rule in catalogue.rules:
        yield from _of_rule(rule, catalogue)
    for route in catalogue.routes:
        yield from _of_route(route, catalogue)
    used = {step.shift for route in catalogue.routes for step in route.steps}
    for shift in catalogue.shifts:
        if shift.name not in used:
            yield Oddity(f'shifts "{shift.name}"', "no route asks who is on it", "name it in a route's steps")


def _of_rule(rule: Rule, catalogue: Catalogue) -> Iterator[Oddity]:
    key = f'rules "{rule.name}"'
    if catalogue.routes and not any(_takes(route, rule) for route in catalogue.routes):
        message = "no route takes its alerts: only the webhook and Alertmanager hear of them"
        yield Oddity(key, message, "add a route, or name it in one")
    known = {metric.name for system in catalogue.systems for metric in system.metrics} | _OF_EVERY_PING
    metric = rule.parameters.get("metric")
    if rule.kind == "threshold" and catalogue.systems and metric not in known:
        yield Oddity(key, f"no system says that it reports {metric!r}", "correct it, or add it to [[systems.metrics]]")


def _of_route(route: Route, catalogue: Catalogue) -> Iterator[Oddity]:
    key = f'routes "{route.name}"'
    if not any(_takes(route, rule) for rule in catalogue.rules):
        yield Oddity(key, "no rule has alerts for it", "correct its rules and severities")
    people = {shift.name: set(shift.people) for shift in catalogue.shifts}
    seen: dict[str, str] = {}
    for shift in dict.fromkeys(step.shift for step in route.steps if step.shift is not None):
        for person in sorted(people.get(shift, ())):
            if person in seen:
                message = f"{person!r} is on {seen[person]!r} and on {shift!r}: the next step may reach the same person"
                yield Oddity(key, message, "keep the two rotations apart")
            seen[person] = shift


def _takes(route: Route, rule: Rule) -> bool:
    """Whether any alert of a rule may match a route."""
    return (not route.rules or rule.name in route.rules) and (not route.severities or rule.severity in route.severities)
