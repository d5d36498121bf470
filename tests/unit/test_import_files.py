"""Files of history: told by their content, whatever encoding, delimiter or shape, and read a row at a time."""

import json
import tracemalloc
import unicodedata
from pathlib import Path

import pytest

from connectors.backfill.choosing import choose
from connectors.backfill.encoding import detect
from connectors.backfill.errors import UnreadableFile
from connectors.backfill.layout import Layout, Shape, examine
from connectors.backfill.rows import LONGEST, Rows
from tests.unit.import_tools import KEY, outcomes, rows_of

AGENCIES = (
    "Sở Tài nguyên và Môi trường",
    "UBND thành phố Vị Thanh",
    "Sở Giao thông vận tải",
    "UBND huyện Châu Thành A",
)
HEADER = ("MaHoSo", "MaTTHC", "DonViXuLy", "NgayTiepNhan", "TrangThaiHoSo")
DOSSIERS = [(f"HS-{n}", "1.001193", AGENCIES[n % 4], "20260302080000", "4") for n in range(8)]


def table(delimiter: str = ",") -> str:
    return "\n".join(delimiter.join(row) for row in (HEADER, *DOSSIERS)) + "\n"


def in_cp1258(text: str) -> bytes:
    """As Windows writes Vietnamese: a letter with its hat, then its tone."""
    encoded = b""
    for letter in text:
        try:
            encoded += letter.encode("cp1258")
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", letter)
            hats = "".join(mark for mark in marks if mark not in "\u0300\u0301\u0303\u0309\u0323")
            tones = "".join(mark for mark in marks if mark not in hats)
            encoded += (unicodedata.normalize("NFC", base + hats) + tones).encode("cp1258")
    return encoded


@pytest.mark.parametrize(
    ("encoded", "name"),
    [
        (table().encode(), "utf-8"),
        (table().encode("utf-8-sig"), "utf-8-sig"),
        (table().encode("utf-16"), "utf-16"),
        (table().encode("utf-16-le"), "utf_16_le"),
        (table().encode("utf-16-be"), "utf_16_be"),
        (in_cp1258(table()), "cp1258"),
    ],
)
def test_every_encoding_gives_the_same_events(tmp_path: Path, encoded: bytes, name: str) -> None:
    file = tmp_path / "history.csv"
    file.write_bytes(encoded)
    assert detect(file) == name
    events, refused = outcomes(file)
    assert not refused
    (tmp_path / "plain.csv").write_text(table(), encoding="utf-8")
    assert events == outcomes(tmp_path / "plain.csv")[0]
    assert [event["data"]["agency"] for event in events] == [AGENCIES[n % 4] for n in range(8)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_seen_in_the_header(tmp_path: Path, delimiter: str) -> None:
    file = tmp_path / "history.csv"
    file.write_text(table(delimiter), encoding="utf-8")
    assert examine(file) == Layout(Shape.CSV, "utf-8", delimiter)
    assert [row.values["mahoso"] for row in rows_of(file)] == [f"HS-{n}" for n in range(8)]


def test_quoted_fields_may_hold_delimiters_and_line_ends(tmp_path: Path) -> None:
    file = tmp_path / "history.csv"
    file.write_text('MaHoSo,MaTTHC,TrangThaiHoSo,GhiChu\nHS-1,1.1,4,"một, hai\nba"\nHS-2,1.1,4,""\n', encoding="utf-8")
    assert [(row.line, row.values["ghichu"]) for row in rows_of(file)] == [(3, "một, hai\nba"), (4, "")]


@pytest.mark.parametrize(("indent", "wrapped"), [(None, False), (2, False), (2, True)])
def test_a_json_array_may_stand_alone_or_in_an_object(tmp_path: Path, indent: int | None, wrapped: bool) -> None:
    file = tmp_path / "history.json"
    items = [dict(zip(HEADER, row, strict=True)) for row in DOSSIERS]
    file.write_text(json.dumps({"total": 8, "items": items} if wrapped else items, indent=indent), encoding="utf-16")
    assert [row.values["mahoso"] for row in rows_of(file)] == [f"HS-{n}" for n in range(8)]


def test_an_array_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    file = tmp_path / "history.json"
    items = [dict(zip(HEADER, row, strict=True)) for row in DOSSIERS]
    file.write_text(json.dumps(items)[:-80], encoding="utf-8")
    *good, broken = rows_of(file)
    assert len(good) == 7
    assert broken.fault
    assert "nothing can be read after line 7" in broken.fault


def test_a_broken_line_is_one_row_and_the_rest_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "history.jsonl"
    good = json.dumps(dict(zip(HEADER, DOSSIERS[0], strict=True)), ensure_ascii=False).encode()
    lines = [good, b'{"MaHoSo": ', b"", b"[1]", b'{"MaHoSo":"\xff"}', b"x" * (LONGEST + 10), good]
    file.write_bytes(b"\n".join(lines))
    rows = rows_of(file)
    assert [row.line for row in rows] == [1, 2, 4, 5, 6, 7]
    assert [row.line for row in rows if row.fault] == [2, 4, 5, 6]


def test_a_row_with_too_many_fields_is_refused_alone(tmp_path: Path) -> None:
    file = tmp_path / "history.csv"
    file.write_text(table() + "HS-9,1.1,x,20260302080000,4,more\n", encoding="utf-8")
    *good, wrong = rows_of(file)
    assert not any(row.fault for row in good)
    assert wrong.fault == "it has 6 fields, the header 5"


def test_a_file_that_ends_in_the_middle_of_a_letter_gives_what_came_before(tmp_path: Path) -> None:
    file = tmp_path / "history.csv"
    file.write_bytes(table().encode("utf-16")[:-1])
    *_, broken = rows_of(file)
    assert broken.fault


@pytest.mark.parametrize("content", [b"", b"\n\n", b"a,b\n1,2\n", b'{"a": 1}\n', b"MaHoSo,MaTTHC,mahoso\n1,2,3\n"])
def test_what_is_no_history_is_refused_as_a_whole(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "history"
    file.write_bytes(content)
    with pytest.raises(UnreadableFile):
        choose(file, KEY)


@pytest.mark.parametrize("shape", list(Shape))
def test_memory_does_not_grow_with_the_file(tmp_path: Path, shape: Shape) -> None:
    file = tmp_path / "history"
    row = dict(zip(HEADER, DOSSIERS[0], strict=True)) | {"note": "x" * 200}
    number = 20_000
    match shape:
        case Shape.LINES:
            file.write_text((json.dumps(row) + "\n") * number, encoding="utf-8")
        case Shape.ARRAY:
            file.write_text("[" + ",".join([json.dumps(row)] * number) + "]", encoding="utf-8")
        case Shape.CSV:
            file.write_text(",".join(row) + "\n" + (",".join(row.values()) + "\n") * number, encoding="utf-8")
    rows = Rows(file, Layout(shape, "utf-8"))
    tracemalloc.start()
    try:
        assert sum(1 for _ in rows) == number
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < rows.size / 4
