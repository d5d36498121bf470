"""Field reports, phản ánh hiện trường (DOMAIN §1.1). States and names follow FixMyStreet and Open311 GeoReport v2."""

from datetime import timedelta
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from streams.contracts.envelope import Body, Event
from streams.contracts.types import Code, DueMoment, Identifier, SmallInt, Text


class ReportBody(Body):
    """What a report event may carry. Coordinates are WGS 84 degrees; `seq` orders events of the same instant."""

    free_text: ClassVar[tuple[str, ...]] = ("description", "address", "reason", "note")

    report_id: Identifier | None = None
    seq: Annotated[int, Field(ge=0, le=2**53)] | None = None
    channel: Literal["app", "web", "phone", "zalo", "email", "counter"] | None = None
    category: Code | None = None
    description: Text | None = None
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None
    address: Text | None = None
    area: Code | None = None
    agency: Code | None = None
    priority: Literal["normal", "urgent"] | None = None
    media: Annotated[list[Annotated[Text, Field(max_length=2000)]], Field(max_length=50)] | None = None
    status: Code | None = None
    reason: Text | None = None
    note: Text | None = None
    due_at: DueMoment | None = None
    duplicate_of: Identifier | None = None
    rating: SmallInt | None = None
    reporter_ref: Identifier | None = None

    @model_validator(mode="after")
    def _both_coordinates(self) -> Self:
        if (self.lat is None) != (self.lon is None):
            raise ValueError("lat and lon come together")
        return self


class Submission(ReportBody):
    category: Code


class Dispatch(ReportBody):
    agency: Code


class StatusChange(ReportBody):
    status: Code


class Extension(ReportBody):
    due_at: DueMoment


class Rating(ReportBody):
    rating: SmallInt


class ReportEvent(Event):
    horizon: ClassVar[timedelta] = timedelta(days=15 * 366)
    data: ReportBody


class ReportSubmitted(ReportEvent):
    rank: ClassVar[int] = 0
    type: Literal["vn.nhip.report.submitted"]
    data: Submission


class ReportAccepted(ReportEvent):
    rank: ClassVar[int] = 1
    type: Literal["vn.nhip.report.accepted"]


class ReportRejected(ReportEvent):
    rank: ClassVar[int] = 2
    type: Literal["vn.nhip.report.rejected"]


class ReportDuplicateLinked(ReportEvent):
    rank: ClassVar[int] = 3
    type: Literal["vn.nhip.report.duplicate_linked"]


class ReportDispatched(ReportEvent):
    rank: ClassVar[int] = 4
    type: Literal["vn.nhip.report.dispatched"]
    data: Dispatch


class ReportReturnedByAgency(ReportEvent):
    rank: ClassVar[int] = 5
    type: Literal["vn.nhip.report.returned_by_agency"]


class ReportRedispatched(ReportEvent):
    rank: ClassVar[int] = 6
    type: Literal["vn.nhip.report.redispatched"]
    data: Dispatch


class ReportStatusChanged(ReportEvent):
    rank: ClassVar[int] = 7
    type: Literal["vn.nhip.report.status_changed"]
    data: StatusChange


class ReportInfoRequested(ReportEvent):
    rank: ClassVar[int] = 8
    type: Literal["vn.nhip.report.info_requested"]


class ReportInfoSupplied(ReportEvent):
    rank: ClassVar[int] = 9
    type: Literal["vn.nhip.report.info_supplied"]


class ReportExtended(ReportEvent):
    rank: ClassVar[int] = 10
    type: Literal["vn.nhip.report.extended"]
    data: Extension


class ReportResolved(ReportEvent):
    rank: ClassVar[int] = 11
    type: Literal["vn.nhip.report.resolved"]


class ReportPublished(ReportEvent):
    rank: ClassVar[int] = 12
    type: Literal["vn.nhip.report.published"]


class ReportRated(ReportEvent):
    rank: ClassVar[int] = 13
    type: Literal["vn.nhip.report.rated"]
    data: Rating


class ReportReopened(ReportEvent):
    rank: ClassVar[int] = 14
    type: Literal["vn.nhip.report.reopened"]


class ReportAnonymised(ReportEvent):
    rank: ClassVar[int] = 15
    type: Literal["vn.nhip.report.anonymised"]


REPORT_EVENTS = (
    ReportSubmitted,
    ReportAccepted,
    ReportRejected,
    ReportDuplicateLinked,
    ReportDispatched,
    ReportReturnedByAgency,
    ReportRedispatched,
    ReportStatusChanged,
    ReportInfoRequested,
    ReportInfoSupplied,
    ReportExtended,
    ReportResolved,
    ReportPublished,
    ReportRated,
    ReportReopened,
    ReportAnonymised,
)
