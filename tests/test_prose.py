"""Prose in the files of data/: places in the source, what is counted, bounds on hostile text, and the note on the
public page.

What is found is in tests/checks/functions/prose.md.
"""

from __future__ import annotations

import random
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from build_tools.accounts.corpus import read_project
from build_tools.checks import Context, check_department, check_project
from build_tools.checks.claims import Page, claims_in
from build_tools.checks.claims.naming import beside
from build_tools.checks.claims.role import Role
from build_tools.checks.prose import MOST_READ, read_prose
from build_tools.checks.tables import tables_of
from build_tools.checks.text_places import finder
from build_tools.checks.texts import quoted
from build_tools.diagnostics import Finding, Place, Severity
from build_tools.source import Mapping, Scalar, parse
from build_tools.web.page import Renderer
from build_tools.web.pages.disclosure import disclosure_page
from build_tools.web.pages.model import Site
from build_tools.web.pages.notes import Note
from build_tools.web.prose import prose
from tests.helpers import ROOT, real
from tests.support import DISCLOSURE, INFORMATION, SECONDS, check, make_project, repository_project

WRONG = "预算100万元，决算80万元，完成预算的90%。"
PROSE = "说明:\n  绩效评价:\n    预算绩效管理:\n      原文: {}\n"
STYLES = (
    ("", "甲: {}\n"),
    ("'", "甲: '{}'\n"),
    ('"', '甲:   "{}"   # 注\n'),
    ("|", "甲: |\n\n    {}\n乙: 1\n"),
    (">", "甲: >-\n  {}\n"),
    ("|", "甲: |+\n     {}\n\n"),
)


def words(page: str) -> str:
    """The text of a page without its line breaks."""
    return " ".join("".join(found_in(page, "//text()")).split())


def found_in(page: str, path: str) -> list[Any]:
    """What an XPath finds in a page."""
    found: Any = html.fromstring(page).xpath(path)
    return list(found)


@pytest.mark.parametrize(("style", "frame"), STYLES)
def test_every_character_of_a_text_is_found_in_its_file(style: str, frame: str) -> None:
    """Also of texts thrown together, with line breaks where the style has them: the character at the place is the
    character asked for.
    """
    dice = random.Random(3)  # the same texts every time
    breaks = ["\n", "\n\n"] if style in ("|", ">") else []
    for _ in range(60):
        written = "".join(
            dice.choices([*"预算，9%。 甲", "90", "''" if style == "'" else "“", *breaks], k=dice.randint(1, 30))
        ).strip()
        written = f"甲{written}"
        indent = frame[: frame.index("{}")].rpartition("\n")[2]
        source = frame.format(written.replace("\n", f"\n{indent}") if breaks else written)
        root = parse(source.encode(), "a.yaml").root
        node = root.get("甲") if isinstance(root, Mapping) else None
        assert isinstance(node, Scalar), source
        text, lines = node.text.strip(), source.split("\n")
        at = finder(text, node.place, lambda lines=lines: lines)  # type: ignore[misc]
        for number, line in enumerate(text.split("\n"), 1):
            for column, char in enumerate(line, 1):
                place = at(number, column, 1)
                assert char == " " or lines[place.line - 1][place.column - 1] == char, (source, number, column, place)


def test_a_file_that_has_changed_since_is_told_where_the_text_begins() -> None:
    place = Place("a.yaml", 2, 5, 1)
    assert finder("甲乙", place, lambda: ("甲: |", "    丙"))(1, 2, 1) == place
    assert finder("甲乙", place, lambda: ())(1, 2, 1) == place
    assert finder("甲乙", Place("a.yaml", 9, 5, 1), lambda: ("甲",))(1, 2, 1) == Place("a.yaml", 9, 5, 1)


def test_claims_are_counted_by_outcome(tmp_path: Path) -> None:
    """What was not read is counted and not told."""
    text = f"原文如此。其他收入占收入的30%。{WRONG}预算10万元，决算8万元，完成预算的80%。"
    reports, found = check(make_project(tmp_path, {DISCLOSURE: INFORMATION + PROSE.format(text)}))
    one = reports[0].checked[0]
    read = one.prose
    assert {word: number for word, number in read.counts.items() if number} == {"通过": 1, "不符": 1, "未核对": 1}
    assert [finding.code for finding in found if finding.code.startswith("claim-")] == ["claim-completion"]


def test_the_real_documents_say_nothing_that_they_do_not_tell_of_themselves() -> None:
    """Three slips were copied into these files, and each is under 原文出入."""
    reports, _ = check_project(read_project(ROOT))
    read = [one.prose for report in reports for one in report.checked]
    assert [told.finding.message for prose in read for told in prose.told] == []
    assert sorted(told.finding.code for prose in read for told in prose.known) == [
        "claim-contradiction",
        "claim-date",
        "prose-lookalike",
    ]
    assert not [
        one for report in reports for one in report.all_findings if one.code.startswith(("claim-", "prose-", "name-"))
    ]


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("90%", "写完成 90%，", True),
        ("90%", "写完成190%", False),
        ("0%", "写90%", False),
        ("9月31日", "日期列有 9月31日", True),
        ("。。", "多一个。", False),
        ("", "", False),
    ],
)
def test_a_remark_quotes_a_figure_as_a_whole(word: str, text: str, found: bool) -> None:
    assert quoted(word, text) is found


def test_what_stands_beside_an_amount_is_found_by_the_name_of_its_row() -> None:
    named = tables_of(real().statements, 2020, real().statements).named
    assert named[beside(Role.INITIAL_BUDGET, "行政运行", Decimal("108.06"))] == {Decimal("102.55")}
    assert named[beside(Role.LAST_YEAR, "行政运行", Decimal("107.20"))] == {Decimal("107.20")}
    assert beside(Role.INITIAL_BUDGET, "行政运行", Decimal(1)) not in named


HOSTILE = {
    "wrong claims": PROSE.format(f"'{WRONG * 20_000}'"),
    "many texts": "概况:\n  内设机构:\n" + f"    - {WRONG}\n" * 1_990,
    "many blocks": "概况:\n  决算单位构成:\n" + f"    - |\n      {WRONG}\n" * 1_990,
    "against many rows": "支出决算表:\n"
    + "".join(f"  2{number:06} 甲{number}: {{基本支出: {number}.00}}\n" for number in range(1_990))
    + "概况:\n  内设机构:\n"
    + "    - 甲8支出8.00万元，比上年增长5%。\n" * 1_990,
    "one name": "一般公共预算财政拨款支出决算表:\n"
    + "".join(f"  2{number:06} 甲: {{基本支出: {number}.00}}\n" for number in range(1_990))
    + "说明:\n  具体支出:\n"
    + "".join(
        f"    2{number:06} 甲: {{年初预算: {number}.00, 原因: 甲支出8.00万元，完成年初预算的5%}}\n"
        for number in range(1_990)
    ),
    "figures": PROSE.format(f"'{'1元' * 300_000}'"),
    "shares": PROSE.format(f"'{'占9%' * 200_000}'"),
    "doubled": PROSE.format(f"'{'管理' * 300_000}'"),
    "heads": PROSE.format(f"'{'甲局。' * 200_000}'"),
    "lists": PROSE.format(f"'{'人员经费主要包括：' * 60_000}'"),
    "open quotations": PROSE.format(f"'{'“甲' * 200_000}'"),
    "lines": PROSE.format("|\n" + "        预算1元，\n" * 40_000),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_prose_is_read_in_time_and_told_within_bounds(text: str, tmp_path: Path) -> None:
    root = make_project(tmp_path, {DISCLOSURE: INFORMATION + text})
    start = time.process_time()
    _, findings = check(root)
    assert time.process_time() - start < 2 * SECONDS
    prose_only = [one for one in findings if one.code.startswith(("claim-", "prose-", "name-"))]
    assert len(prose_only) <= 80
    assert not [one for one in prose_only if one.blocks or len(one.message) > 300]


def test_the_texts_of_a_disclosure_are_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When it is checked; its page shows what was found then."""
    asked: list[str] = []

    def counted(text: str, *rest: Any) -> Page:
        asked.append(text)
        return claims_in(text, *rest)

    monkeypatch.setattr("build_tools.checks.prose.claims_in", counted)
    root = make_project(tmp_path, {DISCLOSURE: INFORMATION + PROSE.format(WRONG)})
    report = check(root)[0][0]
    page = disclosure_page(report.checked[0], report, Site(read_project(root)))
    assert asked == [WRONG]
    assert page.values["noted"].counts == {"不符": 1}


@pytest.mark.parametrize(("errors", "counts"), [((), {"不符": 1}), ((Finding("x", "错", Place("x")),), {"未核对": 1})])
def test_what_is_held_back_is_no_measure_for_a_text(
    errors: tuple[Finding, ...], counts: dict[str, int], tmp_path: Path
) -> None:
    """Last year's figure contradicts the sentence; where last year has an error, it is not public and says nothing."""
    table = "支出决算表:\n  合计: {{本年支出合计: {0}}}\n  2010301 行政运行: {{本年支出合计: {0}}}\n"
    text = PROSE.format("行政运行支出80.00万元，比上年增长60%。")
    now, last = (
        check(make_project(tmp_path / amount, {DISCLOSURE: INFORMATION + table.format(amount) + text}))[0][0]
        for amount in ("80.00", "40.00")
    )
    before = replace(last.department.disclosures[0], year=2019, findings=errors)
    department = replace(now.department, disclosures=(now.department.disclosures[0], before))
    prose = check_department(department, repository_project().reference).checked[0].prose
    assert {word: number for word, number in prose.counts.items() if number} == counts


@pytest.mark.slow
def test_reading_takes_twice_as_long_for_twice_the_text(tmp_path: Path) -> None:
    """Best of three; nothing grows with the square."""
    spent = []
    for number in (1_000, 4_000):
        root = make_project(tmp_path / str(number), {DISCLOSURE: INFORMATION + PROSE.format(f"'{WRONG * number}'")})
        report = check(root)[0][0]
        one = report.checked[0]
        context = Context(one.disclosure, report.department, repository_project().reference, verdicts=one.verdicts)
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            read_prose(context)
            best = min(best, time.process_time() - start)
        spent.append(best)
    assert spent[1] < 8 * spent[0]


def test_too_much_text_is_a_hint(tmp_path: Path) -> None:
    _, findings = check(
        make_project(
            tmp_path, {DISCLOSURE: INFORMATION + PROSE.format("'" + "甲乙丙丁。" * (MOST_READ // 5 + 1) + "'")}
        )
    )
    assert [(one.place.line, one.severity) for one in findings if one.code == "prose-too-long"] == [
        (INFORMATION.count("\n") + 4, Severity.HINT)
    ]


def page_of(tmp_path: Path, text: str) -> str:
    """The body of the public page of a disclosure."""
    reports, _ = check(make_project(tmp_path, {DISCLOSURE: INFORMATION + text}))
    project = repository_project()
    page = disclosure_page(reports[0].checked[0], reports[0], Site(project, tuple(reports)))
    assert page.template == "disclosure.html.j2"
    return Renderer(ROOT / "templates", project.reference, lambda file, line: "").body(page, "../../../../")


def test_the_note_stands_behind_the_sentence(tmp_path: Path) -> None:
    page = page_of(
        tmp_path,
        PROSE.format(f"收支平衡。{WRONG}其余照旧。")
        + "  收入支出总体: {增加: 20, 原因: 收入120万元，比上年增加20万元，增长16.67%}\n",
    )
    text = words(page)
    assert "完成预算的90%。 〔核对：原文写完成预算的90%，按文中的数计算是80%。〕其余照旧" in text
    assert "增长16.67% 〔核对：这里写增长16.67%，按文中的数计算是20.00%。〕" in text
    assert "文字里的数，读出 2 处：不符 2。" in text
    assert [note.getparent().tag for note in found_in(page, "//small[@role='note']")] == ["dd", "p"]


def test_what_is_stated_beside_the_tables_is_noted_with_the_way_to_its_cell(tmp_path: Path) -> None:
    page = page_of(
        tmp_path,
        (
            "一般公共预算财政拨款支出决算表:\n  2010301 行政运行: {基本支出: 107.20, 项目支出: 0.86}\n  2010399 其他政府办公厅（室）及相关机构事务支出: {项目支出: 19.62}\n"
            "说明:\n  具体支出:\n    2010301 行政运行: {年初预算: 102.55, 原因: 工资, 载明: {完成年初预算: 105.9%}}\n"
            "    2010399 其他政府办公厅（室）及相关机构事务支出: {年初预算: 0, 原因: 追加, 载明: {完成年初预算: 100%}}\n"
            "已知差异:\n  explanation-completion 2010301: 填 105.9，应为 105.37：原文如此，未见说明\n"
        ),
    )
    assert "2010301 行政运行：原文写105.9%，按表计算105.4%。" in words(page)
    assert "原文写100%，它的基数是零，不能算百分数。" in words(page)
    assert "105.37，相差 0.53，四舍五入解释不了。单位的说明：原文如此" in words(page)
    links = {link[1:] for link in found_in(page, "//div[@class='mz-known']//li/a/@href")}
    assert len(links) == 2
    assert links <= set(found_in(page, "//@id"))


def test_hostile_text_in_a_note_is_text() -> None:
    notes = (Note("原文写<script>1</script>&90%。", 3), Note("乙", 8))
    shown = str(prose("```甲\n<b>\n乙\ue0000\ue001丙", notes))
    assert "<script" not in shown
    assert "<b>" not in shown
    assert shown.count('role="note"') == 2
    assert "\ue000" not in shown
    assert shown.startswith("<p>```")
    renderer = Renderer(ROOT / "templates", repository_project().reference, lambda file, line: "")
    below = renderer.environment.from_string('{% from "parts/notes.html.j2" import below %}{{ below(under) }}')
    text = below.render(under=[('"><script>', Note("<i>", sentence="<u>", row="<s>"))] * 30)
    assert not [tag for tag in ("<script", "<i>", "<u>", "<s>") if tag in text]
    assert "还有 10 处没有列出" in text
