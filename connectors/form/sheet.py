"""The form laid out: agencies with their fields under them, sums, and what everything is called."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from connectors.form import texts
from connectors.form.texts import HEADINGS, Heading
from connectors.timescale.form import Form
from streams.catalogue import Catalogue
from streams.contracts.types import PROVINCE_TIME
from streams.days import day_start
from streams.form import Difference, Row, total
from streams.words import Language, Words


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sheet: of a field, of an agency (its sum) or of all; `number` as people count them."""

    number: str
    title: str
    row: Row
    kind: str

    @property
    def values(self) -> list[int]:
        return [heading.value(self.row) for heading in HEADINGS]


class Sheet:
    """A form in one language, with the catalogue's names for agencies and fields."""

    def __init__(self, form: Form, catalogue: Catalogue, language: Language) -> None:
        self.form, self.language = form, language
        self._catalogue = catalogue
        self._at = day_start(form.period.past) - timedelta(microseconds=1)

    @property
    def rows(self) -> Sequence[Row]:
        """What was closed, else what stands now."""
        return self.form.now if self.form.closed is None else self.form.closed

    @property
    def lines(self) -> Iterator[Line]:
        for number, (code, group) in enumerate(groupby(self.rows, key=lambda row: row.agency), start=1):
            fields = list(group)
            yield Line(_roman(number), self.agency(code), total(fields, code), "agency")
            for at, row in enumerate(fields, start=1):
                yield Line(f"{at}", self.field(row.field), row, "field")
        yield Line("", texts.GRAND_SUM.of(self.language), total(self.rows), "all")

    def agency(self, code: str) -> str:
        found = self._catalogue.agency(code, self._at)
        return found.name if found else code

    def field(self, code: str) -> str:
        found = self._catalogue.field(code, self._at)
        return found.title if found else code

    def drill(self, heading: Heading, row: Row) -> str:
        """The command that shows the same cell and leads to its events; empty where no indicator stands behind it."""
        if heading.drill is None:
            return ""
        where = "".join(
            f" --where {name}={code}" for name, code in (("agency", row.agency), ("field", row.field)) if code
        )
        return f"nhip kpi {heading.drill} --from {self.form.period.first} --to {self.form.period.past}{where}"

    def difference(self, difference: Difference) -> tuple[str, str, str, int, int]:
        """A restated cell in words."""
        title = TITLES[difference.column].of(self.language)
        return self.agency(difference.agency), self.field(difference.field), title, difference.closed, difference.now

    def text(self, name: str) -> str:
        """One of connectors/form/texts.py, in this language."""
        found: Words = getattr(texts, name)
        return found.of(self.language)

    @property
    def days(self) -> str:
        """The period's days, both included, as they are written on forms."""
        first, last = self.form.period.first, self.form.period.past - timedelta(days=1)
        return f"{first:%d/%m/%Y} – {last:%d/%m/%Y}"

    @property
    def state(self) -> str:
        """Draft; closed or signed, when and by whom."""
        form = self.form
        words = [texts.STATES["draft" if form.closed is None else "closed"].of(self.language)]
        words += _when(self, form.closed_at, form.closed_by)
        if form.signed_at:
            words += [";", texts.STATES["signed"].of(self.language), *_when(self, form.signed_at, form.signed_by)]
        return " ".join(words).replace(" ;", ";")

    def moment(self, moment: datetime) -> str:
        return f"{moment.astimezone(PROVINCE_TIME):%H:%M %d/%m/%Y}"


def _when(sheet: Sheet, moment: datetime | None, by: str | None) -> list[str]:
    return [f"{sheet.moment(moment)},", texts.BY.of(sheet.language), str(by)] if moment else []


TITLES = {
    "carried_over": HEADINGS[1].title,
    "online": HEADINGS[2].title,
    "direct": HEADINGS[3].title,
    "moved": HEADINGS[4].title,
    "early": HEADINGS[6].title,
    "on_time": HEADINGS[7].title,
    "late": HEADINGS[8].title,
    "in_time": HEADINGS[10].title,
    "overdue": HEADINGS[11].title,
}
"""The title of each count of a row."""


def _roman(number: int) -> str:
    """Agencies are counted in Roman numerals on forms."""
    found = ""
    for value, digits in _ROMAN:
        found += digits * (number // value)
        number %= value
    return found


_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
