"""The files of a catalogue as one document that remembers where everything stands."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, get_args, get_origin

from streams.catalogue.catalogue import Catalogue
from streams.catalogue.lines import Path, line_of, lines
from streams.catalogue.problems import Problem
from streams.catalogue.references import NAMED_BY, closest

TYPES: dict[str, Any] = {name: field.annotation for name, field in Catalogue.model_fields.items()}
"""What each top-level key holds: the keys of a file are those of a catalogue."""

LISTS = {name: get_args(annotation)[0] for name, annotation in TYPES.items() if get_origin(annotation) is tuple}
"""The model of each list's entries: `[[agencies]]` may stand in any file, and in several."""


class Placed(NamedTuple):
    """A value with the file and the path in it at which it stands."""

    file: str
    path: Path
    value: Any


class Document:
    """Lists of entries and single tables of all files; `problems` is what was wrong with the files themselves."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.lists: dict[str, list[Placed]] = {name: [] for name in LISTS}
        self.singles: dict[str, Placed] = {}
        self._lines: dict[str, dict[Path, int]] = {}
        self.problems = [problem for file in sorted(files) for problem in self._add(file, files[file])]

    def problem(self, path: Path, message: str, remedy: str) -> Problem:
        """A fault of the value at a path of the catalogue."""
        section, *rest = path
        if section not in LISTS or not rest:
            placed = self.singles[str(section)]
            return self._problem(placed.file, (*placed.path, *rest), " ".join(map(str, path)), message, remedy)
        placed = self.lists[str(section)][int(rest[0])]
        name = name_of(str(section), placed.value)
        called = f"number {int(rest[0]) + 1}" if name is None else json.dumps(name, ensure_ascii=False)
        words = [str(section), called, *map(str, rest[1:])]
        return self._problem(placed.file, (*placed.path, *rest[1:]), " ".join(words), message, remedy)

    def codes(self) -> dict[str, set[str]]:
        """What the entries of each list are called."""
        return {name: {str(name_of(name, entry.value)) for entry in entries} for name, entries in self.lists.items()}

    def _add(self, file: str, text: str) -> Iterator[Problem]:
        try:
            content = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            yield _unreadable(file, error)
            return
        self._lines[file] = lines(text)
        for key, value in content.items():
            yield from self._add_key(file, key, value)

    def _add_key(self, file: str, key: str, value: Any) -> Iterator[Problem]:
        if key not in TYPES:
            meant = closest(key, TYPES)
            remedy = f"did you mean {meant!r}?" if meant else f"there are {', '.join(TYPES)}"
            yield self._problem(file, (key,), key, "nobody knows this key", remedy)
        elif key in LISTS:
            if isinstance(value, list):
                self.lists[key] += [Placed(file, (key, n), entry) for n, entry in enumerate(value)]
            else:
                yield self._problem(file, (key,), key, "is a list of tables", f"write [[{key}]]")
        elif key in self.singles:
            yield self._problem(file, (key,), key, f"stands in {self.singles[key].file} too", "keep one of them")
        else:
            self.singles[key] = Placed(file, (key,), value)

    def _problem(self, file: str, path: Path, words: str, message: str, remedy: str) -> Problem:
        return Problem(file, line_of(path, self._lines[file]), words, message, remedy)


def name_of(section: str, entry: Any) -> Any:
    """The code, id or name by which people know an entry, as it stands in the file."""
    return entry.get(NAMED_BY.get(section, "code")) if isinstance(entry, dict) else None


def _unreadable(file: str, error: tomllib.TOMLDecodeError) -> Problem:
    where = re.search(r"line (\d+)", str(error))
    return Problem(
        file, int(where[1]) if where else 1, "file", f"is not TOML: {error}", "correct it there or just before"
    )
