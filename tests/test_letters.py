"""Letters with answers, and corrections: where they are shown, what is not shown, and what nobody's letter may give
away.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from build_tools.accounts.corpus import read_project
from build_tools.checks import check_project
from build_tools.cli import main
from build_tools.engine import build_site
from tests.helpers import one_disclosure
from tests.support import DEPARTMENT, check, make_project

HOME = "example-county/education-bureau"
INQUIRIES = DEPARTMENT.replace("department", "inquiries")
LETTER = "来信:\n  - 来信日期: 2024-03-05\n    来信: {question}\n    答复日期: 2024-03-06\n    答复: {answer}\n"


def words(page: Path) -> str:
    """The text of a page's own content."""
    return " ".join(html.parse(page).xpath("string(//article)").split())


def test_a_letter_stands_with_its_department_its_disclosure_and_in_the_list(demo: Path) -> None:
    asked, answered = "小学教育和初中教育的项目支出是不是写反了？", "两行的数写颠倒了，合计不受影响"
    for page in (f"{HOME}/", f"{HOME}/2023/final-accounts/"):
        found = words(demo / page / "index.html")
        assert asked in found
        assert answered in found
    assert asked not in words(demo / HOME / "2024/final-accounts/index.html")
    # about the department: not beside any disclosure
    general = "机关运行经费包括哪些开支？"
    assert general in words(demo / HOME / "index.html")
    assert not [path for path in (demo / HOME).glob("20*/*/index.html") if general in path.read_text(encoding="utf-8")]
    links = html.parse(demo / "inquiries/index.html").xpath("//article//ul[1]//a/@href")
    assert links == ["../example-county/transport-bureau/#inquiry-1", f"../{HOME}/#inquiry-2", f"../{HOME}/#inquiry-1"]
    for link in links:
        address, _, anchor = link.partition("#")
        assert html.parse(demo / "inquiries" / address / "index.html").xpath(f"//*[@id='{anchor}']")


def test_a_letter_about_what_is_not_public_leads_nowhere(demo: Path) -> None:
    page = demo / "example-county/transport-bureau/index.html"
    assert "2024年的部门决算为什么查不到？" in words(page)
    assert not html.parse(page).xpath("//article[@id='inquiry-1']//a")
    assert "为什么查不到" not in words(demo / "example-county/transport-bureau/2024/final-accounts/index.html")


def test_a_correction_is_told_where_the_corrected_text_stands(demo: Path) -> None:
    told = "“小学教育”和“初中教育”两行的项目支出写颠倒了，现已换回；合计没有变。原因：录入时看错了行"
    for page in (f"{HOME}/2023/final-accounts/index.html", f"{HOME}/index.html", "inquiries/index.html"):
        assert told in words(demo / page), page
    assert "更正（2025-01-08）：" in (demo / HOME / "2023/final-accounts/portable.html").read_text(encoding="utf-8")
    assert told not in words(demo / HOME / "2022/final-accounts/index.html")


def test_where_there_is_neither_there_is_no_page(site: Path) -> None:
    """An empty column is a fault of government sites."""
    assert not (site / "inquiries").exists()


@pytest.mark.parametrize(
    "private", ["138" + "0000" + "1234", "zhangsan" + "@" + "qq.com", "990000" + "19900101" + "0017"]
)
def test_personal_data_in_a_letter_is_found_and_nothing_of_the_file_is_shown(private: str, tmp_path: Path) -> None:
    reports, findings = check(
        make_project(tmp_path, {INQUIRIES: LETTER.format(question=f"请回电 {private}", answer="已回复")})
    )
    assert [one.place.file for one in findings if one.code.startswith("privacy-")] == [INQUIRIES]
    assert [report.department.inquiries for report in reports] == [()]


def test_a_wrong_letter_is_left_out_and_the_others_stay(tmp_path: Path) -> None:
    text = LETTER.format(question="甲", answer="乙") + "  - 来信日期: 2024-03-07\n    来信: 没有答复\n"
    reports, findings = check(make_project(tmp_path, {INQUIRIES: text}))
    assert [one.code for one in findings if one.place.file == INQUIRIES] == ["inquiry-empty"]
    assert [[one.question for one in report.department.inquiries] for report in reports] == [["甲"]]


def test_a_file_that_is_no_yaml_or_a_link_is_told_of(tmp_path: Path) -> None:
    assert [
        one.code
        for one in check(make_project(tmp_path / "a", {INQUIRIES: "来信: ["}))[1]
        if one.place.file == INQUIRIES
    ] == ["yaml-syntax"]
    root = make_project(tmp_path / "b")
    (root / INQUIRIES).symlink_to(root / DEPARTMENT)
    assert "path-symlink" in [one.code for one in check(root)[1]]
    assert [
        one.code for one in check(make_project(tmp_path / "c", {INQUIRIES: ""}))[1] if one.place.file == INQUIRIES
    ] == ["file-empty"]


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    root = one_disclosure(tmp_path)
    [department] = (root / "data").glob("*/*/department.yaml")
    hostile = '"<script>alert(1)</script> [x](javascript:alert(1)) <u>"'
    department.with_name("inquiries.yaml").write_text(LETTER.format(question=hostile, answer=hostile), encoding="utf-8")
    [path] = (root / "data").glob("*/*/*/*.yaml")
    path.write_text(
        path.read_text(encoding="utf-8") + f"更正:\n  - 日期: 2024-03-05\n    内容: {hostile}\n    原因: {hostile}\n",
        encoding="utf-8",
    )
    site = build_site(root).site
    assert site
    for page in (
        site / "inquiries/index.html",
        *site.rglob("portable.html"),
        *site.glob("*/*/*/*/index.html"),
        *site.glob("*/*/index.html"),
    ):
        text = page.read_text(encoding="utf-8")
        assert "<script>alert" not in text
        assert "<u>" not in text
        assert not html.fromstring(text).xpath("//a[starts-with(@href, 'javascript')]")


def test_a_new_file_is_ready_to_fill(project_root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sound before anything is written in it, canonical, and never overwritten."""
    place = "shifeng/business-environment-centre"
    path = project_root / "data" / place / "inquiries.yaml"
    assert main(["--root", str(project_root), "new", "inquiries", place]) == 0
    assert path.read_text(encoding="utf-8").count("\n  - 来信日期:\n    来信:\n    答复日期:\n    答复:\n") == 1
    _, findings = check_project(read_project(project_root))
    assert not findings
    assert main(["--root", str(project_root), "format", "--check", str(path)]) == 0
    assert main(["--root", str(project_root), "new", "inquiries", place]) == 2
    assert "已经存在" in capsys.readouterr().err
    assert main(["--root", str(project_root), "new", "final-accounts", place]) == 2
    assert "写上年度" in capsys.readouterr().err
