"""A Grafana to push to, as far as `nhip boards push` goes: Grafana itself could not be installed here.

Built from its published HTTP API, docs/sources/developers/http_api in grafana/grafana: `dashboard.md` (POST
/api/dashboards/db with its 412 answers, GET /api/dashboards/uid/:uid), `dashboard_versions.md`, `folder.md`,
`data_source.md`, `other.md` (GET /api/health); the page that the list of versions became in 11.5 from issue 104556; the
wording of refusals from pkg/services/dashboards/errors.go. Rights are those of the basic roles: an Editor saves boards
and folders, data sources are an Admin's, a Viewer reads.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import uvicorn
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse

ROLES = {"viewer-token": 0, "editor-token": 1, "admin-token": 2}
VIEWER, EDITOR, ADMIN = range(3)

Answer = dict[str, Any]


@dataclass
class Saved:
    """A board and its history, the newest version last."""

    board: Answer
    folder: str
    versions: list[Answer] = field(default_factory=list)
    provisioned: bool = False


@dataclass
class Kept:
    """What the server keeps; tests look at it, and edit it as people do. `writes` counts requests that changed it."""

    sources: dict[str, Answer] = field(default_factory=dict)
    folders: dict[str, Answer] = field(default_factory=dict)
    boards: dict[str, Saved] = field(default_factory=dict)
    writes: int = 0
    before_save: Callable[[], None] = lambda: None

    def save(self, board: Answer, folder: str, by: str, message: str) -> int:
        """Save a board as a new version of it, as the interface does for a person."""
        saved = self.boards.setdefault(board["uid"], Saved({}, folder))
        number = len(saved.versions) + 1
        saved.board = board | {"id": list(self.boards).index(board["uid"]) + 1, "version": number}
        saved.folder = folder
        created = datetime.now(UTC).isoformat()
        version = {"id": number, "uid": board["uid"], "version": number, "created": created, "createdBy": by}
        saved.versions.append(version | {"message": message})
        self.writes += 1
        return number


def _needs(role: int, permission: str) -> Any:
    def check(request: Request) -> None:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if token not in ROLES:
            raise HTTPException(401, "Invalid API key")
        if ROLES[token] < role:
            raise HTTPException(
                403, f"You'll need additional permissions to perform this action. Permissions needed: {permission}"
            )

    return Depends(check)


def make_grafana(kept: Kept) -> FastAPI:
    """The application over what it keeps."""
    app = FastAPI()

    @app.exception_handler(HTTPException)
    async def refuse(_: Request, error: HTTPException) -> JSONResponse:
        detail = error.detail if isinstance(error.detail, dict) else {"message": error.detail}
        return JSONResponse(detail, error.status_code)

    @app.get("/api/health")
    async def health() -> Answer:
        return {"commit": "087143285", "database": "ok", "version": "12.0.2"}

    _sources(app, kept)
    _folders(app, kept)
    _boards(app, kept)
    return app


def _sources(app: FastAPI, kept: Kept) -> None:
    def keep(sent: Answer, version: int) -> Answer:
        shown = {key: value for key, value in sent.items() if key != "secureJsonData"}
        fields = dict.fromkeys(sent.get("secureJsonData", {}), True)
        kept.sources[sent["uid"]] = shown | {"id": 1, "secureJsonFields": fields, "version": version, "readOnly": False}
        kept.writes += 1
        return {"datasource": kept.sources[sent["uid"]], "id": 1, "name": sent["name"]}

    @app.get("/api/datasources/uid/{uid}", dependencies=[_needs(ADMIN, "datasources:read")])
    async def get(uid: str) -> Answer:
        if uid not in kept.sources:
            raise HTTPException(404, "Data source not found")
        return kept.sources[uid]

    @app.post("/api/datasources", dependencies=[_needs(ADMIN, "datasources:create")])
    async def create(sent: Answer) -> Answer:
        if any(known["name"] == sent["name"] for known in kept.sources.values()):
            raise HTTPException(409, "data source with the same name already exists")
        return keep(sent, 1) | {"message": "Datasource added"}

    @app.put("/api/datasources/uid/{uid}", dependencies=[_needs(ADMIN, "datasources:write")])
    async def update(uid: str, sent: Answer) -> Answer:
        if kept.sources[uid]["readOnly"]:
            raise HTTPException(403, "Cannot update read-only data source")
        return keep(sent, kept.sources[uid]["version"] + 1) | {"message": "Datasource updated"}


def _folders(app: FastAPI, kept: Kept) -> None:
    @app.get("/api/folders/{uid}", dependencies=[_needs(VIEWER, "folders:read")])
    async def get(uid: str) -> Answer:
        if uid not in kept.folders:
            raise HTTPException(404, {"message": "folder not found", "status": "not-found"})
        return kept.folders[uid]

    @app.post("/api/folders", dependencies=[_needs(EDITOR, "folders:create")])
    async def create(sent: Answer) -> Answer:
        if sent["uid"] in kept.folders:
            raise HTTPException(409, "a folder with the same uid already exists")
        kept.folders[sent["uid"]] = {"id": 1, "version": 1, **sent}
        kept.writes += 1
        return kept.folders[sent["uid"]]


def _boards(app: FastAPI, kept: Kept) -> None:
    @app.get("/api/dashboards/uid/{uid}", dependencies=[_needs(VIEWER, "dashboards:read")])
    async def get(uid: str) -> Answer:
        if uid not in kept.boards:
            raise HTTPException(404, "Dashboard not found")
        saved = kept.boards[uid]
        meta = {"folderUid": saved.folder, "url": f"/d/{uid}", "provisioned": saved.provisioned}
        return {"dashboard": saved.board, "meta": meta}

    @app.get("/api/dashboards/uid/{uid}/versions", dependencies=[_needs(VIEWER, "dashboards:read")])
    async def versions(uid: str) -> Answer:
        return {"continueToken": "", "versions": kept.boards[uid].versions[::-1]}

    @app.post("/api/dashboards/db", dependencies=[_needs(EDITOR, "dashboards:write")])
    async def save(sent: Answer) -> Answer:
        kept.before_save()
        board, uid = sent["dashboard"], sent["dashboard"]["uid"]
        if sent.get("folderUid") and sent["folderUid"] not in kept.folders:
            raise HTTPException(400, "folder not found")
        if uid in kept.boards:
            _may_replace(kept.boards[uid], sent)
        number = kept.save(board, sent.get("folderUid", ""), "sa-nhip", sent.get("message", ""))
        return {"id": kept.boards[uid].board["id"], "uid": uid, "status": "success", "version": number}


def _may_replace(saved: Saved, sent: Answer) -> None:
    if saved.provisioned:
        raise HTTPException(400, "Cannot save provisioned dashboard")
    if sent["overwrite"]:
        return
    if "version" not in sent["dashboard"]:
        message = "A dashboard with the same uid already exists"
        raise HTTPException(412, {"message": message, "status": "name-exists"})
    if sent["dashboard"]["version"] != saved.board["version"]:
        message = "The dashboard has been changed by someone else"
        raise HTTPException(412, {"message": message, "status": "version-mismatch"})


@contextmanager
def grafana(kept: Kept) -> Iterator[str]:
    """The server in a thread, on a port of its own; yields its URL."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(make_grafana(kept), log_config=None))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        server.should_exit = True
        thread.join()
