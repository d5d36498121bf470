"""Open data over HTTP: what anyone gets, how it is cached, and what a spreadsheet makes of it."""

import csv
import io
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.open_data.files import Table
from streams.agents import Transient
from streams.catalogue import Agency, Catalogue
from streams.catalogue.procedures import Field
from streams.errors import WrongUse
from streams.open_data import DATASETS, MEASURES, Dataset, Month, Release, dimensions, last_month, month, release
from streams.suppression import SMALLEST
from tests.unit.gateway_tools import NOW, Memory, client

OCTOBER = Month(date(2026, 10, 1), date(2026, 11, 1))
CATALOGUE = Catalogue(
    agencies=(Agency(code="so-yt", name="Sở Y tế"), Agency(code="so-xd", name="Sở Xây dựng")),
    fields=(Field(code="dat-dai", title="Đất đai"),),
)
Counted = Mapping[str, Mapping[str, int]]


def dataset(name: str) -> Dataset:
    return next(one for one in DATASETS if one.name == name)


def made(of: Month, counts: Counted, stream: str = "dossiers") -> Release:
    """The same counts, by dimension and code, for every measure of every day."""
    codes = {name: tuple(sorted(counts.get(name, {}))) for name in dimensions(stream)}
    tables = {name: counts.get(name, {}) for name in dimensions(stream)}
    return release(stream, of, codes, {(day, one.name): tables for day in of.days for one in MEASURES[stream]})


class Source:
    """A stand-in for the database: agencies and fields of a month; it knows how often it was asked."""

    def __init__(self) -> None:
        self.counts: dict[str, dict[str, int]] = {"agency": {"so-yt": 20, "so-xd": 11}, "field": {"dat-dai": 31}}
        self.asked, self.away = 0, False

    def open_data(self, stream: str, of: Month, now: datetime) -> tuple[Release, Catalogue]:
        self.asked += 1
        if self.away:
            raise Transient("away")
        return made(of, self.counts if stream == "dossiers" else {}, stream), CATALOGUE


class Clock:
    def __init__(self) -> None:
        self.now = NOW


def public(source: Source | None = None) -> httpx.AsyncClient:
    return client(Memory(), key=None, answers=source or Source())


def rows(answer: httpx.Response) -> list[dict[str, str]]:
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


async def test_every_dataset_that_the_index_lists_is_there_without_a_key_in_both_formats() -> None:
    async with public() as http:
        index = (await http.get("/open-data/")).json()
        words = {
            one["name"]: one["columns"] for one in (await http.get("/open-data/dictionary.json")).json()["datasets"]
        }
        for one in index["dcat:dataset"]:
            for file in one["dcat:distribution"]:
                answer = await http.get(f"/open-data/{file['dcat:downloadURL']['@id']}")
                assert answer.status_code == 200
                assert answer.headers["content-type"].startswith(file["dcat:mediaType"])
                found = answer.json()["rows"] if "json" in file["dcat:mediaType"] else rows(answer)
                for row in found[:1]:
                    assert list(row) == [column["name"] for column in words[one["dct:identifier"]]]
        assert (await http.get("/open-data/catalogue.json")).json() == index
    assert {one["dct:identifier"] for one in index["dcat:dataset"]} == words.keys() == {one.name for one in DATASETS}


async def test_the_dictionary_says_source_and_unit_of_each_count_in_both_languages() -> None:
    async with public() as http:
        found = (await http.get("/open-data/dictionary.json")).json()
    counts = [c for one in found["datasets"] for c in one["columns"] if c["type"] == "integer or hidden"]
    assert all(c["source"] and c["unit"] and c["title"]["vi"] and c["definition"]["en"] for c in counts)
    assert found["hidden"]["smallest_shown"] == SMALLEST
    assert found["licence"]["vi"]


@pytest.mark.parametrize(
    ("headers", "query", "text", "not_text"),
    [
        ({}, "", "Dữ liệu mở", "Open data"),
        ({"accept-language": "en"}, "", "Open data", "Dữ liệu mở"),
        ({"accept-language": "en"}, "?language=vi", "Dữ liệu mở", "Open data"),
    ],
)
async def test_a_browser_gets_a_page_in_its_language(
    headers: dict[str, str], query: str, text: str, not_text: str
) -> None:
    async with public() as http:
        answer = await http.get(f"/open-data/{query}", headers={"accept": "text/html,*/*", **headers})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert f"<h1>{text}</h1>" in answer.text
    assert not_text not in answer.text
    assert 'href="dossiers-by-agency.csv?month=2026-11"' in answer.text


async def test_a_file_holds_every_closed_day_of_its_month_and_no_other() -> None:
    async with public() as http:
        whole = rows(await http.get("/open-data/dossiers-by-day.csv?month=2026-10"))
        begun = rows(await http.get("/open-data/dossiers-by-day.csv"))
        for wrong in ("2026-12", "2026-13", "2026", "1999-12", "..%2F"):
            refused = await http.get(f"/open-data/dossiers-by-day.csv?month={wrong}")
            assert (refused.status_code, refused.json()["reason"]) == (422, "invalid_parameter")
        assert (await http.get("/open-data/people-by-name.csv")).status_code == 422
    assert [row["day"] for row in whole] == [f"2026-10-{n:02}" for n in range(1, 32)]
    assert [row["day"] for row in begun] == [f"2026-11-{n:02}" for n in range(1, 23)], "today is the 23rd"
    assert whole[0] == {"day": "2026-10-01", "received": "31", "finished_on_time": "31", "finished_late": "31"}


async def test_caches_are_told_how_long_and_whether_it_has_changed() -> None:
    source = Source()
    async with public(source) as http:
        first = await http.get("/open-data/dossiers-by-agency.csv")
        tag, since = first.headers["etag"], first.headers["last-modified"]
        assert "max-age" in first.headers["cache-control"]
        assert (await http.get("/open-data/dossiers-by-agency.csv", headers={"if-none-match": tag})).status_code == 304
        unchanged = {"if-modified-since": since}
        assert (await http.get("/open-data/dossiers-by-agency.csv", headers=unchanged)).status_code == 304
        both = {"if-modified-since": since, "if-none-match": '"x"'}
        assert (await http.get("/open-data/dossiers-by-agency.csv", headers=both)).status_code == 200
        for given in (format_datetime(NOW - timedelta(1), usegmt=True), "yesterday"):
            answer = await http.get("/open-data/dossiers-by-agency.csv", headers={"if-modified-since": given})
            assert answer.status_code == 200
        head = await http.head("/open-data/dossiers-by-agency.csv")
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["etag"] == tag
        assert head.headers["content-length"] == str(len(first.content))
        assert (await http.get("/open-data/dossiers-by-agency.json")).headers["etag"] != tag
    assert source.asked == 2, "the database is asked once for each file"


async def test_a_file_is_made_anew_after_ten_minutes_and_keeps_its_date_while_it_stays_the_same() -> None:
    source, clock = Source(), Clock()
    async with public_at(source, clock) as http:
        first = await http.get("/open-data/dossiers-by-day.json")
        clock.now += timedelta(minutes=11)
        same = await http.get("/open-data/dossiers-by-day.json")
        assert (source.asked, same.headers["last-modified"]) == (2, first.headers["last-modified"])
        source.counts["agency"]["so-yt"] += 1
        source.counts["field"]["dat-dai"] += 1
        clock.now += timedelta(minutes=11)
        changed = await http.get("/open-data/dossiers-by-day.json")
        assert changed.headers["last-modified"] == format_datetime(clock.now, usegmt=True)
        assert changed.headers["etag"] != first.headers["etag"]
        source.away = True
        clock.now += timedelta(minutes=11)
        held = await http.get("/open-data/dossiers-by-day.json")
        assert (held.status_code, held.content) == (200, changed.content), "what is held is better than nothing"
        assert (await http.get("/open-data/reports-by-day.json")).status_code == 503


def public_at(source: Source, clock: Clock) -> httpx.AsyncClient:
    return client(Memory(), key=None, answers=source, clock=lambda: clock.now)


async def test_who_asks_too_often_is_told_to_wait() -> None:
    async with public() as http:
        answers = [await http.get("/open-data/dictionary.json") for _ in range(150)]
    refused = [answer for answer in answers if answer.status_code != 200]
    assert refused[-1].status_code == 429
    assert int(refused[-1].headers["retry-after"]) >= 1
    assert "Cache-Control" in refused[-1].json()["detail"]


async def test_without_a_database_there_is_the_index_and_no_file() -> None:
    async with client(Memory(), key=None) as http:
        assert (await http.get("/open-data/")).status_code == 200
        assert (await http.get("/open-data/dossiers-by-day.csv")).status_code == 503


def test_a_csv_is_rfc_4180_that_vietnamese_spreadsheets_open_right_and_run_nothing_of() -> None:
    names = ('=cmd|"/c calc"!A1', "+84", "-1", "@sum", "\t=1", 'Sở "A", B\nC')
    known = Catalogue(agencies=tuple(Agency(code=f"a{n}", name=name) for n, name in enumerate(names)))
    counts = {"agency": {f"a{n}": 10 for n in range(len(names))}, "field": {"=f": 60}}
    found = Table(dataset("dossiers-by-agency"), made(OCTOBER, counts), known).as_csv()
    assert found.startswith(b"\xef\xbb\xbfday,code,name,received,finished_on_time,finished_late\r\n")
    assert found.count(b"\r\n") == 31 * len(names) + 1
    read = list(csv.reader(io.StringIO(found.decode("utf-8-sig"), newline="")))
    assert [row[2] for row in read[1:7]] == [*(f"'{name}" for name in names[:5]), names[5]]
    assert not [cell for row in read for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    by_field = Table(dataset("dossiers-by-field"), made(OCTOBER, counts), known).as_csv()
    assert b"2026-10-01,'=f,'=f,60" in by_field


def test_a_hidden_count_is_empty_in_csv_and_null_in_json_and_a_zero_is_zero() -> None:
    counts = {"agency": {"so-yt": 20, "so-xd": 3, "ubnd": 0}, "field": {"dat-dai": 23}}
    table = Table(dataset("dossiers-by-agency"), made(OCTOBER, counts), CATALOGUE)
    day = table.as_csv().decode("utf-8-sig").splitlines()[1:4]
    assert day == ["2026-10-01,so-xd,Sở Xây dựng,,,", "2026-10-01,so-yt,Sở Y tế,,,", "2026-10-01,ubnd,ubnd,0,0,0"]
    assert b'"code":"so-xd","name":"S\xe1\xbb\x9f X\xc3\xa2y d\xe1\xbb\xb1ng","received":null' in table.as_json()
    whole = Table(dataset("dossiers-by-day"), made(OCTOBER, counts), CATALOGUE)
    assert b'"received":23' in whole.as_json()


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12)), st.integers(0, 5))
def test_no_file_of_a_day_tells_a_small_cell_or_lets_it_be_subtracted(agencies: dict[str, int], moved: int) -> None:
    """The same dossiers by agency, by field and in all: what one file hides no other one adds."""
    total = sum(agencies.values())
    fields = {"x": max(total - moved, 0), "y": min(moved, total)}
    of = Month(date(2026, 10, 1), date(2026, 10, 2))
    found = made(of, {"agency": agencies, "field": fields})

    def told(name: str) -> list[int | None]:
        return [row.counts[0] for row in found.rows(dataset(name))]

    (whole,) = told("dossiers-by-day")
    for name in ("dossiers-by-agency", "dossiers-by-field"):
        cells = told(name)
        assert all(cell is None or cell == 0 or cell >= SMALLEST for cell in cells)
        assert whole is None or whole == 0 or whole >= SMALLEST
        if whole is None:
            assert all(cell is None for cell in cells), "else they would add up to it"
        else:
            assert cells.count(None) != 1


def test_a_month_ends_with_yesterday() -> None:
    assert last_month(date(2026, 11, 1)) == OCTOBER
    assert month("2026-11", date(2026, 11, 23)).days[-1] == date(2026, 11, 22)
    with pytest.raises(WrongUse):
        month("2026-11", date(2026, 11, 1))
