"""Python asks forms by concept: no key of a form, row or column is a literal in Python, every concept is declared and asked for."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from build_tools.forms import Concept, Forms, load_forms, spots_together
from tests.helpers import ROOT

MODULES = sorted((ROOT / "build_tools").rglob("*.py"))
CHINESE = re.compile("[\u4e00-\u9fff]")


@cache
def declared() -> Forms:
    """The tool's own forms."""
    return load_forms()[0]


@cache
def keys() -> frozenset[str]:
    """The Chinese keys of every form, block, row and column."""
    found = set()
    for form in declared().forms:
        found.add(form.key)
        for block in form.blocks:
            found |= {block.key, *(column.key for column in block.columns), *(row.key for row in block.rows)}
    return frozenset(key for key in found if CHINESE.search(key))


def literals(path: Path) -> list[str]:
    """The string literals of a module that are keys."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return [node.value for node in nodes if isinstance(node, ast.Constant) and node.value in keys()]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT / "build_tools").as_posix())
def test_no_key_of_a_form_is_a_literal(path: Path) -> None:
    assert literals(path) == [], "ask by concept (forms/concepts.py)"


def test_every_concept_is_declared_by_a_form_and_asked_for_somewhere() -> None:
    asked = {
        node.attr
        for path in MODULES
        if path.name != "concepts.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Concept"
    }
    declared_names = {name for form in declared().forms for name in form.concepts}
    assert [one.name for one in Concept if one.name not in asked] == []
    assert [str(one) for one in Concept if one not in declared_names] == []


FORM = """key: 试验表
slug: trial
title: 试验表
kind: 公共
unit: 万元
provenance: 测试
blocks:
  - key: 收入
    kind: lines
    columns: [{key: 金额, type: amount}]
    rows: [{key: 甲}, {key: 合计, total: 是}]
concepts:
"""


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("  statsu: 收入.甲.金额", "没有程序会用到“statsu”", "status"),
        ("  status: 收人.甲.金额", "表里没有“收人”", "收入"),
        ("  status: 收入.合记.金额", "表里没有“合记”", "合计"),
        ("  status: 收入.合计.金领", "表里没有“金领”", "金额"),
        ("  status: {收入: 金额}", "“status”后面要写它在表里的位置", "本表"),
    ],
)
def test_a_misspelt_concept_or_path_is_told_at_its_line(tmp_path: Path, line: str, message: str, hint: str) -> None:
    (tmp_path / "trial.yaml").write_text(FORM + line + "\n", encoding="utf-8")
    (finding,) = [one for one in load_forms([tmp_path])[1] if one.place.file.endswith("trial.yaml")]
    assert message in finding.message
    assert hint in (finding.hint or "")
    assert finding.place.line == 13


def test_a_misspelt_key_figure_is_told_at_its_line(tmp_path: Path) -> None:
    """One in Chinese is a form's own, shown and asked for by nobody."""
    own = FORM.removesuffix("concepts:\n") + "repeated: 金额\nmeasures:\n"
    lines = "  - {key: planned_fund, label: 甲, cell: 收入.甲.金额}\n  - {key: 丙, cell: 收入.合计.金额}\n"
    (tmp_path / "trial.yaml").write_text(own + lines, encoding="utf-8")
    (finding,) = [one for one in load_forms([tmp_path])[1] if "没有程序会用到" in one.message]
    assert ("planned_fund”" in finding.message, finding.place.line) == (True, 14)
    assert "planned_funds" in (finding.hint or "")


def test_what_a_variant_takes_out_is_absent_and_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(FORM + "  status: 收入.甲.金额\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text(
        "variant: 试验表二\nbased_on: 试验表\nkey: 试验表\nblocks:\n  - key: 收入\n    rows: [{key: 甲, remove: 是}]\n",
        encoding="utf-8",
    )
    forms, findings = load_forms([tmp_path])
    assert [one for one in findings if "status" in one.message or "甲" in one.message] == []
    both = {form.variant: form.concepts for form in forms.forms if form.key == "试验表"}
    assert both["试验表"]["status"] == (("收入", "甲", "金额"),)
    assert "status" not in both["试验表二"]


SEVERAL = FORM.replace(
    "  - key: 收入\n", "  - key: 支出\n    kind: fields\n    fields: [金额, {key: 原因, type: text}]\n  - key: 收入\n"
)


def test_a_concept_of_several_blocks_is_found_in_the_block_of_the_others(tmp_path: Path) -> None:
    (tmp_path / "trial.yaml").write_text(
        SEVERAL + "  increase: [支出.金额, 收入.每行.金额]\n  status: 收入.合计\n", "utf-8"
    )
    forms, findings = load_forms([tmp_path])
    form = next(one for one in forms.forms if one.key == "试验表")
    assert [one for one in findings if one.place.file.endswith("trial.yaml")] == []
    assert [spot.block for spot in spots_together(form.concepts, [Concept.STATUS, Concept.INCREASE])] == [
        "收入",
        "收入",
    ]
    assert spots_together(form.concepts, [Concept.INCREASE]) == (("支出", "", "金额"),)
    assert spots_together(form.concepts, [Concept.STATUS, Concept.DECREASE]) == ()
    assert (form.column_of(Concept.INCREASE, "收入"), form.column_of(Concept.STATUS, "收入")) == (
        form.blocks[1].column("金额"),
        None,
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("  支出.原应: {figure: 支出.金额}", "支出.原应"),
        ("  支出.原因: {figure: 收入.甲乙}", "收入.甲乙"),
        ("  支出.原因: {figure: 收入.每级.金额}", "收入.每级.金额"),
        ("  支出.原因: {against: 收入.甲}", "figure"),
        ("  支出.原因: {figure: 收入.甲, agianst: 收入.合计}", "agianst"),
    ],
)
def test_a_misspelt_reason_is_told_at_its_line(tmp_path: Path, line: str, message: str) -> None:
    text = SEVERAL.replace("concepts:\n", f"reasons:\n{line}\n")
    (tmp_path / "trial.yaml").write_text(text, encoding="utf-8")
    (finding, *_) = [one for one in load_forms([tmp_path])[1] if one.place.file.endswith("trial.yaml")]
    assert message in finding.message
    assert finding.place.line == text.splitlines().index(line) + 1


def test_a_reason_names_its_figure_and_what_it_is_held_against(tmp_path: Path) -> None:
    line = "  支出.原因: {figure: 支出.金额, against: 收入.合计}\n"
    (tmp_path / "trial.yaml").write_text(SEVERAL.replace("concepts:\n", f"reasons:\n{line}"), encoding="utf-8")
    form = next(one for one in load_forms([tmp_path])[0].forms if one.key == "试验表")
    (reason,) = form.reasons
    assert (reason.field.column, reason.figure.column, reason.than) == (("column", "原因"), ("column", "金额"), "")
    assert reason.against is not None
    assert reason.against.row == ("row", "合计")
    assert (form.reasons_in("支出"), form.reasons_in("收入")) == (("原因",), ())
