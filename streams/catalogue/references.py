"""What must hold between entries: references, validity, circles, successors.

A finding says where by the way to the value; the reader of the files knows its line.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from itertools import pairwise
from typing import Any, NamedTuple, get_args

from streams.calendar import Calendar
from streams.catalogue import duty
from streams.catalogue.lines import Path
from streams.catalogue.parameters import faults
from streams.catalogue.systems import Carried

Entries = Mapping[str, Sequence[tuple[int, Any]]]
"""The entries of each list with their places in it; those that could not be read are missing."""

Codes = Mapping[str, Collection[str]]
"""What the entries of each list are called, also those that could not be read."""


class Finding(NamedTuple):
    """Something that does not hold, at a path like ("agencies", 3, "successor")."""

    path: Path
    message: str
    remedy: str


NAMED_BY = {"systems": "id", "people": "id", "rules": "name", "routes": "name", "shifts": "name"}
"""The key that names an entry, where it is not `code`."""

_REFERENCES = (
    ("areas", "parent", "areas"), ("areas", "successor", "areas"),
    ("agencies", "area", "areas"), ("agencies", "parent", "agencies"), ("agencies", "successor", "agencies"),
    ("procedures", "field", "fields"), ("systems", "parent", "systems"),
    ("systems", "complaints", "categories"),
    ("routes", "rules", "rules"), ("routes", "agencies", "agencies"), ("routes", "areas", "areas"),
    ("shifts", "people", "people"),
)  # fmt: skip
_DATED = ("areas", "agencies", "fields", "procedures", "categories")
_CHAINS = (
    ("areas", "parent"), ("areas", "successor"), ("agencies", "parent"), ("agencies", "successor"),
    ("systems", "parent"),
)  # fmt: skip


def findings(entries: Entries, codes: Codes) -> Iterator[Finding]:
    """Everything that does not hold between the entries."""
    for section, key, target in _REFERENCES:
        for n, entry in entries[section]:
            yield from _unknown((section, n, key), getattr(entry, key), target, codes)
    for n, route in entries["routes"]:
        for k, step in enumerate(route.steps):
            yield from _unknown(("routes", n, "steps", k, "shift"), step.shift, "shifts", codes)
    for n, rule in entries["rules"]:
        for key in ("systems", "categories"):
            yield from _unknown(("rules", n, "parameters", key), rule.parameters.get(key), key, codes)
        yield from _unknown_flows(("rules", n, "parameters", "flows"), rule.parameters.get("flows"), codes)
    for section in _DATED:
        yield from _overlaps(section, entries[section])
    for section, key in NAMED_BY.items():
        yield from _twice((section,), [(n, getattr(entry, key)) for n, entry in entries[section]])
    for n, system in entries["systems"]:
        yield from _twice(("systems", n, "checks"), enumerate(check.id for check in system.checks))
        yield from _twice(("systems", n, "metrics"), enumerate(metric.name for metric in system.metrics))
    for section, key in _CHAINS:
        yield from _circles(section, key, entries[section])
    for section in ("areas", "agencies"):
        yield from _without_successor(section, entries[section])
    yield from _parameters(entries["rules"])
    for n, shift in entries["shifts"]:
        for k, override in enumerate(shift.overrides):
            yield from _unknown(("shifts", n, "overrides", k, "person"), override.person, "people", codes)
    for fault in duty.faults(entries["routes"], entries["shifts"]):
        yield Finding(*fault)


def working_make_up_days(calendar: Calendar) -> Iterator[Finding]:
    """Make-up days that are worked anyway: somebody mistook the day."""
    without = calendar.model_copy(update={"make_up_days": ()}).working_time
    for n, made_up in enumerate(calendar.make_up_days):
        if without.is_working_day(made_up.day):
            path = ("calendar", "make_up_days", n)
            yield Finding(path, f"{made_up.day} is a working day already", "correct the day, or remove it")


def closest(word: str, words: Iterable[str]) -> str | None:
    """What was probably meant."""
    return next(iter(get_close_matches(word, list(words), 1)), None)


def _unknown(path: Path, value: Any, target: str, codes: Codes) -> Iterator[Finding]:
    for code in value if isinstance(value, tuple) else (value,):
        if code is not None and code not in codes[target]:
            meant = closest(code, codes[target])
            remedy = f"did you mean {meant!r}?" if meant else f"add it to [[{target}]], or correct it"
            yield Finding(path, f"{code!r} is not in [[{target}]]", remedy)


def _unknown_flows(path: Path, value: Any, codes: Codes) -> Iterator[Finding]:
    known = [*get_args(Carried), *(f"category:{code}" for code in codes["categories"])]
    for flow in value if isinstance(value, tuple) else ():
        if flow not in known:
            meant = closest(flow, known)
            remedy = f"did you mean {meant!r}?" if meant else "name a way in like 'dossiers:online'"
            yield Finding(path, f"nothing comes in by {flow!r}", remedy)


def _overlaps(section: str, entries: Sequence[tuple[int, Any]]) -> Iterator[Finding]:
    """Two entries of one code must not hold on the same day."""
    spans = defaultdict(list)
    for n, entry in entries:
        spans[entry.code].append((entry.valid_from or date.min, entry.valid_to or date.max, n))
    for of_code in spans.values():
        for (_, end, _), (begin, _, n) in pairwise(sorted(of_code)):
            if begin < end:
                until = "" if end == date.max else f" until {end}"
                remedy = "end that with valid_to, and begin this with valid_from"
                yield Finding((section, n), f"another entry of the same code holds{until} too", remedy)


def _twice(above: Path, names: Iterable[tuple[int, str]]) -> Iterator[Finding]:
    seen: set[str] = set()
    for n, name in names:
        if name in seen:
            yield Finding((*above, n), f"{name!r} stands twice", "rename or remove one of them")
        seen.add(name)


def _circles(section: str, key: str, entries: Sequence[tuple[int, Any]]) -> Iterator[Finding]:
    """Each circle once, at the entry where it was met."""
    name_by = NAMED_BY.get(section, "code")
    following = {getattr(entry, name_by): getattr(entry, key) for _, entry in entries}
    places = {getattr(entry, name_by): n for n, entry in entries}
    seen: set[str] = set()
    for name in following:
        way: list[str] = []
        while name in following and name not in seen:
            seen.add(name)
            way.append(name)
            name = following[name]
        if name in way:
            circle = " → ".join([*way[way.index(name) :], name])
            yield Finding((section, places[name], key), f"{circle} is a circle", f"take the {key} from one of them")


def _without_successor(section: str, entries: Sequence[tuple[int, Any]]) -> Iterator[Finding]:
    """Work does not end with an agency, nor do people leave with an area: somebody comes after, on the same day."""
    last = {unit.code: (n, unit) for n, unit in sorted(entries, key=lambda place: place[1].valid_to or date.max)}
    for n, unit in last.values():
        if unit.valid_to is None:
            continue
        if unit.successor is None:
            yield Finding((section, n), f"ends on {unit.valid_to} without a successor", 'add successor = "…"')
        elif not any(other.code == unit.successor and other.holds_on(unit.valid_to) for _, other in entries):
            message = f"{unit.successor!r} does not hold on {unit.valid_to}, when this one ends"
            yield Finding((section, n, "successor"), message, "name one that does, or mend the days")


def _parameters(rules: Sequence[tuple[int, Any]]) -> Iterator[Finding]:
    for n, rule in rules:
        for fault in faults(rule):
            path: Path = ("rules", n, "parameters")
            yield Finding(path if fault.parameter is None else (*path, fault.parameter), fault.message, fault.remedy)
