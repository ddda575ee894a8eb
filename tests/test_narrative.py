"""Text and tables never disagree: every figure of every narrative is worked out again from its cells.

On the real documents, on the fictional district, on generated districts of both regions, on figures at random.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.district import make
from benchmarks.emit import Pen
from benchmarks.names import units
from build_tools.accounts.corpus import Disclosure, ledgers, read_project
from build_tools.accounts.statement import Ledger, Statement
from build_tools.checks import check_project
from build_tools.forms import Form
from build_tools.resources import TEMPLATES
from build_tools.web.narrative import Narrative, explanation, plain_answer
from build_tools.web.narrative.compose import environment
from examples.make_demo import DEMO
from tests.helpers import ROOT, builtin, small
from tests.retold import DOUBLED, hold

pytestmark = pytest.mark.slow

KINDS = ("final-accounts", "self-evaluation", "performance-targets", "evaluation-report")
FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
Case = tuple[Disclosure, Ledger, str]


def cases(root: Path) -> Iterator[Case]:
    """Every disclosure of a project that is not held back, with the tables that its reader may see and the
    unit's name.
    """
    reports, _ = check_project(read_project(root))
    for report in reports:
        held = [one.disclosure for one in report.checked if one.held]
        for one in report.checked:
            if not one.held:
                yield (
                    one.disclosure,
                    ledgers(report.department, one.disclosure, held),
                    report.department.name_in(one.disclosure.year),
                )


@cache
def generated(like: str) -> tuple[Case, ...]:
    """A small district made for the purpose."""
    with TemporaryDirectory() as folder:
        make(Path(folder), units(3, 7), range(2022, 2025), Pen(True), 7, like)
        return tuple(cases(Path(folder)))


@cache
def every(where: str) -> tuple[Case, ...]:
    """The disclosures of one of the places to try."""
    return {"real": lambda: tuple(cases(ROOT)), "demo": lambda: tuple(cases(DEMO))}.get(
        where, lambda: generated(where)
    )()


PLACES = pytest.mark.parametrize("where", ["real", "demo", "湖南", "上海"])


@PLACES
def test_every_figure_is_its_cell_or_follows_from_its_cells(where: str) -> None:
    figures = 0
    for disclosure, ledger, name in every(where):
        figures += hold(explanation(disclosure, ledger, name, builtin()), ledger) + hold(
            plain_answer(disclosure, ledger, name, builtin()), ledger
        )
    assert figures > 100


@PLACES
def test_every_heading_of_the_form_has_its_sentences(where: str) -> None:
    for disclosure, ledger, name in every(where):
        if disclosure.slug == "final-accounts":
            parts = explanation(disclosure, ledger, name, builtin()).parts
            wanted = list(
                dict.fromkeys(block.heading for block in disclosure.statements["说明"].form.blocks if block.heading)
            )
            assert [part.heading for part in parts] == wanted
            assert all(part.sentences for part in parts)


@PLACES
def test_a_plain_answer_is_four_sentences(where: str) -> None:
    for disclosure, ledger, name in every(where):
        sentences = list(plain_answer(disclosure, ledger, name, builtin()).sentences)
        assert [one.text.endswith("。") for one in sentences] == [True] * 4, [one.text for one in sentences]


@PLACES
def test_no_mark_stands_twice_and_no_figure_is_untold(where: str) -> None:
    for disclosure, ledger, name in every(where):
        for narrative in (
            explanation(disclosure, ledger, name, builtin()),
            plain_answer(disclosure, ledger, name, builtin()),
        ):
            for sentence in narrative.sentences:
                assert not DOUBLED.search(sentence.text), sentence.text
                assert not re.search("（没有填报）万元|None|[<>{}]", sentence.text), sentence.text


def test_every_template_is_used() -> None:
    names = {path.relative_to(TEMPLATES / "narrative").as_posix() for path in (TEMPLATES / "narrative").rglob("*.j2")}
    entries = {
        *(f"plain-answer/{kind}.j2" for kind in KINDS),
        *(name for name in names if name.endswith("/explanation.j2")),
    }
    text = "".join((TEMPLATES / "narrative" / name).read_text(encoding="utf-8") for name in names)
    assert names - entries == {name for name in names if f'"{name}"' in text}
    assert set(environment().list_templates()) == names


def test_a_document_made_to_be_read() -> None:
    """The whole text of a small disclosure, word for word."""
    text = (ROOT / "tests/narratives/final-accounts.md").read_text(encoding="utf-8")
    (_, last), (_, this), (_, told), (_, plain) = FENCED.findall(text)
    disclosure, ledger = document(this, last)
    assert explanation(disclosure, ledger, "甲区乙局", builtin()).text == told
    assert plain_answer(disclosure, ledger, "甲区乙局", builtin()).text == plain


def document(this: str, last: str = "", region: str = "湖南", year: int = 2021) -> tuple[Disclosure, Ledger]:
    """A disclosure of these tables, and its ledger with last year's."""
    statements = small(this, region=region, year=year).statements
    template = builtin().template("final-accounts", region, year)
    disclosure = Disclosure("final-accounts", year, "x.yaml", template, statements, None, {}, (), ())
    before: dict[str, dict[str, Statement]] = (
        {"上年.部门决算": small(last, region=region, year=year).statements} if last else {}
    )
    return disclosure, {"": statements, **before}


AMOUNT = st.one_of(
    st.none(),
    st.just("0.00"),
    st.just("12.34"),
    st.decimals(-1000, 10**13, places=2).map(str),
    st.just("无"),
    st.just("1" * 26),
)
REASONS = st.one_of(st.none(), st.just("有变化"), st.just("无"))


@st.composite
def tables(draw: st.DrawFn) -> str:
    """The tables of 说明 with figures at random: missing, zero, equal, huge, negative."""

    def line(indent: int, key: str, amount: str | None) -> str:
        return f"{' ' * indent}{key}: {amount}\n" if amount else ""

    def block(head: str, *lines: str) -> str:
        return f"{head}:\n{''.join(lines)}" if any(lines) else ""

    def fields(indent: int, *keys: str) -> str:
        return "".join(line(indent, key, draw(AMOUNT)) for key in keys)

    change = draw(st.sampled_from(["增加", "减少"]))
    return "".join(
        [
            block("收入支出决算总表", block("  支出", fields(4, "总计"))),
            block("收入决算表", block("  合计", fields(4, "本年收入合计", "财政拨款收入", "事业收入"))),
            block("支出决算表", block("  合计", fields(4, "本年支出合计", "基本支出", "项目支出"))),
            block(
                "一般公共预算财政拨款支出决算表",
                block("  合计", fields(4, "小计", "基本支出")),
                *(block(f"  {code}", fields(4, "小计")) for code in CODES),
            ),
            block("基本支出决算表", fields(2, "30101 基本工资", "30201 办公费", "人员经费合计", "公用经费合计")),
            block(
                "三公经费",
                *(block(f"  {key}", fields(4, "预算数", "决算数")) for key in ("合计", "公务接待费", "因公出国境费")),
            ),
            block(
                "说明",
                block("  收入支出总体", fields(4, change), line(4, "原因", draw(REASONS))),
                block(
                    "  具体支出",
                    *(block(f"    {code}", fields(6, "年初预算"), line(6, "原因", draw(REASONS))) for code in CODES),
                ),
                block("  机关运行经费", fields(4, "支出", change), line(4, "原因", draw(REASONS))),
                block("  政府采购", fields(4, "总额", "货物", "中小企业", "小微企业")),
            ),
        ]
    )


CODES = ("2010301 行政运行", "2010302 一般行政管理事务")


@given(this=tables(), last=tables())
@settings(max_examples=200, deadline=None)
def test_whatever_the_figures(this: str, last: str) -> None:
    disclosure, ledger = document(this or "说明: 无\n", last)
    form = builtin().form("说明", "湖南", 2021)
    for narrative in (
        explanation(disclosure, ledger, "甲区乙局", builtin(), form),
        plain_answer(disclosure, ledger, "甲区乙局", builtin()),
    ):
        hold(narrative, ledger)
        assert not any(DOUBLED.search(one.text) for one in narrative.sentences), narrative.text
    assert all(part.sentences for part in explanation(disclosure, ledger, "甲区乙局", builtin(), form).parts)


KEPT = (
    "<0>",
    "<p>",
    "<h0>",
    "&lt;0&gt; 甲",
    "{{ book }}",
    "{% raw %}",
    "<script>alert(1)</script>",
    "“甲",
    "\u202e甲",
    "-5%",
    "没有",
)
HOSTILE = {
    **dict(zip(KEPT, KEPT, strict=True)),
    "甲\n\n乙": "甲；乙",
    "。。甲。。": "甲",
    "；；": "",
    "-  甲": "甲",
    "主要原因是：因为甲": "甲",
}


@pytest.mark.parametrize("reason", HOSTILE)
def test_a_reason_is_words_and_nothing_else(reason: str) -> None:
    harmless, ledger = reasoned("甲")
    hostile, other = reasoned(reason)
    assert shape(hostile) == shape(harmless)
    assert hold(hostile, other) == hold(harmless, ledger)
    said = next(hostile.sentences).text.removesuffix("。").rpartition("主要原因是：")
    assert (said[2] if said[1] else "") == HOSTILE[reason]


def reasoned(reason: str) -> tuple[Narrative, Ledger]:
    """A narrative with this reason in it."""
    disclosure, ledger = document("收入支出决算总表: {支出: {总计: 20}}\n说明: {收入支出总体: {增加: 5, 原因: 甲}}\n")
    said = disclosure.statements["说明"]
    ref, cell = next((ref, cell) for ref, cell in said.cells.items() if cell.text == "甲")
    statements = {**disclosure.statements, "说明": replace(said, cells={**said.cells, ref: cell._replace(text=reason)})}
    ledger = {"": statements}
    return explanation(replace(disclosure, statements=statements), ledger, "甲区乙局", builtin()), ledger


def shape(narrative: Narrative) -> list[tuple[tuple[str, ...], int]]:
    """Headings, and how many paragraphs stand under each."""
    return [(part.heading, len(part.sentences)) for part in narrative.parts]


def test_a_table_that_nobody_filled_in_is_not_an_empty_one() -> None:
    form: Form | None = builtin().form("说明", "湖南", 2021)
    disclosure, ledger = document("政府性基金: 无\n国有资本经营: 依法不公开\n")
    text = explanation(disclosure, ledger, "甲区乙局", builtin(), form).text
    assert "2021年度没有政府性基金预算财政拨款收入和支出。" in text
    assert "“国有资本经营”依法不公开。" in text
    assert "“收入决算表”没有填报。" in text
    assert "没有“三公”经费支出" not in plain_answer(disclosure, ledger, "甲区乙局", builtin()).text


def test_last_year_is_what_was_published_before_what_staff_wrote() -> None:
    this = "收入支出决算总表: {支出: {总计: 20}}\n说明: {收入支出总体: {减少: 5, 原因: 甲}}\n"
    disclosure, ledger = document(this, "收入支出决算总表: {支出: {总计: 16}}\n")
    assert (
        next(explanation(disclosure, ledger, "", builtin()).sentences).text
        == "2021年度收、支总计20.00万元，与上年相比增加4.00万元，增长25.00%，主要原因是：甲。"
    )
    disclosure, ledger = document(this)
    assert (
        next(explanation(disclosure, ledger, "", builtin()).sentences).text
        == "2021年度收、支总计20.00万元，与上年相比减少5.00万元，降低20.00%，主要原因是：甲。"
    )
    disclosure, ledger = document(this, "收入支出决算总表: {支出: {总计: 20}}\n")
    assert (
        next(explanation(disclosure, ledger, "", builtin()).sentences).text
        == "2021年度收、支总计20.00万元，与上年持平。"
    )
    disclosure, ledger = document(this, "收入支出决算总表: {支出: {总计: 0}}\n")
    assert (
        next(explanation(disclosure, ledger, "", builtin()).sentences).text
        == "2021年度收、支总计20.00万元，上年没有这项收支，主要原因是：甲。"
    )
    disclosure, ledger = document("收入支出决算总表: {支出: {总计: 20}}\n说明: {收入支出总体: {原因: 甲}}\n")
    assert next(explanation(disclosure, ledger, "", builtin()).sentences).text == "2021年度收、支总计20.00万元。"
