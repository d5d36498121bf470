"""Rows of a file, one at a time, whatever its size: what each says, where it stands, and what is wrong with it."""

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import ijson
import orjson

from connectors.backfill.encoding import UTF_8
from connectors.backfill.errors import UnreadableFile
from connectors.backfill.layout import Layout, Shape

LONGEST = 1024 * 1024
"""Bytes of a line; what is longer would be longer than a Kafka record too."""

_KEPT = "surrogateescape"  # bytes that are not of the encoding become surrogates: their row is refused, not the file
_READ = 64 * 1024


class Row(NamedTuple):
    """`line` is the last line of the row (in an array: its place in it), from 1. `raw` is what stands in the file,
    as UTF-8; `values` its fields by folded name, unless there is a `fault`.
    """

    line: int
    raw: bytes
    values: Mapping[str, Any] = {}
    fault: str | None = None


@lru_cache(maxsize=10_000)
def folded(name: str) -> str:
    """A column's name as mappings look for it: exports differ in case, spaces and Unicode forms."""
    return unicodedata.normalize("NFC", name).strip().casefold()


class Rows:
    """The rows of one file; `position` is how many of its `size` bytes are read."""

    def __init__(self, path: Path, layout: Layout) -> None:
        self._path, self._layout = path, layout
        self.size = path.stat().st_size
        self.header: tuple[str, ...] = self._header() if layout.shape is Shape.CSV else ()
        self._file: BinaryIO | None = None

    @property
    def position(self) -> int:
        """Bytes read so far."""
        return self._file.tell() if self._file and not self._file.closed else 0

    def __iter__(self) -> Iterator[Row]:
        read = {Shape.LINES: self._lines, Shape.ARRAY: self._array, Shape.CSV: self._csv}[self._layout.shape]
        line = 0
        with self._path.open("rb") as self._file:
            try:
                for row in read(self._file):
                    line = row.line
                    yield row
            except (UnicodeDecodeError, ijson.JSONError) as error:
                yield Row(line + 1, b"", fault=f"nothing can be read after line {line}: {error}")

    def _text(self, file: BinaryIO) -> io.TextIOWrapper:
        return io.TextIOWrapper(file, self._layout.encoding, errors=_KEPT, newline="")

    def _lines(self, file: BinaryIO) -> Iterator[Row]:
        lines = file if self._layout.encoding == UTF_8 else _Utf8(self._text(file))
        number = 0
        while raw := lines.readline(LONGEST + 1):
            number += 1
            if len(raw) > LONGEST and not raw.endswith(b"\n"):
                while (rest := lines.readline(LONGEST)) and not rest.endswith(b"\n"):
                    pass
                yield Row(number, raw[:_READ], fault=f"the line is longer than {LONGEST} bytes")
            elif raw := raw.strip():
                yield _of_json(number, raw)

    def _array(self, file: BinaryIO) -> Iterator[Row]:
        text = _Utf8(self._text(file))
        items = ijson.items(text, self._items(), use_float=True, buf_size=_READ)
        for number, item in enumerate(items, start=1):
            yield _of_json(number, orjson.dumps(item))

    def _items(self) -> str:
        """Where the array stands: at the top, or as the first array of an object."""
        with self._path.open("rb") as file:
            for place, event, _ in ijson.parse(_Utf8(self._text(file)), buf_size=_READ):
                if event == "start_array":
                    return f"{place}.item" if place else "item"
        raise UnreadableFile(f"{self._path} holds no JSON array")

    def _csv(self, file: BinaryIO) -> Iterator[Row]:
        names = [folded(name) for name in self.header]
        reader = self._reader(self._text(file))
        next(reader)
        while True:
            try:
                fields = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Row(reader.line_num, b"", fault=f"not CSV: {error}")
                continue
            if any(fields):
                yield self._of_csv(reader.line_num, names, fields)

    def _of_csv(self, line: int, names: list[str], fields: list[str]) -> Row:
        raw = orjson.dumps([field.encode(UTF_8, "replace").decode() for field in fields])
        if len(fields) != len(names):
            return Row(line, raw, fault=f"it has {len(fields)} fields, the header {len(names)}")
        return Row(line, raw, dict(zip(names, fields, strict=True)))

    def _header(self) -> tuple[str, ...]:
        with self._path.open("rb") as file:
            try:
                header = tuple(next(self._reader(self._text(file))))
            except (StopIteration, csv.Error, UnicodeDecodeError) as error:
                raise UnreadableFile(f"{self._path} has no header: {error}") from error
        twice = [name for name, times in Counter(map(folded, header)).items() if name and times > 1]
        if twice:
            raise UnreadableFile(f"{self._path} has two columns of the name {', '.join(twice)}: rename one of each")
        return header

    def _reader(self, text: io.TextIOWrapper) -> Any:
        return csv.reader(text, delimiter=self._layout.delimiter, strict=True)


def _of_json(line: int, raw: bytes) -> Row:
    try:
        found = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        return Row(line, raw, fault=f"not JSON: {error}")
    if not isinstance(found, dict):
        return Row(line, raw, fault="not a JSON object")
    return Row(line, raw, {folded(name): value for name, value in found.items()})


class _Utf8:
    """A text as the bytes that JSON parsers read."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text

    def read(self, size: int = -1) -> bytes:
        return self._text.read(size).encode(UTF_8, _KEPT)

    def readline(self, size: int = -1) -> bytes:
        return self._text.readline(size).encode(UTF_8, _KEPT)
