"""`nhip boards push` against a server that follows Grafana's published HTTP API (grafana_server.py)."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from connectors.grafana.history import newest
from dashboards.grafana.files import documents
from nhip.cli import cli
from streams.errors import NhipError, Unreachable, WrongUse
from tests.stack.grafana_server import Kept, grafana

READER = "postgresql://nhip_reader:secret-of-the-reader@timescaledb:5432/nhip?sslmode=disable"
BOARD = "nhip-overview-vi"
THINGS = len(documents()) + 2  # and the data source, and the folder

Push = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def url(kept: Kept) -> Iterator[str]:
    with grafana(kept) as url:
        yield url


@pytest.fixture
def push(url: str) -> Push:
    """Run the command; its exit code and its lines."""

    def run(*options: str, **settings: str | None) -> tuple[int, list[str]]:
        given = {"NHIP_GRAFANA_URL": url, "NHIP_GRAFANA_TOKEN": "admin-token", "NHIP_READER_DATABASE_URL": READER}
        result = CliRunner().invoke(cli, ["boards", "push", *options], env=given | settings, standalone_mode=False)
        if result.exception:
            raise result.exception
        return result.return_value, result.output.splitlines()

    return run


def test_the_second_push_changes_nothing(push: Push, kept: Kept) -> None:
    code, lines = push()
    assert (code, {line.split()[0] for line in lines}, len(lines)) == (0, {"create"}, THINGS)
    assert kept.writes == THINGS
    code, lines = push()
    assert (code, {line.split()[0] for line in lines}) == (0, {"keep"})
    assert kept.writes == THINGS


def test_boards_stand_in_their_folder_as_the_code_generates_them(push: Push, kept: Kept) -> None:
    push()
    assert kept.folders["nhip"]["title"] == "Nhịp"
    assert {saved.folder for saved in kept.boards.values()} == {"nhip"}
    assert {f"{uid.removeprefix('nhip-').replace('-', '.')}.json" for uid in kept.boards} == set(documents())


def test_the_data_source_is_the_provisioned_one_and_shows_no_password(push: Push, kept: Kept) -> None:
    push()
    path = Path(__file__).parents[2] / "dashboards" / "provisioning" / "datasources" / "nhip.yml"
    (provisioned,) = yaml.safe_load(path.read_text(encoding="utf-8"))["datasources"]
    source = kept.sources["nhip"]
    told = {"url": "timescaledb:5432"}  # what the compose file puts into the variables
    assert {key: source[key] for key in ("name", "uid", "type", "access", "url", "user", "isDefault", "jsonData")} == {
        key: told.get(key, provisioned[key])
        for key in ("name", "uid", "type", "access", "url", "user", "isDefault", "jsonData")
    }
    assert source["secureJsonFields"] == {"password": True}
    assert "secret-of-the-reader" not in str(kept)


def _edit(kept: Kept, **changes: Any) -> None:
    saved = kept.boards[BOARD]
    kept.save(saved.board | changes, saved.folder, "lan", "")


def _older(kept: Kept) -> None:
    """As if an older release of ours had pushed the board."""
    saved = kept.boards[BOARD]
    kept.save(saved.board | {"title": "Cũ"}, saved.folder, "sa-nhip", "nhip boards push 0123456789abcdef")


def test_what_an_older_push_left_is_updated(push: Push, kept: Kept) -> None:
    push()
    _older(kept)
    assert [line for line in push()[1] if not line.startswith("keep")] == [f"update board {BOARD}"]
    assert kept.boards[BOARD].board["title"] == "Tổng quan"


def test_a_dry_run_shows_what_differs_and_changes_nothing(push: Push, kept: Kept) -> None:
    code, lines = push("--dry-run")
    assert (code, kept.writes) == (0, 0)
    assert f"create board {BOARD}" in lines
    push()
    _older(kept)
    before = kept.writes
    code, lines = push("--dry-run")
    assert (code, kept.writes) == (0, before)
    assert '    -  "title": "Cũ",' in lines
    assert '    +  "title": "Tổng quan",' in lines


def test_a_hand_edit_is_named_and_nothing_at_all_is_sent(push: Push, kept: Kept) -> None:
    push()
    _edit(kept, title="Bảng của Lan")
    before = kept.writes
    code, lines = push()
    (refused,) = [line for line in lines if "refused" in line]
    assert (code, kept.writes) == (1, before)
    assert refused.startswith(f"update board {BOARD}: refused, version 2 was saved by lan at ")
    assert kept.boards[BOARD].board["title"] == "Bảng của Lan"


def test_overwrite_goes_over_a_hand_edit(push: Push, kept: Kept) -> None:
    push()
    _edit(kept, title="Bảng của Lan")
    assert push("--overwrite")[0] == 0
    assert kept.boards[BOARD].board["title"] == "Tổng quan"
    assert {line.split()[0] for line in push()[1]} == {"keep"}


def test_what_grafana_itself_fills_in_is_no_hand_edit(push: Push, kept: Kept) -> None:
    push()
    kept.boards[BOARD].board |= {"schemaVersion": 42, "gnetId": None}
    assert {line.split()[0] for line in push()[1]} == {"keep"}


def test_the_newest_version_is_found_in_the_list_of_old_and_the_page_of_new_grafanas() -> None:
    versions = [{"version": number, "createdBy": "lan", "created": "", "message": ""} for number in (2, 3, 1)]
    assert newest(versions) == newest({"continueToken": "", "versions": versions}) == (3, "lan", "", "")
    assert newest([]) is None


def test_a_board_stays_in_the_folder_it_was_moved_to(push: Push, kept: Kept) -> None:
    push()
    kept.folders["wall"] = {"uid": "wall", "title": "Wall"}
    kept.boards[BOARD].folder = "wall"
    _older(kept)
    push()
    assert kept.boards[BOARD].folder == "wall"


def test_a_board_that_was_imported_by_hand_is_not_ours_to_change(push: Push, kept: Kept) -> None:
    kept.save({"uid": BOARD, "title": "Khác"}, "", "lan", "")
    code, lines = push()
    assert (code, kept.writes) == (1, 1)
    assert any(line.startswith(f"update board {BOARD}: refused, version 1 was saved by lan") for line in lines)


def test_provisioned_boards_and_sources_are_left_to_their_files(push: Push, kept: Kept) -> None:
    push()
    kept.boards[BOARD].provisioned = True
    assert push()[0] == 0, "what is the same may stay"
    _older(kept)
    kept.sources["nhip"] |= {"readOnly": True, "url": "elsewhere:5432"}
    code, lines = push("--overwrite")
    assert (code, sum("provisioned from a file" in line for line in lines)) == (1, 2)


def test_a_data_source_that_connects_elsewhere_is_replaced_only_if_told(push: Push, kept: Kept) -> None:
    push()
    kept.sources["nhip"]["user"] = "postgres"
    code, lines = push("--dry-run")
    assert (code, kept.sources["nhip"]["user"]) == (1, "postgres")
    assert '    -  "user": "postgres"' in lines
    assert push("--overwrite")[0] == 0
    assert kept.sources["nhip"]["user"] == "nhip_reader"


def test_an_edit_between_look_and_push_is_not_lost(push: Push, kept: Kept) -> None:
    push()
    _older(kept)

    def meanwhile() -> None:
        kept.before_save = lambda: None
        _edit(kept, title="Bảng của Lan")

    kept.before_save = meanwhile
    with pytest.raises(NhipError, match=r"changed by someone else.*push again") as caught:
        push()
    assert not isinstance(caught.value, WrongUse | Unreachable), "exit code 1"
    assert kept.boards[BOARD].board["title"] == "Bảng của Lan"


def test_a_token_that_grafana_does_not_know_is_wrong_use(push: Push) -> None:
    with pytest.raises(WrongUse, match=r"does not know the token.*NHIP_GRAFANA_TOKEN"):
        push(NHIP_GRAFANA_TOKEN="glsa_wrong")


@pytest.mark.parametrize("token", ["viewer-token", "editor-token"])
def test_a_token_without_rights_is_told_which(push: Push, kept: Kept, token: str) -> None:
    with pytest.raises(WrongUse, match=r"no right.*datasources:read.*role Admin"):
        push(NHIP_GRAFANA_TOKEN=token)
    assert kept.writes == 0


def test_a_grafana_that_is_away_cannot_be_reached(push: Push) -> None:
    with pytest.raises(Unreachable, match=r"Grafana at http://127\.0\.0\.1:1/ cannot be reached"):
        push(NHIP_GRAFANA_URL="http://127.0.0.1:1/")


def test_what_is_not_grafana_is_said(push: Push, url: str) -> None:
    with pytest.raises(NhipError, match="Grafana"):
        push(NHIP_GRAFANA_URL=f"{url}elsewhere/")


def test_settings_that_are_missing_are_named(push: Push) -> None:
    with pytest.raises(WrongUse, match="NHIP_GRAFANA_URL, NHIP_GRAFANA_TOKEN"):
        push(NHIP_READER_DATABASE_URL=None)


def test_the_token_may_come_from_a_file(push: Push, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "token").write_text("admin-token\n", encoding="utf-8")
    monkeypatch.setenv("NHIP_GRAFANA_TOKEN_FILE", str(tmp_path / "token"))
    assert push(NHIP_GRAFANA_TOKEN=None)[0] == 0
