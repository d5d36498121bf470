"""A signed webhook after the Standard Webhooks specification (standardwebhooks.com), whose libraries can check it.

`webhook-id` is the message's key, the same at each attempt, so that receivers can drop repeats; `webhook-timestamp` is
the attempt's; `webhook-signature` is `v1,` and the HMAC-SHA256 of `id.timestamp.body` in base64.
"""

import base64
import hashlib
import hmac
import time
from collections.abc import Callable, Sequence

import httpx
import orjson

from connectors.notify.answers import LONGEST_WAIT, PASSING
from connectors.notify.channel import Delivered, Later, Never, Outcome
from connectors.timescale.outbox import Letter


class Webhook:
    """Posts JSON to one address, each message by itself. `client` sets its patience; redirects are refusals."""

    together = 1
    pace_s = 0.0

    def __init__(
        self, url: str, secret: str, client: httpx.AsyncClient, clock: Callable[[], float] = time.time
    ) -> None:
        self._url = url
        self._secret = secret.encode()
        self._client = client
        self._clock = clock

    async def deliver(self, letters: Sequence[Letter]) -> Outcome:
        """One attempt, of one letter."""
        (letter,) = letters
        body = orjson.dumps(letter.body)
        headers = {"content-type": "application/json"} | signed(letter.key, int(self._clock()), body, self._secret)
        try:
            answer = await self._client.post(self._url, content=body, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return Later(f"{type(error).__name__}: {error}")
        return judged(answer)


def signed(key: str, timestamp: int, body: bytes, secret: bytes) -> dict[str, str]:
    """The three headers by which a receiver knows who sent what and when."""
    digest = hmac.new(secret, f"{key}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": key,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


def judged(answer: httpx.Response) -> Outcome:
    """What an answer means; Retry-After in seconds is heeded."""
    if answer.is_success:
        return Delivered()
    said = f"HTTP {answer.status_code} {answer.reason_phrase}"
    if answer.status_code not in PASSING and answer.status_code < 500:
        return Never(said)
    wait = answer.headers.get("retry-after", "")
    return Later(said, min(float(wait), LONGEST_WAIT) if wait.isdigit() else 0.0)
