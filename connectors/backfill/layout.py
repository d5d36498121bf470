"""How a file of history is laid out: one JSON object a line, a JSON array, or CSV."""

import io
import json
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path

from connectors.backfill import encoding as encodings
from connectors.backfill.errors import UnreadableFile

_SAMPLE_CHARACTERS = 64 * 1024
_DELIMITERS = (",", ";", "\t", "|")


class Shape(StrEnum):
    """Which reader of connectors/backfill/rows.py reads the file."""

    LINES = "JSON lines"
    ARRAY = "JSON array"
    CSV = "CSV"


@dataclass(frozen=True, slots=True)
class Layout:
    """`delimiter` is CSV's; `encoding` a Python codec, in the errors of which nothing is lost."""

    shape: Shape
    encoding: str
    delimiter: str = ","

    def __str__(self) -> str:
        delimiter = f", delimited by {self.delimiter!r}" if self.shape is Shape.CSV else ""
        return f"{self.shape} in {self.encoding}{delimiter}"


def examine(path: Path, encoding: str | None = None) -> Layout:
    """Look at the beginning of a file. Raises UnreadableFile."""
    try:
        encoding = encoding or encodings.detect(path)
        with path.open(encoding=encoding, errors="replace", newline="") as file:
            sample = file.read(_SAMPLE_CHARACTERS)
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read ({error.strerror})") from error
    except LookupError as error:
        raise UnreadableFile(f"{encoding!r} is no encoding: try utf-8, utf-16 or cp1258") from error
    match sample.lstrip()[:1]:
        case "":
            raise UnreadableFile(f"{path} is empty")
        case "[":
            return Layout(Shape.ARRAY, encoding)
        case "{":
            return Layout(Shape.LINES if _first_line_is_json(sample) else Shape.ARRAY, encoding)
        case _:
            return Layout(Shape.CSV, encoding, _delimiter(sample))


def _first_line_is_json(sample: str) -> bool:
    """A pretty-printed object goes on in the next line; one longer than the sample is a line of its own."""
    first, end, _ = sample.lstrip().partition("\n")
    try:
        json.loads(first)
    except ValueError:
        return not end
    return True


def _delimiter(sample: str) -> str:
    """The one that most cuts up the header, in which names hold none."""
    header = next(islice(io.StringIO(sample.lstrip()), 1))
    return max(_DELIMITERS, key=header.count)
