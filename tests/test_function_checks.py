"""The checks that are functions hold to their manual in tests/checks/functions/: what it marks is found there, and
nothing else.

A section of the manual is one department; its frames are its files, of any year and kind, or the office's own codebook.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from build_tools.accounts.corpus import (
    District,
    Project,
    Reference,
    departments_of,
    read_department,
    read_district,
    read_project,
)
from build_tools.accounts.corpus.codebook import MAX_FINDINGS, MAX_ROWS
from build_tools.accounts.corpus.read import read_reference
from build_tools.checks import Context, check_department
from build_tools.checks.check import FUNCTIONS
from build_tools.checks.figures import MOST
from build_tools.checks.prose import prose_findings
from build_tools.checks.scores import check_scores
from build_tools.checks.years import mentions
from build_tools.checks.zero_base import baseless_findings, find_baseless
from build_tools.diagnostics import Finding, Severity
from build_tools.diagnostics.catalogue import CATALOGUE
from tests.support import DISCLOSURE, INFORMATION, REPOSITORY, SOUND, make_project, repository_project
from tests.test_bad_input import MARK, annotate

FOLDER = Path(__file__).parent / "checks" / "functions"
BLOCK = re.compile(
    r"^## (?P<heading>.+?)$|^```(?:yaml|csv) ?(?P<name>\S*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
# marks have a manual of their own, tests/checks/scores.md
CHECKS = tuple(check for check in FUNCTIONS if check is not check_scores)
OWN = "data/reference/科目.csv"
SECONDS = 10.0


@dataclass(frozen=True)
class Section:
    """One section of the manual: its files with the marks in them."""

    name: str
    files: Mapping[str, str]

    def lines(self, file: str) -> list[str]:
        """A file without its marks."""
        return [line for line in self.files[file].split("\n") if not MARK.fullmatch(line)]

    @property
    def codes(self) -> set[str]:
        """Every code that is marked."""
        return {
            match["code"]
            for text in self.files.values()
            for line in text.split("\n")
            if (match := MARK.fullmatch(line))
        }


def place(name: str) -> str:
    """The path of a frame's file: a table of codes, the department's or the district's own file, or one disclosure of a
    year.
    """
    if name.endswith(".csv"):
        return f"data/reference/{name}"
    return next((one for one in SOUND if one.endswith(f"/{name}")), f"data/x/y/{name}") if name else DISCLOSURE


def sections() -> Iterator[Section]:
    """Every section of the manual that has frames."""
    for path in sorted(FOLDER.glob("*.md")):
        heading, files = "", {}
        for match in [*BLOCK.finditer(path.read_text(encoding="utf-8")), None]:
            if match is not None and not match["heading"]:
                file = place(match["name"])
                assert file not in files, f"{path.name}：{heading} 有两个框是同一个文件"
                bare = file.endswith((".csv", "department.yaml", "district.yaml")) or "公开信息:" in match["text"]
                files[file] = match["text"] if bare else INFORMATION + match["text"]
                continue
            if files:
                yield Section(f"{path.stem}: {heading}", files)
            heading, files = match["heading"] if match else "", {}


def functions(root: Path) -> list[Finding]:
    """Everything that the four checks find in a small project, and what is wrong with its own codebook."""
    project, findings = repository_project(), []
    reference = (
        read_reference(root, project.forms, findings) if (root / "data" / "reference").is_dir() else project.reference
    )
    district = read_district(root / "data" / "x", root, project.forms)
    project = replace(project, root=root, districts=(district,), reference=reference)
    return [*findings, *(found for finding in checked(district, project, reference) for found in finding)]


def checked(district: District, project: Project, reference: Reference) -> Iterator[list[Finding]]:
    """What the four checks find, disclosure by disclosure."""
    for path in departments_of(district, project.root, []):
        report = check_department(read_department(path, district, project), reference)
        for one in report.checked:
            context = Context(one.disclosure, report.department, reference, (), one.instances, one.verdicts)
            prose, baseless = prose_findings(one.prose, context), baseless_findings(find_baseless(context), context)
            yield [*(finding for check in CHECKS for finding in check(context)), *prose, *baseless]


@pytest.mark.parametrize("section", list(sections()), ids=lambda section: section.name)
def test_the_manual_shows_what_is_found(section: Section, tmp_path: Path) -> None:
    """Code, line and column of every finding in every file; none of them holds anything back."""
    findings = functions(
        make_project(tmp_path, {DISCLOSURE: None, **{file: "\n".join(section.lines(file)) for file in section.files}})
    )
    for file, marked in section.files.items():
        assert annotate(section.lines(file), (one for one in findings if one.place.file == file)) == marked
    assert {one.place.file for one in findings} <= set(section.files)
    assert not [one for one in findings if one.blocks and one.code != "codebook-header"]


def test_every_code_of_these_checks_is_in_the_manual() -> None:
    """A new finding needs its section; what is told of a whole CSV file is tested below."""
    modules = (
        "classification_codes",
        "units",
        "changes",
        "mentions",
        "years",
        "prose",
        "zero_base",
        "directions",
        "tables",
    )
    sources = [REPOSITORY / "build_tools" / "checks" / f"{name}.py" for name in modules]
    sources.append(REPOSITORY / "build_tools" / "accounts" / "corpus" / "codebook.py")
    written = set().union(
        *(re.findall(r'Finding\(\s*"([a-z-]+)"', path.read_text(encoding="utf-8")) for path in sources)
    )
    assert len(written) > 15
    assert written <= set(CATALOGUE)
    assert written - set().union(*(section.codes for section in sections())) == {
        "file-too-large",
        "file-encoding",
        "file-binary",
        "file-empty",
        "file-unseen-character",
        "file-too-many-findings",
        "table-too-long",
        "prose-too-long",
    }


def csv(root: Path, data: bytes) -> tuple[Reference, list[Finding]]:
    """The office's codebook with these bytes, and what is wrong with it."""
    make_project(root, {OWN: data})
    findings: list[Finding] = []
    return read_reference(root, repository_project().forms, findings), findings


@pytest.mark.parametrize("name", ["科目.xlsx", "科目.XLS", "科目.et"])
def test_a_spreadsheet_is_told_to_be_saved_as_csv(name: str, tmp_path: Path) -> None:
    """At its path; nothing is held back."""
    make_project(tmp_path, {f"data/reference/{name}": b"PK\x03\x04"})
    findings: list[Finding] = []
    read_reference(tmp_path, repository_project().forms, findings)
    assert [(one.code, one.place.file, one.severity) for one in findings] == [
        ("codebook-workbook", f"data/reference/{name}", Severity.WARNING)
    ]
    assert "CSV" in (findings[0].hint or "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_codebook_is_read_as_excel_saves_it(encoding: str, end: str, tmp_path: Path) -> None:
    """The office's names stand before the tool's; whatever it does not name stays as it was."""
    text = end.join(["编码,名称,自,至", '2139701,"甲,乙支出",2020,', "2010301,行政运转,,2019", ""])
    reference, findings = csv(tmp_path, text.encode(encoding))
    assert findings == []
    names = reference.codebook
    assert [names.name("2139701", year) for year in (2019, 2020)] == ["", "甲,乙支出"]
    assert [names.name("2010301", year) for year in (2019, 2020)] == ["行政运转", "行政运行"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("编码,名称\n".encode() + b"0" * 2_000_000, "file-too-large"),
        ("编码,名称\n2139701,某项支出\n".encode("utf-16"), "file-encoding"),
        (b"\xff\x00\xff,", "file-binary"),
        ("编码,名称\n2139701,某项支出\n".encode() + b"\xff", "file-encoding"),
        (b"", "file-empty"),
        (b"\xef\xbb\xbf\n\n", "file-empty"),
        ("编码;名称\n2139701;某项支出\n".encode(), "codebook-header"),
        ("编码,名称,名称\n".encode(), "codebook-header"),
        ("编码,备注\n".encode(), "codebook-header"),
    ],
)
def test_a_codebook_that_cannot_be_read_is_told_once(data: bytes, code: str, tmp_path: Path) -> None:
    """And the tool's own stays as it was."""
    reference, findings = csv(tmp_path, data)
    assert [(one.code, one.place.file, one.severity) for one in findings] == [(code, OWN, Severity.ERROR)]
    assert reference.codebook.names == repository_project().reference.codebook.names


def test_rows_of_a_codebook_that_no_manual_can_print(tmp_path: Path) -> None:
    """What cannot be seen, what never ends, what repeats: each at its line, and the good rows are used."""
    rows = ["编码,名称", "2139701,看不\u200b见", f"2139702,{'长' * 61}", "2139703,好的", '2139704,"' + "长" * 140_000]
    reference, findings = csv(tmp_path, "\n".join(rows).encode())
    assert [(one.code, one.place.line) for one in findings] == [
        ("file-unseen-character", 2),
        ("codebook-row", 3),
        ("codebook-row", 5),
    ]
    assert reference.codebook.name("2139703", 2020) == "好的"
    assert not {"2139701", "2139702", "2139704"} & set(reference.codebook.names)


@pytest.mark.parametrize("row", ["2{0:06},甲", "2139701,甲{0}", "错,甲", "2139701,甲,{1},{1}", '"甲', ",,,", "甲" * 15])
def test_a_huge_codebook_is_read_in_time_and_told_within_bounds(row: str, tmp_path: Path) -> None:
    """A hundred thousand rows of any kind, as far as 2 MB go."""
    text = "编码,名称,自,至\n" + "".join(row.format(number, 1900 + number % 1100) + "\n" for number in range(100_000))
    start = time.process_time()
    reference, findings = csv(tmp_path, text.encode()[:1_999_990].decode(errors="ignore").encode())
    assert time.process_time() - start < SECONDS
    assert len(findings) <= MAX_FINDINGS + 1
    assert all(len(one.message) < 200 for one in findings)
    assert len(reference.codebook.names) <= MAX_ROWS + 500


@pytest.mark.slow
def test_no_cell_of_a_codebook_makes_it_raise(tmp_path: Path) -> None:
    """Pieces of rows thrown together: findings at places that exist, and only whole names taken in."""
    dice = random.Random(7)  # the same rows every time
    pieces = [
        "编码",
        "名称",
        "自",
        "至",
        ",",
        ",",
        "\n",
        "\r",
        "2139701",
        "2010301",
        "甲",
        '"',
        "2020",
        "2019",
        " ",
        "\u200b",
        "１",
        "-",
        "=1+1",
        "\t",
    ]
    for _ in range(400):
        text = dice.choice(["", "编码,名称,自,至\n"]) + "".join(dice.choices(pieces, k=dice.randint(0, 40)))
        reference, findings = csv(tmp_path, text.encode())
        lines = len(re.split("\r\n|\r|\n", text))
        assert all(1 <= one.place.line <= lines and one.place.column >= 1 and one.place.length >= 1 for one in findings)
        assert all(first <= last and name for spans in reference.codebook.names.values() for first, last, name in spans)


def wide(rows: int, row: str, around: str = "支出决算表") -> str:
    """A table with this many rows of its own."""
    return f"{around}:\n" + "".join(f"  {row.format(number)}\n" for number in range(rows))


LONG = "2018年度决算《" * 20_000
HOSTILE = {
    "codes": wide(1990, "2{0:06} 甲{0}: {{基本支出: 1.00}}"),
    "other codes": wide(990, "30{0:03} 甲{0}: {{基本支出: 1.00}}")
    + wide(1990, "2{0:06} 甲{0}: {{基本支出: 1.00}}", "一般公共预算财政拨款支出决算表"),
    "old names": wide(9, "2010{0}01 甲: {{基本支出: 1.00}}"),
    "units": wide(1990, "2{0:06} 甲{0}: {{本年支出合计: 1.00, 基本支出: 10000}}"),
    "changes": wide(1990, "2{0:06} 甲{0}: {{基本支出: 100.00}}", "一般公共预算财政拨款支出决算表")
    + "说明:\n  具体支出:\n"
    + "".join(f"    2{number:06} 甲{number}: {{年初预算: 1.00}}\n" for number in range(1990)),
    "open titles": f"说明:\n  国有资本经营预算: {{情况: '{LONG}'}}\n",
    "years": f"说明:\n  国有资本经营预算: {{情况: '{'2018年度 ' * 90_000}'}}\n",
    "digits": f"说明:\n  国有资本经营预算: {{情况: '{'2' * 900_000}'}}\n",
    "blanks": f"说明:\n  国有资本经营预算: {{情况: '{'比 ' * 200_000}{' ' * 400_000}2018年度决算'}}\n",
    "name": f"公开信息: {{状态: 可公开, 保密审查: 通过, 负责人审签: 通过, 名称: '{'局' * 300_000}2018年'}}\n",
    "items": wide(2, "3010{0} 甲: 1.00", "基本支出决算表")
    + f"说明:\n  基本支出:\n    人员经费主要包括: [{'、'.join(['津贴补贴', '奖金'] * 60_000)}]\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_documents_are_checked_in_time_and_told_within_bounds(text: str, tmp_path: Path) -> None:
    """Every check alone stays within a few findings of each kind; messages can be shown."""
    root = make_project(tmp_path, {DISCLOSURE: text if "公开信息" in text else INFORMATION + text})
    project = replace(repository_project(), root=root)
    district = read_district(root / "data" / "x", root, project.forms)
    start = time.process_time()
    findings = [one for found in checked(district, project, project.reference) for one in found]
    assert time.process_time() - start < SECONDS
    assert len(findings) <= 10 * (MOST + 1)
    assert all(len(one.message) + len(one.hint or "") < 500 and one.place.line >= 1 for one in findings)
    assert not [one for one in findings if one.blocks]


@pytest.mark.parametrize(
    "files",
    [
        {},
        {DISCLOSURE: ""},
        {DISCLOSURE: "\0"},
        {DISCLOSURE: "- 1"},
        {DISCLOSURE: "公开信息: 无\n"},
        {DISCLOSURE: "说明: 无\n"},
    ],
)
def test_what_cannot_be_read_is_left_alone(files: dict[str, str], tmp_path: Path) -> None:
    """Other checks have told it."""
    assert functions(make_project(tmp_path, files)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2018年度部门决算", ["2018"]),
        ("2018年度本单位没有这项支出", ["2018"]),
        ("2020年度部门决算", []),
        ("2019年度部门决算", []),
        ("2019年度没有这项支出", ["2019"]),
        ("2019年度没有这项支出，比2020年度少", []),
        ("2021年度预算", []),
        ("十三、关于2019年度预算绩效情况", ["2019"]),
        ("（一）2019年度收入支出决算情况\n2020年度收支相等。", ["2019"]),
        ("我们已经公开。2019年度部门决算收入259.15万元，支出259.15万元。", ["2019"]),
        ("2019年度机关运行经费支出14.09万元", ["2019"]),
        ("2019年度机关运行经费支出14.09万元，比上年减少2万元", []),
        ("2019年度决算支出100万元，2020年度支出120万元", []),
        ("2019年度预算绩效自评工作已经完成，得分98分。", []),
        ("按照2019年度部门决算支出100万元安排", []),
        ("一、做好2019年度决算公开", []),
        ("2021年度机关运行经费支出14.09万元", []),
        ("比2018年度决算增加", []),
        ("截至2018年度决算", []),
        ("2016年度至2018年度预算", []),
        ("《2018年度部门决算》", []),
        ("《2018年度部门决算》和2017年度，2016年度预算", ["2016"]),
        ("》2018年度决算", ["2018"]),
        ("2018年度获评优秀单位", []),
        ("12018年度决算", []),
        ("2018年度", []),
        ("", []),
    ],
)
def test_years_that_a_text_gives_for_its_own(text: str, found: list[str]) -> None:
    """History, plans, comparisons and titles speak of other years."""
    assert list(mentions(text, 2020)) == found


def test_the_real_documents_have_only_true_slips() -> None:
    """Each was looked up in the document: names of items without an amount, and 公务招待费 for 公务接待费."""
    project = read_project(REPOSITORY)
    found = [
        one
        for district in project.districts
        for found in checked(district, project, project.reference)
        for one in found
    ]
    assert [(one.place.file.split("/", 1)[1], one.code, one.actual or one.message.split("，")[0]) for one in found] == [
        ("lukou/administrative-approval-bureau/2022/self-evaluation.yaml", "code-name-codebook", "公务招待费"),
        (
            "shanghai-putuo/finance-bureau/2024/final-accounts.yaml",
            "item-without-figure",
            "“人员经费主要包括”列了个人农业生产补贴",
        ),
        (
            "shifeng/business-environment-centre/2020/final-accounts.yaml",
            "item-without-figure",
            "“人员经费主要包括”列了津贴补贴",
        ),
        (
            "shifeng/business-environment-centre/2020/final-accounts.yaml",
            "item-without-figure",
            "“公用经费主要包括”列了咨询费、手续费",
        ),
    ]


def test_the_fictional_district_has_none() -> None:
    """Except for a code that its own codebook leaves out."""
    project = read_project(REPOSITORY / "examples" / "demo")
    found = [
        one
        for district in project.districts
        for found in checked(district, project, project.reference)
        for one in found
    ]
    assert {(one.code, one.message) for one in found} <= {("code-unknown", "科目库里没有“2010350 事业运行”")}
