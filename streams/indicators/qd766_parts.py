"""The QĐ 766 index as boards list it: the whole, its groups, and every component, the missing ones too."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from streams.indicators.qd766 import Formulas, Index, Score, shown

Listed = dict[str, Any]
"""One line: `place`, `kind` (whole, group or component), `id`, `name`, `name_en`; `shown` of at most `maximum` points,
which count only what is told; `percent` is the one of the other, truncated. `numerator`, `denominator` and `threshold`
are a component's share; `reason_vi` and `reason_en` say why one is N/A, or full without any. None where nothing is.
"""


def listed(formulas: Formulas, index: Index) -> list[Listed]:
    """The lines in the order of the decision."""
    return [{"place": place} | line for place, line in enumerate(_lines(formulas, index))]


def _lines(formulas: Formulas, index: Index) -> Iterator[Listed]:
    yield _sum("whole", "qd766", "Toàn bộ", "The whole", index.scores)
    for group in formulas.group:
        scores = [score for score in index.scores if score.group == group.id]
        yield _sum("group", group.id, group.title_vi, group.title_en, scores)
        yield from (_component(score) for score in scores)


def _sum(kind: str, id: str, name: str, name_en: str, scores: Iterable[Score]) -> Listed:
    told = [(score.points, score.component.points) for score in scores if score.points is not None]
    points = sum((points for points, _ in told), Fraction(0)) if told else None
    return _line(kind, id, name, name_en, points, sum(most for _, most in told))


def _component(score: Score) -> Listed:
    one = score.component
    return _line("component", one.id, one.title_vi, one.title_en, score.points, one.points) | {
        "numerator": score.numerator,
        "denominator": score.denominator,
        "threshold": one.threshold,
        "reason_vi": score.reason_vi or score.reason,
        "reason_en": score.reason,
    }


def _line(kind: str, id: str, name: str, name_en: str, points: Fraction | None, maximum: int) -> Listed:
    percent = None if points is None else int(100 * points / maximum)
    found = {"kind": kind, "id": id, "name": name, "name_en": name_en, "shown": shown(points), "maximum": maximum}
    blank = dict.fromkeys(("numerator", "denominator", "threshold", "reason_vi", "reason_en"))
    return found | {"percent": percent} | blank
