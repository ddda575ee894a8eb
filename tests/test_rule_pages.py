"""The rule book and the state of the figures: every rule has one page, every count is that of the verdicts."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from build_tools.accounts.corpus import read_project
from build_tools.checks import Checked, Report, check_project
from build_tools.diagnostics import Outcome, Severity, Verdict
from build_tools.web.pages.rules import Result, declarations, registry, tables_of, told_apart
from build_tools.web.pages.status import url_of, visible
from build_tools.web.pages.wording import formula_words, sentence_of
from tests.helpers import builtin, sound

Shown = list[tuple[Report, Checked]]


@pytest.fixture(scope="module")
def shown(site: Path) -> Shown:
    """Every public disclosure of the real data."""
    reports, _ = check_project(read_project(site.parent))
    return [(report, one) for report in reports for one in report.checked if visible(one)]


def page(site: Path, url: str) -> html.HtmlElement:
    """A page of the built site."""
    return html.parse(site / url / "index.html").getroot()


def words(element: html.HtmlElement) -> Counter[str]:
    """The verdict words inside an element, with their numbers."""
    counts: Counter[str] = Counter()
    for one in element.xpath(".//*[contains(@class, 'mz-verdict')]"):
        word, number = one.text_content().split()
        counts[word] += int(number)
    return +counts


def outcomes(verdicts: list[Verdict]) -> Counter[str]:
    """Verdicts by outcome."""
    return Counter(verdict.outcome.value for verdict in verdicts)


def test_every_rule_has_a_page_and_every_page_is_of_a_rule(site: Path) -> None:
    folders = {path.name for path in (site / "checks").iterdir() if path.is_dir()}
    declared = {identity.id for form in builtin().forms for identity in form.rules}
    assert folders == declared
    assert len(declared) > 60


def test_the_index_lists_every_rule_once_with_its_counts(site: Path, shown: Shown) -> None:
    items = page(site, "checks").xpath("//ul[contains(@class, 'mz-rules')]/li")
    rules = [item.xpath(".//a")[0].text for item in items]
    assert sorted(rules) == sorted({identity.id for form in builtin().forms for identity in form.rules})
    for rule, item in zip(rules, items, strict=True):
        wanted = outcomes([verdict for _, one in shown for verdict in one.verdicts if verdict.rule == rule])
        assert words(item) == wanted, rule
        assert ("还没有文件用到" in item.text_content()) == (not wanted)


def test_a_rule_page_counts_each_disclosure_and_leads_to_its_certificate(site: Path, shown: Shown) -> None:
    told = 0
    for rule in registry(builtin()):
        document = page(site, f"checks/{rule}")
        stands = document.xpath("//*[contains(@class, 'mz-stand')][.//a]")
        wanted = {}
        for report, one in shown:
            verdicts = [verdict for verdict in one.verdicts if verdict.rule == rule]
            if verdicts:
                wanted[url_of(report, one.disclosure.year, one.disclosure.slug)] = outcomes(verdicts)
        found = {
            stand.xpath(".//a/@href")[0].removeprefix("../../").split("#")[0]: words(stand)
            for stand in stands
            if stand.xpath("self::span")
        }
        assert found == wanted, rule
        told += len(found)
    assert told > 80


def test_a_rule_page_says_sentence_formula_basis_and_severity(site: Path) -> None:
    for rule, found in registry(builtin()).items():
        text = page(site, f"checks/{rule}").text_content()
        for _, identity in found:
            assert identity.citation in text, rule
            assert sentence_of(identity) in text
            assert identity.text in text
            assert formula_words(identity.text) in text
            assert identity.because in text
            assert {Severity.ERROR: "错误：", Severity.WARNING: "警告：", Severity.HINT: "提示："}[
                identity.severity
            ] in text


def test_a_rule_page_shows_an_example_that_holds_and_one_that_does_not(site: Path) -> None:
    without = [
        rule
        for rule in registry(builtin())
        if not page(site, f"checks/{rule}").xpath("//dl[contains(@class, 'mz-example')]")
    ]
    assert without == []
    document = page(site, "checks/expenditure-1")
    texts = [one.text_content() for one in document.xpath("//dl[contains(@class, 'mz-example')]//dd")]
    assert re.fullmatch(r"[\d.]+ = [\d.]+( \+ [\d.]+){4}", texts[0])
    assert re.match(r"[\d.]+ ≠ [\d.]+( \+ [\d.]+){4}“", texts[1])


def test_the_matrix_holds_the_counts_of_every_department_and_year(site: Path, shown: Shown) -> None:
    table = page(site, "quality").xpath("//table[contains(@class, 'mz-quality')]")[0]
    head = [cell.text for cell in table.xpath("./thead//th")]
    assert head[2:] == [outcome.value for outcome in Outcome]
    found = {}
    for row in table.xpath(".//tr[th[@scope='row']]"):
        url = row.xpath("./th/a/@href")[0].removeprefix("../")
        found[url] = [int(cell.text or 0) for cell in row.xpath("./td")]
    wanted: dict[str, list[int]] = {}
    for report, one in shown:
        counts = wanted.setdefault(url_of(report, one.disclosure.year), [0] * (1 + len(Outcome)))
        counts[0] += 1
        for verdict in one.verdicts:
            counts[1 + list(Outcome).index(verdict.outcome)] += 1
    assert found == wanted


def test_known_differences_remarks_and_rounding_are_all_told(site: Path, shown: Shown) -> None:
    document = page(site, "quality")
    verdicts = [verdict for _, one in shown for verdict in one.verdicts]
    text = document.text_content()
    known = document.xpath("//h2[@id='known']/following-sibling::ul[1]/li")
    assert len(known) == sum(verdict.outcome is Outcome.EXPLAINED for verdict in verdicts) > 0
    assert all(verdict.reason in text for verdict in verdicts if verdict.outcome is Outcome.EXPLAINED)
    remarks = [remark for _, one in shown for remark in one.disclosure.remarks]
    assert len(document.xpath("//ol[contains(@class, 'mz-remarks')]/li")) == len(remarks) > 0
    assert all(remark.text in text and remark.reason in text for remark in remarks)
    numbers = document.xpath("//h2[@id='rounding']/following-sibling::div[1]//td[1]/text()")
    assert sum(map(int, numbers)) == sum(verdict.outcome is Outcome.ROUNDING for verdict in verdicts) > 0
    numbers = document.xpath("//h2[@id='not-run']/following-sibling::div[1]//td[1]/text()")
    assert sum(map(int, numbers)) == sum(verdict.outcome is Outcome.NOT_RUN for verdict in verdicts) > 0


def test_no_rule_is_described_by_its_failure() -> None:
    sentences = {identity.id: sentence_of(identity) for form in builtin().forms for identity in form.rules}
    assert {
        rule: text
        for rule, text in sentences.items()
        if ("不等" in text or "不一致" in text) and not text.startswith("不出现“")
    } == {}
    assert sum(text.startswith("不出现“") for text in sentences.values()) < 5


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("收入.总计 == 支出.总计", "收入·总计 ＝ 支出·总计"),
        ("合计.每列 <= sum(类.每列)", "合计·每列 ≤ 类·每列之和"),
        ("甲 >= 乙 - (丙 - 丁)", "甲 ≥ 乙 － （丙 － 丁）"),
        ("甲 == 乙 - 丙 + 丁", "甲 ＝ 乙 － 丙 ＋ 丁"),
        ("甲 == 100 * 乙 / 丙", "甲 ＝ 100 × 乙 ÷ 丙"),
        ("甲 == 乙 / (100 * 丙)", "甲 ＝ 乙 ÷ （100 × 丙）"),
        ("甲 == (乙 + 丙) * 丁", "甲 ＝ （乙 ＋ 丙） × 丁"),
        ("甲 == min(10, 乙 * 2)", "甲 ＝ （10、乙 × 2中较小的）"),
        ('甲 == 表["301"]', "甲 ＝ 表·301"),
    ],
)
def test_a_formula_in_words(text: str, wanted: str) -> None:
    assert formula_words(text) == wanted


FORM = """key: 甲表
slug: first
title: 甲表
kind: 部门决算
unit: 万元
provenance: 试验
print: {style: rows}
blocks:
  - kind: lines
    columns: [{key: 金额}]
    rows: [{key: 总数}, {key: 一}, {key: 二}]
rules:
"""
VARIANT = """variant: 甲表（上海）
based_on: 甲表
key: 甲表
provenance: 试验
rules:
"""
TEMPLATES = [
    f"""template: {region}甲
kind: 部门决算
slug: first
title: 甲
region: {region}
from: 2020
known: 2021
provenance: 试验
sections: [{{slug: tables, heading: 表, tables: [{table}]}}]
"""
    for region, table in (("湖南", "甲表"), ("上海", "甲表（上海）"))
]
SUM = "  - {id: first-1, says: 总数与各项之和不等, rule: 总数.金额 == 一.金额 + 二.金额, citation: 依据一}\n"


def declared(folder: Path, change: str) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """What the page of first-1 tells of the form and of a variant with this change: sentences, and bases with their
    forms.
    """
    forms = sound(folder, FORM + SUM, VARIANT + change, *TEMPLATES)
    return [(one.sentence, one.bases) for one in declarations("first-1", registry(forms), forms)]


def test_declarations_that_differ_are_shown_apart_and_those_that_agree_together(tmp_path: Path) -> None:
    hunan, shanghai = "甲表（湖南 2020—2021 年）", "甲表（上海 2020—2021 年）"
    assert declared(tmp_path / "alike", "  - {id: first-1}\n") == [
        ("总数与各项之和相等", ((f"{hunan}、{shanghai}", "依据一"),))
    ]
    cited = declared(tmp_path / "cited", "  - {id: first-1, citation: 依据二}\n")
    assert cited == [("总数与各项之和相等", ((hunan, "依据一"), (shanghai, "依据二")))]
    apart = declared(tmp_path / "apart", "  - {id: first-1, says: 总数小于其中一项, rule: 总数.金额 >= 一.金额}\n")
    assert apart == [("总数与各项之和相等", ((hunan, "依据一"),)), ("总数不小于其中一项", ((shanghai, "依据一"),))]


def test_the_index_is_in_the_order_of_the_year_and_of_the_document() -> None:
    tables = list(tables_of(builtin(), registry(builtin())))
    kinds = list(dict.fromkeys(one.kind for one in tables))
    assert kinds == ["部门决算", "绩效目标", "绩效自评", "绩效评价"]
    assert next(one.item.title for one in tables) == "收入支出决算总表"
    assert len({one.item.id for one in tables}) == len(tables)


def test_where_a_form_is_used() -> None:
    template = next(one for one in builtin().templates if one.region == "湖南")
    spans = ((2020, 2022), (2024, 2024), (1900, 2999))
    assert [replace(template, begins=first, known=last).span for first, last in spans] == [
        "湖南 2020—2022 年",
        "湖南 2024 年",
        "湖南 各年度",
    ]


def test_of_many_years_the_newest_and_the_notable_are_told_apart() -> None:
    """A few years are all told; of many only those in which more than 通过 was found, and the newest."""
    years = [Result(2010 + number, "", {"通过": 1} if number % 2 else {"通过": 1, "尾差": 1}) for number in range(30)]
    assert told_apart(years[:3]) == tuple(years[:3])
    assert [one.year for one in told_apart(years[:6])] == [2010, 2012, 2014, 2015]
    assert [one.year for one in told_apart(list(reversed(years)))] == [*range(2016, 2039, 2), 2039]
