"""The canonical writer: whatever a file says, the written text says the same, and writing it again changes nothing.

Documents are made at random in the ways in which people write them: nested keys and lists, quotes, braces, long texts,
comments at any place that a line of its own can have.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from functools import cache

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.cli import main
from build_tools.corpus import forms_for, read_project
from build_tools.forms import Form
from build_tools.source import Entry, Mapping, Node, Parsed, Scalar, parse, same_meaning, write
from build_tools.source.read import UNSEEN
from build_tools.source.traps import FULLWIDTH
from build_tools.source.tree import Sequence
from build_tools.statement.order import in_form_order
from tests.support import REPOSITORY

FILE = "data/x/y/2020/final-accounts.yaml"
SETTINGS = settings(deadline=None, derandomize=True, max_examples=300)
# what YAML gives a meaning to, and what only looks as if it did
TRICKY = "甲乙1.0-:#?,[]{}｛&*!|>'\"%@`~=<\\/ \n\t：，　“”０_^$"
TEXT = st.text(st.one_of(st.sampled_from(TRICKY), st.characters(exclude_categories=["Cs"], exclude_characters="\r")), max_size=12).filter(
    lambda text: not UNSEEN.search(text)
)
KEY = TEXT.filter(lambda text: bool(text.strip()) and "\n" not in text and not FULLWIDTH.search(text) and text != "<<")


def scalar(text: str) -> Scalar:
    """A scalar that stands nowhere."""
    return Scalar(text, "", "", 1, 1, 1)


def mapping(entries: dict[str, Node]) -> Mapping:
    """A mapping that stands nowhere."""
    return Mapping(tuple(Entry(scalar(key), value) for key, value in entries.items()), "", 1, 1)


def below(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """One level more."""
    return st.one_of(
        st.dictionaries(KEY, inner, max_size=4).map(mapping), st.lists(inner, max_size=4).map(lambda items: Sequence(tuple(items), "", 1, 1)),
    )


NODES: st.SearchStrategy[Node] = st.recursive(TEXT.map(scalar), below, max_leaves=12)
TREES = st.dictionaries(KEY, NODES, max_size=5).map(mapping)


def read(text: str) -> tuple[Mapping, Parsed]:
    """The tree of a text in which nothing may be found."""
    parsed = parse(text.encode(), FILE)
    assert parsed.findings == (), text
    assert parsed.root is not None
    return parsed.root, parsed


def assert_written_alike(text: str) -> None:
    """Formatting keeps meaning and comments, and formatting again changes nothing."""
    tree, parsed = read(text)
    once = write(tree, parsed.comments)
    again, reparsed = read(once)
    assert same_meaning(tree, again)
    assert Counter(one.text for one in reparsed.comments) == Counter(one.text for one in parsed.comments)
    assert write(again, reparsed.comments) == once


@SETTINGS
@given(TREES)
def test_any_tree_can_be_written_and_read_back(tree: Mapping) -> None:
    """Whatever text stands in it; and the text is already canonical."""
    text = write(tree)
    again, parsed = read(text)
    assert same_meaning(tree, again)
    assert write(again, parsed.comments) == text


def plain(node: Node) -> object:
    """The tree as the YAML library would hold it."""
    if isinstance(node, Mapping):
        return {entry.key.text: plain(entry.value) for entry in node.entries}
    return [plain(item) for item in node.items] if isinstance(node, Sequence) else node.text


@SETTINGS
@given(TREES, st.sampled_from([None, "'", '"', "|"]), st.sampled_from([True, False, None]), st.integers(2, 6))
def test_any_style_of_the_library_says_the_same(tree: Mapping, style: str | None, flow: bool | None, indent: int) -> None:
    """The library's own writer makes quotes, braces and blocks; what it wrote is read as it was meant, or refused."""
    text = yaml.dump(plain(tree), Dumper=yaml.CSafeDumper, default_style=style, default_flow_style=flow, indent=indent, width=10**6, allow_unicode=True)
    parsed = parse(text.encode(), FILE)
    if not parsed.findings:
        assert parsed.root is not None
        assert same_meaning(tree, parsed.root)
        assert_written_alike(text)


class Author:
    """Writes a document line by line as people do, by the throw of dice."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.lines: list[str] = []
        self.comments: list[str] = []
        self.block = 0

    def document(self) -> str:
        """A whole file, sometimes with Windows line breaks, sometimes without the last one."""
        self.mapping(0, 0)
        self.remark(0)
        text = "\n".join(self.lines) + self.dice.choice(["\n", "", "\n\n"])
        return text.replace("\n", "\r\n") if self.dice.random() < 0.2 else text

    def remark(self, indent: int) -> None:
        """Perhaps comments and empty lines."""
        while self.dice.random() < 0.3:
            comment = f"# 注{len(self.comments) % 3}" + self.dice.choice(["", " # 注", ": 1", " 'x"])
            self.comments.append(comment)
            # below a block only what is indented less is a comment
            self.lines.append(" " * (min(indent, self.block - 1) if self.block else self.dice.choice([0, indent, indent + 3])) + comment)
            self.lines += [""] * self.dice.choice([0, 0, 1])

    def mapping(self, indent: int, depth: int) -> None:
        """Some entries, every key once."""
        for number in range(self.dice.randint(1, 3)):
            self.remark(indent)
            key = self.dice.choice([f"键{number}", f"'键 {number}'", f"2010{number} 名称", f'"键：甲{number}"'.replace("：", "、"), f"键{number}#甲"])
            self.value(" " * indent + key + ":", indent, depth)

    def value(self, head: str, indent: int, depth: int) -> None:
        """Something behind a key or a dash."""
        deeper = indent + self.dice.choice([1, 2, 4])
        kinds: list[Callable[[], None]] = [
            lambda: self.lines.append(head + self.dice.choice(["", " ", "   "])),
            lambda: self.lines.append(f"{head} {self.word()}"),
            lambda: self.lines.append(f"{head} {{一: {self.word(',')}, 二: [{self.word(',')}, 'x # y']}}"),
            lambda: self.long_text(head, deeper),
            lambda: self.nested(head, deeper, depth, self.mapping),
            lambda: self.nested(head, deeper, depth, self.listing),
        ]
        self.block = 0
        self.dice.choice(kinds if depth < 4 else kinds[:4])()

    def word(self, without: str = "") -> str:
        """A value on one line."""
        words = ["1.50", "文字", "'引 # 号'", '"双\\t引"', "甲#乙", "a: b", "-1", "‘’", "3，4", "无 ", "''", "~"]
        return self.dice.choice([one for one in words if ": " not in one and not (without and without in one)])

    def long_text(self, head: str, deeper: int) -> None:
        """A block: what looks like a comment in it is text."""
        self.block = deeper
        mark, foot = self.dice.choice(["|", ">", "|-", "|+", ">-"]), self.dice.choice([[], [""], ["", ""]])
        body = [self.dice.choice(["一", "# 二", "三 # 四", "- 五", "六: 七"]), *self.dice.choice([[], ["  缩进"], ["", "# 八"]])]
        self.lines += [f"{head} {mark}", *(" " * deeper + line if line else "" for line in body), *foot]

    def nested(self, head: str, deeper: int, depth: int, write_below: Callable[[int, int], None]) -> None:
        """A level more."""
        self.lines.append(head)
        write_below(deeper, depth + 1)

    def listing(self, indent: int, depth: int) -> None:
        """Some items."""
        for _ in range(self.dice.randint(1, 3)):
            self.remark(indent)
            self.value(" " * indent + "-", indent, depth)


@SETTINGS
@given(st.integers(0, 2**32))
def test_comments_survive_wherever_they_stand(seed: int) -> None:
    """The reader finds exactly the comments that were written, and the writer keeps every one."""
    author = Author(random.Random(seed))
    text = author.document()
    _, parsed = read(text)
    assert [one.text for one in parsed.comments] == author.comments
    assert_written_alike(text)


@cache
def forms() -> dict[str, Form]:
    """The forms of the final accounts of Hunan."""
    return forms_for(REPOSITORY / "data/shifeng/business-environment-centre/2020/final-accounts.yaml", read_project(REPOSITORY))


@cache
def words() -> tuple[str, ...]:
    """Every key that these forms know, with some that they do not."""
    found = ["公开信息", "已知差异", "载明", "2010301 行政运行", "201 一般公共服务支出", "30101", "不认识的", "一、总计", "状态", "注"]
    for form in forms().values():
        found += [form.key, form.title]
        for block in form.blocks:
            found += [block.key, *(column.data_key for column in block.columns), *(row.label for row in block.rows)]
    return tuple(dict.fromkeys(word for word in found if word))


FORM_KEYS = st.deferred(lambda: st.sampled_from(words()))
FORM_NODES: st.SearchStrategy[Node] = st.recursive(
    st.sampled_from(["1.00", "无", ""]).map(scalar), lambda inner: st.dictionaries(FORM_KEYS, inner, max_size=5).map(mapping), max_leaves=15,
)


@SETTINGS
@given(st.dictionaries(FORM_KEYS, FORM_NODES, max_size=6).map(mapping))
def test_printed_order_changes_nothing_but_the_order(tree: Mapping) -> None:
    """No entry is lost, doubled or moved to another level, and ordering twice is ordering once."""
    ordered = in_form_order(tree, forms())
    assert same_meaning(tree, ordered)
    assert in_form_order(ordered, forms()) == ordered


def test_printed_order_is_that_of_the_form() -> None:
    """Tables as the template has them, rows as printed, codes ascending, totals first, 载明 last, unknown keys last of all."""
    tree, _ = read(
        "说明:\n  收入支出总体:\n    载明: {增长: 1%}\n    减少: 1\n"
        "不认识: 1\n"
        "支出决算表:\n  30101 甲: {项目支出: 1, 基本支出: 1}\n  2010302 乙: 1\n  201 丙: 1\n  合计: 1\n  不认识: 1\n  20103 丁: 1\n"
        "收入支出决算总表:\n  支出: {总计: 1, 外交支出: 1}\n  收入: {收入总计: 1, 八、其他收入: 1, 事业收入: 1}\n"
        "公开信息: {来源: 甲, 状态: 草稿}\n"
    )
    assert write(in_form_order(tree, forms())) == (
        "公开信息:\n  来源: 甲\n  状态: 草稿\n"
        "收入支出决算总表:\n  收入:\n    事业收入: 1\n    八、其他收入: 1\n    收入总计: 1\n  支出:\n    外交支出: 1\n    总计: 1\n"
        "支出决算表:\n  合计: 1\n  201 丙: 1\n  20103 丁: 1\n  2010302 乙: 1\n  30101 甲:\n    基本支出: 1\n    项目支出: 1\n  不认识: 1\n"
        "说明:\n  收入支出总体:\n    减少: 1\n    载明:\n      增长: 1%\n"
        "不认识: 1\n"
    )


def test_the_data_of_this_repository_are_canonical(capsys: pytest.CaptureFixture[str]) -> None:
    """`mingzhang format` would change none of them."""
    assert main(["format", "--check", "--root", str(REPOSITORY)]) == 0, capsys.readouterr().out
