"""Service requests: field reports as GeoReport v2 shows them."""

from datetime import datetime
from typing import Any, NamedTuple

from connectors.open311.services import service_name
from streams.catalogue import Catalogue

STATES = {
    "new": "mới gửi",
    "accepted": "đã tiếp nhận",
    "verifying": "đang xác minh",
    "dispatched": "đã chuyển xử lý",
    "in_progress": "đang xử lý",
    "waiting_info": "chờ bổ sung",
    "returned": "đơn vị trả lại",
    "resolved": "đã xử lý",
    "published": "đã công khai",
    "confirmed": "người dân xác nhận",
    "reopened": "mở lại",
    "rejected": "từ chối tiếp nhận",
    "duplicate": "trùng",
    "unable": "không xử lý được",
    "cancelled": "hủy",
}
"""What `status_notes` says (DOMAIN §1.1)."""


class Report(NamedTuple):
    """A report that may be shown; what is not public yet is None (gate.service_request)."""

    report_id: str
    state: str
    open: bool
    category: str
    agency: str
    received_at: datetime
    changed_at: datetime
    due_at: datetime | None
    lat: float | None
    lon: float | None
    description: str | None
    address: str | None
    media: str | None


def request(report: Report, catalogue: Catalogue) -> dict[str, Any]:
    """One service request; what is not known is null, as the specification allows."""
    agency = catalogue.agency(report.agency, report.received_at)
    return {
        "service_request_id": report.report_id,
        "status": "open" if report.open else "closed",
        "status_notes": STATES.get(report.state, report.state),
        "service_name": service_name(catalogue, report.category, report.received_at),
        "service_code": report.category,
        "description": report.description,
        "agency_responsible": agency.name if agency else None,
        "service_notice": None,
        "requested_datetime": report.received_at,
        "updated_datetime": report.changed_at,
        "expected_datetime": report.due_at,
        "address": report.address,
        "address_id": None,
        "zipcode": None,
        "lat": report.lat,
        "long": report.lon,
        "media_url": report.media,
    }
