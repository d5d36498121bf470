"""HTTP as uvicorn reads it, with limits to how long and how large the head of a request may be (slow loris).

uvicorn bounds neither, and a proxy before the gateway, which would, may be missing.
"""

import asyncio
import re
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES = 64 * 1024


_H2C = re.compile(rb"\r\nupgrade:[ \t]*h2c[ \t]*(?=\r\n)", re.IGNORECASE)


class Http(HttpToolsProtocol):
    """Closes a connection whose next head is not complete after some seconds, or larger than it may be."""

    head_seconds = 10.0

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._head_size = 0
        self._in_head = True
        self._waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn
        """Begin to wait for the first head; between requests uvicorn waits itself."""
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_came()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._expect_head()

    def on_headers_complete(self) -> None:
        self._head_came()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """What comes next is a head again."""
        super().on_message_complete()
        self._in_head, self._head_size = True, 0

    def data_received(self, data: bytes) -> None:
        if self._in_head:
            if self._head_size > HEAD_BYTES:  # judged before this piece, which may hold more than the head
                self.transport.close()
                return
            self._head_size += len(data)
            data = _without_h2c(data)
        super().data_received(data)

    def _expect_head(self) -> None:
        self._head_came()
        self._in_head, self._head_size = True, 0
        self._waiting = self.loop.call_later(self.head_seconds, self.transport.close)

    def _head_came(self) -> None:
        self._in_head = False
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None


def _without_h2c(data: bytes) -> bytes:
    """A head without the offer to speak HTTP/2, which a server may ignore (RFC 9110 §7.8).

    Java's client makes it with every first request, and the parser would take the body for the other protocol's.
    """
    head, end, body = data.partition(b"\r\n\r\n")
    return _H2C.sub(b"", head + b"\r\n") + (end + body).removeprefix(b"\r\n") if end else data
