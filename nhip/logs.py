"""Logs: one JSON object a line on stderr, so that stdout stays free for answers."""

import logging
import sys

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

SELDOM_SECONDS = 10.0


def to_stderr(level: int = logging.INFO) -> None:
    """Send every logger's records to stderr as JSON; for processes, not for commands that people read."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        JsonFormatter(
            "{levelname}{name}{message}",
            style="{",
            timestamp=True,
            rename_fields={"levelname": "level", "name": "logger"},
            reserved_attrs=[*RESERVED_ATTRS, "color_message"],  # uvicorn adds it for terminals
            json_ensure_ascii=False,
        )
    )
    handler.addFilter(_Seldom("aiokafka"))
    logging.basicConfig(level=level, handlers=[handler], force=True)


class _Seldom(logging.Filter):
    """Lets a library that repeats itself ten times a second while Kafka is away say each thing once in a while."""

    def __init__(self, library: str) -> None:
        super().__init__()
        self._library = library
        self._said: dict[tuple[str, str], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.partition(".")[0] != self._library:
            return True
        what = (record.name, str(record.msg))
        seldom = record.created - self._said.get(what, float("-inf")) >= SELDOM_SECONDS
        if seldom:
            self._said[what] = record.created
        return seldom
