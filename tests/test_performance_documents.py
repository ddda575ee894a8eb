"""The published performance documents against our data: every figure has its place, as often as it was printed.

The documents themselves are no part of the project; without them the tests that read them are skipped, saying so. What
is compared are numbers, in tables each as often as it occurs; words are summarised, and a test proves that they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

import pytest

from build_tools.accounts.corpus import read_project
from build_tools.accounts.statement import State, Statement
from build_tools.checks import Checked, check_project
from build_tools.diagnostics import CellRef, Outcome
from tests.helpers import ROOT

SOURCES = ROOT.parent / "shared" / "sources"
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
# 1、 or （1） or 1. in front of a paragraph
ORDINAL = re.compile(r"^[\s⇥]*(?:[（(][0-9]{1,2}[）)]|[0-9]{1,2}(?:[、．]|[.](?![0-9])))", re.MULTILINE)
BOOKMARK = re.compile(r"\[bookmark: [^\]]*\]")
LONGEST = 20


@dataclass(frozen=True)
class Document:
    """One text and where its data are. `tables` and `reports` are marks between which they stand (None = the end).

    `beside` names the numbers of the tables that our data rightly have fewer times, with how many and why. Of the
    reports no figure is missing.
    """

    file: str
    data: str
    tables: tuple[tuple[str | None, str | None], ...] = ()
    reports: tuple[tuple[str | None, str | None], ...] = ()
    beside: Mapping[str, tuple[int, str]] = field(default_factory=dict)


CENTRE = "shifeng/business-environment-centre"
DOCUMENTS = (
    Document(
        "004_97ec0fee91833ab7.txt",
        f"{CENTRE}/2020/self-evaluation.yaml",
        tables=(("\n附件 1\n", None),),
        reports=(("\n2020 年度部门整体支出绩效评价报告\n", "\n附件 1\n"),),
        beside={"50": (1, "产出指标（50分）在下一页重印了表头")},
    ),
    Document("001_576cc429f8cd71c8.txt", f"{CENTRE}/2023/performance-targets.yaml", tables=((None, None),)),
    Document("003_47bd59928ec87c1d.txt", f"{CENTRE}/2023/evaluation-report.yaml", reports=((None, None),)),
    Document(
        "000_a609352d8caeb3a3.txt",
        "lukou/business-environment-centre/2023/self-evaluation.yaml",
        tables=((None, "\n附件2\n"), ("\n附件3", "\n附件4\n")),
        reports=(("\n附件2\n", "\n附件3"), ("\n附件4\n", None)),
    ),
    Document(
        "002_1badfcc9a92bbef4.txt",
        "lukou/administrative-approval-bureau/2022/self-evaluation.yaml",
        tables=((None, "附件2\n"),),
        reports=(("附件2\n", None),),
    ),
)
documents = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: one.file[:3])

COUNTS: Mapping[tuple[str, str], tuple[int, ...]] = {
    # 数量 质量 时效 成本 | 经济 社会 生态 可持续 | 满意度
    ("2020/self-evaluation", "整体支出绩效自评表"): (15, 1, 1, 4, 1, 3, 0, 1, 3),
    ("2020/self-evaluation", "项目支出绩效自评表#sme-service-platform"): (2, 2, 1, 1, 0, 1, 0, 1, 1),
    ("2020/self-evaluation", "项目支出绩效自评表#vocational-training"): (7, 1, 1, 1, 0, 1, 0, 1, 1),
    ("2020/self-evaluation", "项目支出绩效自评表#business-special-fund"): (1, 1, 1, 1, 1, 1, 0, 1, 2),
    ("2020/self-evaluation", "项目支出绩效自评表#city-work-evaluation-award"): (5, 1, 1, 1, 0, 1, 0, 1, 1),
    ("2023/performance-targets", "整体支出绩效目标表"): (2, 3, 1, 1, 1, 1, 0, 1, 1),
    ("2023/performance-targets", "支出方向绩效目标表#business-special-fund"): (2, 1, 1, 1, 1, 1, 0, 1, 1),
    ("2023/self-evaluation", "整体支出绩效自评表"): (3, 3, 1, 1, 1, 1, 1, 1, 1),
    # 生态效益指标 is printed as 无
    ("2023/self-evaluation", "项目支出绩效自评表#foreign-investment-award"): (1, 1, 1, 1, 1, 1, 1, 1, 1),
    ("2022/self-evaluation", "整体支出绩效自评表"): (5, 1, 1, 1, 0, 1, 0, 1, 1),
}
SECOND = ("数量", "质量", "时效", "成本", "经济", "社会", "生态", "可持续", "满意度")
SCORES: Mapping[str, tuple[str, ...]] = {
    DOCUMENTS[0].data: ("98", "98", "98", "98", "98"),
    DOCUMENTS[3].data: ("98", "98"),
    DOCUMENTS[4].data: ("96",),
}


def source(document: Document) -> str:
    """The text of the published document; a skip where it is not at hand."""
    path = SOURCES / document.file
    if not path.is_file():
        pytest.skip(f"公开文本 {document.file} 不在项目旁边：没有逐数核对")
    return BOOKMARK.sub("", path.read_text(encoding="utf-8").replace("\t", "⇥"))


def parts(text: str, marks: tuple[tuple[str | None, str | None], ...]) -> str:
    """What stands between the marks, without the ordinals of paragraphs."""
    found = []
    for first, last in marks:
        begin = text.index(first) if first else 0
        end = text.index(last, begin + len(first or "")) if last else len(text)
        found.append(text[begin:end])
    return ORDINAL.sub("", "\n".join(found))


@cache
def everything() -> dict[str, Checked]:
    """Every disclosure of the project by its file under `data/`."""
    reports, _ = check_project(read_project(ROOT))
    return {one.disclosure.file.removeprefix("data/"): one for report in reports for one in report.checked}


def statements(document: Document, report: bool | None = None) -> tuple[Statement, ...]:
    """What we have of a document: everything, its reports alone, or its tables alone."""
    found = everything()[document.data].disclosure.statements.values()
    return tuple(one for one in found if report is None or one.form.key.endswith("报告") is report)


def cells(statement: Statement) -> Iterator[tuple[str, str]]:
    """Every cell that holds something: its type and what it says."""
    for key, axes in statement.axes.items():
        for row in axes.rows:
            for column in axes.block.columns:
                ref = CellRef(statement.key, key, row.key, column.key)
                text = statement.texts[ref]
                if text and statement.cell(ref).state is not State.DERIVED:
                    yield column.type, text


def texts(statement: Statement) -> Iterator[str]:
    """What a page says of one table: its number, notes, full marks, names of indicators and codes, cells."""
    yield from (statement.form.number, *statement.form.notes)
    for axes in statement.axes.values():
        yield from (row.label for row in axes.rows if axes.block.kind in ("indicators", "coded"))
        yield from (f"{level.full or ''}" for level in axes.block.levels)
    yield from (text for _, text in cells(statement))


def published(document: Document, report: bool) -> str:
    """Everything that a disclosure says in its reports or in its tables, each under its year."""
    year = f"{everything()[document.data].disclosure.year}"
    return "\n".join(text for one in statements(document, report) for text in (year, *texts(one)))


def numbers(text: str) -> Counter[str]:
    """How often each number occurs, 10.00 and 10 alike."""
    return Counter(f"{Decimal(number).normalize():f}" for number in NUMBER.findall(text))


@documents
def test_every_number_of_a_table_has_its_place_as_often_as_it_was_printed(document: Document) -> None:
    printed = numbers(parts(source(document), document.tables)) if document.tables else Counter[str]()
    missing = printed - numbers(published(document, report=False))
    assert dict(missing) == {number: times for number, (times, _) in document.beside.items()}


@documents
def test_every_figure_of_a_report_is_found_in_the_data(document: Document) -> None:
    report = parts(source(document), document.reports)
    figures = {number for number in numbers(report) if "." in number or len(number) > 1}
    ours = numbers(published(document, report=True))
    assert figures <= set(ours)
    # a small number counts where it is an amount
    amounts = {f"{Decimal(one).normalize():f}" for one in re.findall(r"([0-9]+(?:\.[0-9]+)?) ?万元", report)}
    assert amounts <= set(ours)


@documents
def test_prose_is_summarised_not_copied(document: Document) -> None:
    printed = re.sub(r"[\s⇥]", "", source(document))
    for statement in statements(document):
        assert {statement.cell(ref).manner for ref in statement.cells if statement.cell(ref).manner} <= {"摘要"}
        for kind, text in cells(statement):
            # in a table words are facts and stand as printed
            plain = (
                re.sub(r"\s", "", text)
                if kind == "prose" or (kind == "text" and statement in statements(document, report=True))
                else ""
            )
            copied = next(
                (
                    plain[at : at + LONGEST + 1]
                    for at in range(len(plain) - LONGEST)
                    if plain[at : at + LONGEST + 1] in printed
                ),
                "",
            )
            assert not copied, f"{statement.key}：{copied}"


@documents
def test_indicators_stand_under_their_levels(document: Document) -> None:
    name = document.data.removesuffix(".yaml").split("/", 2)[2]
    found = {}
    for statement in statements(document):
        rows = [row for axes in statement.axes.values() if axes.block.kind == "indicators" for row in axes.rows]
        if rows:
            found[name, statement.key] = tuple(sum(second in row.under[1] for row in rows) for second in SECOND)
    assert found == {key: counts for key, counts in COUNTS.items() if key[0] == name}


@documents
def test_the_verdicts_say_what_the_documents_are_worth(document: Document) -> None:
    checked = everything()[document.data]
    assert not checked.held
    totals = [
        one for one in checked.verdicts if one.rule in ("department-self-evaluation-1", "project-self-evaluation-1")
    ]
    assert tuple(f"{one.left:f}" for one in totals) == SCORES.get(document.data, ())
    marks = [
        one for one in checked.verdicts if one.rule in ("department-self-evaluation-2", "project-self-evaluation-2")
    ]
    assert {one.outcome for one in (*totals, *marks)} <= {Outcome.PASSED}
    assert all(one.left == one.right for one in (*totals, *marks))
    assert all(one.left == 100 for one in marks)


def test_the_one_contradiction_that_a_rule_finds_is_told_where_it_stands() -> None:
    unequal = [
        (one.rule, one.cells[0].row, f"{one.left:f}", f"{one.right:f}", one.reason)
        for document in DOCUMENTS
        for one in everything()[document.data].verdicts
        if one.outcome in (Outcome.FAILED, Outcome.EXPLAINED)
    ]
    # 业务性专项：4 of 4 spent, and yet 4 left
    assert unequal == [("department-evaluation-5", "1", "4", "0", "原文如此，未见说明")]


def test_rounding_that_the_department_discloses_is_rounding() -> None:
    found = [one for one in everything()[DOCUMENTS[4].data].verdicts if one.outcome is Outcome.ROUNDING]
    assert [(f"{one.left:f}", f"{one.right:f}") for one in found] == [("817.29", "817.30"), ("439.82", "439.84")]
    report = next(one for one in statements(DOCUMENTS[4]) if one.key == "整体支出绩效自评报告")
    assert [report.at("尾差说明", row, "相差").amount for row in ("1", "2")] == [Decimal("0.01"), Decimal("0.02")]
