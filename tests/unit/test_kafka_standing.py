"""When a worker that does not move is ended."""

from connectors.kafka.standing import Standing, Watchdog


def at(position: int | None, end: int = 10) -> list[Standing]:
    return [Standing("pings", 0, position, end, None)]


def test_a_partition_behind_and_still_is_stalled_after_the_limit():
    watchdog = Watchdog(60)
    assert watchdog.stalled(at(5), 0) == []
    assert watchdog.stalled(at(5), 60) == []
    assert watchdog.stalled(at(5), 61) == at(5)


def test_progress_starts_the_time_anew():
    watchdog = Watchdog(60)
    watchdog.stalled(at(5), 0)
    watchdog.stalled(at(6), 50)
    assert watchdog.stalled(at(6), 100) == []
    assert watchdog.stalled(at(6), 111) == at(6)


def test_a_partition_at_its_end_or_held_may_rest_for_ever():
    watchdog = Watchdog(60)
    for now in range(0, 1000, 10):
        assert watchdog.stalled([*at(10), Standing("pings", 1, None, 10, None)], now) == []


def test_time_at_the_end_does_not_count_when_records_come():
    watchdog = Watchdog(60)
    watchdog.stalled(at(10), 0)
    assert watchdog.stalled(at(10, end=20), 500) == []
    assert watchdog.stalled(at(10, end=20), 560) == []


def test_a_partition_that_was_away_is_not_blamed_for_it():
    watchdog = Watchdog(60)
    watchdog.stalled(at(5), 0)
    watchdog.stalled([], 30)
    assert watchdog.stalled(at(5), 70) == []
