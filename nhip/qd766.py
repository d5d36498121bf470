"""The QĐ 766 index as `nhip kpi qd766` shows it: its points, and where each comes from."""

from datetime import date

from rich.table import Table

from streams.indicators.qd766 import Index, shown


def table(index: Index, first: date, past: date) -> Table:
    """The index for a terminal."""
    title = f"Bộ chỉ số theo Quyết định 766/QĐ-TTg · {first} – {past} · {shown(index.points)} / {index.of}"
    found = Table("Nhóm", "Thành phần", "Điểm", "Tối đa", "Tỷ lệ", title=title, title_justify="left")
    for score in index.scores:
        told = f"{score.numerator} / {score.denominator}"
        share = told if score.denominator is not None else score.reason or ""
        found.add_row(score.group, score.component.title_vi, shown(score.points), str(score.component.points), share)
    return found
