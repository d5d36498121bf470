"""National status codes of a dossier (DOMAIN §1.2, after VietOpenCPS/opencps-v2) and where each event leads."""

from enum import IntEnum


class Status(IntEnum):
    REGISTERED = 1
    RECEIVED = 2
    NOT_RECEIVED = 3
    IN_PROGRESS = 4
    WAITING_FOR_CITIZEN = 5
    WAITING_FOR_FEE = 6
    WITHDRAWN = 7
    STOPPED = 8
    FINISHED = 9
    RETURNED = 10


IN_PROGRESS, FINISHED, RETURNED = Status.IN_PROGRESS, Status.FINISHED, Status.RETURNED
WAITING_FOR_CITIZEN, WAITING_FOR_FEE = Status.WAITING_FOR_CITIZEN, Status.WAITING_FOR_FEE
"""For what is asked for every event: looking a member up in its enumeration takes ten times as long."""

WAITS = (WAITING_FOR_CITIZEN, WAITING_FOR_FEE)

KNOWN = frozenset(int(status) for status in Status)

USUAL = frozenset(
    {(1, 2), (1, 3), (1, 7), (2, 4), (2, 7), (2, 8), (4, 5), (4, 6), (4, 7), (4, 8), (4, 9), (5, 4), (5, 7), (5, 8)}
    | {(6, 4), (6, 7), (6, 8), (9, 10)}
)
"""The usual edges. Any other is applied all the same, and flagged: upstream is the authority."""

FINALITY: dict[int, int] = {
    Status.FINISHED: 0,
    Status.RETURNED: 1,
    Status.NOT_RECEIVED: 2,
    Status.WITHDRAWN: 2,
    Status.STOPPED: 2,
}
"""The statuses that end a dossier, by whose time is its end: of 9, else of 10, else of 3, 7 or 8 (DOMAIN §1.2)."""

APOLOGY = "vn.nhip.dossier.extended"
"""An extension with apology moves what the citizen is told, never the verdict."""

SNAPSHOT = "vn.nhip.dossier.upserted"

AFTER: dict[str, int] = {
    "vn.nhip.dossier.supplement_requested": Status.WAITING_FOR_CITIZEN,
    "vn.nhip.dossier.fee_requested": Status.WAITING_FOR_FEE,
    "vn.nhip.dossier.result_ready": Status.FINISHED,
    "vn.nhip.dossier.returned": Status.RETURNED,
    "vn.nhip.dossier.withdrawn": Status.WITHDRAWN,
    "vn.nhip.dossier.stopped": Status.STOPPED,
}
"""The status that a type of event means, whatever came before: upstream is the authority, nothing is refused."""

ENDS: dict[str, int] = {
    "vn.nhip.dossier.supplement_received": Status.WAITING_FOR_CITIZEN,
    "vn.nhip.dossier.fee_paid": Status.WAITING_FOR_FEE,
}
"""The wait that a type of event ends. Outside it, the work stands where it stood: a fee may be paid at the counter when
the result is fetched, and that does not begin the work again."""


def after(status: int, event_type: str, named: int | None) -> int:
    """The status after one event: the one its type means, else the one it names, else as before.

    A status that is none of the ten leaves the dossier where it stood.
    """
    if ENDS.get(event_type) == status:
        return IN_PROGRESS
    return AFTER.get(event_type) or (named if named in KNOWN else None) or status
