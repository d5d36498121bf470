"""How an indicator is made of cells: sums and differences of measures, read in one of three ways."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from streams.catalogue import Catalogue
from streams.flows import Cell


class Read(StrEnum):
    """How a measure's cells answer for a period [from, to) at a moment t = min(to, as-of)."""

    FLOW = "flow"
    """What happened within the period, before t."""
    LEVEL = "level"
    """What stands at t: everything before it, however long ago."""
    COHORT = "cohort"
    """What those received within the period are at t: for flows with a cohort, as the others are for those without."""


@dataclass(frozen=True, slots=True)
class Term:
    """`sign` times one measure."""

    measure: str
    read: Read
    sign: int = 1


@dataclass(frozen=True, slots=True)
class OfProcedures:
    """How an indicator is counted over the procedures of the catalogue instead of in cells.

    `share` gives numerator and denominator at a moment, from how many dossiers each procedure has in the numerator of
    the indicator `dossiers`, where it needs that.
    """

    share: Callable[[Catalogue, datetime, Mapping[str, int]], tuple[int, int | None]]
    dossiers: str | None = None


Unit = Literal["percent", "count", "average", "duration", "latency"]
Combine = Literal["sum", "max", "min"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number on a board, with everything needed to trust it.

    `unit`: a *percent* and an *average* are numerator ÷ denominator; a *count* has no denominator; a *duration* is the
    `quantile` (0.5 for P50) of the histogram that its one term names, in seconds (streams/indicators/histogram.py), or
    numerator ÷ denominator; a *latency* is a quantile in milliseconds. `combine` says what several rows are together.
    `of_procedures` takes the place of terms. `higher_is_better` is None where neither direction is good.
    """

    name: str
    title_vi: str
    title_en: str
    definition: str
    definition_vi: str
    source: str
    numerator: tuple[Term, ...] = ()
    denominator: tuple[Term, ...] | None = None
    unit: Unit = "percent"
    quantile: float | None = None
    of_procedures: OfProcedures | None = None
    combine: Combine = "sum"
    higher_is_better: bool | None = True

    @property
    def is_share(self) -> bool:
        """Whether it is a numerator ÷ a denominator."""
        return self.denominator is not None or (self.of_procedures is not None and self.unit != "count")

    @property
    def stream(self) -> str:
        return self.name.partition(".")[0]


def flow(measure: str, sign: int = 1) -> Term:
    return Term(measure, Read.FLOW, sign)


def level(measure: str, sign: int = 1) -> Term:
    return Term(measure, Read.LEVEL, sign)


def cohort(measure: str, sign: int = 1) -> Term:
    return Term(measure, Read.COHORT, sign)


def counts_in(term: Term, cell: Cell, first: date, end: date) -> bool:
    """Whether a cell belongs to a term, for whole days; the end is exclusive."""
    if cell.measure.partition("#")[0] != term.measure or cell.day >= end:
        return False
    match term.read:
        case Read.FLOW:
            return cell.cohort is None and cell.day >= first
        case Read.LEVEL:
            return cell.cohort is None
        case Read.COHORT:
            return cell.cohort is not None and first <= cell.cohort < end
