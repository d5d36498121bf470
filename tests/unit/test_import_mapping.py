"""Rows of other systems as events: built-in formats, mapping files, identities, and reasons for what is refused."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from connectors.backfill.errors import UnreadableFile, WrongMapping
from connectors.backfill.formats import known
from connectors.backfill.mapping import stream_of
from connectors.backfill.moments import NoMoment, moment
from tests.unit.import_tools import outcomes, words

NATIONAL = {
    "MaHoSo": "000.00.H30-260302-0001",
    "MaTTHC": "1.001193",
    "TenTTHC": "Đăng ký khai sinh",
    "MaLinhVuc": "ho-tich",
    "KenhThucHien": "2",
    "ChuHoSo": "Nguyễn Thị Bưởi",
    "SoDienThoai": "0912345678",
    "Email": "buoi@example.vn",
    "LoaiDoiTuong": "1",
    "NgayTiepNhan": "20260302080000",
    "NgayHenTra": "20260306170000",
    "TrangThaiHoSo": "10",
    "NgayKetThucXuLy": "20260305093000",
    "NgayTra": "20260305141500",
    "DonViXuLy": "ubnd-tp-vi-thanh",
}

OPEN311 = {
    "service_request_id": "638344",
    "status": "closed",
    "status_notes": "Đã xử lý.",
    "service_name": "Rác thải",
    "service_code": "rac-thai",
    "description": "Rác tồn đọng ở đầu hẻm",
    "agency_responsible": "ubnd-tp-vi-thanh",
    "requested_datetime": "2026-03-02T08:00:00+07:00",
    "updated_datetime": "2026-03-03T09:30:00+07:00",
    "expected_datetime": "2026-03-05T08:00:00+07:00",
    "address": "đầu hẻm 12",
    "lat": 9.784,
    "long": 105.47,
    "media_url": "https://example.vn/1.jpg",
    "email": "a@example.vn",
    "first_name": "Bưởi",
    "phone": "0912345678",
}


def written(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_dossier_of_the_national_exchange_becomes_its_history(tmp_path: Path) -> None:
    events, refused = outcomes(written(tmp_path / "h.jsonl", NATIONAL))
    assert not refused
    assert words(events) == ["upserted", "result_ready", "returned"]
    assert [event["time"] for event in events] == [
        "2026-03-02T08:00:00+07:00", "2026-03-05T09:30:00+07:00", "2026-03-05T14:15:00+07:00",
    ]  # fmt: skip
    received, ready, _ = (event["data"] for event in events)
    assert (received["status"], received["channel"], received["due_at"]) == (2, "online", "2026-03-06T17:00:00+07:00")
    assert ready["finished_at"] == "2026-03-05T09:30:00+07:00"


def test_who_applied_or_reported_is_left_behind(tmp_path: Path) -> None:
    for number, row in enumerate((NATIONAL, OPEN311)):
        events, _ = outcomes(written(tmp_path / f"{number}.jsonl", row))
        assert events
        told = json.dumps(events, ensure_ascii=False)
        assert not [word for word in ("Bưởi", "0912345678", "@example.vn") if word in told]


def test_a_table_of_the_exchange_gives_the_same_events_as_its_json(tmp_path: Path) -> None:
    table = tmp_path / "h.csv"
    with table.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(NATIONAL), delimiter=";")
        writer.writeheader()
        writer.writerow(NATIONAL)
    assert outcomes(table) == outcomes(written(tmp_path / "h.jsonl", NATIONAL))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"TrangThaiHoSo": "4", "NgayTra": "", "NgayKetThucXuLy": ""}, ["upserted"]),
        ({"TrangThaiHoSo": "9", "NgayTra": ""}, ["upserted", "result_ready"]),
        ({"TrangThaiHoSo": "10", "NgayKetThucXuLy": ""}, ["upserted", "returned"]),
        ({"TrangThaiHoSo": "7"}, ["upserted", "withdrawn"]),
        ({"TrangThaiHoSo": "8"}, ["upserted", "stopped"]),
        (
            {"TrangThaiHoSo": "3", "NgayTiepNhan": "", "NgayNopHoSo": "20260302", "NgayTuChoi": "20260303"},
            ["upserted", "status_changed"],
        ),
    ],
)
def test_each_status_of_the_exchange_ends_as_it_says(tmp_path: Path, changes: dict[str, str], told: list[str]) -> None:
    events, refused = outcomes(written(tmp_path / "h.jsonl", NATIONAL | changes))
    assert not refused
    assert words(events) == told


def test_a_wait_brings_the_new_due_date_with_it(tmp_path: Path) -> None:
    waits = [
        {"NgayBoSung": "20260303080000", "NgayTiepNhanBoSung": "20260304080000", "NgayHenTraMoi": "20260309170000"},
        {"NgayBoSung": "20260304100000"},
    ]
    events, _ = outcomes(written(tmp_path / "h.jsonl", NATIONAL | {"DanhSachHoSoBoSung": waits}))
    assert words(events) == [
        "upserted", "supplement_requested", "supplement_requested", "supplement_received", "result_ready", "returned",
    ]  # fmt: skip
    assert events[3]["data"]["due_at"] == "2026-03-09T17:00:00+07:00"


def test_progress_of_the_exchange_is_known_by_its_columns(tmp_path: Path) -> None:
    row = {"MaHoSo": "1", "NguoiXuLy": "Trần Văn Mít", "ThoiDiemXuLy": "20260303080000", "TrangThai": "5"}
    (event,), _ = outcomes(written(tmp_path / "h.jsonl", row))
    assert (event["type"], event["data"]) == ("vn.nhip.dossier.status_changed", {"dossier_id": "1", "status": 5})


def test_open311_requests_become_reports(tmp_path: Path) -> None:
    dump = tmp_path / "requests.json"
    still_open = OPEN311 | {"service_request_id": "2", "status": "open", "lat": None, "long": None, "media_url": None}
    dump.write_text(json.dumps([OPEN311, still_open]), encoding="utf-8")
    events, refused = outcomes(dump)
    assert not refused
    assert words(events) == ["submitted", "resolved", "submitted"]
    first = events[0]["data"]
    assert (first["category"], first["lat"], first["lon"]) == ("rac-thai", 9.784, 105.47)
    assert first["media"] == ["https://example.vn/1.jpg"]
    assert events[1]["data"]["note"] == "Đã xử lý."
    assert "lat" not in events[2]["data"]


def test_an_event_has_the_same_identity_whenever_its_row_comes_again(tmp_path: Path) -> None:
    once, _ = outcomes(written(tmp_path / "a.jsonl", NATIONAL))
    again, _ = outcomes(written(tmp_path / "b.jsonl", dict(reversed(NATIONAL.items())) | {"GhiChu": "không đọc"}))
    changed, _ = outcomes(written(tmp_path / "c.jsonl", NATIONAL | {"NgayTra": "20260306080000"}))
    ids = [event["id"] for event in once]
    assert len(set(ids)) == 3
    assert ids == [event["id"] for event in again]
    assert [event["id"] for event in changed][:2] == ids[:2]
    assert changed[2]["id"] != ids[2]


MAPPING = """
stream = "dossiers"
source = "/so-tu-phap"
subject = "Số hồ sơ"
times = ["%d/%m/%Y %H:%M", "%d/%m/%Y"]

[[event]]
type = "upserted"
time = "Ngày nhận"
[event.data]
procedure = { constant = "2.000488" }
agency = { column = "Đơn vị", values = { "Sở Tư pháp" = "so-tp" } }
received_at = "Ngày nhận"
due_at = "Hẹn trả"
status = { column = "Tình trạng", values = { "Đang giải quyết" = 4, "Đã trả" = 10 } }
fee_due = "Lệ phí"
digitised_in = "Số hóa"
"""
TABLE = """\
Số hồ sơ;Ngày nhận;Hẹn trả;Đơn vị;Tình trạng;Lệ phí;Số hóa
LLTP-1;02/03/2026 08:15;12/03/2026;Sở Tư pháp;Đang giải quyết;200.000;Có
LLTP-2;32/03/2026;12/03/2026;Sở Tư pháp;Đã trả;;Không
;02/03/2026;12/03/2026;Sở Tư pháp;Đã trả;;
LLTP-4;02/03/2026;;Sở Tư pháp;Chờ;miễn;Có
"""


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "mapping.toml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


def test_a_mapping_turns_any_table_into_events(tmp_path: Path, mapping: Path) -> None:
    file = tmp_path / "so.csv"
    file.write_text(TABLE, encoding="utf-8")
    (event,), refused = outcomes(file, mapping=mapping)
    assert (event["source"], event["subject"], event["time"]) == ("/so-tu-phap", "LLTP-1", "2026-03-02T08:15:00+07:00")
    assert event["data"] == {
        "procedure": "2.000488", "agency": "so-tp", "received_at": "2026-03-02T08:15:00+07:00",
        "due_at": "2026-03-12", "status": 4, "fee_due": 200_000, "digitised_in": True,
    }  # fmt: skip
    assert [(row.line, row.reasons[0].reason, row.reasons[0].detail) for row in refused] == [
        (3, "invalid_data", "'32/03/2026' is a time in none of the formats ISO 8601, %d/%m/%Y %H:%M, %d/%m/%Y"),
        (4, "not_cloudevents", "subject is required"),
        (5, "invalid_data", "data.status must be a whole number"),
    ]


def test_refused_rows_are_kept_to_be_mended_and_imported_again(tmp_path: Path, mapping: Path) -> None:
    file = tmp_path / "so.csv"
    file.write_text(TABLE, encoding="utf-8")
    outcomes(file, mapping=mapping)
    kept = tmp_path / "so.csv.refused.csv"
    assert kept.stat().st_mode & 0o077 == 0
    rows = list(csv.DictReader(kept.open(encoding="utf-8")))
    assert [(row["Số hồ sơ"], row["refused_line"]) for row in rows] == [("LLTP-2", "3"), ("", "4"), ("LLTP-4", "5")]
    assert rows[1]["refused_why"] == "not_cloudevents: subject is required"
    mended = tmp_path / "mended.csv"
    mended.write_text(kept.read_text(encoding="utf-8").replace("32/03/2026", "03/03/2026"), encoding="utf-8")
    events, still = outcomes(mended, mapping=mapping)
    assert ([event["subject"] for event in events], len(still)) == (["LLTP-2"], 2)


def test_half_a_row_is_never_sent(tmp_path: Path) -> None:
    events, (refused,) = outcomes(written(tmp_path / "h.jsonl", NATIONAL | {"NgayTra": "hôm qua"}))
    assert not events
    assert [reason.reason for reason in refused.reasons] == ["invalid_data"]
    (kept,) = (tmp_path / "h.jsonl.refused.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(json.loads(kept)["row"])["NgayTra"] == "hôm qua"


def test_rows_older_than_the_horizon_are_refused_before_they_are_sent(tmp_path: Path) -> None:
    _, (refused,) = outcomes(written(tmp_path / "h.jsonl", NATIONAL | {"NgayTiepNhan": "19990302080000"}))
    assert refused.reasons[0].reason == "outside_horizon"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (MAPPING.replace("upserted", "exploded"), "no event type 'exploded'"),
        (MAPPING.replace("fee_due", "fee"), "no field 'fee'"),
        (MAPPING.replace("Hẹn trả", "Hẹn"), "the file has no column hẹn"),
        (MAPPING.replace('stream = "dossiers"', ""), "names no stream"),
        (MAPPING + "[[event]]\nkind = 1\n", "event[1].type"),
        ("stream = dossiers", "is not TOML"),
    ],
)
def test_a_wrong_mapping_is_told_before_anything_is_sent(tmp_path: Path, mapping: Path, text: str, says: str) -> None:
    file = tmp_path / "so.csv"
    file.write_text(TABLE, encoding="utf-8")
    mapping.write_text(text, encoding="utf-8")
    with pytest.raises(WrongMapping) as raised:
        outcomes(file, mapping=mapping)
    assert says in str(raised.value)


def test_every_built_in_format_fits_the_contract() -> None:
    for name, mapping in known().items():
        assert stream_of(mapping, None, name).name == mapping.stream
        assert mapping.recognise


def test_a_stream_may_be_asked_for(tmp_path: Path) -> None:
    with pytest.raises(WrongMapping):
        outcomes(written(tmp_path / "h.jsonl", NATIONAL), stream="reports")
    with pytest.raises(UnreadableFile):
        outcomes(written(tmp_path / "x.jsonl", {"unknown": 1}), stream="dossiers")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("20260302080000", "2026-03-02T08:00:00+07:00"),
        ("02/03/2026 08:00:00", "2026-03-02T08:00:00+07:00"),
        ("02/03/2026", "2026-03-02"),
        ("20260302", "2026-03-02"),
        ("2026-03-02", "2026-03-02"),
        ("2026-03-02 08:00", "2026-03-02T08:00:00+07:00"),
        ("2026-03-02T01:00:00Z", "2026-03-02T01:00:00+00:00"),
    ],
)
def test_times_are_read_as_offices_write_them(text: str, read: str) -> None:
    assert moment(text) == read


@pytest.mark.parametrize("text", ["", "mai", "2026-13-01", "20261301080000", "31/02/2026"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(NoMoment):
        moment(text)
