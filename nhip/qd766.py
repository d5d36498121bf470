"""The QĐ 766 index as `nhip kpi qd766` shows it: its points, and where each comes from."""

from datetime import date

from rich.table import Table

from streams.indicators.qd766 import Formulas, Index, Score, shown
from streams.words import Language, Words

_TITLE = Words("Bộ chỉ số theo Quyết định 766/QĐ-TTg", "Index of Decision 766/QĐ-TTg")
_HEADINGS = (
    Words("Nhóm", "Group"),
    Words("Thành phần", "Component"),
    Words("Điểm", "Points"),
    Words("Tối đa", "At most"),
    Words("Tỷ lệ", "Share"),
)


def table(index: Index, formulas: Formulas, first: date, past: date, language: Language) -> Table:
    """The index for a terminal, in one language."""
    groups = {group.id: Words(group.title_vi, group.title_en).of(language) for group in formulas.group}
    title = f"{_TITLE.of(language)} · {first} – {past} · {shown(index.points)} / {index.of}"
    found = Table(*(heading.of(language) for heading in _HEADINGS), title=title, title_justify="left")
    for score in index.scores:
        one = score.component
        name, share = Words(one.title_vi, one.title_en).of(language), _share(score).of(language)
        found.add_row(groups[score.group], name, shown(score.points), str(one.points), share)
    return found


def _share(score: Score) -> Words:
    """What the points were given for, or why there are none."""
    if score.denominator is not None:
        told = f"{score.numerator} / {score.denominator}"
        return Words(told, told)
    return Words(score.reason_vi or score.reason or "", score.reason or "")
