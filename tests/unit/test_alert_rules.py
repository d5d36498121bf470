"""The table of docs/alerts.md: every rule of DOMAIN §5 has its file and its stories, and every story a rule."""

import tomllib
from pathlib import Path
from typing import NamedTuple, get_args

from connectors.catalogue import example, read_directory
from streams.alerts.rules import JUDGES
from streams.catalogue.parameters import PIPELINE
from streams.catalogue.rules import Kind
from tests.unit.alert_tools import scenarios

ROOT = Path(__file__).parents[2]
RULES = {rule.name: rule for rule in read_directory(example().with_name("can-tho-2025")).rules}


class Row(NamedTuple):
    what: str
    kind: str
    file: str
    stories: str

    @property
    def names(self) -> list[str]:
        """The kind, and of the pipeline what is looked at."""
        return self.kind.replace("`", "").split()


def table() -> list[Row]:
    section = (ROOT / "docs/alerts.md").read_text(encoding="utf-8").partition("### Where each is")[2]
    lines = [line for line in section.partition("\n\n## ")[0].splitlines() if line.startswith("| ")]
    return [Row(*(cell.strip() for cell in line.strip("|").split(" | "))) for line in lines[1:]]


def test_every_kind_of_rule_stands_in_the_table_with_the_file_that_decides_it() -> None:
    assert {row.names[0] for row in table()} == set(get_args(Kind))
    assert {row.names[1] for row in table() if len(row.names) > 1} == set(PIPELINE)
    for row in table():
        kind = row.names[0]
        if kind in JUDGES:
            assert row.file == f"`{JUDGES[kind].__module__.replace('.', '/')}.py`", row  # type: ignore[index]  # as read
        else:
            assert (ROOT / row.file.strip("`")).exists(), row


def test_every_story_stands_with_its_rule_and_every_rule_has_one() -> None:
    told = {story: row.names for row in table() if row.names[0] in JUDGES for story in row.stories.split(", ")}
    assert told.keys() == {path.stem for path in scenarios()}
    assert len(told) >= 40
    for path in scenarios():
        rule = RULES[tomllib.loads(path.read_text(encoding="utf-8"))["rule"]]
        of = [str(rule.parameters["of"])] if rule.kind == "pipeline" else []
        assert told[path.stem] == [rule.kind, *of], path.stem


def test_both_examples_have_a_rule_of_every_kind_they_can() -> None:
    hau_giang = {rule.kind for rule in read_directory(example()).rules}
    assert {rule.kind for rule in RULES.values()} == set(get_args(Kind))
    assert set(get_args(Kind)) - hau_giang == {"hot_spot"}, "a demo has reports around every place"
