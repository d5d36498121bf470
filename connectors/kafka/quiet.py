"""Faust's chatter off, and aiokafka's complaints once in a while instead of a hundred times a second."""

import logging
import time
from collections.abc import Callable

REPEAT_SECONDS = 10.0
CHATTY = ("faust", "mode")
COMPLAINING = (
    "aiokafka",
    "aiokafka.cluster",
    "aiokafka.conn",
    "aiokafka.consumer.fetcher",
    "aiokafka.consumer.group_coordinator",
    "aiokafka.producer.sender",
)


class Seldom(logging.Filter):
    """Lets a message template pass once in `REPEAT_SECONDS`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._last: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        template, now = str(record.msg), self._clock()
        passes = now - self._last.get(template, -REPEAT_SECONDS) >= REPEAT_SECONDS
        if passes:
            self._last[template] = now
        return passes


def quieten() -> None:
    """Safe to repeat; only levels and filters, handlers are the process's own."""
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in COMPLAINING:
        logger = logging.getLogger(name)
        if not any(isinstance(each, Seldom) for each in logger.filters):
            logger.addFilter(Seldom())
