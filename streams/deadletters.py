"""Dead letters, bản tin bị loại: events that cannot be applied, kept with the reason and where they came from."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Reason(StrEnum):
    """Why an event was refused. The value is what publishers and operators see."""

    TOMBSTONE = "tombstone"
    NOT_JSON = "not_json"
    NOT_CLOUDEVENTS = "not_cloudevents"
    UNKNOWN_TYPE = "unknown_type"
    INVALID_DATA = "invalid_data"
    SUBJECT_MISMATCH = "subject_mismatch"
    OUTSIDE_HORIZON = "outside_horizon"
    CONFLICT = "conflict"
    PRUNED = "pruned"
    REFUSED_BY_DATABASE = "refused_by_database"
    POISON = "poison"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One event's refusal: `path` is the JSON path of the first fault ("$" for the whole), `detail` a sentence."""

    reason: Reason
    detail: str
    path: str = "$"


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A refused record with its position; `key` and `value` are the raw bytes, None as they came."""

    offset: int
    refusal: Refusal
    key: bytes | None
    value: bytes | None
    appended_at: datetime
    source: str | None = None
    event_id: str | None = None
