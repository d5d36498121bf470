"""Services: the categories of the catalogue in force, which a citizen's report has to name one of."""

from datetime import datetime
from typing import Any

from streams.catalogue import Catalogue


def services(catalogue: Catalogue, now: datetime) -> list[dict[str, Any]]:
    """GET services: every category that holds today, by its code. Reports get their id at once (`realtime`)."""
    codes = sorted({entry.code for entry in catalogue.categories})
    return [_service(catalogue, code, now) for code in codes if catalogue.category(code, now) is not None]


def definition(catalogue: Catalogue, code: str, now: datetime) -> dict[str, Any] | None:
    """GET service: no attributes are asked for, so the list is empty; None for a category that does not hold."""
    if catalogue.category(code, now) is None:
        return None
    return {"service_code": code, "attributes": []}


def service_name(catalogue: Catalogue, code: str, at: datetime) -> str:
    """The title that was in force when a report came; the code where the catalogue does not know it."""
    category = catalogue.category(code, at)
    return category.title if category else code


def _service(catalogue: Catalogue, code: str, now: datetime) -> dict[str, Any]:
    name = service_name(catalogue, code, now)
    return {
        "service_code": code,
        "service_name": name,
        "description": name,
        "metadata": False,
        "type": "realtime",
        "keywords": "",
        "group": "",
    }
