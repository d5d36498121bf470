"""A broker that is away is said once in ten seconds."""

import logging

from connectors.kafka.quiet import Seldom


def test_the_same_complaint_passes_once_in_ten_seconds():
    now = 0.0
    seldom = Seldom(lambda: now)
    record = logging.LogRecord("aiokafka", logging.ERROR, "", 0, "no broker %s", ("a",), None)
    other = logging.LogRecord("aiokafka", logging.ERROR, "", 0, "something else", (), None)
    assert [seldom.filter(record), seldom.filter(record), seldom.filter(other)] == [True, False, True]
    now = 10.0
    assert seldom.filter(record)
