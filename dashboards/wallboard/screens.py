"""Every board that somebody watches: one feed for each board, language and choice, however many look at it."""

from collections.abc import Iterator, Sequence

from dashboards.grafana.files import BOARDS
from dashboards.wallboard.answer import Ask
from dashboards.wallboard.chosen import Chosen, chosen
from dashboards.wallboard.metrics import Metrics
from dashboards.wallboard.screen import Screen
from dashboards.wallboard.screen_feed import ScreenFeed
from streams.words import LANGUAGES, Language

MOST = 64
"""Choices that are watched at once: each is read for itself."""


class TooMany(Exception):
    """As many different choices are watched as the database should be asked for; those that are watched go on."""


class Screens:
    """The boards in every language, and the feeds that are watched now."""

    def __init__(self, ask: Ask, interval: float, metrics: Metrics) -> None:
        self._ask, self._interval, self._metrics = ask, interval, metrics
        self._screens = {(board.name, spoken): Screen(board, spoken) for board in BOARDS for spoken in LANGUAGES}
        self._feeds: dict[tuple[str, Language, Chosen], ScreenFeed] = {}

    def __iter__(self) -> Iterator[ScreenFeed]:
        return iter(list(self._feeds.values()))

    def screen(self, name: str, language: Language) -> Screen | None:
        """A board in one language, None where there is none of that name."""
        return self._screens.get((name, language))

    def feed(self, name: str, language: Language, asked: Sequence[tuple[str, str]]) -> ScreenFeed:
        """The feed of what the address asks for. Raises TooMany, and WrongUse as `chosen` does."""
        screen = self._screens[name, language]
        key = name, language, chosen(screen.board, asked)
        if key not in self._feeds:
            self._forget()
            if len(self._feeds) >= MOST:
                raise TooMany
            self._feeds[key] = ScreenFeed(screen, key[2], self._ask, self._interval, self._metrics)
        return self._feeds[key]

    def _forget(self) -> None:
        """A feed that nobody watches has nothing that cannot be read again."""
        self._feeds = {key: feed for key, feed in self._feeds.items() if feed.is_watched}
