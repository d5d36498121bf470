"""Open data (dữ liệu mở): which daily counts the public may have, and what each of them means.

Flows alone: a stock of one day less that of the day before would be an equation about what is hidden. One dimension a
table, for the same reason no measure that is the sum of others: finished is on time and late together.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Literal, NamedTuple

from streams.errors import WrongUse
from streams.suppression import Published, published

Side = Literal["numerator", "late"]


class Text(NamedTuple):
    """A text in both languages."""

    vi: str
    en: str


class Measure(NamedTuple):
    """A column of counts: one side of an indicator, `late` being denominator less numerator."""

    name: str
    title: Text
    definition: Text
    indicator: str
    side: Side = "numerator"


class Dataset(NamedTuple):
    """A table: the measures of a stream by day and one dimension, or of the whole province (`dimension` None)."""

    name: str
    stream: str
    dimension: str | None
    title: Text


MEASURES: dict[str, tuple[Measure, ...]] = {
    "dossiers": (
        Measure(
            "received",
            Text("Tiếp nhận", "Received"),
            Text("hồ sơ có ngày tiếp nhận là ngày này", "dossiers whose day of receipt is this day"),
            "dossiers.received",
        ),
        Measure(
            "finished_on_time",
            Text("Giải quyết đúng hạn", "Finished on time"),
            Text(
                "hồ sơ kết thúc trong ngày, không sau hạn trả", "dossiers that ended this day, not after they were due"
            ),
            "dossiers.settled_on_time",
        ),
        Measure(
            "finished_late",
            Text("Giải quyết quá hạn", "Finished late"),
            Text("hồ sơ kết thúc trong ngày, sau hạn trả", "dossiers that ended this day, after they were due"),
            "dossiers.settled_on_time",
            "late",
        ),
    ),
    "reports": (
        Measure(
            "received",
            Text("Tiếp nhận", "Received"),
            Text("phản ánh gửi đến trong ngày", "field reports submitted this day"),
            "reports.received",
        ),
        Measure(
            "resolved_on_time",
            Text("Xử lý đúng hạn", "Resolved on time"),
            Text(
                "phản ánh đơn vị xử lý xong trong ngày, đúng hạn của đơn vị", "resolved this day by the agency's date"
            ),
            "reports.agency_on_time",
        ),
        Measure(
            "resolved_late",
            Text("Xử lý quá hạn", "Resolved late"),
            Text(
                "phản ánh đơn vị xử lý xong trong ngày, quá hạn của đơn vị", "resolved this day after the agency's date"
            ),
            "reports.agency_on_time",
            "late",
        ),
    ),
}
"""Of each stream that has open data."""

DATASETS = (
    Dataset("dossiers-by-day", "dossiers", None, Text("Hồ sơ TTHC theo ngày", "Dossiers by day")),
    Dataset("dossiers-by-agency", "dossiers", "agency", Text("Hồ sơ TTHC theo đơn vị", "Dossiers by agency")),
    Dataset("dossiers-by-field", "dossiers", "field", Text("Hồ sơ TTHC theo lĩnh vực", "Dossiers by field")),
    Dataset("reports-by-day", "reports", None, Text("Phản ánh hiện trường theo ngày", "Field reports by day")),
    Dataset("reports-by-agency", "reports", "agency", Text("Phản ánh theo đơn vị", "Field reports by agency")),
    Dataset("reports-by-category", "reports", "category", Text("Phản ánh theo loại", "Field reports by category")),
    Dataset("reports-by-area", "reports", "area", Text("Phản ánh theo địa bàn", "Field reports by area")),
)
"""A new one is one line here; `dimension` is one that indicators of the stream can be grouped by."""

OTHER = "other"
"""What the catalogue does not know goes by this code: who publishes may write anything, and not all of it is public."""


def dimensions(stream: str) -> list[str]:
    """By which a stream is told; their tables have one total and are hidden together."""
    return [one.dimension for one in DATASETS if one.stream == stream and one.dimension]


class Month(NamedTuple):
    """The closed days of a calendar month, [first, past)."""

    first: date
    past: date

    @property
    def name(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(n) for n in range((self.past - self.first).days)]


EARLIEST_YEAR = 2000


def month(text: str, today: date) -> Month:
    """A month such as 2026-10, up to yesterday. Raises WrongUse for what is none, or has no closed day yet."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        raise WrongUse(f"{text!r} is no month such as 2026-10") from None
    past = min((first + timedelta(31)).replace(day=1), today)
    if first.year < EARLIEST_YEAR or past <= first:
        raise WrongUse(f"there are closed days from {EARLIEST_YEAR}-01-01 to yesterday; {text} has none of them")
    return Month(first, past)


def last_month(today: date) -> Month:
    """That of yesterday, the last closed day."""
    return month(f"{today - timedelta(1):%Y-%m}", today)


Key = tuple[date, str]
"""A day, and the name of a measure."""


class Row(NamedTuple):
    """One row of a dataset; a count that is hidden is None."""

    day: date
    code: str | None
    counts: tuple[int | None, ...]


Cells = Mapping[Key, Mapping[str, Mapping[str, int]]]
"""Counts by day and measure, then by dimension, then by code."""


class Release(NamedTuple):
    """What is published of one stream in a month: the decision for each day and measure, over the counts themselves."""

    stream: str
    month: Month
    codes: Mapping[str, tuple[str, ...]]
    cells: Cells
    told: Mapping[Key, Published]

    def rows(self, dataset: Dataset) -> Iterator[Row]:
        """Every closed day with every code, so that a row's being there tells nothing."""
        codes: tuple[str | None, ...] = (None,) if dataset.dimension is None else self.codes[dataset.dimension]
        for day in self.month.days:
            for code in codes:
                counts = [self._count((day, one.name), dataset, code) for one in MEASURES[self.stream]]
                yield Row(day, code, tuple(counts))

    def _count(self, key: Key, dataset: Dataset, code: str | None) -> int | None:
        told = self.told[key]
        if told.total is None or dataset.dimension is None or code is None:
            return told.total
        if code in told.hidden[dataset.dimension]:
            return None
        return self.cells[key][dataset.dimension].get(code, 0)


def release(stream: str, month: Month, codes: Mapping[str, tuple[str, ...]], cells: Cells) -> Release:
    """Decide what may be told of each day and measure; the tables of a day have the same total."""
    told = {}
    for day in month.days:
        for one in MEASURES[stream]:
            tables = cells[day, one.name]
            told[day, one.name] = published(sum(next(iter(tables.values())).values()), tables)
    return Release(stream, month, codes, cells, told)
