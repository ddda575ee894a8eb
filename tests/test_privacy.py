"""The manual in tests/privacy/ shows what must not be published where it is found, and nothing else; beside it, what no
manual can show.

Every number is made up and looks it: region 99, telephone and card numbers of zeros.
"""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from build_tools.cli import main
from build_tools.diagnostics import Finding, Place
from build_tools.diagnostics.text import render_findings
from build_tools.engine import GeneratorError, build_site
from build_tools.privacy import discreet, discreet_lines, examine, examine_shared
from build_tools.privacy.acknowledge import SHARED
from build_tools.privacy.digits import credit_check, identity_check, is_credit_code, is_identity_number, luhn
from build_tools.privacy.examine import decoded
from build_tools.privacy.find import find, suspicious
from build_tools.privacy.folding import fold
from build_tools.privacy.shared import MAX_BYTES, examine_any
from build_tools.web.pages.summary import Folded
from tests.support import DEPARTMENT, DISCLOSURE, DISTRICT, INFORMATION, REPOSITORY, check, make_project
from tests.test_bad_input import MARK, annotate

FOLDER = Path(__file__).parent / "privacy"
SOURCES = REPOSITORY.parent / "shared" / "sources"
BLOCK = re.compile(r"^## (?P<heading>.+?)$|^```\w+ ?(?P<name>\S*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
STAND_INS = str.maketrans(
    {"○": "0", "⊙": "@", "◎": "＠", "⊚": "at", "⌗": "#", "宓": "密", "內": "内", "※": "★", "隹": "住", "溦": "微"}
    | {"□": "\u3000", "▯": "\u200b"}
)
MOBILE = "138" + "0000" + "1234"
IDENTITY = "990000" + "19900101" + "0017"
CARD = "62" + "0" * 13 + "5"
MAIL = "zhangsan" + "@" + "qq.com"
MARKED = "机" + "密★1年"
ACCOUNT = "99" + "0" * 9 + "1"


@dataclass(frozen=True)
class Section:
    """One section of the manual: its files with the marks in them."""

    name: str
    files: dict[str, str] = field(default_factory=dict)


def sections() -> Iterator[Section]:
    """Every section; a second frame for the same file begins a section of its own."""
    for path in sorted(FOLDER.glob("*.md")):
        section = Section("")
        for match in BLOCK.finditer(path.read_text(encoding="utf-8")):
            file = match["name"] or DISCLOSURE
            if match["heading"] or file in section.files:
                if section.files:
                    yield section
                section = Section(f"{path.stem}: {match['heading']}" if match["heading"] else f"{section.name} +")
            if not match["heading"]:
                section.files[file] = match["text"]
        if section.files:
            yield section


def unmarked(text: str) -> list[str]:
    """The lines of a frame without its marks."""
    return [line for line in text.split("\n") if not MARK.fullmatch(line)]


def examined(root: Path, files: dict[str, str]) -> list[Finding]:
    """What is found in these files of a project folder, each read as the check reads it."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    apart = [
        one
        for name in files
        if name.startswith("data/") and name.endswith(".yaml")
        for one in examine((root / name).read_bytes(), name, root)
    ]
    return [*apart, *examine_shared(root)]


@pytest.mark.parametrize("section", list(sections()), ids=lambda section: section.name)
def test_the_manual_shows_what_is_found(section: Section, tmp_path: Path) -> None:
    found = examined(
        tmp_path, {name: "\n".join(unmarked(text)).translate(STAND_INS) for name, text in section.files.items()}
    )
    assert {one.place.file for one in found} <= set(section.files)
    for name, text in section.files.items():
        assert annotate(unmarked(text), (one for one in found if one.place.file == name)) == text


def test_the_manual_itself_may_be_committed() -> None:
    for path in FOLDER.glob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert list(find(text)) == []
        assert list(find(text.translate(STAND_INS))) or path.stem in ("README", "public")


def test_nothing_in_this_repository_is_private() -> None:
    """Code, data, documents and lock files: what the gate would refuse is not here already."""
    listed = subprocess.run(
        ["git", "-C", str(REPOSITORY), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("这里不是 git 仓库：没有文件清单")
    # a library of others, whose tables hold digits of every kind
    vendored = re.compile(r"mingzhang-echarts\.[0-9a-f]{12}\.js")
    files = [
        path
        for name in listed.stdout.decode().split("\0")
        if name and (path := REPOSITORY / name).is_file() and not vendored.fullmatch(path.name)
    ]
    assert len(files) > 300
    assert [
        path
        for path in files
        if any(
            one.blocks for one in examine_any(path.read_bytes(), path.relative_to(REPOSITORY).as_posix(), REPOSITORY)
        )
    ] == []


def test_real_documents_are_silent() -> None:
    """Office telephones left blank, codes, amounts, thirteen tables: nothing in them belongs to a person."""
    if not SOURCES.is_dir():
        pytest.skip("没有 ../shared/sources：没有用真实文件的原文测试")
    texts = sorted(SOURCES.glob("*.txt"))
    assert len(texts) >= 5
    assert [(path.name, one.kind) for path in texts for one in find(path.read_text(encoding="utf-8"))] == []


def test_the_published_codes_of_offices_are_right() -> None:
    assert is_credit_code("91350100M000100Y43")
    assert is_credit_code("115002310086794848")
    assert not is_identity_number("115002310086794848")


@given(st.integers(0, 10**5 - 1), st.dates(), st.integers(0, 999), st.integers(0, 17), st.integers(1, 9))
def test_a_digit_changed_in_an_identity_number_is_noticed(
    region: int, day: object, order: int, place: int, more: int
) -> None:
    first = f"9{region:05d}{str(day).replace('-', '')}{order:03d}"
    number = first + identity_check(first)
    assert is_identity_number(number) is (1880 <= int(first[6:10]) <= 2099)
    changed = number[:place] + str((int(number[place].replace("X", "0")) + more) % 10) + number[place + 1 :]
    assert changed == number or not is_identity_number(changed)


@given(st.text("0123456789", min_size=15, max_size=18), st.integers(0, 14), st.integers(1, 9))
def test_a_digit_changed_in_a_card_or_a_code_is_noticed(first: str, place: int, more: int) -> None:
    card = next(first + digit for digit in "0123456789" if luhn(first + digit))
    changed = card[:place] + str((int(card[place]) + more) % 10) + card[place + 1 :]
    assert not luhn(changed)
    code = (first + "00")[:17]
    code += credit_check(code)
    assert is_credit_code(code)
    assert not is_credit_code(code[:place] + str((int(code[place]) + more) % 10) + code[place + 1 :])


PIECES = (
    "138",
    "0000",
    "1234",
    "1",
    " ",
    "-",
    "\u3000",
    "\u200b",
    "\u2014",
    "－",
    "１",
    "８",
    MOBILE,
    IDENTITY,
    CARD,
    MAIL,
    "@",
    "＠",
    "\\x31",
    "&#49;",
    "\\",
    "&",
    "&#",
    "x",
    "X",
    "机密",
    "秘 密",
    "★",
    "1年",
    "密级：",
    "【",
    "】",
    "内部资料",
    "保密审查",
    "账号：",
    "开户行",
    "手机",
    "编号",
    "\n",
    "。",
    "元",
    ".",
    "\x01",
    "\r\n",
    "é",
    "甲",
    "/2024",
    ".",
    "_",
    "·",
    "(",
    "（",
    "）",
    ")",
    "〔2023〕",
    "110000",
    "900101",
    "001",
    "住址：",
    "护照",
    "E00000001",
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@given(TEXTS)
@example("1\x013800" + "001234")
def test_the_look_at_the_bytes_never_spares_what_would_be_found(text: str) -> None:
    if list(find(text)):
        assert suspicious(text.encode())


@given(TEXTS)
def test_what_is_found_stands_where_it_was_written_and_is_hidden_in_place(text: str) -> None:
    done = 0
    for one in find(text):
        written = text[one.start : one.end]
        assert done <= one.start < one.end <= len(text)
        done = one.end
        assert "".join(fold(written).text.split()).replace("-", "").upper().endswith(one.value.replace("-", "").upper())
        assert len(one.over(written)) == len(written)
        assert one.kind == "密级标志" or (one.over(written) != written and "*" in one.shown)
        assert one.kind == "密级标志" or list(find(one.shown)) == []


HOSTILE = {
    "digits": "1",
    "mobile": MOBILE,
    "apart": "1 3 8 0 ",
    "hyphens": "1-",
    "fours": "6200 ",
    "years": "990000 19900101 ",
    "ones": "1" * 17 + " ",
    "mails": "a@",
    "ats": "@",
    "dots": "a@b.",
    "locals": "a",
    "stars": MARKED,
    "words": "秘 密 ",
    "brackets": "【机密",
    "accounts": f"账号：{ACCOUNT} ",
    "full": "１",
    "unseen": "1\u200b",
    "escapes": "\\x31",
    "entities": "&#49;",
    "addresses": f"http://{MOBILE} ",
    "commas": f"{MOBILE},",
    "keys": f"{MOBILE}: 甲\n",
    "headings": "# 甲\n",
    "blanks": " ",
    "nines": "123456789 甲",
    "thirteens": "13",
    "every digit": "1357986420",
    "dotted": "1.",
    "dots apart": "138.0000.",
    "underscores": "1_",
    "in brackets": "(1)",
    "middle dots": "1·",
    "births": "90000019",
    "old births": "1100009001010",
    "letters": "1x",
    "words of persons": "护照住址车牌QQ微信号",
    "homes": "住址 某市1号",
    "documents": "〔2023〕",
    "spelled": "a[at]",
    "hashes": "a#qq.",
}


@pytest.mark.slow
@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_the_time_grows_with_the_text_and_no_faster(piece: str, tmp_path: Path) -> None:
    """Four times the text takes about four times as long, where a pattern that looks back over all of it takes
    sixteen.
    """

    def seconds(size: int) -> float:
        """The fastest of three: a shared machine is slow at times, and never fast by chance."""
        data, found = (piece * size)[:size].encode(), []
        for _ in range(3):
            start = time.process_time()
            suspicious(data)
            for _ in find(data.decode()):
                pass
            examine(data, "content/a.md", tmp_path)
            found.append(time.process_time() - start)
        return min(found)

    assert seconds(40_000) < 9 * seconds(10_000) + 0.1


@pytest.mark.slow
@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_a_megabyte_is_answered_in_time_and_in_few_words(piece: str, tmp_path: Path) -> None:
    start = time.process_time()
    found = examine((piece * 1_000_000)[:1_000_000].encode(), "content/a.md", tmp_path)
    shown = render_findings(discreet(found, lambda file, line: ""), lambda file, line: "")
    assert time.process_time() - start < 30
    assert len(found) <= 101
    assert len(shown) < 60_000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_break_is_read(encoding: str, line_break: str, tmp_path: Path) -> None:
    text = line_break.join(["姓名,电话", f"甲,{MOBILE}", MARKED])
    data = ("\ufeff" if encoding == "utf-16-le" else "").encode(encoding) + text.encode(encoding)
    assert [(one.code, one.place.line, one.place.column) for one in examine_any(data, "content/a.csv", tmp_path)] == [
        ("privacy-mobile-number", 2, 3),
        ("privacy-secrecy", 3, 1),
    ]


def test_bytes_that_are_no_text_keep_their_digits(tmp_path: Path) -> None:
    data = b"\xff\xfe\xff" + MOBILE.encode() + b"\xff"
    assert decoded(b"\x81 " + MOBILE.encode() + b" \xff")[0].count(MOBILE) == 1
    assert [one.code for one in examine_any(b"\x81 " + data[3:], "content/a.txt", tmp_path)] == [
        "privacy-mobile-number"
    ]


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    """A workbook has no text; of a very large file the beginning is read; pictures and fonts are passed over."""
    assert [(one.code, one.blocks) for one in examine_any(b"PK\0\0", "content/a.XLSX", tmp_path)] == [
        ("privacy-unread", False)
    ]
    assert examine_any(b"\x89PNG\0\0", "content/a.png", tmp_path) == []
    large = (MOBILE + "\n").encode() + b"\n" * MAX_BYTES
    assert [one.code for one in examine_any(large, "content/a.csv", tmp_path)] == [
        "privacy-unread",
        "privacy-mobile-number",
    ]


def test_names_of_files_are_looked_at_and_shown_masked(tmp_path: Path) -> None:
    found = examine_any(f"又见 {MOBILE}".encode(), f"content/张某{MOBILE}.txt", tmp_path)
    assert [(one.code, one.place.file) for one in found] == [
        (code, "content/张某138****1234.txt") for code in ("privacy-path", "privacy-mobile-number")
    ]


QUOTING = f"""公开信息:
  状态: {MOBILE}
  年度: {MOBILE}年
  公开日期: 电话{MOBILE}
支出决算表:
  2010301 行政运行 {MOBILE}: {{基本支出: "{MOBILE[:3]} {MOBILE[3:]}人"}}
联系 {MOBILE}: 无
开户行: 账号 {ACCOUNT}
"""


@pytest.mark.parametrize("form", ["text", "line", "json", "github", "gitlab"])
def test_nothing_that_is_printed_shows_a_number_whole(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Logs of a pipeline are public: whatever a finding is about, its words and the line under it are masked."""
    root = make_project(
        tmp_path, {DISCLOSURE: QUOTING, "content/a.md": f"{MAIL} {IDENTITY}\n{MARKED} 关于某事的报告\n"}
    )
    assert main(["check", "--root", str(root), "--format", form]) == 1
    printed = "".join(capsys.readouterr())
    for private in (MOBILE, f"{MOBILE[:3]} {MOBILE[3:]}", ACCOUNT, IDENTITY, MAIL, "某事"):
        assert private not in printed
    for code in (
        "privacy-mobile-number",
        "privacy-bank-account",
        "privacy-email",
        "privacy-identity-number",
        "privacy-secrecy",
        "choice-unknown",
        "table-unknown",
    ):
        assert code in printed


def test_a_message_that_cuts_a_number_shows_no_part_of_it() -> None:
    finding = Finding("table-unknown", f"没有“甲{MOBILE[:9]}”", Place("a.yaml"), hint=MOBILE, actual=MOBILE)
    (shown,) = discreet([finding], lambda file, line: f"甲{MOBILE}: 无")
    assert (shown.message, shown.hint, shown.actual) == ("没有“甲*********”", "138****1234", "138****1234")


def test_findings_about_other_lines_are_left_as_they_are() -> None:
    finding = Finding("amount-too-large", "金额的位数太多：1234567890123456", Place("a.yaml"), hint="核对")
    assert discreet([finding], lambda file, line: "预算数: 1234567890123456") == [finding]
    assert discreet_lines(lambda file, line: "预算数: 1234567890123456")("a.yaml", 1) == "预算数: 1234567890123456"


def test_a_disclosure_is_held_back_until_it_is_masked_or_acknowledged(tmp_path: Path) -> None:
    noted = "隐私确认:\n  - {内容: 138****1234, 位置: 公开信息, 理由: 对外公布的值班手机}\n"
    for written, more, held in (
        (MOBILE, "", True),
        ("138****1234", "", False),
        (MOBILE, noted, False),
        ("138****1234", noted, True),
    ):
        reports, _ = check(
            make_project(
                tmp_path / f"{held}{len(more)}{written[3]}", {DISCLOSURE: INFORMATION.replace("测试", written) + more}
            )
        )
        assert [one.held for report in reports for one in report.checked] == [held], (written, more)


@pytest.mark.parametrize("text", [f"表: {{甲: {MOBILE}\n", f"\t甲: {MOBILE}\n", f"甲: &a {MOBILE}\n"])
def test_files_that_cannot_be_read_are_looked_at_too(text: str, tmp_path: Path) -> None:
    _, found = check(make_project(tmp_path, {DISCLOSURE: INFORMATION + text}))
    assert "privacy-mobile-number" in {one.code for one in found}
    assert any(one.code.startswith("yaml-") for one in found)


@pytest.mark.parametrize("file", [DEPARTMENT, DISTRICT])
def test_a_number_in_the_file_of_a_department_or_district_is_in_no_page(file: str, project_root: Path) -> None:
    """The file is as good as unreadable: what stands on it is held back, and the rest is published."""
    target = project_root / file.replace("data/x/y", "data/shifeng/business-environment-centre").replace(
        "data/x", "data/shifeng"
    )
    target.write_text(
        f"# {MOBILE}\n" + target.read_text(encoding="utf-8").replace("名称: ", f"名称: 电话{MOBILE}", 1),
        encoding="utf-8",
    )
    outcome = build_site(project_root)
    assert outcome.site is not None
    assert sum(len(one.held) for one in outcome.departments if Folded(one.summary, set()).district == "shifeng") == 4
    pages = [path for path in outcome.site.rglob("*") if path.is_file()]
    assert len(pages) > 50
    assert [path for path in pages if MOBILE.encode() in path.read_bytes()] == []


def test_a_number_in_a_note_beside_the_data_is_an_error_and_stops_nothing(
    project_root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project_root / "data/shifeng/README.md").write_text(MOBILE, encoding="utf-8")
    assert main(["build", "--root", str(project_root)]) == 1
    assert "privacy-mobile-number" in capsys.readouterr().out
    assert (project_root / "site/index.html").is_file()


@pytest.mark.parametrize("file", ["content/guide.md", "mkdocs.yml", "data/reference/科目.csv"])
def test_a_number_in_what_every_page_shares_stops_the_build(
    file: str, project_root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing of it can be held back alone; the site that stands stays."""
    with (project_root / file).open("a", encoding="utf-8") as stream:
        stream.write(f"\n# 电话 {MOBILE}\n")
    try:
        assert build_site(project_root).site is None
    except GeneratorError:
        pytest.fail("the build went on")
    assert main(["build", "--root", str(project_root)]) == 2
    printed = capsys.readouterr()
    assert "原来的网站没有改动" in printed.err
    assert "privacy-mobile-number" in printed.out
    assert MOBILE not in printed.out + printed.err
    assert not (project_root / "site").exists()


def test_the_shared_acknowledgements_are_read_like_any_file(tmp_path: Path) -> None:
    """Broken, a link, a file outside the project, none: told, and nothing is acknowledged."""
    (tmp_path / "outside.txt").write_text(MOBILE, encoding="utf-8")
    root = tmp_path / "project"
    (root / "content").mkdir(parents=True)
    entry = "隐私确认:\n  - {文件: ../outside.txt, 内容: 138****1234, 位置: 全文, 理由: 值班}\n"
    for text, codes in (
        ("隐私确认: {\n", ["yaml-syntax"]),
        ("甲: 1\n", ["privacy-acknowledgement"]),
        (entry, ["privacy-unused"]),
    ):
        (root / SHARED).write_text(text, encoding="utf-8")
        assert [one.code for one in examine_shared(root)] == codes
    (root / SHARED).unlink()
    assert examine_shared(root) == []
    (root / SHARED).symlink_to(tmp_path / "outside.txt")
    (root / "content/a.md").symlink_to(tmp_path / "outside.txt")
    assert examine_shared(root) == []
