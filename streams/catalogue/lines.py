"""Where things stand in a TOML text: tomllib tells what they are, not on which line."""

import re
from collections.abc import Iterator, Mapping

Path = tuple[str | int, ...]
"""The way to a value: ("systems", 3, "checks", 0, "interval_s")."""

_HEADER = re.compile(r"\s*\[(\[)?\s*([\w.-]+)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"\s*([\w.-]+)\s*=")
_QUOTES = re.compile(r'"""|\'\'\'')


def lines(text: str) -> dict[Path, int]:
    """The line, from 1, of every table and key that stands at the beginning of one. The text must be valid TOML."""
    found: dict[Path, int] = {}
    last: dict[Path, int] = {}  # the index of each array's newest table
    table: Path = ()
    for number, line in _outside_strings(text):
        if header := _HEADER.match(line):
            *above, name = header[2].split(".")
            table = ()
            for part in above:
                table = _inside((*table, part), last)
            table = (*table, name)
            if header[1]:
                last[table] = last.get(table, -1) + 1
                table = _inside(table, last)
            found[table] = number
        elif key := _KEY.match(line):
            found[(*table, *key[1].split("."))] = number
    return found


def line_of(path: Path, lines: Mapping[Path, int]) -> int:
    """The line of a value, or of the nearest thing around it."""
    return next((lines[path[:length]] for length in range(len(path), 0, -1) if path[:length] in lines), 1)


def _inside(path: Path, last: Mapping[Path, int]) -> Path:
    return (*path, last[path]) if path in last else path


def _outside_strings(text: str) -> Iterator[tuple[int, str]]:
    """Numbered lines, without those that go on with a string of several lines."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if not inside:
            yield number, line
        inside ^= len(_QUOTES.findall(line)) % 2 == 1
