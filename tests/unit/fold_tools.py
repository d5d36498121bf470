"""What flows and cells say at a moment, and the figures made of them: for tests of life cycles."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from hypothesis import strategies as st

from streams.days import civil_day, day_start
from streams.flows import Cell, Flow
from streams.indicators.figures import Figure, Part, figures
from streams.indicators.question import Question
from streams.indicators.registry import INDICATORS
from streams.indicators.terms import Term, counts_in
from tests.unit.event_tools import at, hours

Counts = Mapping[tuple[str, str, str], int]

START = at("2026-10-30 06:00")
MOMENTS = st.integers(0, 20).map(lambda n: START + hours(6 * n))
"""Few and far apart, over five days and the end of a month, so that many are the same."""


def cells(flows: Iterable[Flow]) -> dict[Cell, int]:
    """What flows come to on civil days, counted one by one."""
    counts: Counter[Cell] = Counter()
    for flow in flows:
        counts[Cell(flow.measure, flow.place, flow.cohort, civil_day(flow.moment))] += flow.n
    return {cell: n for cell, n in counts.items() if n}


def standing(flows: Iterable[Flow], t: datetime) -> Counts:
    """What counts at t, by (measure, agency, kind): the sum of the flows before it."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for flow in flows:
        if flow.moment < t:
            counts[flow.measure, *flow.place[:2]] += flow.n
    return {key: n for key, n in counts.items() if n}


def standing_in(cells: Mapping[Cell, int], past: date) -> Counts:
    """What counts when the day `past` begins, by the cells of the days before."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for cell, n in cells.items():
        if cell.day < past:
            counts[cell.measure, *cell.place[:2]] += n
    return {key: n for key, n in counts.items() if n}


def asked_at(flows: Iterable[Flow]) -> list[datetime]:
    """Moments at which an answer may differ: each flow's, and the first after it."""
    moments = {flow.moment for flow in flows}
    return sorted(moments | {moment + hours(1) for moment in moments} | {START - hours(1), START + hours(200)})


def figure(name: str, cells: Mapping[Cell, int], first: date, past: date) -> Figure:
    """One indicator of the civil days [first, past), from cells."""
    indicator = INDICATORS[name]

    def total(terms: tuple[Term, ...]) -> int:
        return sum(term.sign * n for term in terms for cell, n in cells.items() if counts_in(term, cell, first, past))

    buckets: Counter[int] = Counter()
    for cell, n in cells.items():
        if "#" in cell.measure and counts_in(indicator.numerator[0], cell, first, past):
            buckets[int(cell.measure.partition("#")[2])] += n
    denominator = None if indicator.denominator is None else total(indicator.denominator)
    part = Part({}, total(indicator.numerator), denominator, buckets=buckets)
    (answer,) = figures(Question(indicator, first, past, day_start(past)), [part], None)
    return answer
