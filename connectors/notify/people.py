"""Mail, Telegram, and whatever else Apprise knows (github.com/caronc/apprise): a channel to people, by one URL."""

import asyncio
import logging
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Literal

import apprise

from connectors.notify.answers import LONGEST_WAIT, PASSING
from connectors.notify.channel import Delivered, Later, Never, Outcome
from connectors.timescale.outbox import Letter
from streams.alerts.gathered import gathered
from streams.errors import WrongUse

_LOG = logging.getLogger("apprise")
_LOG.setLevel(logging.WARNING)  # what is below names URLs with their secrets
_LOG.propagate = False  # and what it warns of becomes the fault of a letter

THREADS = 2
"""Of each channel its own: one that hangs must not take those of another."""

_STATUS = re.compile(r"\berror=(\d{3})\b")
_AFTER = re.compile(r"\bretry after (\d+)", re.IGNORECASE)  # Telegram's words; Apprise keeps no headers
_ASSET = apprise.AppriseAsset(app_id="Nhip", app_desc="Nhip", app_url="", image_url_mask="", image_url_logo="")


class People:
    """One Apprise URL; messages are in `language`, and what gathers while it rests goes as one."""

    together = 20
    pace_s = 15.0

    def __init__(self, name: str, url: str, language: Literal["vi", "en"]) -> None:
        """Raises WrongUse for a URL that Apprise does not understand; it is not repeated, since it holds secrets."""
        self._services = apprise.Apprise(asset=_ASSET)
        if not self._services.add(url):
            raise WrongUse(f"NHIP_CHANNELS: the URL of {name!r} is none of github.com/caronc/apprise/wiki")
        self._language = language
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix=f"channel-{name}")

    async def deliver(self, letters: Sequence[Letter]) -> Outcome:
        """One attempt, in a thread: Apprise's channels block."""
        said = gathered([letter.body for letter in letters], self._language)
        send = partial(self._services.notify, title=said.title, body=said.text, body_format=apprise.NotifyFormat.TEXT)
        result = await asyncio.get_running_loop().run_in_executor(self._threads, send)
        return Delivered() if result else judged([entry.message for one in result.results for entry in one.logs()])


def judged(warnings: Sequence[str]) -> Outcome:
    """What Apprise's warnings mean: it tells refusals by their HTTP status, and all else as a fault of the moment."""
    said = "; ".join(warnings) or "Apprise does not say why"
    if status := _STATUS.search(said):
        code = int(status[1])
        if code not in PASSING and code < 500:
            return Never(said)
    wait = _AFTER.search(said)
    return Later(said, min(float(wait[1]), LONGEST_WAIT) if wait else 0.0)
