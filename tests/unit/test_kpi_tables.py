"""What `nhip kpi` prints: each table in one language alone."""

import re
from datetime import UTC, date, datetime
from importlib import resources

import pytest
from rich.console import Console
from rich.table import Table

from nhip import qd766
from nhip.figures import table
from streams.indicators.figures import Part, figures
from streams.indicators.qd766 import formulas, index
from streams.indicators.question import Question
from streams.indicators.registry import INDICATORS
from streams.words import LANGUAGES, Language
from tests.unit.language_tools import is_english, is_vietnamese

FIRST, PAST = date(2026, 11, 1), date(2026, 12, 1)
AS_OF = datetime(2026, 11, 24, 3, tzinfo=UTC)


def printed(found: Table) -> str:
    console = Console(width=200)
    with console.capture() as captured:
        console.print(found)
    return captured.get()


@pytest.mark.parametrize("name", INDICATORS)
def test_figures_are_told_in_one_language(name: str) -> None:
    question = Question(INDICATORS[name], FIRST, PAST, AS_OF)
    found = figures(question, [Part({}, 7200, 1 if INDICATORS[name].is_share else None)], 300.0)
    vi, en = (printed(table(question, found, language)).replace(name, "") for language in LANGUAGES)
    assert is_vietnamese(vi), vi
    assert is_english(en), en
    assert ("5 phút" in vi, "5 min" in en) == (True, True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_never_stored_is_said_in_the_language(language: Language) -> None:
    question = Question(INDICATORS["reports.received"], FIRST, PAST, AS_OF)
    told = {"vi": "chưa có dữ liệu", "en": "no data yet"}[language]
    assert told in printed(table(question, figures(question, [], None), language))


def test_the_index_of_766_is_told_in_one_language_with_what_is_missing() -> None:
    decided = formulas((resources.files("streams.indicators") / "qd766.toml").read_text(encoding="utf-8"))
    found = index(decided, {})
    vi, en = (printed(qd766.table(found, decided, FIRST, PAST, language)) for language in LANGUAGES)
    assert is_vietnamese(re.sub(r"\w+\.\w+", "", vi)), "but for names of indicators"
    assert is_english(en.replace("766/QĐ-TTg", ""))
