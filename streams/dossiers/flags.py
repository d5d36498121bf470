"""What is wrong with a dossier: it is kept, shown with the reason, and left out of the indicators concerned."""

from streams.days import civil_day
from streams.dossiers.due import Cause
from streams.dossiers.fold import Dossier

OURS = frozenset({Cause.COMPUTED, Cause.WAIT, Cause.RESTART, Cause.FEE})


def flags(dossier: Dossier) -> tuple[str, ...]:
    """Everything that is unusual about a dossier as it stands.

    Contradictory dates count nowhere; an unknown status (`unknown_status`) is not judged; an unknown rating does not
    count as one; unknown codes count under `unassigned`. The others only tell: an unusual edge, an apology after the
    end, a procedure that had ended in the catalogue at receipt, a due date of our own making (tự tính).
    """
    found = [*contradictions(dossier), *dossier.marks, *(f"unknown_{code}" for code in dossier.facts.unknown)]
    if dossier.unclear:
        found.append("unknown_status")
    if dossier.apologised_at and dossier.ended_at and dossier.apologised_at > dossier.ended_at:
        found.append("apology_after_end")
    if dossier.due.cause in OURS:
        found.append("due_self_computed")
    return tuple(found)


def contradictions(dossier: Dossier) -> list[str]:
    """What a dossier's own dates say against each other.

    An end on the day of receipt is never wrong: a date without a time begins its day.
    """
    received, due, end = dossier.facts.received_at, dossier.due.at, dossier.ended_at
    if received is None:
        return []
    found = []
    if end is not None and end < received and civil_day(end) < civil_day(received):
        found.append("finished_before_received")
    if due is not None and due < received:
        found.append("due_before_received")
    return found
