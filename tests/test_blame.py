"""Who is blamed where figures do not agree: what is wrong, and nobody who is right.

Each case spoils one thing in the real document with its totals left blank, as staff are advised to.
"""

from __future__ import annotations

import re
from functools import cache

import pytest

from build_tools.checks import identities
from build_tools.diagnostics import Finding, Outcome, Severity
from tests.helpers import BESIDE, REAL, small

TOTALS = re.compile(r"^ +(?:本年收入合计|本年支出合计|合计|总计|小计): -?[\d.]+\n", re.MULTILINE)
KEPT = ("公开信息", "概况", "说明", "名词解释", *BESIDE)


@cache
def tables() -> str:
    """The tables of the document without the totals that the system can add up, and without its prose."""
    blocks = re.split(r"^(?=\S)", REAL.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return TOTALS.sub("", "".join(one for one in blocks if not one.startswith((*KEPT, "#"))))


def table(name: str) -> str:
    """The text of one table."""
    found = re.search(rf"^{name}:\n(?:[ #].*\n)+", tables(), re.MULTILINE)
    assert found
    return found[0]


def row(of: str, code: str) -> str:
    """The text of one row of a table."""
    found = re.search(rf"^  {code} .*\n(?:    .*\n)+", table(of), re.MULTILINE)
    assert found
    return found[0]


def errors(text: str) -> list[tuple[str, Finding]]:
    """The errors of arithmetic, each with the line that it stands at."""
    lines = text.split("\n")
    found = [one for one in small(text).findings if one.severity is Severity.ERROR]
    return [(lines[one.place.line - 1].strip(), one) for one in found]


def replaced(of: str, old: str, new: str) -> str:
    """All tables, with one text of one of them replaced."""
    assert table(of).count(old) == 1
    return tables().replace(table(of), table(of).replace(old, new))


def test_the_document_itself_is_sound() -> None:
    found = small(tables())
    assert [one for one in found.findings if one.severity is Severity.ERROR] == []
    assert sum(one.outcome is Outcome.DERIVED for one in found.verdicts) > 50


@pytest.mark.parametrize(
    ("of", "code", "old", "new"),
    [
        ("支出决算表", "2010301", "基本支出: 107.20", "基本支出: 116.20"),
        ("支出决算表", "2150510", "项目支出: 48.99", "项目支出: 51.99"),
        ("收入决算表", "2299901", "其他收入: 72.48", "其他收入: 75.48"),
        ("一般公共预算财政拨款支出决算表", "2010302", "项目支出: 10.00", "项目支出: 100.00"),
    ],
)
def test_a_wrong_leaf_is_one_error_at_the_leaf(of: str, code: str, old: str, new: str) -> None:
    """Everything above it is added up by the system and right as far as it goes."""
    found = errors(replaced(of, row(of, code), row(of, code).replace(old, new)))
    assert [line for line, _ in found] == [new]


def test_where_several_could_be_wrong_all_are_named_and_none_before_the_others() -> None:
    of, code = "收入决算表", "2010302"
    spoilt = row(of, code).replace("财政拨款收入: 10.00", "财政拨款收入: 13.00")
    (_, found), *more = errors(replaced(of, row(of, code), spoilt))
    assert not more
    assert "任何一个数填错都会这样" in (found.hint or "")
    assert all(f"“{name} 财政拨款收入”" in (found.hint or "") for name in ("行政运行", "一般行政管理事务"))
    assert "算得 137.68" in found.message


@pytest.mark.parametrize("of", ["收入决算表", "支出决算表", "一般公共预算财政拨款支出决算表"])
def test_a_missing_row_is_named_as_missing(of: str) -> None:
    """Where it should stand; its amount in the other tables says which one it is."""
    (line, found), *more = errors(replaced(of, row(of, "2010302"), ""))
    assert not more
    assert line.startswith("20103 ")
    assert "可能漏了“2010302 一般行政管理事务”一行" in found.message
    assert "补上" in (found.hint or "")


def test_a_row_that_no_other_table_has_is_not_invented() -> None:
    """A sum that lacks an amount which stands nowhere is a wrong sum."""
    of = "支出决算表"
    found = errors(replaced(of, row(of, "2010301"), row(of, "2010301").replace("107.20", "106.43")))
    assert not any("漏了" in one.message for _, one in found)


def test_a_table_of_nothing_is_told_at_that_word() -> None:
    (line, found), *more = errors(tables().replace(table("基本支出决算表"), "基本支出决算表: 无\n"))
    assert not more
    assert line == "基本支出决算表: 无"
    assert "写了“无”，别的地方却有数" in found.message


def test_a_figure_beside_a_table_of_nothing_is_told_itself_where_nothing_bears_it_out() -> None:
    text = tables().replace(table("基本支出决算表"), "基本支出决算表: 无\n")
    spoilt = text.replace(row("一般公共预算财政拨款支出决算表", "2010301"), "")
    assert errors(spoilt)
    assert all("收入支出" not in line for line, _ in errors(spoilt))


def test_what_is_not_listed_is_counted_and_as_grave_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rows are missing, each told by two identities, where no more than one is listed."""
    monkeypatch.setattr(identities, "MOST", 1)
    text = tables()
    for of, code in (("收入决算表", "2010302"), ("支出决算表", "2010302")):
        text = text.replace(table(of), table(of).replace(row(of, code), ""))
    found = [one for one in small(text).findings if one.severity is Severity.ERROR]
    assert [one.code for one in found][-1] == "file-too-many-findings"
    assert found[-1].message == "还有 2 条勾稽不符没有列出"
