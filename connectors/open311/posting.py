"""POST request: a form becomes the event of a submitted field report."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from math import isfinite, nan
from typing import Any
from urllib.parse import parse_qsl
from uuid import uuid4

from starlette.datastructures import Headers

from connectors.open311.errors import Refused

_FORM = "application/x-www-form-urlencoded"
_FIELDS = 100
_REPORTER = ("account_id", "email", "phone", "device_id")
"""What tells reporters apart; the first that is given becomes a pseudonym, and the rest goes no further."""


def form_of(headers: Headers, body: bytes) -> dict[str, str]:
    """The fields of a form, the last of each name. Raises Refused (400)."""
    if headers.get("content-type", _FORM).partition(";")[0].strip().lower() != _FORM:
        raise Refused(400, f"send the fields as {_FORM}; pictures by media_url")
    if headers.get("content-encoding", "identity") != "identity":
        raise Refused(400, "send the form without Content-Encoding")
    try:
        return dict(parse_qsl(body.decode("utf-8"), max_num_fields=_FIELDS))
    except ValueError:
        raise Refused(400, f"the form is not UTF-8, or has more than {_FIELDS} fields") from None


def event(form: Mapping[str, str], publisher: str, now: datetime) -> dict[str, Any]:
    """The CloudEvent of a new report, with an id of ours. Raises Refused (400)."""
    report_id = f"{now:%Y%m%d}-{secrets.token_hex(5)}"
    return {
        "specversion": "1.0",
        "id": str(uuid4()),
        "source": f"open311/{publisher}",
        "type": "vn.nhip.report.submitted",
        "subject": report_id,
        "time": now.isoformat(),
        "data": {name: value for name, value in _data(form, report_id).items() if value is not None},
    }


def _data(form: Mapping[str, str], report_id: str) -> dict[str, Any]:
    lat, lon = _degrees(form, "lat"), _degrees(form, "long")
    if (lat is None or lon is None) and not form.get("address_string"):
        raise Refused(400, "lat and long, or address_string, are required")
    return {
        "report_id": report_id,
        "channel": "app",
        "category": form.get("service_code"),
        "description": form.get("description"),
        "lat": lat,
        "lon": lon,
        "address": form.get("address_string"),
        "media": [form["media_url"]] if form.get("media_url") else None,
        "reporter_ref": next((form[name] for name in _REPORTER if form.get(name)), None),
    }


def _degrees(form: Mapping[str, str], name: str) -> float | None:
    if not form.get(name):
        return None
    try:
        degrees = float(form[name])
    except ValueError:
        degrees = nan
    if not isfinite(degrees):
        raise Refused(400, f"{name} is a number of degrees (WGS 84)")
    return degrees
