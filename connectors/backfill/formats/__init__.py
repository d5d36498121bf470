"""Formats that are known without being told: mapping files of ours, like those that anyone can write."""

from collections.abc import Iterable
from functools import cache
from importlib import resources

from connectors.backfill.mapping import FileMapping, parse
from connectors.backfill.rows import folded

_CLOUDEVENTS = folded("specversion")


@cache
def known() -> dict[str, FileMapping]:
    """Every format of ours by name."""
    files = (file for file in resources.files(__name__).iterdir() if file.name.endswith(".toml"))
    return {file.name.removesuffix(".toml"): parse(file.read_text(encoding="utf-8"), file.name) for file in files}


def is_cloudevents(columns: Iterable[str]) -> bool:
    """Whether rows with these columns are events already."""
    return _CLOUDEVENTS in columns


def recognised(columns: Iterable[str]) -> tuple[str, FileMapping] | None:
    """The format that rows with these columns are in; the one that asks for most of them, if several fit."""
    present = set(columns)
    fitting = [(name, mapping) for name, mapping in known().items() if present.issuperset(mapping.recognise)]
    return max(fitting, key=lambda found: len(found[1].recognise), default=None)
