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


ENDED = frozenset({Status.NOT_RECEIVED, Status.WITHDRAWN, Status.STOPPED, Status.FINISHED, Status.RETURNED})

APOLOGY = "vn.nhip.dossier.extended"
"""An extension with apology moves what the citizen is told, never the verdict."""

AFTER: dict[str, Status] = {
    "vn.nhip.dossier.supplement_requested": Status.WAITING_FOR_CITIZEN,
    "vn.nhip.dossier.supplement_received": Status.IN_PROGRESS,
    "vn.nhip.dossier.fee_requested": Status.WAITING_FOR_FEE,
    "vn.nhip.dossier.fee_paid": Status.IN_PROGRESS,
    "vn.nhip.dossier.result_ready": Status.FINISHED,
    "vn.nhip.dossier.returned": Status.RETURNED,
    "vn.nhip.dossier.withdrawn": Status.WITHDRAWN,
    "vn.nhip.dossier.stopped": Status.STOPPED,
}


def after(status: int, event_type: str, named: int | None) -> int:
    """The status after one event: the one its type means, else the one it names, else as before."""
    return AFTER.get(event_type) or named or status
