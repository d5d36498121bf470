"""Every story of tests/unit/scenarios, by the rules of Cần Thơ: what stands, and who is told of what."""

from pathlib import Path

import pytest

from connectors.catalogue import example, read_directory
from streams.catalogue import Catalogue
from tests.unit.alert_tools import played, scenarios


@pytest.fixture(scope="module")
def province() -> Catalogue:
    return read_directory(example().with_name("can-tho-2025"))


@pytest.mark.parametrize("story", scenarios(), ids=lambda path: path.stem)
def test_it_goes_as_the_story_says(story: Path, province: Catalogue) -> None:
    assert played(story, province) == []


@pytest.mark.parametrize("story", scenarios(), ids=lambda path: path.stem)
def test_without_its_rule_it_goes_otherwise(story: Path, province: Catalogue) -> None:
    assert played(story, province, without=True)
