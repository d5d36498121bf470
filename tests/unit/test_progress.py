"""What is shown of long work where there is no terminal: a line now and then, with a rate and the time that is left."""

import re

import pytest

from nhip import progress
from nhip.progress import Meter


def test_a_line_tells_how_far_how_fast_and_how_long_still(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "_LINE_SECONDS", 0.0)
    with Meter("sending", 4000, "rows") as meter:
        meter.show(1000, 12_345)
    assert re.fullmatch(r"sending: 25 %, 12 345 rows, [\d ]+/s, \d+ s left\n", capsys.readouterr().err)


def test_lines_are_not_more_than_a_log_wants(capsys: pytest.CaptureFixture[str]) -> None:
    with Meter("sending", 4000, "rows") as meter:
        for done in range(4000):
            meter.show(done, done)
    assert capsys.readouterr().err == ""
