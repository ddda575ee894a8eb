"""Time and memory grow with the input and no faster, whatever stands in it: prose as Markdown, YAML, and the rule
language.
"""

from __future__ import annotations

import contextlib
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.formula import FormulaError, parse_rule
from build_tools.source import parse
from build_tools.source.read import UNSEEN
from build_tools.web.pages.notes import Note
from build_tools.web.prose import prose
from tests.hostile import TEXTS
from tests.support import took

SETTINGS = settings(deadline=None, derandomize=True, max_examples=60)
FILE = "data/x/y/2020/final-accounts.yaml"
SIZE, TIMES, GROWTH, FLOOR = 3_000, 4, 8.0, 0.05


def growth(run: Callable[[str], object], text: Callable[[int], str]) -> float:
    """How much longer a text of four times the length takes; 0 where that one is quick enough."""
    long = took(lambda: run(text(SIZE * TIMES)), FLOOR / 10)
    return long / max(took(lambda: run(text(SIZE)), FLOOR / 10), 1e-6) if long > FLOOR else 0.0


def repeated(start: str, part: str, end: str) -> Callable[[int], str]:
    """A text of about a length that is one part again and again."""
    return lambda size: start + part * (size // len(part)) + end


MARKDOWN = (
    "*",
    "**",
    "_",
    "__",
    "`",
    "``",
    "*a ",
    "**a ",
    "*a_ ",
    "_a*",
    "***a",
    "*甲**乙",
    "[",
    "](",
    "![",
    "[a](",
    "[]",
    "<",
    "<a ",
    "<!--",
    "&",
    "&#",
    "\\",
    "\\*",
    "> ",
    ">",
    "- ",
    "1. ",
    "1) ",
    "* * *\n",
    "~~~\n",
    "```\n",
    "a\n",
    "甲\n",
    "  \n",
    "\n",
    "\n\n",
    "- a\n",
    "> a\n",
    "    a\n",
    "\t",
    "[a]: b\n",
    "a\n===\n",
    "|a",
    "# ",
    "甲",
    " ",
    "*`",
    "`*",
)


@pytest.mark.slow
@pytest.mark.parametrize("part", MARKDOWN)
def test_prose_takes_time_by_its_length(part: str) -> None:
    """Brackets, stars and back quotes that never close, quotations in quotations, lists in lists."""
    for end in ("", "a", "\n*a*"):
        assert growth(prose, repeated("", part, end)) < GROWTH, end


PIECES = st.lists(st.sampled_from([*MARKDOWN, *TEXTS[:20], "甲。", "  ", "9%"]), min_size=1, max_size=5).map("".join)


@pytest.mark.slow
@SETTINGS
@given(part=PIECES, end=st.sampled_from(["", "*", "`", "\n\n> 甲"]))
def test_prose_of_any_parts_takes_time_by_its_length(part: str, end: str) -> None:
    assert growth(prose, repeated("", part, end)) < GROWTH


@pytest.mark.slow
@SETTINGS
@given(depth=st.integers(1, 400), width=st.integers(1, 6), mark=st.sampled_from(["> ", "- ", "1. ", "* ", "  - "]))
def test_prose_in_prose(depth: int, width: int, mark: str) -> None:
    """Steps that go ever deeper: what nests deeper than anyone writes is plain text, and nothing raises."""
    shown = str(prose("\n".join(mark * level + "甲" for level in range(1, depth, width)) or "甲"))
    assert shown.count("<blockquote>") + shown.count("<ul>") + shown.count("<ol>") <= 20 * max(1, depth)


@pytest.mark.slow
def test_steps_that_go_ever_deeper_take_time_by_their_length() -> None:
    for mark in ("> ", "- ", "1. "):
        assert (
            growth(
                prose,
                lambda size, mark=mark: "\n".join(
                    mark * level + "甲" for level in range(int((size * 2 / len(mark)) ** 0.5))
                ),
            )
            < GROWTH
        ), mark  # type: ignore[misc]


@pytest.mark.slow
@SETTINGS
@given(
    text=st.text(st.characters(codec="utf-8"), max_size=80)
    | st.lists(st.sampled_from([*TEXTS, *MARKDOWN]), max_size=6).map(" ".join),
    at=st.integers(0, 90),
)
def test_prose_brings_nothing_to_the_page_but_its_text(text: str, at: int) -> None:
    """No element but those of paragraphs, lists, quotations and emphasis; none with an attribute; no character that was
    not there.
    """
    shown = str(prose(text, (Note("乙", min(at, len(text))),)))
    tags = set(shown.replace("</", "<").split("<")[1:])
    names = {one.split(">")[0] for one in tags}
    plain = {
        "p",
        "br /",
        "em",
        "strong",
        "code",
        "ul",
        "ol",
        "li",
        "blockquote",
        "hr /",
        "small",
        'small class="mz-note" role="note"',
    }
    assert {one for one in names if not one.startswith('ol start="') or not one[10:-1].isdigit()} <= plain
    assert set(UNSEEN.findall(shown)) <= set(UNSEEN.findall(text))


@pytest.mark.slow
def test_many_notes_take_time_by_their_number() -> None:
    """Each stands behind its own sentence."""

    def noted(text: str) -> Any:
        return prose(text, tuple(Note("乙", at) for at in range(1, len(text), 8)))

    assert growth(noted, repeated("", "甲乙丙丁戊己庚。", "")) < GROWTH


YAML = (
    "[",
    "{",
    "]",
    "[]",
    "{}",
    "- ",
    "? ",
    ": ",
    "甲: ",
    "甲: [",
    "{甲: ",
    "'",
    '"',
    '"\\',
    "|\n",
    ">\n",
    "&a ",
    "*a ",
    "!a ",
    "!!",
    "#",
    " #",
    "%",
    "---\n",
    "...\n",
    "\t",
    "  ",
    "\n ",
    "甲:\n",
    "- - ",
    "<<: ",
    ",",
    "甲，",
    "：",
    "1,2,",
    "甲: 1\n",
    "'' ",
    '"" ',
    "\\x",
    "@",
    "~ ",
)


@pytest.mark.slow
@pytest.mark.parametrize("part", YAML)
def test_yaml_takes_time_by_its_length(part: str) -> None:
    for start in ("", "甲: ", '甲: "'):
        assert growth(lambda text: parse(text.encode(), FILE), repeated(start, part, "")) < GROWTH, start


@pytest.mark.slow
@SETTINGS
@given(
    part=st.lists(st.sampled_from([*YAML, *TEXTS[:20]]), min_size=1, max_size=5).map("".join),
    start=st.sampled_from(["", "甲: ", "甲:\n  ", '"']),
)
def test_yaml_of_any_parts_takes_time_by_its_length(part: str, start: str) -> None:
    assert growth(lambda text: parse(text.encode(), FILE), repeated(start, part, "\n")) < GROWTH


@pytest.mark.slow
def test_yaml_that_names_itself_grows_no_memory() -> None:
    """The classical bomb of anchors: refused where the first one stands."""
    bomb = "甲0: &a0 [1, 1]\n" + "".join(
        f"甲{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)
    )
    tracemalloc.start()
    found = parse(bomb.encode(), FILE).findings
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert {one.code for one in found} == {"yaml-anchor", "yaml-alias", "file-too-many-findings"}
    assert peak < 5_000_000


TOKENS = (
    "收入",
    ".",
    "合计",
    " == ",
    "<=",
    "+",
    "-",
    "*",
    "/",
    "**",
    "(",
    ")",
    "sum(",
    "min(",
    ",",
    '["301"]',
    "[",
    "]",
    "1",
    "9" * 12,
    "9**9",
    "not ",
    "lambda:",
    "'",
    '"""',
    "f'{",
    "\\",
    "~",
    ":=",
)


@pytest.mark.slow
@SETTINGS
@given(
    text=st.lists(st.sampled_from(TOKENS), min_size=1, max_size=200).map("".join)
    | st.sampled_from(TOKENS).map(lambda one: one * 600)
)
def test_a_rule_is_read_or_refused_at_once(text: str) -> None:
    """A rule is short, so that nothing in it can nest too deep for Python's own reader; nothing is ever worked out
    while it is read.
    """

    def read() -> None:
        with contextlib.suppress(FormulaError):
            parse_rule(text)

    assert took(read, FLOOR / 10) < 0.3
