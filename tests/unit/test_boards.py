"""The boards without a database: their words, their grid, their JSON."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from dashboards.grafana.files import BOARDS, FOLDER, documents
from dashboards.grafana.language import LANGUAGES, Language
from dashboards.grafana.lint import faults, queries_of
from dashboards.grafana.macros import View, choices, expand
from dashboards.grafana.overview import OVERVIEW
from dashboards.grafana.overview.refused import REFUSED
from dashboards.grafana.systems import SYSTEMS
from dashboards.grafana.words import INDICATOR_NAMES
from streams.contracts import STREAMS
from streams.deadletters import Reason
from streams.indicators.registry import HEADLINES
from tests.unit.language_tools import is_english

ROOT = Path(__file__).parents[2]
ENGLISH = OVERVIEW.render("en")
VIEW = View(datetime(2026, 11, 22, 17, tzinfo=UTC), datetime(2026, 11, 23, 3, 30, tzinfo=UTC))

each_document = pytest.mark.parametrize(("name", "text"), documents().items(), ids=documents())


@each_document
def test_committed_json_is_what_the_code_generates(name: str, text: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == text


def test_no_file_is_left_of_a_board_that_is_gone() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(documents())


@each_document
def test_nothing_is_wrong_with_a_board(name: str, text: str) -> None:
    assert list(faults(name, json.loads(text))) == []


def _words(board: dict[str, Any]) -> Iterator[str]:
    """Every text that people read, but not the link to the other language."""
    yield from (board["title"], board["description"])
    for variable in board["templating"]["list"]:
        yield from (variable["label"], variable["description"])
        yield from (option["text"] for option in variable["options"])
    for panel in board["panels"]:
        told = panel["options"]["content"] if panel["type"] == "text" else panel["fieldConfig"]["defaults"]["noValue"]
        yield from (panel["title"], panel["description"], told)
        for override in panel["fieldConfig"]["overrides"]:
            found = {one["id"]: one["value"] for one in override["properties"]}
            yield found["displayName"]
            for mapping in found.get("mappings", []):
                options = mapping["options"]
                yield from (one["text"] for one in options.values() if mapping["type"] == "value")


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.name)
def test_a_board_speaks_one_language(board: Any) -> None:
    assert [text for text in _words(board.render("en")) if not is_english(text)] == []
    assert [text for text in _words(board.render("vi")) if is_english(text)] == []


def test_units_print_no_english_word() -> None:
    """Grafana writes `s` as "2 hours" and `short` as "1.2 Mil", whatever the board's language."""
    panels = [panel for board in BOARDS for panel in board.panels]
    units = {panel.unit for panel in panels} | {column.unit for panel in panels for column in panel.columns}
    assert units <= {"string", "locale", "dthms", "percent", "dateTimeAsIso", "decbytes"}


def test_the_board_shows_the_headlines_and_every_stream_and_reason() -> None:
    tiles = [panel.fill["indicator"] for panel in OVERVIEW.panels if "indicator" in panel.fill]
    table = next(
        panel["targets"][0]["rawSql"] for panel in ENGLISH["panels"] if panel["title"] == "Indicators of the period"
    )
    assert tiles == list(HEADLINES) == re.findall(r"'(\w+\.\w+)'", table) == [name for name, _ in INDICATOR_NAMES]
    ages = next(panel for panel in OVERVIEW.panels if panel.query == "data_age")
    assert {column.name for column in ages.columns} == {stream.name for stream in STREAMS}
    letters = next(panel for panel in REFUSED if panel.query == "dead_letters")
    assert {column.name for column in letters.columns} == {*(reason.value for reason in Reason), "other"}


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_to_a_board_of_the_same_language(board: Any, language: Language) -> None:
    text = json.dumps([panel["fieldConfig"] for panel in board.render(language)["panels"]])
    assert set(re.findall(r"/d/([\w-]+)", text)) <= {one.uid(language) for one in BOARDS}


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.name)
def test_every_board_says_first_as_of_when_and_how_old_its_data_is(board: Any) -> None:
    assert [panel.query for panel in board.panels[:2]] == ["as_of", "data_age"]


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.name)
def test_no_hole_is_left_in_a_query(board: Any) -> None:
    assert [query.panel for query in queries_of(board.render("vi")) if re.search(r"(?<!\$)\{", query.sql)] == []


def test_a_state_timeline_has_a_word_and_a_colour_for_each_state() -> None:
    panel = next(panel for panel in SYSTEMS.render("en")["panels"] if panel["type"] == "state-timeline")
    words = panel["fieldConfig"]["defaults"]["mappings"][0]["options"]
    assert [word["text"] for word in words.values()] == ["Up", "Degraded", "Silent", "Maintenance", "Down"]
    assert len({word["color"] for word in words.values()}) == 5


def test_uids_differ_and_each_language_links_to_the_other() -> None:
    boards = [json.loads(text) for text in documents().values()]
    assert len({board["uid"] for board in boards}) == len(boards)
    assert {board["links"][0]["url"] for board in boards} == {f"/d/{board['uid']}" for board in boards}


def _broken(panel: int = 0, **changes: Any) -> list[str]:
    board = deepcopy(ENGLISH)
    board["panels"][panel] |= changes
    return [str(fault) for fault in faults("overview.en", board)]


def test_a_fault_names_board_panel_and_reason() -> None:
    assert _broken(description="") == ["overview.en · Figures as of: has no description"]
    assert _broken(id=2)[0].startswith("overview.en: panel ids are not unique")
    assert _broken(gridPos={"x": 20, "y": 90, "w": 6, "h": 3})[0].startswith(
        "overview.en · Figures as of: does not fit the grid of 24 columns"
    )
    assert _broken(gridPos={"x": 5, "y": 0, "w": 2, "h": 1}) == ["overview.en · Figures as of: stands on «Data age»"]
    config = {"defaults": {"unit": "", "noValue": None}, "overrides": []}
    assert _broken(fieldConfig=config) == [
        "overview.en · Figures as of: has no unit",
        "overview.en · Figures as of: has no noValue",
    ]


def test_a_note_without_text_is_a_fault_and_one_with_text_needs_no_data_source() -> None:
    note = {"type": "text", "targets": [], "fieldConfig": {"defaults": {}, "overrides": []}}
    assert _broken(**note, options={"content": "N/A is not 0."}) == []
    assert _broken(**note, options={"content": ""}) == ["overview.en · Figures as of: has no content"]


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.name)
def test_a_pie_has_few_slices_of_different_colours(board: Any) -> None:
    for panel in board.panels:
        if panel.kind == "pie":
            assert len({column.colour for column in panel.columns}) == len(panel.columns) <= 6


def _asking(sql: str) -> list[str]:
    return _broken(targets=[ENGLISH["panels"][0]["targets"][0] | {"rawSql": sql}])


def test_a_query_reads_the_board_schema_alone() -> None:
    for sql, source in {
        "SELECT n FROM nhip.cell": "nhip.cell",
        "SELECT n FROM board.agency JOIN nhip.cell USING (agency)": "nhip.cell",
        "SELECT n FROM\n  cell": "cell",
        'SELECT n FROM "nhip".cell': '"nhip".cell',
    }.items():
        assert _asking(sql) == [f"overview.en · Figures as of: reads {source}, not `board.`"]
    assert _asking("SELECT 'from nhip.cell' FROM board.agency -- from nhip.cell") == []
    assert (
        _asking("WITH x AS (SELECT 1) SELECT * FROM board.agency CROSS JOIN LATERAL (SELECT 1) y JOIN x ON true") == []
    )


def test_a_panel_asks_the_fixed_data_source() -> None:
    target = ENGLISH["panels"][0]["targets"][0] | {"datasource": {"uid": "other"}}
    assert _broken(targets=[target]) == ["overview.en · Figures as of: does not ask the data source 'nhip'"]


def test_macros_become_what_grafana_makes_of_them() -> None:
    sql = "SELECT '$__interval' FROM board.x WHERE $__timeFilter(at) AND a < $__timeFrom()::date"
    assert expand(sql + " AND b = ANY(${agency:sqlstring})", VIEW, {"agency": "NULL"}) == (
        "SELECT '1h' FROM board.x WHERE at BETWEEN '2026-11-22T17:00:00.000000Z' AND '2026-11-23T03:30:00.000000Z'"
        " AND a < '2026-11-22T17:00:00.000000Z'::date AND b = ANY(NULL)"
    )


@pytest.mark.parametrize("sql", ["SELECT $__timeGroup(at, '1h')", "SELECT '$agency'", "SELECT ${agency}"])
def test_a_macro_that_nothing_explains_is_refused(sql: str) -> None:
    with pytest.raises(LookupError):
        expand(sql, VIEW, {"agency": "NULL"})


def test_a_query_is_tried_with_every_choice_of_its_variables() -> None:
    query = next(query for query in queries_of(ENGLISH) if query.panel == "Indicator by day and agency")
    found = list(choices(query.sql, ENGLISH))
    assert {each["indicator"] for each in found} == {f"'{name}'" for name in HEADLINES}
    assert {each["agency"] for each in found} >= {"NULL", "'a'"}
    assert list(choices("SELECT 1", ENGLISH)) == [{}]


def _provisioned(path: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "dashboards" / "provisioning" / path).read_text(encoding="utf-8"))
    return found


def test_the_compose_file_gives_grafana_what_provisioning_reads() -> None:
    grafana = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]["grafana"]
    (source,) = _provisioned("datasources/nhip.yml")["datasources"]
    (provider,) = _provisioned("dashboards/nhip.yml")["providers"]
    mounts = dict(volume.removesuffix(":ro").split(":") for volume in grafana["volumes"])
    assert mounts["./dashboards/json"] == provider["options"]["path"]
    for folder in ("datasources", "dashboards"):
        assert mounts[f"./dashboards/provisioning/{folder}"] == f"/etc/grafana/provisioning/{folder}"
    assert source["url"] == "$NHIP_DATABASE_ADDRESS"
    assert source["secureJsonData"] == {"password": "$NHIP_READER_PASSWORD"}
    assert {"NHIP_DATABASE_ADDRESS", "NHIP_READER_PASSWORD"} <= set(grafana["environment"])


def test_the_data_source_of_panels_is_the_provisioned_one() -> None:
    (source,) = _provisioned("datasources/nhip.yml")["datasources"]
    assert {panel["datasource"]["uid"] for panel in ENGLISH["panels"]} == {source["uid"]}
    assert {panel["datasource"]["type"] for panel in ENGLISH["panels"]} == {source["type"]}
    assert source["user"] == "nhip_reader"


OF_ALL_AGENCIES = {
    "overview": {
        "Figures as of",
        "Data age",
        "Paused partitions",
        "On duty",
        "Streams",
        "Uptime by system",
        "Dead letters by reason",
        "Partitions that are paused",
    },
    "reports": {"Figures as of", "Data age", "Hot spots"},
    "dossiers": {"Figures as of", "Data age"},
    "qd766": {"Figures as of", "Data age"},
}
"""Panels that tell of no agency's work, or, hot spots, of places."""


@pytest.mark.parametrize("board", OF_ALL_AGENCIES)
def test_every_other_panel_obeys_the_agencies_that_were_chosen(board: str) -> None:
    panels = json.loads(documents()[f"{board}.en.json"])["panels"]
    assert {
        panel["title"] for panel in panels if panel["targets"] and "${agency" not in panel["targets"][0]["rawSql"]
    } == OF_ALL_AGENCIES[board]
