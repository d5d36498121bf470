"""A dataset of a month as the bytes of a file."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from streams.catalogue import Catalogue
from streams.days import day_start
from streams.open_data import MEASURES, OTHER, Dataset, Release, Row

BOM = "\ufeff"
"""CSV begins with it: without, spreadsheets in Vietnam open UTF-8 as Windows-1258."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What makes a spreadsheet run a cell (OWASP, CSV injection); an apostrophe before it stops that."""


@dataclass(frozen=True, slots=True)
class Table:
    """A dataset of a release, with the catalogue that names its codes."""

    dataset: Dataset
    release: Release
    catalogue: Catalogue

    @property
    def header(self) -> list[str]:
        """Names of columns: the same in both formats."""
        place = [] if self.dataset.dimension is None else ["code", "name"]
        return ["day", *place, *(one.name for one in MEASURES[self.dataset.stream])]

    def as_csv(self) -> bytes:
        """RFC 4180 in UTF-8 with a byte order mark; a hidden count is empty."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(self.header)
        for cells in self._cells():
            writer.writerow(["" if cell is None else _harmless(str(cell)) for cell in cells])
        return (BOM + out.getvalue()).encode()

    def as_json(self) -> bytes:
        """Objects under `rows`; a hidden count is null."""
        header = self.header
        document: dict[str, Any] = {
            "dataset": self.dataset.name,
            "month": self.release.month.name,
            "from": self.release.month.first,
            "to": self.release.month.past,
            "rows": [dict(zip(header, cells, strict=True)) for cells in self._cells()],
        }
        return orjson.dumps(document)

    def _cells(self) -> Iterator[list[str | int | None]]:
        for row in self.release.rows(self.dataset):
            place = [] if row.code is None else [row.code, self._name(row)]
            yield [f"{row.day}", *place, *row.counts]

    def _name(self, row: Row) -> str:
        """What the catalogue calls a code on that day, else the code."""
        if row.code is None or self.dataset.dimension is None or row.code == OTHER:
            return "Khác"
        at = day_start(row.day)
        found: Any = getattr(self.catalogue, self.dataset.dimension)(row.code, at)
        return row.code if found is None else getattr(found, "name", None) or found.title


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
