"""The made-up example of every rule is right: what is said to hold holds, what is said to fail fails by the least it
can.

The texts are reckoned again by Python itself, on fractions, not by the code that made them.
"""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from build_tools.forms import Form
from build_tools.web.pages.example import Case, Example, example_of
from tests.helpers import builtin, sound

FORM = """\
key: 试表
slug: trial
title: 试表
kind: 公共
unit: 万元
provenance: 测试
print: {style: rows}
blocks:
  - key: 甲
    kind: lines
    columns: [{key: 预算}, {key: 执行}, {key: 得分, type: score}, {key: 个数, type: count}]
    rows: [{key: 一}, {key: 二}, {key: 三}, {key: 四}]
    groups: {各行: [一, 三]}
rules:
"""
# rules of kinds that the built-in forms have or may have → what holds and what does not
RULES = (
    ("甲.一.预算 == 甲.二.预算 + 甲.三.预算", "168.06 = 107.20 + 60.86", "168.08 ≠ 107.20 + 60.86"),
    (
        "甲.一.预算 == 甲.四.预算 - sum(甲.各行.执行)",
        "10.84 = 107.20 - (60.86 + 35.50)",
        "10.87 ≠ 107.20 - (60.86 + 35.50)",
    ),
    ("甲.一.预算 + 甲.二.预算 == sum(甲.各行.执行)", "12.40 + 83.96 = 60.86 + 35.50", "12.40 + 83.99 ≠ 60.86 + 35.50"),
    (
        "甲.每行.得分 == min(10, 10 * 甲.每行.执行 / 甲.每行.预算)",
        "2 = min(10, 10 * 20.00 / 100.00)",
        "3 ≠ min(10, 10 * 20.00 / 100.00)",
    ),
    (
        "甲.一.预算 == 100 * 甲.一.执行 / (甲.二.执行 + 甲.一.执行)",
        "20.00 = 100 * 20.00 / (80.00 + 20.00)",
        "20.02 ≠ 100 * 20.00 / (80.00 + 20.00)",
    ),
    ("甲.一.执行 == 甲.二.执行 / 3", "100.00 = 300.00 / 3", None),
    ("甲.一.执行 <= 甲.一.预算", "60.86 ≤ 107.20", "107.22 > 107.20"),
    ("甲.一.执行 >= 甲.一.预算", "107.20 ≥ 60.86", "60.84 < 60.86"),
    ("甲.一.个数 == sum(甲.各行.个数)", "18 = 10 + 8", "19 ≠ 10 + 8"),
    ("甲.一.执行 * 甲.一.执行 == 甲.二.执行", None, None),
    ("甲.一.执行 == 0", "0.00 = 0", "0.01 ≠ 0"),
)
PRODUCT = re.compile(r"[*/]|min\(")
SIGNS = {"=": "==", "≠": "!=", "≤": "<=", "≥": ">="}


def reckoned(text: str) -> bool:
    """Whether a text of numbers and signs is true."""
    assert re.fullmatch(r"(?:[0-9.+\-*/(),\s=≠≤≥<>]|min)+", text), text
    for sign, python in SIGNS.items():
        text = text.replace(sign, python)
    return bool(eval(re.sub(r"[0-9]+(?:\.[0-9]+)?", r"Fraction('\g<0>')", text), {"Fraction": Fraction, "min": min}))


def excess(example: Example, case: Case) -> Fraction:
    """By how much a case misses its relation."""
    difference = Fraction(case.left) - Fraction(case.right)
    return {"==": abs(difference), "<=": difference, ">=": -difference}[example.relation]


def assert_right(example: Example, plain: bool) -> None:
    """Both texts are true, only the second is beyond what rounding explains, and in a `plain` rule, which only adds,
    by no more than one step of a figure."""
    assert reckoned(example.passing.text)
    assert reckoned(example.failing.text)
    assert excess(example, example.passing) <= 0
    assert excess(example, example.failing) > example.slack
    moved = [one for one, other in zip(example.passing.figures, example.failing.figures, strict=True) if one != other]
    assert [one.name for one in moved] == [example.moved]
    step = Fraction(1, 100 if "." in moved[0].figures[-1] else 1)
    assert not plain or excess(example, example.failing) - step <= example.slack
    for made in (*example.passing.figures, *example.failing.figures):
        assert all(Fraction(figure) >= 0 for figure in made.figures)


@pytest.mark.parametrize("form", [form for form in builtin().forms if form.rules], ids=lambda form: form.variant)
def test_every_declared_rule_has_an_example_that_is_right(form: Form) -> None:
    for identity in form.rules:
        example = example_of(identity, builtin().forms)
        assert example, identity.id
        assert_right(example, not PRODUCT.search(identity.text))
        assert all(made.name in identity.text for made in example.passing.figures)
        assert example == example_of(identity, builtin().forms)


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> tuple[Form, ...]:
    """A form with the rules above."""
    rules = "".join(
        f"  - {{id: trial-{number}, says: 试, rule: '{rule}', citation: 试}}\n"
        for number, (rule, _, _) in enumerate(RULES, 1)
    )
    return tuple(one for one in sound(Path(tmp_path_factory.mktemp("forms")), FORM + rules).forms if one.key == "试表")


@pytest.mark.parametrize("number", range(len(RULES)), ids=[rule for rule, _, _ in RULES])
def test_rules_of_every_kind_have_one(number: int, trial: tuple[Form, ...]) -> None:
    _, passing, failing = RULES[number]
    example = example_of(trial[0].rules[number], trial)
    assert example
    assert_right(example, not PRODUCT.search(RULES[number][0]))
    assert passing in (None, example.passing.text)
    assert failing in (None, example.failing.text)


@pytest.mark.parametrize("rule", ["5 == 6", "甲.一.执行 == 999999999999 * 甲.二.执行 * 999999999999"])
def test_a_rule_that_no_plain_figures_make_true_has_none(rule: str, tmp_path: Path) -> None:
    form = next(
        one
        for one in sound(tmp_path, FORM + f"  - {{id: trial-1, says: 试, rule: '{rule}', citation: 试}}\n").forms
        if one.key == "试表"
    )
    assert example_of(form.rules[0]) is None


def test_without_the_forms_every_figure_is_an_amount(trial: tuple[Form, ...]) -> None:
    counting = trial[0].rules[8]
    example = example_of(counting)
    assert example
    assert example.passing.text == "168.06 = 107.20 + 60.86"
    assert [(made.name, made.figures) for made in example.passing.figures] == [
        ("甲.一.个数", ("168.06",)),
        ("甲.各行.个数", ("107.20", "60.86")),
    ]
    assert (str(example.slack), example.moved, str(example.failing.difference)) == ("0.015", "甲.一.个数", "0.02")
