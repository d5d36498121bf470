"""Running the wallboard: its feeds never end by themselves, so a server that stops has to end them."""

import socket

import uvicorn
from fastapi import FastAPI

_GRACE_SECONDS = 3


class Server(uvicorn.Server):
    """uvicorn, that tells viewers to come back later instead of cutting them off with a traceback in the log."""

    def __init__(self, app: FastAPI) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=_GRACE_SECONDS,
            )
        )
        self._feeds = app.state.feeds

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the feeds, then wait for the connections as uvicorn does."""
        for feed in self._feeds():
            feed.end()
        await super().shutdown(sockets)
