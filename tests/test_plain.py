"""The reader of plain lines says what the library says, place by place, or nothing at all.

Both are held against each other on documents written by the canonical writer, by people at random, thrown together, and
on the project's own files spoilt in a few characters: where lines alone decide what YAML means is where a reader of
lines errs.
"""

from __future__ import annotations

import random
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.diagnostics import Finding
from build_tools.source import Mapping, write
from build_tools.source.parse import MAX_DEPTH, MAX_NODES, build
from build_tools.source.plain import DEEPEST, MOST_LINES, read_plain
from build_tools.source.read import UNSEEN
from build_tools.source.traps import MAX_KEY, read_comments
from tests.documents import SOUP, TREES, Author
from tests.support import REPOSITORY

FILE = "data/x/y/2020/final-accounts.yaml"
SETTINGS = settings(deadline=None, derandomize=True, max_examples=300)
FILES = sorted(path for folder in ("data", "examples/demo/data") for path in (REPOSITORY / folder).rglob("*.yaml"))


def agreed(text: str) -> bool:
    """True where the text was read as plain lines, and then as the library reads it: nothing to find, the same tree and
    comments.
    """
    found = read_plain(text, FILE)
    if found is None:
        return False
    findings: list[Finding] = []
    lines = text.split("\n")
    root, spans = build(text, lines, FILE, findings)
    # what is equal as a tuple may be another kind of node
    assert (repr(found), findings) == (repr(root), []), text
    assert read_comments(lines, [], FILE) == read_comments(lines, spans, FILE), text
    return True


@cache
def content(path: Path) -> str:
    """A file of the project."""
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_the_project_s_own_files_are_plain(path: Path) -> None:
    """All that was published or made up so far takes the fast road, however it ends its lines."""
    assert agreed(content(path))
    # a text under `|` that ends with the file is left to the library, which knows what a missing last line break means
    # there
    assert agreed(content(path).rstrip("\n")) != ends_in_text(content(path))


def ends_in_text(text: str) -> bool:
    """True where the last lines belong to a text under `|`."""
    lines = text.rstrip("\n").split("\n")
    heads = [number for number, line in enumerate(lines) if line.endswith((": |", ": |-"))]
    return bool(heads) and all(
        not line or line.startswith(lines[heads[-1]][: -len(lines[heads[-1]].lstrip())] + " ")
        for line in lines[heads[-1] + 1 :]
    )


@SETTINGS
@given(TREES)
def test_any_tree_as_it_is_written(tree: Mapping) -> None:
    """Quotes and all: whatever the canonical writer writes."""
    agreed(write(tree))


@settings(SETTINGS, max_examples=500)
@given(SOUP)
def test_pieces_thrown_together(text: str) -> None:
    """Pieces of YAML at random depths, most of which mean nothing."""
    agreed(text)


WORDS = ("甲", "乙 丙", "201 丁", "1.50", "-3", "a:b", "戊：", "己, [庚]", "辛 - 壬", "http://x.y/z?a=b", "无", "甲")


@st.composite
def plainish(draw: st.DrawFn) -> str:
    """Lines of keys, items, blocks and comments at depths that mostly fit: where nearly every text could be plain."""
    lines: list[str] = []
    depth = 0
    for _ in range(draw(st.integers(1, 12))):
        depth = max(0, draw(st.sampled_from([depth, depth, depth, depth + 2, depth - 2, depth + 1, 0])))
        key, word = draw(st.sampled_from(WORDS)), draw(st.sampled_from(WORDS))
        keyed = (f"{key}:", f"{key}: {word}", f"{key}: |", f"{key}: |-", f"- {key}: {word}", f"- {key}:", f"- {key}: |")
        lines.append(" " * depth + draw(st.sampled_from([*keyed, f"- {word}", word, f"# {word}", "", "-"])))
    return "\n".join(lines) + draw(st.sampled_from(["\n", "", "\n\n"]))


@settings(SETTINGS, max_examples=1000)
@given(plainish())
def test_lines_at_any_depth(text: str) -> None:
    """Mappings, lists and texts in each other, beside each other, too far in and too far out."""
    agreed(text)


def test_documents_of_many_authors() -> None:
    """Written in the ways in which people write; some of it is plain."""
    assert sum(agreed(Author(random.Random(seed)).document().replace("\r\n", "\n")) for seed in range(3000)) > 50


SPOILERS = (
    *"：，,#&*!{}[]'\"|>-?%@`\t０　\xa0￥\r :\n.<=~",
    "",
    "  ",
    ": ",
    " #",
    "- ",
    "\n\n",
    " |\n",
    "---\n",
    "😀",
    "\ue000",
    "99",
)


@settings(SETTINGS, max_examples=400)
@given(st.data())
def test_the_project_s_own_files_spoilt(data: st.DataObject) -> None:
    """A few characters lost, added or put in the place of others."""
    text = content(data.draw(st.sampled_from(FILES)))
    start = data.draw(st.integers(0, max(0, len(text) - 400)))
    text = text[text.rfind("\n", 0, start) + 1 :][:600] if data.draw(st.booleans()) else text
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(st.sampled_from(SPOILERS)) + text[at + data.draw(st.integers(0, 3)) :]
    if not UNSEEN.search(text):
        agreed(text)


@pytest.mark.parametrize(
    "text",
    [
        "甲: 1\n",
        "甲:\n",
        "甲:\n乙:\n",
        "甲:\n  乙: 1\n丙: 2",
        "甲:\n- 1\n- 2\n",
        "甲:\n    乙:\n     丙: 1\n",
        "甲:\n  - 乙: 1\n    丙:\n      - 1\n  - 丁\n",
        "# 注\n\n甲: 1\n   # 注\n",
        "甲: |\n  一\n   二\n\n  三\n\n\n乙: |-\n    一\n",
        "甲:\n  - 乙: |\n      一\n    丙: 2\n",
        "甲: -1\n",
        "甲: a:b\n",
        f"{'甲' * MAX_KEY}: 1\n",
        "甲: 1，2 [三] {四}\n",
    ],
)
def test_what_is_plain(text: str) -> None:
    """It is read without the library."""
    assert agreed(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "# 注\n",
        "甲\n",
        "- 甲\n",
        " 甲: 1\n",
        "甲: 1\n 乙: 2\n",
        "甲: 1\n  乙\n",
        "甲:\n  1\n",
        "甲: 1\n甲: 2\n",
        "甲:\n  乙: 1\n 丙: 2\n",
        "甲 : 1\n",
        "甲:1\n",
        "甲:  1\n",
        "甲: 1 \n",
        "甲: '1'\n",
        '"甲": 1\n',
        "甲: {}\n",
        "甲: [1]\n",
        "甲: 1 # 注\n",
        "甲: 1#注\n",
        "甲: &a 1\n",
        "甲: *a\n",
        "甲: !a 1\n",
        "甲: >\n  一\n",
        "甲: |2\n  一\n",
        "甲: |+\n  一\n",
        "甲: |\n  一\n\n  # 二\n",
        "甲:\n  - 乙: |\n    丙:\n",
        "# 甲: |\n  乙: 1\n丙: |\n\n",
        "甲: |\n一: 2\n",
        "甲: |\n\n  一\n",
        "甲: |\n    一\n  二\n",
        "甲: |\n  # 一\n",
        "甲: |\n  一",
        "甲:\n  - |\n    一\n",
        "---\n甲: 1\n",
        "甲: 1\n...\n",
        "... : 1\n",
        "...a: 1\n",
        "<<: 1\n",
        "甲：乙: 1\n",
        "１: 1\n",
        "甲: ｛一\n",
        "甲: a: b\n",
        "甲: a:\n",
        "- - 1\n",
        "甲:\n  -\n",
        "? 甲\n",
        "\t甲: 1\n",
        "甲:\n\t乙: 1\n",
        "甲: 1\t\n",
        "甲: - 1\n",
        "甲:\n  乙: 1\n  - 2\n",
        f"{'甲' * (MAX_KEY + 1)}: 1\n",
    ],
)
def test_what_is_left_to_the_library(text: str) -> None:
    """Not plain, or with something to be told."""
    assert read_plain(text, FILE) is None


def test_what_comes_near_the_bounds_is_left_to_the_library() -> None:
    """Depth and number of nodes are bounded there, and told."""
    levels = "".join(f"{' ' * depth}甲:\n" for depth in range(DEEPEST + 2))
    assert DEEPEST + 2 < MAX_DEPTH
    assert read_plain(levels, FILE) is None
    assert agreed("\n".join(islice(levels.split("\n"), DEEPEST + 1)))
    assert 4 * MOST_LINES < MAX_NODES
    assert agreed("".join(f"甲{number}:\n" for number in range(MOST_LINES - 1)))
    assert read_plain("".join(f"甲{number}:\n" for number in range(MOST_LINES)), FILE) is None
