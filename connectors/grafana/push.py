"""What Grafana has, held against what it should have."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any

from grafana_client import GrafanaApi
from grafana_client.client import GrafanaClientError

from connectors.grafana.history import Version, is_ours, message, newest
from connectors.grafana.source import Source
from connectors.grafana.step import Step, diff
from streams.errors import WrongUse

FOLDER = {"uid": "nhip", "title": "Nhịp"}

_TIMEOUT_SECONDS = 10.0


class Grafana:
    """One Grafana, by a service account's token; with `overwrite`, hand edits are gone over.

    Every method raises what grafana-client raises: use it within `understood`.
    """

    def __init__(self, url: str, token: str, *, overwrite: bool = False) -> None:
        self._url, self._overwrite = url, overwrite
        self._api = GrafanaApi.from_url(url.rstrip("/") + "/", credential=token, timeout=_TIMEOUT_SECONDS)

    def plan(self, source: Source, boards: Sequence[Mapping[str, Any]]) -> Iterator[Step]:
        """A step each for the data source, the folder and every board, in this order. Nothing is done yet."""
        self._greet()
        yield self._source(source)
        yield self._folder()
        yield from (self._board(board) for board in boards)

    def _greet(self) -> None:
        health = self._api.client.GET("/health")
        if not isinstance(health, dict) or "database" not in health:
            raise WrongUse(f"what answers at {self._url} is not Grafana: mend NHIP_GRAFANA_URL")

    def _source(self, source: Source) -> Step:
        """The password is sent where Grafana has none or the rest is sent too: it never shows what it keeps."""
        model, uid = source.model, source.model["uid"]
        what, sent = f"data source {uid}", source.as_sent()
        found = _found(self._api.datasource.get_datasource_by_uid, uid)
        if found is None:
            return Step(what, "create", diff({}, model), perform=partial(self._api.datasource.create_datasource, sent))
        known = {key: found.get(key) for key in model}
        known["jsonData"] = {key: (found.get("jsonData") or {}).get(key) for key in model["jsonData"]}
        if known == model and (found.get("secureJsonFields") or {}).get("password"):
            return Step(what, "keep")
        update = partial(self._api.datasource.update_datasource_by_uid, uid, sent)
        return Step(what, "update", diff(known, model), self._source_refused(found), update)

    def _source_refused(self, found: Mapping[str, Any]) -> str | None:
        if found.get("readOnly"):
            return "it is provisioned from a file: change that file"
        return (
            None if self._overwrite else "it connects otherwise, by hand or by older settings: --overwrite replaces it"
        )

    def _folder(self) -> Step:
        what = f"folder {FOLDER['uid']}"
        if _found(self._api.folder.get_folder, FOLDER["uid"]) is not None:
            return Step(what, "keep")  # whatever people call it
        create = partial(self._api.folder.create_folder, FOLDER["title"], FOLDER["uid"])
        return Step(what, "create", diff({}, FOLDER), perform=create)

    def _board(self, board: Mapping[str, Any]) -> Step:
        what, uid = f"board {board['uid']}", board["uid"]
        found = _found(self._api.dashboard.get_dashboard, uid)
        if found is None:
            return Step(
                what, "create", (f"+ {board['title']}: {len(board['panels'])} panels",), perform=self._save(board)
            )
        kept, meta = found["dashboard"], found["meta"]
        known = {key: value for key, value in kept.items() if key not in ("id", "version")}
        sent = {key: value for key, value in board.items() if key != "id"}
        last = newest(self._api.dashboard_versions.get_dashboard_versions_by_uid(uid))
        if known == sent or (last is not None and last.message == message(board)):
            return Step(what, "keep")
        save = self._save({**board, "version": kept["version"]}, meta.get("folderUid", ""))
        return Step(what, "update", diff(known, sent), self._board_refused(meta, last), save)

    def _board_refused(self, meta: Mapping[str, Any], last: Version | None) -> str | None:
        if meta.get("provisioned"):
            return "it is provisioned from a file, which Grafana reads by itself"
        if self._overwrite or is_ours(last):
            return None
        edited = f"version {last.number} was saved by {last.by} at {last.at}" if last else "it was not pushed from here"
        return f"{edited}: take over into dashboards/ what is worth it, then --overwrite"

    def _save(self, board: Mapping[str, Any], folder: str = FOLDER["uid"]) -> Callable[[], object]:
        """A board stays in the folder that people moved it to. `version` makes Grafana refuse (412) what would go
        over an edit that we have not seen."""
        pushed = {key: value for key, value in board.items() if key != "version"}
        body = {"dashboard": board, "folderUid": folder, "message": message(pushed), "overwrite": self._overwrite}
        return partial(self._api.dashboard.update_dashboard, body)


def _found(get: Callable[[str], Any], uid: str) -> Any | None:
    try:
        return get(uid)
    except GrafanaClientError as error:
        if error.status_code == HTTPStatus.NOT_FOUND:
            return None
        raise
