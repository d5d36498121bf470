"""The form as an .xlsx workbook: the form, where each figure comes from, and what was restated."""

from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from connectors.form.sheet import Sheet
from connectors.form.texts import HEADINGS

_FIRST = 2  # columns before the figures: number, agency or field
_HEAD = 5  # rows above the headings


def write(sheet: Sheet, path: Path) -> None:
    """Write the workbook. Raises OSError where the file cannot be written."""
    with path.open("wb") as file, xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy"}) as book:
        formats = _formats(book)
        _form(sheet, book.add_worksheet("TTHC"), formats)
        _sources(sheet, book.add_worksheet(sheet.text("SOURCE")[:31]), formats)
        if sheet.form.closed is not None:
            _restatements(sheet, book.add_worksheet(sheet.text("CHANGED")[:31]), formats)


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    number = {"num_format": "#,##0", "border": 1}
    return {
        "title": book.add_format({"bold": True, "font_size": 14, "align": "center"}),
        "small": book.add_format({"italic": True, "align": "center"}),
        "head": book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}),
        "field": book.add_format(number),
        "agency": book.add_format(number | {"bold": True, "bg_color": "#EEF3F8"}),
        "all": book.add_format(number | {"bold": True, "bg_color": "#D5E3F0"}),
        "plain": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _form(sheet: Sheet, page: Worksheet, formats: dict[str, Format]) -> None:
    last = _FIRST + len(HEADINGS) - 1
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(_HEAD, _HEAD + 2)
    page.freeze_panes(_HEAD + 3, _FIRST)
    page.set_column(0, 0, 6)
    page.set_column(1, 1, 44)
    page.set_column(_FIRST, last, 11)
    page.merge_range(0, 0, 0, last, sheet.text("TITLE"), formats["title"])
    page.merge_range(1, 0, 1, last, f"{sheet.text('PERIOD')}: {sheet.days}", formats["small"])
    as_of = f"{sheet.text('AS_OF')}: {sheet.moment(sheet.form.as_of)}"
    page.merge_range(2, 0, 2, last, f"{as_of} · {sheet.text('STATE')}: {sheet.state}", formats["small"])
    page.merge_range(3, 0, 3, last, sheet.text("BALANCE"), formats["small"])
    _headings(sheet, page, formats["head"])
    for at, line in enumerate(sheet.lines, start=_HEAD + 3):
        page.write_string(at, 0, line.number, formats[line.kind])
        page.write_string(at, 1, line.title, formats[line.kind])
        for column, value in enumerate(line.values, start=_FIRST):
            page.write_number(at, column, value, formats[line.kind])


def _headings(sheet: Sheet, page: Worksheet, head: Format) -> None:
    page.merge_range(_HEAD, 0, _HEAD + 1, 0, "STT" if sheet.language == "vi" else "No.", head)
    page.merge_range(_HEAD, 1, _HEAD + 1, 1, f"{sheet.text('AGENCY')} / {sheet.text('FIELD')}", head)
    page.write_string(_HEAD + 2, 0, "(1)", head)
    page.write_string(_HEAD + 2, 1, "(2)", head)
    begin = 0
    for at, heading in enumerate(HEADINGS):
        page.write_string(_HEAD + 1, _FIRST + at, heading.title.of(sheet.language), head)
        formula = f"={heading.formula}" if heading.formula else ""
        page.write_string(_HEAD + 2, _FIRST + at, f"({heading.number}){formula}", head)
        if at + 1 == len(HEADINGS) or HEADINGS[at + 1].group is not heading.group:
            page.merge_range(_HEAD, _FIRST + begin, _HEAD, _FIRST + at, heading.group.of(sheet.language), head)
            begin = at + 1


def _sources(sheet: Sheet, page: Worksheet, formats: dict[str, Format]) -> None:
    """The command behind each column, for the whole province; with --where for one agency or field."""
    page.set_column(0, 0, 6)
    page.set_column(1, 1, 40)
    page.set_column(2, 2, 100)
    for at, heading in enumerate(HEADINGS):
        page.write_string(at, 0, f"({heading.number})", formats["plain"])
        page.write_string(at, 1, f"{heading.group.of(sheet.language)}: {heading.title.of(sheet.language)}")
        drill = f"nhip kpi {heading.drill} --from {sheet.form.period.first} --to {sheet.form.period.past}"
        page.write_string(at, 2, drill + " --group-by agency,field" if heading.drill else heading.formula)


def _restatements(sheet: Sheet, page: Worksheet, formats: dict[str, Format]) -> None:
    cells = ("AGENCY", "FIELD", "COLUMN", "CLOSED_FIGURE", "FIGURE_NOW")
    page.set_column(0, 2, 34)
    page.set_column(3, 7, 22)
    page.write_row(0, 0, [sheet.text(name) for name in cells], formats["head"])
    differences = sheet.form.differences
    for at, difference in enumerate(differences, start=1):
        page.write_row(at, 0, sheet.difference(difference))
    below = len(differences) + 2
    causes = ("SUBJECT", "MEASURE", "DAY", "CLOSED_FIGURE", "FIGURE_NOW", "CAUSE", "RECORDED")
    page.write_row(below, 0, [sheet.text(name) for name in causes], formats["head"])
    for at, line in enumerate(sheet.form.restatements, start=below + 1):
        recorded = sheet.moment(line.recorded_at)
        page.write_row(
            at, 0, [line.subject, line.measure, f"{line.day:%d/%m/%Y}", line.old, line.new, line.cause, recorded]
        )
