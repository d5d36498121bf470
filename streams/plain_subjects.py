"""Plain events of dossiers and reports: free text is as plain as the rest where nothing in it has to be masked."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, partial
from operator import attrgetter
from sys import intern
from typing import Annotated, Any, Literal, NamedTuple
from unicodedata import is_normalized

from msgspec import Meta, MsgspecError, Struct
from msgspec.json import Decoder, Encoder

from streams.contracts import DOSSIERS, REPORTS, Stream
from streams.contracts.envelope import Body
from streams.contracts.registry import body_of
from streams.contracts.types import EARLIEST, LATEST
from streams.masking import mask
from streams.plain import PlainEvent, PlainName, each_plain
from streams.privacy import pseudonym

_Text = Annotated[str, Meta(max_length=10_000)]
_Moment = Annotated[datetime, Meta(tz=True)]
_SmallInt = Annotated[int, Meta(ge=-32768, le=32767)]
_Dong = Annotated[int, Meta(ge=0, le=10**15)]


class PlainDossierBody(Struct, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """The fields of DossierBody. What a type of event requires is asked of its model."""

    dossier_id: PlainName | None = None
    procedure: PlainName | None = None
    field: PlainName | None = None
    agency: PlainName | None = None
    received_at: _Moment | None = None
    due_at: _Moment | None = None
    finished_at: _Moment | None = None
    returned_at: _Moment | None = None
    status: _SmallInt | None = None
    channel: Literal["counter", "online", "post"] | None = None
    applicant_type: PlainName | None = None
    online_level: _SmallInt | None = None
    fee_due: _Dong | None = None
    paid_online: bool | _Dong | None = None
    digitised_in: bool | None = None
    digitised_result: bool | None = None
    rating: _SmallInt | None = None
    synced_at: _Moment | None = None
    reason: _Text | None = None
    note: _Text | None = None


class PlainReportBody(Struct, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """The fields of ReportBody, `reporter_ref` as it is stored."""

    report_id: PlainName | None = None
    seq: Annotated[int, Meta(ge=0, le=2**53)] | None = None
    channel: Literal["app", "web", "phone", "zalo", "email", "counter"] | None = None
    category: PlainName | None = None
    description: _Text | None = None
    lat: Annotated[float, Meta(ge=-90, le=90)] | None = None
    lon: Annotated[float, Meta(ge=-180, le=180)] | None = None
    address: _Text | None = None
    area: PlainName | None = None
    agency: PlainName | None = None
    priority: Literal["normal", "urgent"] | None = None
    media: Annotated[list[Annotated[str, Meta(max_length=2000)]], Meta(max_length=50)] | None = None
    status: PlainName | None = None
    reason: _Text | None = None
    note: _Text | None = None
    due_at: _Moment | None = None
    duplicate_of: PlainName | None = None
    rating: _SmallInt | None = None
    reporter_ref: PlainName | None = None


class PlainDossierEvent(PlainEvent, gc=False, forbid_unknown_fields=True, kw_only=True):
    data: PlainDossierBody


class PlainReportEvent(PlainEvent, gc=False, forbid_unknown_fields=True, kw_only=True):
    data: PlainReportBody


PlainSubject = PlainDossierEvent | PlainReportEvent

_BODIES: dict[Stream, Any] = {DOSSIERS: PlainDossierBody, REPORTS: PlainReportBody}
_decode: dict[Stream, Any] = {DOSSIERS: Decoder(PlainDossierEvent).decode, REPORTS: Decoder(PlainReportEvent).decode}
_decode_body: dict[Stream, Any] = {stream: Decoder(body).decode for stream, body in _BODIES.items()}

stored = Encoder().encode
"""A body as the JSON that is stored: all that has a value."""


def plain_subjects(stream: Stream, values: Sequence[bytes | None], key: bytes) -> list[PlainSubject | None]:
    """The event in each value that is a plain one, with a keyed pseudonym for its reporter, else None."""
    read: Callable[[bytes], PlainSubject | None] = partial(_plain, _decode[stream], _rules(stream), key)
    return each_plain(values, read)


def read_back(stream: Stream, event_type: str, data: bytes) -> Any:
    """The body that was stored: of a plain event as such, any other as its model."""
    try:
        return _decode_body[stream](data)
    except MsgspecError:
        return body_of(stream, event_type).model_validate_json(data)


def _plain(
    decode: Callable[[bytes], PlainSubject], rules: Mapping[str, "_Rules"], key: bytes, value: bytes
) -> PlainSubject | None:
    """This runs for every event there is: it calls as little as it can."""
    try:
        event = decode(_with_times(value))
        subject, required, judged, nothing = rules[event.type]
    except (MsgspecError, UnicodeDecodeError, KeyError):
        return None
    body = event.data
    named, said = subject(body), judged(body)
    if (named is not None and named != event.subject) or None in required(body):
        return None
    if not (value.isascii() or is_normalized("NFC", value.decode())):
        return None
    if said != nothing:
        for each in said:
            if each is not None and not _is_plain(each):
                return None
    if type(body) is PlainReportBody:
        if (body.lat is None) != (body.lon is None):
            return None
        if body.reporter_ref is not None:
            body.reporter_ref = pseudonym(body.reporter_ref, key)
    event.type, event.source = intern(event.type), intern(event.source)  # one of each, not one an event
    event.time = event.time.astimezone(UTC)  # once: moments of another offset take five times as long to compare
    return event


def _is_plain(said: datetime | str) -> bool:
    """Whether a moment is no more than its model takes it for, and a text holds nothing that has to be masked."""
    return mask(said) == said if isinstance(said, str) else _FIRST_YEAR < said.year < _LAST_YEAR


_FIRST_YEAR, _LAST_YEAR = EARLIEST.year, LATEST.year  # moments within these two years are the model's to judge
_DUE, _END_OF_DAY = b'"due_at":"', b"T23:59:59.999999+07:00"


def _with_times(value: bytes) -> bytes:
    """With the end of its day for a due date without a time (DOMAIN §1.2), which most are: the other moments seldom
    lack it. Without escapes, quotes only stand around names and texts, so that this is one; with spaces, the model
    reads it."""
    found = value.find(_DUE)
    if found < 0:
        return value
    end = found + len(_DUE) + len("2026-10-20")
    return value[:end] + _END_OF_DAY + value[end:] if value[end : end + 1] == b'"' else value


_MOMENTS = ("received_at", "due_at", "finished_at", "returned_at", "synced_at")
_Getter = Callable[[Any], tuple[Any, ...]]


class _Rules(NamedTuple):
    """How to get at the fields of a body that msgspec does not judge alone: its moments and texts, of which most bodies
    say `nothing`."""

    subject: Callable[[Any], str | None]
    required: _Getter
    judged: _Getter
    nothing: tuple[None, ...]


@cache
def _rules(stream: Stream) -> Mapping[str, _Rules]:
    """Those of each type of event that the contract knows."""
    return {name: _rules_of(stream, body_of(stream, name)) for name in stream.by_type}


def _rules_of(stream: Stream, model: type[Body]) -> _Rules:
    required = [name for name, field in model.model_fields.items() if field.is_required()]
    judged = [name for name in (*_MOMENTS, *model.free_text) if name in model.model_fields]
    return _Rules(attrgetter(stream.subject_field), _fields(required), _fields(judged), (None,) * len(judged))


def _fields(names: Sequence[str]) -> _Getter:
    """attrgetter for any number of names."""
    if not names:
        return lambda body: ()
    if len(names) == 1:
        get = attrgetter(*names)
        return lambda body: (get(body),)
    return attrgetter(*names)
