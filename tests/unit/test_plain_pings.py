"""A plain ping is read by another parser than its model, and means the same: what it accepts, the model accepts."""

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from connectors.gateway.intake import Accepted, Intake
from connectors.timescale.rows import health_row
from streams.contracts import HEALTH
from streams.contracts.health import Ping
from streams.days import microseconds
from streams.health.beats import beat
from streams.parsing import validate
from streams.plain_pings import PlainBody, PlainPing, plain_pings
from tests.unit.event_tools import NOW, envelope

GOOD: dict[str, Any] = {
    "system_id": "subject", "check_id": "http", "probe": "máy-dò-1", "status": "degraded", "latency_ms": 12.5,
    "code": 200, "run_id": "r", "interval_s": 60, "grace_s": 0, "cert_days": -3, "queue_length": 7,
    "metrics": {"đĩa": 71.5, "mails": 12},
}  # fmt: skip


def made(data: dict[str, Any], **attributes: Any) -> bytes:
    return json.dumps(
        envelope(HEALTH, "ping", attributes.pop("time", NOW), data=data, **attributes), ensure_ascii=False
    ).encode()


def plain_ping(value: bytes | None) -> PlainPing | None:
    (ping,) = plain_pings([value])
    return ping


def means_the_same(value: bytes) -> None:
    """Hold a ping, if it is plain, against its model: each field, the beat that is folded, the row that is stored."""
    plain = plain_ping(value)
    if plain is None:
        return
    model = validate(HEALTH, value)
    assert isinstance(model, Ping), model
    assert {name: getattr(plain, name) for name in ("id", "source", "type", "subject", "time")} == {
        name: getattr(model, name) for name in ("id", "source", "type", "subject", "time")
    }
    said = {name: getattr(plain.data, name) for name in PlainBody.__struct_fields__}
    assert {name: value for name, value in said.items() if value is not None} == model.data.model_dump(
        exclude_none=True
    )
    time = microseconds(model.time)
    assert microseconds(plain.time) == time
    assert beat(plain, time, "i") == beat(model, time, "i")
    assert health_row(plain, time, "0" * 32) == health_row(model, time, "0" * 32)
    sent = Intake(b"k" * 32, 2**20).judge(plain, model.time)
    assert isinstance(sent, Accepted)
    assert validate(HEALTH, sent.value) == model


def token(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[str]:
    return strategy.map(lambda value: json.dumps(value, ensure_ascii=False))


NAMES = token(
    st.builds(
        lambda start, length: (start * 129)[:length],
        st.sampled_from(["a", "ắ", "😀", "a\x7f", "\0", '"', "\ud83d", " ", "e\u0301"]),
        st.sampled_from([0, 1, 2, 63, 64, 65, 127, 128, 129]),
    ).filter(lambda name: "\ud83d" not in name)
) | st.sampled_from(['"subject"', "null", "1", '"\\u0061"', '"\\ud83d"'])
EDGES = [0, 1, 365, 36_500, 31_536_000, 86_400_000, 2**31, 2**53, 2**63, 2**64, 10**30]
ODD_NUMBERS = (
    '-0 -0.0 0.0 60.0 6e1 1e400 1e-400 86400000.00000001 0.1234567 01 +1 1. .5 true "60" null NaN Infinity -Infinity '
    "0.30000000000000004 9007199254740993"
)
NUMBERS = st.sampled_from(ODD_NUMBERS.split()) | st.builds(
    lambda edge, more, sign: str(sign * (edge + more)),
    st.sampled_from(EDGES),
    st.sampled_from([-1, 0, 1]),
    st.sampled_from([1, -1]),
)
STATUSES = st.sampled_from(['"ok"', '"degraded"', '"fail"', '"start"', '"OK"', '""', "null", "1"])
TIMES = token(
    st.from_regex(
        r"[0-9]{4}-[01][0-9]-[0-3][0-9][Tt _][0-2][0-9]:[0-6][0-9]:[0-6][0-9]"
        r"([.,][0-9]{0,9})?([Zz]|[+-][0-2][0-9]:?[0-9]{2})?",
        fullmatch=True,
    )
    | st.datetimes().map(lambda moment: f"{moment.isoformat()}+07:00")
) | st.sampled_from(['"2026-W48-1T10:00:00Z"', '"٢٠٢٦-11-23T10:00:00Z"', "1763892000", '"1763892000"', "null"])
METRICS = st.lists(st.tuples(NAMES, NUMBERS), max_size=3).map(
    lambda pairs: "{" + ",".join(f"{name}:{number}" for name, number in pairs) + "}"
) | st.sampled_from([64, 65]).map(lambda n: json.dumps({str(name): name / 3 for name in range(n)}))
FIELDS = {
    "system_id": NAMES, "check_id": NAMES, "probe": NAMES, "run_id": NAMES, "status": STATUSES, "latency_ms": NUMBERS,
    "code": NUMBERS, "interval_s": NUMBERS, "grace_s": NUMBERS, "cert_days": NUMBERS, "queue_length": NUMBERS,
    "error": NAMES, "metrics": METRICS, "x": NAMES | NUMBERS,
}  # fmt: skip
ATTRIBUTES = {
    "specversion": st.sampled_from(['"1.0"', '"0.3"', "1.0"]), "id": NAMES, "source": NAMES, "subject": NAMES,
    "type": st.sampled_from(['"vn.nhip.health.ping"', '"vn.nhip.health.maintenance_started"']), "time": TIMES,
    "datacontenttype": NAMES, "traceparent": NAMES | NUMBERS, "x": NAMES,
}  # fmt: skip
BODY = [("status", '"ok"'), ("latency_ms", "1.5")]
ENVELOPE = [
    ("specversion", '"1.0"'), ("id", '"1"'), ("source", '"/x"'), ("type", '"vn.nhip.health.ping"'),
    ("subject", '"subject"'), ("time", '"2026-11-23T10:00:00.123+07:00"'),
]  # fmt: skip


def changes(fields: dict[str, st.SearchStrategy[str]]) -> st.SearchStrategy[list[tuple[str, str]]]:
    one = st.sampled_from(sorted(fields)).flatmap(lambda name: st.tuples(st.just(name), fields[name]))
    return st.lists(one, max_size=2)


def written(pairs: list[tuple[str, str]]) -> str:
    return "{" + ",".join(f'"{name}":{value}' for name, value in pairs) + "}"


@settings(max_examples=500)
@given(changes(ATTRIBUTES), changes(FIELDS), st.booleans())
def test_a_ping_that_is_plain_means_what_its_model_means(
    attributes: list[tuple[str, str]], fields: list[tuple[str, str]], twice: bool
) -> None:
    """A name may come twice in an object: then the last counts."""
    body, envelope = BODY + fields, [*ENVELOPE, *attributes]
    if not twice:
        body, envelope = list(dict(body).items()), list(dict(envelope).items())
    means_the_same(written([*envelope, ("data", written(body))]).encode())


@given(st.data())
@example(None)
def test_so_does_one_with_a_byte_changed(data: st.DataObject | None) -> None:
    value = bytearray(made(GOOD, id="1"))
    if data is not None:
        value[data.draw(st.integers(0, len(value) - 1))] = data.draw(st.integers(0, 255))
    means_the_same(bytes(value))


@pytest.mark.parametrize("name", sorted(GOOD))
def test_every_field_that_no_person_writes_is_plain(name: str) -> None:
    value = made({"status": "ok"} | {name: GOOD[name]}, datacontenttype="application/json")
    ping = plain_ping(value)
    assert ping is not None
    assert getattr(ping.data, name) == GOOD[name]
    means_the_same(value)


NOT_PLAIN = {
    "a tombstone": None,
    "nothing": b"",
    "text that people write": made({"status": "fail", "error": "gọi 0912 345 678"}),
    "an unknown field": made({"status": "ok", "x": 1}),
    "an extension": made({"status": "ok"}, x="1"),
    "an escape": made({"status": "ok", "probe": "a\0"}),
    "DEL": made({"status": "ok", "probe": "a\x7f"}),
    "a time finer than microseconds": made({"status": "ok"}, time="2026-11-23T10:00:00.1234567+07:00"),
    "an offset without its colon": made({"status": "ok"}, time="2026-11-23T10:00:00.5+0700"),
    "another subject": made({"status": "ok", "system_id": "mail"}),
    "not UTF-8": made({"status": "ok", "probe": "x77"}).replace(b"x77", b"\xff"),
    "maintenance": made({}, type="vn.nhip.health.maintenance_started"),
}


@pytest.mark.parametrize("name", NOT_PLAIN)
def test_all_else_is_left_to_the_model(name: str) -> None:
    assert plain_ping(NOT_PLAIN[name]) is None


@given(st.lists(st.sampled_from([*NOT_PLAIN.values(), made({"status": "ok"}), made(GOOD)])))
def test_neighbours_have_no_say_in_it(values: list[bytes | None]) -> None:
    assert plain_pings(values) == [plain_ping(value) for value in values]
