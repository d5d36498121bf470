"""`nhip` and all its commands as somebody reads them who has never seen them."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from nhip.cli import COMMANDS, EXIT_CODES, cli
from streams.errors import WrongUse
from streams.indicators.registry import INDICATORS, indicator

COLUMNS = 80
ROOT = click.Context(cli, info_name="nhip")


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command and every command of a group, by its words."""
    for name in COMMANDS:
        command = cli.get_command(ROOT, name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {under}", one) for under, one in command.commands.items())


@pytest.mark.parametrize(("words", "command"), list(commands()), ids=[words for words, _ in commands()])
def test_every_command_and_option_says_what_it_does(words: str, command: click.Command) -> None:
    assert command.help, words
    for option in command.params:
        assert not isinstance(option, click.Option) or option.help, (words, option.name)


@pytest.mark.parametrize("name", COMMANDS)
def test_lists_of_commands_are_not_cut_short_on_a_terminal(name: str) -> None:
    listed = CliRunner().invoke(cli, [name, "--help"], terminal_width=COLUMNS).output
    assert "..." not in listed.partition("Commands:")[2]


def test_help_tells_the_exit_codes() -> None:
    assert EXIT_CODES in " ".join(CliRunner().invoke(cli, ["--help"]).output.split())


@pytest.mark.parametrize(
    "words", [("simulate", "--events", "1"), ("simulate", "--days", "1", "--scale", "0.001")], ids=" ".join
)
def test_a_file_that_cannot_be_written_is_named_and_no_traceback(words: tuple[str, ...], tmp_path: Path) -> None:
    out = tmp_path / "nowhere/file"
    done = CliRunner().invoke(cli, [*words, "--out", str(out)], standalone_mode=False)
    assert isinstance(done.exception, WrongUse)
    assert str(done.exception).startswith(f"--out: {out} cannot be written (No such file or directory)")


def test_an_indicator_that_is_called_nearly_so_is_named() -> None:
    with pytest.raises(WrongUse, match=r"'dossiers.on_tme'; did you mean dossiers\.on_time or .*\?$"):
        indicator("dossiers.on_tme")
    with pytest.raises(WrongUse, match=r"there are reports\.received, ") as refused:
        indicator("?")
    assert all(name in str(refused.value) for name in INDICATORS)


def test_a_secret_that_is_too_short_is_told_where_to_take_a_long_one_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHIP_PSEUDONYM_KEY", "short")
    done = CliRunner().invoke(cli, ["worker"], standalone_mode=False)
    assert "NHIP_PSEUDONYM_KEY: must have 32 characters or more: make one with `openssl rand" in str(done.exception)
