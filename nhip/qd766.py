"""The QĐ 766 index as `nhip kpi qd766` shows it: its points, and where each comes from."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from rich.table import Table

from streams.indicators.qd766 import Index, shown

NAME = "qd766"


def rows(index: Index, first: date, past: date, as_of: datetime) -> Iterator[dict[str, Any]]:
    """The index first, of as many points as events can tell; then each component in its order, the missing ones too."""
    period = {"from": first, "to": past, "as_of": as_of}
    whole = {"value": float(index.points), "shown": shown(index.points), "maximum": index.of}
    missing = [score.component.id for score in index.scores if score.points is None]
    yield {"name": NAME, "group": None} | whole | {"missing": missing} | period
    for score in index.scores:
        one = score.component
        yield {
            "name": f"{NAME}.{one.id}",
            "group": score.group,
            "value": None if score.points is None else float(score.points),
            "shown": shown(score.points),
            "maximum": one.points,
            "threshold": one.threshold,
            "indicator": one.indicator,
            "numerator": score.numerator,
            "denominator": score.denominator,
            "reason": score.reason,
            "source": one.source,
        } | period


def table(index: Index, first: date, past: date) -> Table:
    """The same for a terminal."""
    title = f"Bộ chỉ số theo Quyết định 766/QĐ-TTg · {first} – {past} · {shown(index.points)} / {index.of}"
    found = Table("group", "component", "points", "of", "share", title=title, title_justify="left")
    for score in index.scores:
        told = f"{score.numerator} / {score.denominator}"
        share = told if score.denominator is not None else score.reason or ""
        found.add_row(score.group, score.component.title_vi, shown(score.points), str(score.component.points), share)
    return found
