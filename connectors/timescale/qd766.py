"""The QĐ 766 index of a period, from the figures of its indicators."""

from collections import defaultdict
from datetime import date, datetime
from importlib import resources
from pathlib import Path

import psycopg

from connectors.timescale import kpi
from streams.errors import WrongUse
from streams.indicators.qd766 import Formulas, Index, formulas, index
from streams.indicators.question import Question
from streams.indicators.registry import indicator


def decided(path: Path | None) -> Formulas:
    """The formulas of a file, or those that come with Nhịp. Raises WrongUse saying what is wrong with them."""
    try:
        if path is None:
            return formulas((resources.files("streams.indicators") / "qd766.toml").read_text(encoding="utf-8"))
        return formulas(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WrongUse(f"the formulas of QĐ 766 in {path or 'qd766.toml'} cannot be used: {error}") from None


def answer(
    connection: psycopg.Connection, decided: Formulas, first: date, past: date, as_of: datetime, now: datetime
) -> Index:
    """The index of the civil days [first, past) as it stood at `as_of`."""
    shares = {}
    for name in decided.indicators():
        (figure,) = kpi.answer(connection, Question(indicator(name), first, past, as_of), now)
        shares[name] = figure.numerator, figure.denominator
    return index(decided, shares)


def answer_by_agency(
    connection: psycopg.Connection, decided: Formulas, first: date, past: date, as_of: datetime, now: datetime
) -> dict[str, Index]:
    """The same of each agency that any share tells of. Procedures are the province's: there they are not known."""
    shares: dict[str, dict[str, tuple[int, int | None]]] = defaultdict(dict)
    for one in map(indicator, decided.indicators()):
        if one.of_procedures is None:
            for figure in kpi.answer(connection, Question(one, first, past, as_of, ("agency",)), now):
                shares[str(figure.group)][one.name] = figure.numerator, figure.denominator
    return {agency: index(decided, found) for agency, found in shares.items()}
