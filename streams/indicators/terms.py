"""How an indicator is made of cells: sums and differences of measures, read in one of three ways."""

from dataclasses import dataclass
from enum import StrEnum

from streams.flows import Cell


class Read(StrEnum):
    """How a measure's cells answer for a period [from, to) at a moment t = min(to, as-of)."""

    FLOW = "flow"
    """What happened within the period, before t."""
    LEVEL = "level"
    """What stands at t: everything before it, however long ago."""
    COHORT = "cohort"
    """What those received within the period are at t."""


@dataclass(frozen=True, slots=True)
class Term:
    """`sign` times one measure."""

    measure: str
    read: Read
    sign: int = 1


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number on a board, with everything needed to trust it.

    `denominator` None means a count; `per` names what the group dimension besides days is.
    """

    name: str
    title_vi: str
    title_en: str
    definition: str
    source: str
    numerator: tuple[Term, ...]
    denominator: tuple[Term, ...] | None = None
    per: str = "agency"
    higher_is_better: bool = True

    @property
    def stream(self) -> str:
        return self.name.partition(".")[0]


def flow(measure: str, sign: int = 1) -> Term:
    return Term(measure, Read.FLOW, sign)


def level(measure: str, sign: int = 1) -> Term:
    return Term(measure, Read.LEVEL, sign)


def cohort(measure: str, sign: int = 1) -> Term:
    return Term(measure, Read.COHORT, sign)


def counts_in(term: Term, cell: Cell, first: object, end: object) -> bool:
    """Whether a cell belongs to a term, for whole days: `first` and `end` are dates, the end exclusive."""
    if cell.measure != term.measure or not cell.day < end:  # type: ignore[operator]  # dates
        return False
    match term.read:
        case Read.FLOW:
            return cell.day >= first  # type: ignore[operator]
        case Read.LEVEL:
            return True
        case Read.COHORT:
            return first <= cell.cohort < end  # type: ignore[operator]
