"""The canonical writer: whatever a file says, the written text says the same, and writing it again changes nothing."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.accounts.corpus import forms_for, read_project, top_keys
from build_tools.accounts.statement.order import in_form_order
from build_tools.cli import main
from build_tools.forms import Form
from build_tools.source import Mapping, Node, Parsed, parse, same_meaning, write
from build_tools.source.tree import Sequence
from tests.documents import SOUP, TREES, Author, mapping, scalar
from tests.support import REPOSITORY

FILE = "data/x/y/2020/final-accounts.yaml"
SETTINGS = settings(deadline=None, derandomize=True, max_examples=300)


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
def test_any_style_of_the_library_says_the_same(
    tree: Mapping, style: str | None, flow: bool | None, indent: int
) -> None:
    """The library's own writer makes quotes, braces and blocks; what it wrote is read as it was meant, or refused."""
    text = yaml.dump(
        plain(tree),
        Dumper=yaml.CSafeDumper,
        default_style=style,
        default_flow_style=flow,
        indent=indent,
        width=10**6,
        allow_unicode=True,
    )
    parsed = parse(text.encode(), FILE)
    if not parsed.findings:
        assert parsed.root is not None
        assert same_meaning(tree, parsed.root)
        assert_written_alike(text)


@settings(SETTINGS, max_examples=1000)
@given(SOUP)
def test_whatever_is_read_without_findings_is_written_alike(text: str) -> None:
    """Pieces of YAML thrown together; the tree of most does not exist, and that is said without raising."""
    parsed = parse(text.encode(), FILE)
    assert parsed.findings or parsed.root is not None
    if not parsed.findings:
        assert_written_alike(text)


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
    return forms_for(
        REPOSITORY / "data/shifeng/business-environment-centre/2020/final-accounts.yaml", read_project(REPOSITORY)
    )


@cache
def keys() -> tuple[str, ...]:
    """The keys of such a file in written order."""
    return top_keys(forms(), read_project(REPOSITORY).forms)


@cache
def words() -> tuple[str, ...]:
    """Every key that these forms know, with some that they do not."""
    found = [
        "公开信息",
        "已知差异",
        "载明",
        "2010301 行政运行",
        "201 一般公共服务支出",
        "30101",
        "不认识的",
        "一、总计",
        "状态",
        "注",
    ]
    for form in forms().values():
        found += [form.key, form.title]
        for block in form.blocks:
            found += [block.key, *(column.data_key for column in block.columns), *(row.label for row in block.rows)]
    return tuple(dict.fromkeys(word for word in found if word))


FORM_KEYS = st.deferred(lambda: st.sampled_from(words()))
FORM_NODES: st.SearchStrategy[Node] = st.recursive(
    st.sampled_from(["1.00", "无", ""]).map(scalar),
    lambda inner: st.dictionaries(FORM_KEYS, inner, max_size=5).map(mapping),
    max_leaves=15,
)


@SETTINGS
@given(st.dictionaries(FORM_KEYS, FORM_NODES, max_size=6).map(mapping))
def test_printed_order_changes_nothing_but_the_order(tree: Mapping) -> None:
    """No entry is lost, doubled or moved to another level, and ordering twice is ordering once."""
    ordered = in_form_order(tree, forms(), keys())
    assert same_meaning(tree, ordered)
    assert in_form_order(ordered, forms(), keys()) == ordered


def test_printed_order_is_that_of_the_form() -> None:
    """Tables as the template has them, rows as printed, codes ascending, totals first, 载明 last, unknown keys last of
    all.
    """
    tree, _ = read(
        "说明:\n  收入支出总体:\n    载明: {增长: 1%}\n    减少: 1\n"
        "不认识: 1\n"
        "支出决算表:\n  30101 甲: {项目支出: 1, 基本支出: 1}\n  2010302 乙: 1\n  201 丙: 1\n  合计: 1\n  不认识: 1\n  20103 丁: 1\n"
        "收入支出决算总表:\n  支出: {总计: 1, 外交支出: 1}\n  收入: {收入总计: 1, 八、其他收入: 1, 事业收入: 1}\n"
        "公开信息: {来源: 甲, 状态: 草稿}\n"
    )
    assert write(in_form_order(tree, forms(), keys())) == (
        "公开信息:\n  来源: 甲\n  状态: 草稿\n"
        "收入支出决算总表:\n  收入:\n    事业收入: 1\n    八、其他收入: 1\n    收入总计: 1\n  支出:\n    外交支出: 1\n    总计: 1\n"
        "支出决算表:\n  合计: 1\n  201 丙: 1\n  20103 丁: 1\n  2010302 乙: 1\n  30101 甲:\n    基本支出: 1\n    项目支出: 1\n  不认识: 1\n"
        "说明:\n  收入支出总体:\n    减少: 1\n    载明:\n      增长: 1%\n"
        "不认识: 1\n"
    )


def test_the_data_of_this_repository_are_canonical(capsys: pytest.CaptureFixture[str]) -> None:
    """`mingzhang format` would change none of them."""
    assert main(["format", "--check", "--root", str(REPOSITORY)]) == 0, capsys.readouterr().out


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """What lies outside the project is not rewritten through a link inside it, and a folder named like a file stops
    nothing.
    """
    outside = tmp_path / "outside.yaml"
    outside.write_text("甲:   {乙: 1}\n", encoding="utf-8")
    (tmp_path / "project" / "data" / "folder.yaml").mkdir(parents=True)
    (tmp_path / "project" / "data" / "link.yaml").symlink_to(outside)
    assert main(["--root", str(tmp_path / "project"), "format"]) == 0
    assert outside.read_text(encoding="utf-8") == "甲:   {乙: 1}\n"
