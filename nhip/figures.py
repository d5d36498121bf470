"""Figures as `nhip kpi` shows them on a terminal."""

from rich.markup import escape
from rich.table import Table

from streams.contracts.types import PROVINCE_TIME
from streams.indicators.figures import Figure, shown
from streams.indicators.question import Question
from streams.indicators.rounding import duration
from streams.words import Language, Words

_WORDS = (Words("Từ ngày", "From"), Words("Đến trước ngày", "Up to, not including"), Words("Nhóm", "Group"))
_NUMBERS = (Words("Kết quả", "Result"), Words("Tử số", "Numerator"), Words("Mẫu số", "Denominator"))
_MOMENTS = (Words("Tính đến", "As of"), Words("Cập nhật cách đây", "Data age"))
_NO_DATA = Words("chưa có dữ liệu", "no data yet")


def table(question: Question, figures: list[Figure], language: Language) -> Table:
    """A row for each figure, in one language."""
    indicator = question.indicator
    title = Words(indicator.title_vi, indicator.title_en).of(language)
    found = Table(title=f"{title} · {indicator.name}", title_justify="left")
    for heading in (*_WORDS, *_NUMBERS, *_MOMENTS):
        found.add_column(heading.of(language), justify="right" if heading in _NUMBERS else "left")
    for figure in figures:
        age = figure.data_age_s
        found.add_row(
            str(figure.first),
            str(figure.past),
            escape(" · ".join([figure.group] if isinstance(figure.group, str) else figure.group or ())),
            shown(figure, indicator, language),
            str(figure.numerator),
            "" if figure.denominator is None else str(figure.denominator),
            f"{figure.as_of.astimezone(PROVINCE_TIME):%Y-%m-%d %H:%M:%S}",
            _NO_DATA.of(language) if age is None else duration(age, language),
        )
    return found
