"""What a published document says against itself is shown where it stands, and all of it in one place."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from lxml import html

from build_tools.accounts.corpus import Reference, read_project
from build_tools.accounts.statement import Codebook
from build_tools.checks import check_project
from build_tools.web.page import Renderer
from tests.helpers import ROOT
from tests.support import DISCLOSURE, INFORMATION, check, make_project


def words(path: Path) -> str:
    """The text of a page without its line breaks."""
    return " ".join(html.parse(path).getroot().text_content().split())


def test_every_remark_is_on_the_page_of_its_disclosure_and_on_the_quality_page(site: Path) -> None:
    reports, _ = check_project(read_project(ROOT))
    overview = words(site / "quality/index.html")
    told = 0
    for report in reports:
        for one in report.checked:
            folder = (
                site
                / report.department.district.slug
                / report.department.slug
                / str(one.disclosure.year)
                / one.disclosure.slug
            )
            page = words(folder / "index.html")
            for remark in one.disclosure.remarks:
                assert remark.text in page, remark
                assert remark.text in overview, remark
                told += 1
    assert told >= 50


def test_a_remark_waives_nothing_and_is_no_finding(tmp_path: Path) -> None:
    remark = "原文出入:\n  - 表: 三公经费\n    出入: 表内为空，附件写有公务接待。\n"
    _, without = check(make_project(tmp_path / "a", {DISCLOSURE: INFORMATION + "三公经费: 无\n"}))
    _, found = check(make_project(tmp_path / "b", {DISCLOSURE: INFORMATION + "三公经费: 无\n" + remark}))
    assert [one.code for one in found] == [one.code for one in without]


def test_hostile_text_in_a_remark_is_text() -> None:
    renderer = Renderer(ROOT / "templates", Reference(Codebook(), {}, ()), lambda file, line: "")
    shown = renderer.part(
        "parts/remarks.html.j2",
        "",
        remarks={"表": {"<b>": ["<script>alert(1)</script>"]}},
        statement=SimpleNamespace(key="表"),
    )
    assert "<script" not in shown
    assert "<b>" not in shown
    assert html.fromstring(shown).xpath("//li")[0].text == "<script>alert(1)</script>"
