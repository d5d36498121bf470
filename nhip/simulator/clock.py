"""How fast lives go on: at the pace of offices, or so fast that whole lives of days fit into a demo."""

from datetime import UTC, datetime
from random import Random

from nhip.simulator.rhythm import VIETNAM, stamp
from streams.catalogue import Catalogue

DEMO_PACE = 600.0
"""How many seconds of a life pass in one second of a demo."""

DAY_OF_WORK = 8 * 3600.0
_WALL = 24 / 8 * 1.4  # of a second of work, in the long run: nights and weekends


class Clock:
    """Waits of lives, in seconds of traffic. At a `pace` of 1, offices work when the calendar says so."""

    def __init__(self, catalogue: Catalogue, pace: float = 1.0) -> None:
        self.working_time, self._duty_time = catalogue.working_time, catalogue.duty_time
        self._pace = pace

    @property
    def hurried(self) -> bool:
        """Whether lives go faster than the dates they name."""
        return self._pace != 1.0

    def work(self, now: float, seconds: float) -> float:
        """Until an office has done `seconds` of work."""
        if self.hurried:
            return seconds * _WALL / self._pace
        return self.working_time.after(moment(now), int(seconds)).timestamp() - now

    def on_duty(self, now: float, seconds: float) -> float:
        """Until those who dispatch have been on duty for `seconds`."""
        if self.hurried:
            return seconds / self._pace
        return self._duty_time.after(moment(now), int(seconds)).timestamp() - now

    def passing(self, seconds: float) -> float:
        """Until `seconds` have passed, work or not."""
        return seconds / self._pace

    def about(self, random: Random, median: float) -> float:
        """About that many seconds, work or not: log-normal, up to four times the median."""
        return self.passing(spread(random) * median)

    def open(self, now: float) -> bool:
        """Whether offices are; a demo's never close."""
        return self.hurried or self.working_time.is_working(moment(now))

    def due(self, now: float, days: int) -> str:
        """The end of work of the `days`-th working day; hurried, of that much work."""
        if self.hurried:
            return stamp(now + self.work(now, days * DAY_OF_WORK))
        return self.working_time.end_of_day_after(moment(now), days).astimezone(VIETNAM).isoformat()


def spread(random: Random) -> float:
    """A factor around 1, log-normal, four at most."""
    return min(random.lognormvariate(0, 0.6), 4.0)


def moment(at: float) -> datetime:
    """Seconds since 1970 as a moment."""
    return datetime.fromtimestamp(at, UTC)
