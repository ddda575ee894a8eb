"""The demo district: it is what its maker writes, it finds exactly what it is meant to find, and every story has its
page.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from build_tools.accounts.corpus import read_project
from build_tools.checks import Report, check_project
from build_tools.diagnostics import Outcome
from examples.make_demo import DEMO, YEARS, make

HOME = "example-county"
HELD = f"{HOME}/transport-bureau/2024/final-accounts"
DRAFTS = tuple(
    f"{HOME}/agriculture-bureau/2025/{kind}" for kind in ("final-accounts", "self-evaluation", "performance-targets")
)
OUTDATED = "不是最新年度"


def files(root: Path) -> dict[str, bytes]:
    """Everything that is committed, apart from the hand-written README."""
    paths = (
        path
        for path in root.rglob("*")
        if path.is_file() and not {"site", ".cache"} & set(path.relative_to(root).parts)
    )
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths if path.name != "README.md"}


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    """The committed demo, checked."""
    found, findings = check_project(read_project(DEMO))
    assert not findings
    return found


def text(site: Path, url: str) -> str:
    """The words of a page's own content."""
    return " ".join(html.parse(site / url / "index.html").xpath("string(//article)").split())


def years_offered(site: Path, url: str) -> list[str]:
    """The years of the page's year switcher."""
    return [
        link.text.strip()
        for link in html.parse(site / url / "index.html").xpath("//nav[contains(@class, 'mz-years')]/a")
    ]


def test_the_committed_demo_is_what_the_generator_writes(tmp_path: Path) -> None:
    make(tmp_path)
    fresh, committed = files(tmp_path), files(DEMO)
    different = [name for name in sorted(fresh.keys() | committed.keys()) if fresh.get(name) != committed.get(name)]
    assert not different, "运行 python -m examples.make_demo，再看改动是否应当如此"
    assert sum(map(len, committed.values())) < 1_500_000


def test_only_the_held_disclosure_has_findings(reports: list[Report]) -> None:
    """One transposed figure is one finding, at that figure."""
    findings = [finding for report in reports for finding in report.all_findings]
    assert [(finding.code, finding.blocks, finding.place.file) for finding in findings] == [
        ("expenditure-1", True, f"data/{HELD}.yaml")
    ]
    assert "公路养护" in findings[0].message


def test_verdicts_tell_the_stories(reports: list[Report]) -> None:
    by_outcome: dict[Outcome, set[tuple[str, int]]] = {}
    for report in reports:
        for one in report.checked:
            for verdict in one.verdicts:
                by_outcome.setdefault(verdict.outcome, set()).add((report.department.slug, one.disclosure.year))
    # next year's change is told from what was really spent, not from the total that was rounded by itself
    assert by_outcome[Outcome.ROUNDING] == {("transport-bureau", 2022), ("transport-bureau", 2023)}
    assert by_outcome[Outcome.EXPLAINED] == {("transport-bureau", 2023)}
    assert by_outcome[Outcome.FAILED] == {("transport-bureau", 2024)}


def test_sections_list_every_public_disclosure(demo: Path) -> None:
    page = html.parse(demo / "sections/final-accounts/index.html")
    titles = [link.text_content().strip() for link in page.xpath("//article//a")]
    assert "示例县教育局2022年度部门决算" in titles
    assert "示例县交通运输局2025年度部门决算" in titles
    assert not [
        title for title in titles if title in ("示例县交通运输局2024年度部门决算", "示例县农业农村局2025年度部门决算")
    ]
    for slug in ("three-public-expenses", "performance-targets", "self-evaluation", "evaluation-report"):
        for year in YEARS:
            assert "示例县" in text(demo, f"sections/{slug}/{year}")


@pytest.mark.parametrize("kind", ["", "final-accounts", "performance-targets", "self-evaluation"])
def test_the_year_switcher_spans_four_years(demo: Path, kind: str) -> None:
    newest_first = [f"{year}年" for year in reversed(YEARS)]
    assert years_offered(demo, f"{HOME}/education-bureau") == newest_first
    for year in YEARS:
        assert years_offered(demo, f"{HOME}/education-bureau/{year}/{kind}") == newest_first
        if kind:
            assert (OUTDATED in text(demo, f"{HOME}/education-bureau/{year}/{kind}")) is (year != YEARS[-1])


def test_the_address_without_a_year_shows_the_newest(demo: Path) -> None:
    def body(url: str) -> list[str]:
        return html.parse(demo / url / "index.html").xpath("//h1//text() | //article//section//text()")

    # a disclosure that is under review is not the newest, and one that is held back neither
    for slug, year in (("education-bureau", 2025), ("agriculture-bureau", 2024), ("transport-bureau", 2025)):
        newest, dated = (body(f"{HOME}/{slug}/{part}final-accounts") for part in ("", f"{year}/"))
        assert newest[: newest.index("公开信息")] == dated[: dated.index("公开信息")]
        assert OUTDATED not in text(demo, f"{HOME}/{slug}/{year}/final-accounts")


def test_a_renamed_department_keeps_its_old_name_on_old_years(demo: Path) -> None:
    old, new, place = "示例县民政局", "示例县民政和养老服务局", f"{HOME}/civil-affairs-bureau"
    for year in YEARS:
        heading = html.parse(demo / place / str(year) / "final-accounts/index.html").xpath("string(//h1)")
        assert heading.strip().startswith(f"{old if year < 2024 else new}{year}年度")
    assert html.parse(demo / place / "index.html").xpath("string(//h1)").strip() == new
    assert f"{old}（至2024年3月）" in text(demo, place)


def test_a_founded_department_has_no_earlier_years(demo: Path) -> None:
    place = f"{HOME}/data-service-centre"
    assert years_offered(demo, place) == ["2025年", "2024年"]
    assert not (demo / place / "2023").exists()
    assert "2024年1月" in text(demo, place)
    assert "新成立" in text(demo, f"{place}/2024/final-accounts")
    assert "不涉及" in text(demo, f"{place}/2024/final-accounts")


def test_drafts_are_nowhere(demo: Path) -> None:
    sitemap = (demo / "sitemap.xml").read_text(encoding="utf-8")
    links = {link for path in demo.rglob("*.html") for link in html.parse(path).xpath("//@href")}
    for draft in DRAFTS:
        assert not (demo / draft).exists()
        assert draft not in sitemap
        assert not [link for link in links if link.rstrip("/").endswith(draft.removeprefix(f"{HOME}/"))]
    assert "未收录" in text(demo, f"{HOME}/agriculture-bureau")
    assert not (demo / f"{HOME}/agriculture-bureau/2025").exists()


def test_what_is_held_back_says_so_and_shows_no_figure(demo: Path, reports: list[Report]) -> None:
    assert "更正中" in text(demo, HELD)
    assert html.parse(demo / HELD / "index.html").xpath("//article//table") == []
    wrong = next(finding for report in reports for finding in report.all_findings)
    assert wrong.actual
    assert wrong.expected
    page = (demo / HELD / "index.html").read_text(encoding="utf-8")
    assert wrong.actual not in page
    assert wrong.expected not in page
    assert [path.name for path in (demo / HELD).iterdir()] == ["index.html"]
    assert "更正中" in text(demo, f"{HOME}/transport-bureau/2024")
    assert (demo / f"{HOME}/transport-bureau/2024/self-evaluation/index.html").is_file()


def test_the_documents_own_words_are_marked(demo: Path) -> None:
    place = f"{HOME}/education-bureau"
    own, told = (html.parse(demo / place / f"{year}/final-accounts/index.html") for year in (2025, 2024))
    marks = [one.text_content().strip() for one in own.xpath("//div[contains(@class, 'mz-prose')]/p[1]")]
    assert "原文" in marks
    assert any(mark.startswith("整理者摘要") for mark in marks)
    assert "原文" not in [one.text_content().strip() for one in told.xpath("//div[contains(@class, 'mz-prose')]/p[1]")]


def test_empty_tables_are_printed_with_their_note(demo: Path) -> None:
    page = text(demo, f"{HOME}/education-bureau/2023/final-accounts")
    assert "2023年度没有政府性基金预算财政拨款收入支出。" in page
    assert "没有政府性基金预算财政拨款收入支出" not in text(demo, f"{HOME}/civil-affairs-bureau/2023/final-accounts")


def test_words_for_what_is_not_there(demo: Path) -> None:
    page = text(demo, f"{HOME}/agriculture-bureau/2024/final-accounts")
    assert "依法不公开" in page
    assert "未载明" in page


def test_every_page_says_that_it_is_fiction(demo: Path) -> None:
    for path in demo.rglob("*.html"):
        assert "虚构的示例" in path.read_text(encoding="utf-8"), path
