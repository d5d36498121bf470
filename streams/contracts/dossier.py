"""Administrative dossiers, hồ sơ thủ tục hành chính (DOMAIN §1.2).

Names follow the national exchange (VietOpenCPS/opencps-v2), in English; applicant names, phones and e-mails are unknown
fields here, so they are never stored.
"""

from datetime import timedelta
from typing import ClassVar, Literal

from streams.contracts.envelope import Body, Event
from streams.contracts.types import Code, Dong, DueMoment, Identifier, SmallInt, StartMoment, Text


class DossierBody(Body):
    """What a dossier event may carry. Money in đồng; a `due_at` that is a date means the end of that day."""

    free_text: ClassVar[tuple[str, ...]] = ("reason", "note")

    dossier_id: Identifier | None = None
    procedure: Code | None = None
    field: Code | None = None
    agency: Code | None = None
    received_at: StartMoment | None = None
    due_at: DueMoment | None = None
    finished_at: StartMoment | None = None
    returned_at: StartMoment | None = None
    status: SmallInt | None = None
    channel: Literal["counter", "online", "post"] | None = None
    applicant_type: Code | None = None
    online_level: SmallInt | None = None
    fee_due: Dong | None = None
    paid_online: bool | Dong | None = None
    digitised_in: bool | None = None
    digitised_result: bool | None = None
    rating: SmallInt | None = None
    synced_at: StartMoment | None = None
    reason: Text | None = None
    note: Text | None = None


class DossierSnapshot(DossierBody):
    """A snapshot must say which procedure, at which agency, and where it stands; the rest may still be unknown."""

    procedure: Code
    agency: Code
    status: SmallInt


class DossierStatus(DossierBody):
    status: SmallInt


class DossierExtension(DossierBody):
    due_at: DueMoment


class DossierRating(DossierBody):
    rating: SmallInt


class DossierEvent(Event):
    horizon: ClassVar[timedelta] = timedelta(days=15 * 366)
    data: DossierBody


class DossierUpserted(DossierEvent):
    rank: ClassVar[int] = 0
    type: Literal["vn.nhip.dossier.upserted"]
    data: DossierSnapshot


class DossierStatusChanged(DossierEvent):
    rank: ClassVar[int] = 1
    type: Literal["vn.nhip.dossier.status_changed"]
    data: DossierStatus


class DossierSupplementRequested(DossierEvent):
    rank: ClassVar[int] = 2
    type: Literal["vn.nhip.dossier.supplement_requested"]


class DossierSupplementReceived(DossierEvent):
    rank: ClassVar[int] = 3
    type: Literal["vn.nhip.dossier.supplement_received"]


class DossierFeeRequested(DossierEvent):
    rank: ClassVar[int] = 4
    type: Literal["vn.nhip.dossier.fee_requested"]


class DossierFeePaid(DossierEvent):
    rank: ClassVar[int] = 5
    type: Literal["vn.nhip.dossier.fee_paid"]


class DossierExtended(DossierEvent):
    """An extension with apology, phiếu xin lỗi và hẹn lại ngày trả kết quả."""

    rank: ClassVar[int] = 6
    type: Literal["vn.nhip.dossier.extended"]
    data: DossierExtension


class DossierResultReady(DossierEvent):
    rank: ClassVar[int] = 7
    type: Literal["vn.nhip.dossier.result_ready"]


class DossierReturned(DossierEvent):
    rank: ClassVar[int] = 8
    type: Literal["vn.nhip.dossier.returned"]


class DossierWithdrawn(DossierEvent):
    rank: ClassVar[int] = 9
    type: Literal["vn.nhip.dossier.withdrawn"]


class DossierStopped(DossierEvent):
    rank: ClassVar[int] = 10
    type: Literal["vn.nhip.dossier.stopped"]


class DossierRated(DossierEvent):
    rank: ClassVar[int] = 11
    type: Literal["vn.nhip.dossier.rated"]
    data: DossierRating


DOSSIER_EVENTS = (
    DossierUpserted,
    DossierStatusChanged,
    DossierSupplementRequested,
    DossierSupplementReceived,
    DossierFeeRequested,
    DossierFeePaid,
    DossierExtended,
    DossierResultReady,
    DossierReturned,
    DossierWithdrawn,
    DossierStopped,
    DossierRated,
)
