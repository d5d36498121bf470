"""Service discovery (https://wiki.open311.org/Service_Discovery): where the endpoint is and what it speaks."""

from typing import Any

CHANGESET = "2026-11-24T00:00:00+07:00"
"""When what is written here last changed."""


def discovery(base_url: str) -> dict[str, Any]:
    """The document for a gateway that is reached at `base_url`, which ends with a slash."""
    return {
        "changeset": CHANGESET,
        "contact": "Ask the operators of this province's centre for a key (api_key).",
        "key_service": f"{base_url}docs",
        "endpoints": [
            {
                "specification": "http://wiki.open311.org/GeoReport_v2",
                "url": f"{base_url}open311/v2",
                "changeset": CHANGESET,
                "type": "production",
                "formats": ["application/json", "text/xml"],
            }
        ],
    }
