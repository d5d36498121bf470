"""What a worker knows of its partitions."""

from types import SimpleNamespace

from faust.types import TP

from connectors.kafka.books import RECORDS_AHEAD, Books
from connectors.kafka.message import message_of
from streams.fetch import Fetch

HERE, THERE = TP("pings", 0), TP("pings", 1)


def message(asked: int, after: int, records: int = 1, tp: TP = HERE):
    record = SimpleNamespace(timestamp=0, timestamp_type=1)
    return message_of(tp, Fetch(*tp, asked, after, [record] * records, after), generation=1)


def opened() -> Books:
    books = Books()
    books.place({HERE: 5, THERE: 0}, [])
    return books


def test_only_the_fetch_that_starts_where_the_last_ended_is_taken():
    books = opened()
    assert books.follows(HERE, 5)
    books.hand_out(message(5, 9))
    assert not books.follows(HERE, 5)
    assert books.follows(HERE, 9)


def test_two_fetches_ahead_are_enough():
    books = opened()
    first = message(5, 6)
    books.hand_out(first)
    assert HERE in books.readable()
    books.hand_out(message(6, 7))
    assert books.readable() == {THERE}
    books.acknowledge(first)
    assert books.readable() == {HERE, THERE}
    assert books.stored(HERE) == 6


def test_room_is_shared_by_all_partitions():
    books = opened()
    books.hand_out(message(5, 6, records=1000))
    books.hand_out(message(0, 1, records=500, tp=THERE))
    assert books.room() == RECORDS_AHEAD - 1500


def test_nothing_handed_out_before_a_new_placing_counts():
    books = opened()
    stale = message(5, 6)
    books.hand_out(stale)
    books.place({HERE: 5}, [])
    assert not books.expects(stale)
    assert books.follows(HERE, 5)


def test_a_held_partition_is_not_read_until_it_is_placed():
    books = opened()
    books.hold(HERE)
    assert (books.readable(), books.stored(HERE), books.held) == ({THERE}, None, {HERE})
    books.place({HERE: 7}, [])
    assert (books.follows(HERE, 7), books.held) == (True, set())


def test_partitions_that_went_away_are_forgotten():
    books = opened()
    books.hold(HERE)
    books.keep(set())
    assert (books.consumed, books.held) == (set(), set())
