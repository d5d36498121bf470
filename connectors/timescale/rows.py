"""Events as the beginning of their COPY rows; what the position adds follows when they are written."""

from connectors.timescale.copying import NULL, escaped, stamp
from streams.contracts import DOSSIERS, HEALTH, REPORTS, Event, Stream
from streams.contracts.health import PingBody
from streams.decoding import Row
from streams.health.beats import SYSTEM

_COLUMNS = frozenset({"system_id", "check_id", "status", "latency_ms", "interval_s", "grace_s"})
"""Fields of a ping that have a column of their own; the others go into `data` when there are any."""


def subject_row(event: Event, _: int, identity: str) -> str:
    """A report's or dossier's event."""
    return (
        f"{identity}\t{escaped(event.subject)}\t{event.type}\t{stamp(event.time)}\t{escaped(event.source)}\t"
        f"{escaped(event.id)}\t{escaped(event.data.stored())}"
    )


def health_row(event: Event, time: int, identity: str) -> str:
    """A health event, its time in microseconds: a date takes longer to write than all the rest."""
    subject, body = event.subject, event.data
    if "\\" in subject:  # identifiers have no control characters; this is all there is to escape
        subject = escaped(subject)
    columns = _ping(body) if isinstance(body, PingBody) else _maintenance(event)
    return f"{time}\t{identity}\t{subject}\t{columns}"


def _ping(body: PingBody) -> str:
    check, latency, interval, grace = body.check_id, body.latency_ms, body.interval_s, body.grace_s
    if "\\" in check:
        check = escaped(check)
    rest = NULL
    if not body.model_fields_set <= _COLUMNS:
        known = body.model_fields_set - (body.__pydantic_extra__ or {}).keys()
        found = body.model_dump_json(exclude_none=True, include=known - _COLUMNS)
        rest = NULL if found == "{}" else escaped(found)  # a field that is null says as much as one that is not there
    return (
        f"{check}\t{body.status}\t{NULL if latency is None else latency}\t{NULL if interval is None else interval}\t"
        f"{NULL if grace is None else grace}\t{rest}"
    )


def _maintenance(event: Event) -> str:
    status = event.type.removeprefix("vn.nhip.health.")
    check = getattr(event.data, "check_id", None) or SYSTEM
    return f"{escaped(check)}\t{status}\t{NULL}\t{NULL}\t{NULL}\t{escaped(event.data.stored())}"


ROWS: dict[Stream, Row] = {REPORTS: subject_row, DOSSIERS: subject_row, HEALTH: health_row}
