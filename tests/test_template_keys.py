"""A key that no form has stops the build and is named with its template and line; what one region lacks is unknown."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import nodes

from build_tools.cli import main
from build_tools.forms import Concept, UnknownKeyError, keys_of
from build_tools.web.narrative import compose, explanation
from build_tools.web.narrative.compose import TEMPLATES, environment, forget_templates
from build_tools.web.templating import TemplateError
from tests.helpers import builtin, one_disclosure
from tests.test_narrative import document

# how many arguments of each question are keys: table, block, row, column
ASKED = {"amount": 4, "last": 4, "said": 4, "rows": 2, "lacking": 1}


@pytest.fixture
def misspelt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The templates of the project with one letter of a key wrong."""
    folder = tmp_path / "templates"
    shutil.copytree(TEMPLATES / "narrative", folder / "narrative")
    totals = folder / "narrative" / "final-accounts" / "totals.j2"
    text = totals.read_text(encoding="utf-8")
    totals.write_text(text.replace('"本年收入合计") %}', '"本年收人合计") %}', 1), encoding="utf-8")
    monkeypatch.setattr(compose, "TEMPLATES", folder)
    forget_templates()
    yield
    forget_templates()


@pytest.mark.usefixtures("misspelt")
def test_a_misspelt_key_of_a_template_stops_the_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = one_disclosure(tmp_path / "project")
    assert main(["--root", str(root), "build", "--jobs", "1"]) == 2
    told = capsys.readouterr().err
    assert "没有生成网站，原来的网站没有改动" in told
    assert "模板 narrative/final-accounts/totals.j2 第 9 行：“收入决算表”里没有叫“本年收人合计”的栏" in told
    assert "是不是“本年收入合计”？" in told
    assert not (root / "site").exists()


@pytest.mark.usefixtures("misspelt")
def test_it_is_found_whatever_the_disclosure_holds() -> None:
    """Where the table is not filled in, too."""
    disclosure, ledger = document("说明: 无\n")
    with pytest.raises(TemplateError, match="本年收人合计"):
        explanation(disclosure, ledger, "甲区乙局", builtin())


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (("收入决算表X",), "表样里没有叫“收入决算表X”的表（是不是“收入决算表”？）"),
        (("说明", "收入支出总休"), "“说明”里没有叫“收入支出总休”的块（是不是“收入支出总体”？）"),
        (("支出决算表", "", "合记", "基本支出"), "“支出决算表”里没有叫“合记”的行"),
        (("支出决算表", "", "合计", "基本之出"), "“支出决算表”里没有叫“基本之出”的栏（是不是“基本支出”？）"),
        (("三公经费", "", "公务接侍费", "决算数"), "“三公经费”里没有叫“公务接侍费”的行（是不是“公务接待费”？）"),
        (("说明", "收入支出总体", "合计", "增加"), "“说明”的“收入支出总体”里没有叫“合计”的行"),
    ],
)
def test_what_no_form_has_is_a_mistake(path: tuple[str, ...], message: str) -> None:
    with pytest.raises(UnknownKeyError) as error:
        keys_of(builtin()).prove(*path)
    assert message in str(error.value)


@pytest.mark.parametrize(
    "path",
    [
        ("说明", "政府性基金具体", "2120801", "年初预算"),  # 上海
        ("说明", "一般性支出", "", "会议费"),  # 湖南
        ("整体支出绩效评价报告", "预算收支", "", "财政拨款收入"),  # 2020, 2021
        ("项目支出绩效自评表#road", "总分", "", "等级"),
        ("基本支出决算表", "", "人员经费合计", "决算数"),
        ("概况", "内设机构", "3", "机构名称"),
    ],
)
def test_what_another_region_or_year_has_may_be_asked_for(path: tuple[str, ...]) -> None:
    keys_of(builtin()).prove(*path)


def test_a_head_of_sets_is_proved_too() -> None:
    keys_of(builtin()).prove_head(Concept.BASIC_EXPENDITURE_ITEMS, "公用经费")
    with pytest.raises(UnknownKeyError, match="没有叫“公用费”的组名"):
        keys_of(builtin()).prove_head(Concept.BASIC_EXPENDITURE_ITEMS, "公用费")


def test_every_key_that_a_template_writes_out_is_one(tmp_path: Path) -> None:
    """Also in branches for which no document here gives occasion."""
    proved = 0
    for name in environment().list_templates():
        source = (TEMPLATES / "narrative" / name).read_text(encoding="utf-8")
        for call in environment().parse(source).find_all(nodes.Call):
            asked = call.node
            if isinstance(asked, nodes.Getattr) and isinstance(asked.node, nodes.Name) and asked.node.name == "book":
                path = list(written_out(call.args[: ASKED.get(asked.attr, 0)]))
                if path:
                    keys_of(builtin()).prove(*path)
                    proved += 1
    assert proved > 100


def written_out(args: list[nodes.Expr]) -> Iterator[str]:
    """The keys of a question as far as they stand in the template as they are."""
    for one in args:
        if not isinstance(one, nodes.Const):
            return
        yield one.value
