"""Which flags leave a subject out of which indicators: it is kept and shown with the reason (issue 4, bad input)."""

from collections.abc import Iterable

from streams.indicators.terms import Indicator

_RATINGS = {"satisfied", "neutral", "dissatisfied"}
_OPEN_JUDGED = {"overdue", "due_soon"}

_BY_FLAG: dict[str, dict[str, set[str] | None]] = {
    "dossiers": {
        "due_before_received": None,
        "finished_before_received": None,
        "unknown_status": {"unclear", "waiting", *_OPEN_JUDGED},
        "unknown_rating": _RATINGS,
    },
    "reports": {
        "due_before_received": {"contradictory", "resolved_contradictory", *_OPEN_JUDGED},
        "resolved_before_received": {"contradictory", "resolved_contradictory", *_OPEN_JUDGED},
        "rating_out_of_range": _RATINGS,
    },
}
"""By stream and flag: the measures of the indicators that it concerns, None for all. Other flags only tell."""


def excluding(indicator: Indicator, flags: Iterable[str]) -> list[str]:
    """Those of a subject's flags that may leave it out of an indicator."""
    known = _BY_FLAG[indicator.stream]
    measures = {term.measure.partition(".")[2] for term in (*indicator.numerator, *(indicator.denominator or ()))}
    return [flag for flag in flags if flag in known and ((of := known[flag]) is None or of & measures)]
