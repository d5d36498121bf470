"""Putting a province's catalogue in force, and saying in words what that changes."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from connectors.catalogue import read_directory
from connectors.timescale import catalogue as store
from nhip.database import connected
from streams.catalogue import Catalogue
from streams.catalogue.changes import EVER, Change, changes, reach
from streams.catalogue.warnings import warnings
from streams.days import civil_day

_SHOWN = 20


def put_in_force(directory: Path, url: str) -> list[str]:
    """Load a directory's catalogue into the database: what that did, in words."""
    catalogue = read_directory(directory)
    with connected(url) as connection:
        before = store.load(connection, catalogue)
        empty = store.is_empty(connection)
    if before is None:
        return [f"{summary(catalogue)} is in force already"]
    found = changes(before, catalogue)
    past = reach(found, civil_day(datetime.now(UTC)))
    lines = [f"{summary(catalogue)} is in force", *_of_changes(found), *map(str, warnings(catalogue))]
    if past is not None and not empty:
        since = "" if past == EVER else f", to {past}"
        lines.append(f"this reaches into the past{since}: run `nhip rebuild` to fold what is stored with it")
    return lines


def summary(catalogue: Catalogue) -> str:
    """A catalogue in one line."""
    numbers = ", ".join(
        f"{len(getattr(catalogue, section))} {section}"
        for section in ("areas", "agencies", "procedures", "categories", "systems", "rules")
    )
    return f"{catalogue.name} ({numbers}), version {catalogue.version[:8]}"


def _of_changes(found: list[Change]) -> list[str]:
    """Each change in a line; where there are many, their number."""
    if len(found) <= _SHOWN:
        return [" ".join(filter(None, ["", change.section, change.name, _kind(change)])) for change in found]
    counted = Counter((change.section, change.kind) for change in found)
    return [f" {section}: {number} {kind}" for (section, kind), number in counted.items()]


def _kind(change: Change) -> str:
    return change.kind if change.since in (None, EVER) else f"{change.kind} from {change.since} on"
