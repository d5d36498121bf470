"""Records to the gateway, as a publisher would send them: good ones in batches, bad ones alone."""

import asyncio
import time
from collections.abc import Awaitable
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from nhip.simulator.records import Kind, Record
from streams.errors import Unreachable, WrongUse

_BATCH = 200
_TRIES = 5
_LATER = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)


class Poster:
    """Posts to `POST /v1/events`; refusals of single events are answers, not errors."""

    def __init__(self, url: str, key: str) -> None:
        parts = urlsplit(url)
        connect = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self._connection = connect(parts.hostname or "", parts.port, timeout=30)
        self._path, self._url = f"{parts.path.rstrip('/')}/v1/events", url
        self._authorisation = {"authorization": f"Bearer {key}"}

    def post(self, records: list[Record]) -> None:
        """Post some records. Raises Unreachable, or WrongUse if the gateway does not know the key."""
        good = [record.value for record in records if record.kind is not Kind.BAD and record.value is not None]
        for first in range(0, len(good), _BATCH):
            self._send("application/cloudevents-batch+json", b"[" + b",".join(good[first : first + _BATCH]) + b"]")
        for record in records:
            if record.kind is Kind.BAD:
                self._send("application/cloudevents+json", record.value or b"")

    def _send(self, content_type: str, body: bytes) -> None:
        for _ in range(_TRIES):
            status, retry_after = self._try(body, {"content-type": content_type, **self._authorisation})
            if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
                raise WrongUse(f"the gateway at {self._url} refuses the key: set NHIP_API_KEY to one that may publish")
            if status not in _LATER:
                return
            time.sleep(retry_after)
        raise Unreachable(f"the gateway at {self._url} asked to come later {_TRIES} times: look at its log")

    def _try(self, body: bytes, headers: dict[str, str]) -> tuple[int, float]:
        try:
            self._connection.request("POST", self._path, body, headers)
            answer = self._connection.getresponse()
            answer.read()
        except (OSError, HTTPException) as error:
            self._connection.close()
            raise Unreachable(f"the gateway at {self._url} does not answer ({error}): set NHIP_GATEWAY_URL") from error
        return answer.status, float(answer.headers.get("retry-after", "1"))


class GatewaySink:
    """A Poster as a sink of the publisher: collects what is due, posts it when the first answer is awaited."""

    def __init__(self, poster: Poster) -> None:
        self._poster = poster
        self._waiting: list[Record] = []

    async def send(self, record: Record) -> Awaitable[object]:
        self._waiting.append(record)
        return self._flush()

    async def _flush(self) -> None:
        records, self._waiting = self._waiting, []
        if records:
            await asyncio.to_thread(self._poster.post, records)
