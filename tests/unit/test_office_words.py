"""The words of the pages people act on: both languages have the same, and every entry of the audit has words."""

import re
from pathlib import Path
from typing import Any

import pytest

from dashboards.wallboard.people.pages import words
from streams.people.directive import Step
from streams.words import LANGUAGES, Language

STORES = Path(__file__).parents[2] / "connectors/timescale"


def keys(of: Any) -> Any:
    return {name: keys(value) for name, value in of.items()} if isinstance(of, dict) else None


def test_both_languages_have_the_same_words() -> None:
    assert keys(words("vi")) == keys(words("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_of_the_audit_has_words(language: Language) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in STORES.glob("*.py"))
    kept = set(re.findall(r'"((?:person|shift|handover)\.(?!sql)[a-z_]+|directive\.send)"', code))
    kept |= {f"directive.{step}" for step in Step}
    kept |= {f"alert.{step}" for step in ("acknowledged", "silenced", "resolved", "commented")}
    known = words(language)
    assert kept == known["doings"].keys()
    assert {doing.partition(".")[0] for doing in kept} == known["things"].keys()
