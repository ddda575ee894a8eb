"""Bounds are exact, and on large inputs nothing runs away: what grows faster than its input would run for
minutes here.
"""

from __future__ import annotations

import os
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from build_tools.accounts.statement.draft import MAX_ROWS
from build_tools.source import parse, read_bytes
from build_tools.source.parse import MAX_DEPTH, MAX_FINDINGS, MAX_NODES
from build_tools.source.read import MAX_BYTES
from build_tools.source.traps import MAX_KEY
from tests.support import DISCLOSURE, INFORMATION, assert_findings, check, make_project, repository_project

FILE = "data/x/y/2020/final-accounts.yaml"


def nested(levels: int) -> str:
    """A text whose innermost collection has this many around and including it."""
    return "甲: " + "[" * (levels - 1) + "]" * (levels - 1) + "\n"


@pytest.mark.parametrize(
    ("within", "beyond", "code"),
    [
        (nested(MAX_DEPTH), nested(MAX_DEPTH + 1), "yaml-too-deep"),
        ("甲: [" + "1," * (MAX_NODES - 3) + "]\n", "甲: [" + "1," * (MAX_NODES - 2) + "]\n", "yaml-too-many-nodes"),
        ("甲" * MAX_KEY + ": 1\n", "甲" * (MAX_KEY + 1) + ": 1\n", "yaml-long-key"),
        ("甲: " + "1" * (MAX_BYTES - 6) + "\n", "甲: " + "1" * (MAX_BYTES - 5) + "\n", "file-too-large"),
    ],
    ids=["depth", "nodes", "key", "bytes"],
)
def test_bounds_are_exact(within: str, beyond: str, code: str) -> None:
    """At the bound nothing is found, one beyond it the bound is."""
    assert not parse(within.encode(), FILE).findings
    assert [one.code for one in parse(beyond.encode(), FILE).findings] == [code]


def test_findings_of_a_file_are_told_up_to_a_number() -> None:
    """The rest is counted."""
    findings = parse(("甲: 1\n" * (MAX_FINDINGS + 8)).encode(), FILE).findings
    assert len(findings) == MAX_FINDINGS + 1
    assert findings[-1].code == "file-too-many-findings"
    assert "7" in findings[-1].message


def test_no_more_is_read_than_the_limit(tmp_path: Path) -> None:
    """One byte more tells that there is more."""
    for size in (MAX_BYTES - 1, MAX_BYTES, MAX_BYTES + 1, MAX_BYTES + 10):
        (tmp_path / "a.yaml").write_bytes(b"1" * size)
        assert len(read_bytes(tmp_path / "a.yaml")) == min(size, MAX_BYTES + 1)


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    """Fifty megabytes cost no more memory than the limit."""
    root = make_project(tmp_path)
    os.truncate(root / DISCLOSURE, 50_000_000)
    repository_project()
    tracemalloc.start()
    _, findings = check(root)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [one.code for one in findings] == ["file-too-large"]
    assert peak < 2.5 * MAX_BYTES


@pytest.mark.slow
def test_many_projects_are_answered_in_time(tmp_path: Path) -> None:
    """A form that is filled in once for each project is read up to a number of them."""
    file = "data/x/y/2022/self-evaluation.yaml"
    text = INFORMATION + "项目支出绩效自评表:\n" + "".join(f"  p{i}: {{}}\n" for i in range(40_000))
    found = assert_findings(make_project(tmp_path, {file: text}), file, text.encode())
    assert [one.code for one in found if one.blocks] == ["table-too-long"]


def hostile() -> Iterator[tuple[str, str]]:
    """Large inputs on which something quadratic would run for minutes."""
    codes = [f"{a}{b:02}{c:02}" for a in range(201, 230) for b in range(1, 30) for c in range(1, 30)]
    yield "many quotes and # on one line", "说明: [" + '" #",' * 90_000 + "]\n"
    yield "many # behind each other", "公开信息: {来源: x" + "#x" * 900_000 + "}\n"
    yield "many comments", "# 注\n" * 300_000
    yield "many unknown tables", "".join(f"收入支出决总表{i}: 1\n" for i in range(45_000))
    yield "many unknown rows", "支出决算表:\n" + "".join(f"  行政运行{i}: 1\n" for i in range(45_000))
    yield (
        "many unknown columns",
        "支出决算表:\n"
        + "".join(
            f"  {code} 甲:\n" + "".join(f"    对附属单位补助支处{i}: 1\n" for i in range(100)) for code in codes[:450]
        ),
    )
    yield (
        "many rows of a code tree",
        "支出决算表:\n"
        + "".join(f"  {code} 甲:\n" for code in sorted({c[:n] for c in codes for n in (3, 5, 7)})[:MAX_ROWS]),
    )
    yield (
        "many parents",
        "支出决算表:\n"
        + "".join(f"  {code} 甲: {{基本支出: 1}}\n" for a in range(100, 1000) for code in (a, f"{a}01")),
    )
    yield "many waivers", "已知差异:\n" + "".join(f"  expenditure-{i}x: 原文如此\n" for i in range(45_000))
    yield (
        "many wrong totals",
        "支出决算表:\n"
        + "".join(f"  {code} 甲: {{本年支出合计: 3, 基本支出: 1}}\n" for code in codes[: MAX_ROWS // 2]),
    )
    yield "many remarks", "原文出入:\n" + "".join(f"  - 表: 没有的表{i}\n" for i in range(20_000))
    yield "many duplicate keys", "说明: 无\n" * 45_000
    yield "many anchors", "".join(f"甲{i}: &a 1\n" for i in range(45_000))
    yield "many blank keys in braces", "{" + ",".join(f"甲{i}" for i in range(45_000)) + "}\n"
    yield "one very long amount", "支出决算表:\n  2010301: {基本支出: " + "9" * 1_900_000 + "}\n"
    yield "one amount in very many pieces", '支出决算表:\n  2010301: {基本支出: "' + "9 " * 900_000 + 'x"}\n'
    yield "one amount with very many commas", '支出决算表:\n  2010301: {基本支出: "' + "9,," * 600_000 + 'x"}\n'
    yield "one very long key", "支出决算表:\n  ? " + "9" * 1_900_000 + "\n  : 1\n"
    yield "one very long choice", "公开信息:\n  状态: " + "可公" * 300_000 + "\n"
    yield "one very long year", "公开信息:\n  年度: " + "2" * 1_900_000 + "\n"
    yield "one very long line that does not parse", "说明: [" + "x" * 1_900_000
    yield "very many colons", "说明" + "：" * 600_000
    yield "very many brackets that do not match", "说明: " + "[]{}" * 400_000
    yield "very many quotes that do not match", "'\"" * 900_000


SOUND = ("many # behind each other", "many comments", "many parents", "many rows of a code tree")


@pytest.mark.slow
@pytest.mark.parametrize(("name", "text"), [pytest.param(name, text, id=name) for name, text in hostile()])
def test_large_inputs_are_answered_in_time(name: str, text: str, tmp_path: Path) -> None:
    """And in few words: nobody reads thousands of findings."""
    whole = text if text.startswith("公开信息") else INFORMATION + text
    found = assert_findings(make_project(tmp_path), DISCLOSURE, whole.encode())
    assert len(found) < 400
    assert any(one.blocks for one in found) is (name not in SOUND)
