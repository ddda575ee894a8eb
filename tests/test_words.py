"""What argparse complains about is told in Chinese, whatever was typed: choices of every command, odd characters, line
breaks.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import pytest

from build_tools.cli.main import parser
from tests.test_cli import ENGLISH


def choices() -> Iterator[tuple[list[str], argparse.Action]]:
    """Every option that takes one of some words, with the command that it belongs to; and the commands themselves."""
    top = parser()
    commands = next(one for one in top._actions if isinstance(one, argparse._SubParsersAction))
    yield [], commands
    for name, command in commands.choices.items():
        yield from (([name, one.option_strings[0]], one) for one in command._actions if one.choices is not None)


CHOICES = list(choices())


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What is said."""
    with pytest.raises(SystemExit) as left:
        parser().parse_args(arguments)
    assert left.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith("命令写得不对：")
    assert not ENGLISH.search(said)
    return said


@pytest.mark.parametrize("wrong", ["x", "it's", 'a"b', "a\nb", "\\", "”"])
@pytest.mark.parametrize(("call", "action"), CHOICES, ids=[" ".join(call) or "命令" for call, _ in CHOICES])
def test_a_word_that_is_none_of_those_to_choose_from(
    call: list[str], action: argparse.Action, wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Which there are, without marks of the programming language."""
    said = refused([*call, wrong], capsys)
    assert f"“{wrong}”不是可用的{call[-1] if call else '命令'}" in said
    assert f"可以用：{'、'.join(action.choices or ())}" in said
    assert "'" not in said.replace(wrong, "")
    assert "是不是" not in said


def test_there_are_some_to_choose_from() -> None:
    """The commands, and the formats of four of them."""
    formats = [[name, "--format"] for name in ("check", "claims", "diff", "status")]
    assert [call for call, _ in CHOICES if not call] == [[]]
    assert sorted(call for call, _ in CHOICES if call) == formats


@pytest.mark.parametrize(("call", "meant"), [(["chek"], "check"), (["status", "--format", "jsn"], "json")])
def test_what_was_probably_meant(call: list[str], meant: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A slip of the finger."""
    assert f"，是不是“{meant}”；可以用：" in refused(call, capsys)


@pytest.mark.parametrize(
    "call",
    [
        ["publish", "--to", "x", "--keep", "'"],
        ["publish", "--to", "x", "--keep", "it's 0"],
        ["new", "a", "b", "it's"],
        ["schema", "--write=it's"],
        ["check", "a\nb"],
    ],
)
def test_odd_characters(call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """They change the quotation marks of Python, and end its lines."""
    refused(call, capsys)
