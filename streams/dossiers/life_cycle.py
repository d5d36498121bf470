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

AFTER: dict[str, Status] = {
    "vn.nhip.dossier.supplement_requested": Status.WAITING_FOR_CITIZEN,
    "vn.nhip.dossier.fee_requested": Status.WAITING_FOR_FEE,
    "vn.nhip.dossier.result_ready": Status.FINISHED,
    "vn.nhip.dossier.returned": Status.RETURNED,
    "vn.nhip.dossier.withdrawn": Status.WITHDRAWN,
    "vn.nhip.dossier.stopped": Status.STOPPED,
}
"""The status that a type of event means, whatever came before: upstream is the authority, nothing is refused."""

ENDS: dict[str, Status] = {
    "vn.nhip.dossier.supplement_received": Status.WAITING_FOR_CITIZEN,
    "vn.nhip.dossier.fee_paid": Status.WAITING_FOR_FEE,
}
"""The wait that a type of event ends. Outside it, the work stands where it stood: a fee may be paid at the counter when
the result is fetched, and that does not begin the work again."""


def after(status: int, event_type: str, named: int | None) -> int:
    """The status after one event: the one its type means, else the one it names, else as before."""
    if ENDS.get(event_type) == status:
        return Status.IN_PROGRESS
    return AFTER.get(event_type) or named or status
