"""The rule language: what is a rule, what is refused and where, and how blanks and rounding count.

Columns count characters from 0 in the rule's text. In the refusals below ▸ stands where the error must point.
"""

from __future__ import annotations

import sys
import warnings
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.formula import (
    BLANK,
    UNKNOWN,
    Binary,
    FormulaError,
    Name,
    Number,
    Rule,
    Sum,
    Value,
    combine,
    evaluate,
    leaves,
    parse_name,
    parse_rule,
    replace_names,
    survives,
)

HALF = Decimal("0.005")
events: list[str] = []
watching = False


def watch(event: str, _: object) -> None:
    """Python's own record of what runs: `exec` is raised whenever a code object is executed by eval, exec or import."""
    if watching and event in ("exec", "import", "os.system", "open", "subprocess.Popen"):
        events.append(event)


sys.addaudithook(watch)


def figure(text: str) -> Value:
    """A written figure with its share of rounding."""
    return Value(Decimal(text), True, HALF if Decimal(text) else Decimal(0))


def run(text: str, **cells: Value) -> tuple[Value, Value]:
    """Both sides of a rule; a name that is not given is blank, a name in a sum stands for every cell that begins with
    it.
    """
    rule = parse_rule(text)

    def value_of(name: Name) -> list[Value]:
        key = ".".join(name.parts)
        return [cells[one] for one in cells if one.rstrip("0123456789") == key] or [BLANK]

    return evaluate(rule.left, value_of), evaluate(rule.right, value_of)


def test_a_rule_is_a_comparison_of_dotted_names() -> None:
    assert parse_rule("收入.总计 == 支出.总计") == Rule("==", Name(("收入", "总计"), 0), Name(("支出", "总计"), 9))


def test_codes_are_subscripts() -> None:
    rule = parse_rule('人员经费合计 >= 支出["301"].决算数')
    assert (rule.relation, rule.right) == (">=", Name(("支出", "301", "决算数"), 10))


def test_sums_numbers_and_precedence() -> None:
    rule = parse_rule("得分 <= 10.50 * (甲 + sum(类.每列)) / 乙")
    inner = Binary("+", Name(("甲",), 15), Sum(Name(("类", "每列"), 23)))
    assert rule.right == Binary("/", Binary("*", Number(Decimal("10.50")), inner), Name(("乙",), 32))


def test_python_normalises_names_as_keys_are_required_to_be() -> None:
    assert parse_name("Ａ栏").parts == ("A栏",)
    assert survives("A栏")
    assert not any(survives(key) for key in ("Ａ栏", "收入（元）", "3栏", "收入 总计", ""))


REFUSED = (
    "▸收入.总计",
    "▸甲 == 乙 == 丙",
    "▸甲 != 乙",
    "▸甲 < 乙",
    "▸甲 and 乙",
    "▸甲 if 乙 else 丙",
    "▸lambda: 甲",
    "▸(甲 := 乙)",
    "▸[甲 == 乙]",
    "甲 == ▸-乙",
    "甲 == 乙 + ▸+丙",
    "甲 == ▸乙 ** 2",
    "甲 == ▸乙 // 2",
    "甲 == ▸乙 % 2",
    "甲 == 乙 + (▸丙 == 丁)",
    "甲 == ▸max(乙, 丙)",
    "甲 == ▸sum(乙, 丙)",
    "甲 == ▸sum()",
    "甲 == ▸sum(of=乙)",
    "甲 == sum(▸乙 + 丙)",
    "甲 == sum(▸*乙)",
    "甲 == ▸乙.sum(丙)",
    "收入.总计 == 支出.总计 + ▸'文字'",
    "甲 == ▸True",
    "甲 == ▸None",
    "甲 == ▸f'{乙}'",
    "甲 == ▸...",
    "甲 == ▸支出[301]",
    '甲 == ▸支出["３０１"]',
    '甲 == ▸支出["行政运行"]',
    '甲 == ▸支出["301":]',
    "甲 == ▸支出[乙]",
    "甲 == ▸(乙 + 丙).丁",
    "甲 == ▸[乙].丙",
    "甲 == ▸1_000",
    "甲 == ▸1e5",
    "甲 == ▸0x1F",
    "甲 == ▸.5",
    "甲 == ▸2j",
    "甲 == ▸1234567890123",
    "甲 == ▸0.1234567",
    "甲 == 乙▸，丙",
    "甲 ▸＝＝ 乙",
    "甲 == 乙 ▸丙",
    "甲 == ▸(乙",
    "▸",
    "甲 == ▸",
    "▸ 甲 == 乙",
    "甲 == (乙 +▸\n丙)",
    "甲 ==▸\n乙",
    "▸\f甲 == 乙",
    "甲 == 乙 ▸# + 丙",
    "甲 == 乙▸\0",
    "▸甲 == \ud800",
)


@pytest.mark.parametrize("marked", REFUSED)
def test_everything_else_is_refused_at_its_place(marked: str) -> None:
    with pytest.raises(FormulaError) as refused:
        parse_rule(marked.replace("▸", ""))
    assert refused.value.column == marked.index("▸")
    assert str(refused.value)


@pytest.mark.parametrize(
    "text",
    ["甲 == " + "(" * 250 + "乙" + ")" * 250, "甲 == " + "-" * 500 + "乙", "甲 == " + "乙 + " * 200 + "丙", "甲" * 601],
)
def test_what_is_too_long_or_too_deep_is_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        parse_rule(text)


@pytest.mark.parametrize("text", ["收入.总计 == 1", "甲 + 乙", "sum(甲)", "1"])
def test_gives_takes_a_name_alone(text: str) -> None:
    with pytest.raises(FormulaError):
        parse_name(text)


PIECES = st.sampled_from(
    [
        "收入",
        "支出",
        "总计",
        ".",
        '["301"]',
        "[",
        "]",
        "(",
        ")",
        " == ",
        " <= ",
        "+",
        "-",
        "*",
        "/",
        "sum(",
        ",",
        "1",
        "0.5",
        "1e9",
        "'",
        '"',
        "\\d",
        "{",
        "}",
        "lambda ",
        "await ",
        "yield ",
        "print(1)",
        "__import__('os')",
        "exec('1')",
        ":=",
        " if ",
        " else ",
        " for x in ",
        "\n",
        "#",
        "０",
        "，",
        "\0",
        "\u202e",
        "𝒜",
    ]
)
HOSTILE = st.text(max_size=60) | st.lists(PIECES, max_size=25).map("".join)


def reading(text: str) -> int | None:
    """Read and evaluate a text as a rule, watched. The column where it is refused; None where it is a rule."""
    global watching
    events.clear()
    watching = True
    try:
        evaluate(parse_rule(text).right, lambda name: [figure("1")])
    except FormulaError as error:
        return error.column
    finally:
        watching = False
    return None


@settings(max_examples=600, deadline=None)
@given(HOSTILE)
def test_any_text_is_a_rule_or_a_formula_error_and_never_runs(text: str) -> None:
    refused_at = reading(text)
    assert refused_at is None or 0 <= refused_at <= len(text)
    assert events == []


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true') == 1",
        "open('x') == 1",
        "(1).__class__ == 1",
        "甲 == [x for x in ().__class__.__bases__][0]",
    ],
)
def test_what_would_run_in_python_is_only_refused(text: str) -> None:
    assert reading(text) is not None
    assert events == []


def test_the_watch_would_notice_a_run() -> None:
    global watching
    events.clear()
    watching = True
    eval("1 + 1")
    watching = False
    assert events == ["exec"]


def test_python_s_own_warnings_are_not_shown_to_the_user(recwarn: pytest.WarningsRecorder) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        assert reading('甲 == 支出["\\d"]') == 5
    assert not recwarn.list


def test_a_blank_addend_contributes_nothing() -> None:
    left, right = run("合计 == 甲 + 乙 - 丙", 合计=figure("3.00"), 甲=figure("3.00"))
    assert (left.amount, right.amount, right.slack) == (Decimal("3.00"), Decimal("3.00"), HALF)


def test_blank_minus_a_figure_is_negative() -> None:
    assert run("甲 == 乙 - 丙", 丙=figure("2.50"))[1].amount == Decimal("-2.50")


def test_all_blank_is_blank_not_zero() -> None:
    assert run("合计 == 甲 + 乙")[1] == BLANK
    assert run("合计 == sum(甲)")[1] == BLANK


def test_a_blank_factor_leaves_nothing_to_say() -> None:
    assert run("得分 == 10 * 甲")[1] == BLANK
    assert run("得分 == 甲 / 乙", 乙=figure("2"))[1] == BLANK


@pytest.mark.parametrize("text", ["甲 == 乙 + 丙", "甲 == 丙 - 乙", "甲 == 乙 * 丙", "甲 == sum(乙)"])
def test_what_is_unknown_makes_the_side_unknown(text: str) -> None:
    assert run(text, 乙=UNKNOWN, 丙=figure("1"))[1] == UNKNOWN


def test_division_by_zero_is_unknown_and_by_blank_is_blank() -> None:
    assert run("比 == 甲 / 乙", 甲=figure("1"), 乙=figure("0"))[1] == UNKNOWN
    assert run("比 == 甲 / 乙", 甲=figure("1"))[1] == BLANK


def test_slack_is_half_a_cent_for_every_figure_that_is_not_zero() -> None:
    right = run("合计 == sum(甲)", 甲1=figure("1.00"), 甲2=figure("0.00"), 甲3=BLANK, 甲4=figure("-2.00"))[1]
    assert (right.amount, right.slack) == (Decimal("-1.00"), 2 * HALF)


def test_slack_grows_with_factors_and_shrinks_with_divisors() -> None:
    assert run("甲 == 10 * 乙", 乙=figure("3"))[1].slack == 10 * HALF
    assert run("甲 == 乙 / 4", 乙=figure("3"))[1].slack == HALF / 4
    assert run("甲 == 乙 / 丙", 乙=figure("3"), 丙=figure("2"))[1].slack == HALF / 2 + HALF * 3 / 4


VALUES = st.none() | st.decimals("-99999999.99", "99999999.99", places=2)


@given(st.lists(VALUES, max_size=30))
def test_a_sum_is_exact_in_any_order(amounts: list[Decimal | None]) -> None:
    values = [BLANK if one is None else Value(one, True, HALF if one else Decimal(0)) for one in amounts]
    known = [one for one in amounts if one is not None]
    total, backwards = (
        run("合计 == sum(甲)", **{f"甲{number}": one for number, one in enumerate(order)})[1]
        for order in (values, values[::-1])
    )
    assert total == backwards
    assert total.amount == (sum(known) if known else None)
    assert total.slack == HALF * sum(1 for one in known if one)


@given(VALUES, VALUES)
def test_taking_away_is_adding_the_opposite(a: Decimal | None, b: Decimal | None) -> None:
    plus, minus = combine("+", Value(a), Value(None if b is None else -b)), combine("-", Value(a), Value(b))
    assert plus == minus


def test_names_of_a_side_know_whether_they_stand_in_a_sum() -> None:
    rule = parse_rule("甲 == 乙 + sum(丙.丁) * 2")
    assert [(name.parts, summed) for name, summed in leaves(rule.right)] == [(("乙",), False), (("丙", "丁"), True)]
    swapped = replace_names(rule.right, lambda name, summed: f"{name.parts[-1]}{summed}")
    assert swapped == Binary("+", "乙False", Binary("*", Sum("丁True"), Number(Decimal(2))))
