"""No input makes the compiler raise, run away, or speak in another tongue: any bytes in, findings out.

Every example goes the whole way, from bytes through forms, derived totals and identities to both renderings. Time is
the processor's, so that a busy machine does not fail the test.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.forms import NUMERIC, Block, Form
from tests.support import (
    DEPARTMENT,
    DISCLOSURE,
    DISTRICT,
    INFORMATION,
    REPOSITORY,
    assert_findings,
    check,
    make_project,
    repository_project,
)

SETTINGS = settings(deadline=None, derandomize=True, max_examples=150)
REAL = REPOSITORY / "data/shifeng/business-environment-centre/2020/final-accounts.yaml"
AMOUNTS = (
    "1.00",
    "0",
    "-0.00",
    "12.5",
    "-3",
    "１２",
    "1,234.5",
    "1e999999",
    "NaN",
    "0.001",
    "9" * 15,
    "9" * 400,
    "-",
    "—",
    "无",
    "未载明",
    "依法不公开",
    "3辆",
)
WORDS = (
    "2021-02-29",
    "0000年00月",
    "9999-99-99",
    "105.9%",
    "９９％",
    "是",
    "持平",
    "可公开",
    "部门",
    "湖南",
    "''",
    "null",
    "~",
    "😀",
    "𠮷" * 50,
    "元",
    "亿元",
    "[]",
    "[无, 1]",
)
TRAPS = (
    '"\\0"',
    '"\\e[31m"',
    "'：'",
    "{}",
    "[[], {}]",
    "{一: {二: 三}}",
    "&a 1",
    "*a",
    "!!int 1",
    "<<",
    "|",
    ">-",
    "# 注",
    "1 # 注",
    "- 1",
    "? 1",
    "甲: 乙",
    "@",
    "%",
    "`",
    "\t1",
)
KEYS = (
    "公开信息",
    "已知差异",
    "说明",
    "载明",
    "状态",
    "注",
    "金额单位",
    "年度",
    "收入",
    "支出",
    "合计",
    "总计",
    "基本信息",
    "名称",
    "收录范围",
    "自",
    "摘要",
    "支出决算表",
    "2010301 行政运行",
    "2010301行政运行",
    "201",
    "20103",
    "2019999 甲",
    "20199",
    "30101 基本工资",
    "999 甲",
    "0",
    "expenditure-1",
    "指标",
    "x",
)
TRAPPED = ("", "''", "<<", "２０１", "甲：乙", "*a", "[甲]", "a" * 300, "□")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One small project whose files are overwritten again and again."""
    return make_project(tmp_path_factory.mktemp("project"))


@pytest.mark.slow
@SETTINGS
@given(
    data=st.one_of(
        st.binary(max_size=400),
        st.text(max_size=200).map(str.encode),
        st.text("甲:：-#{}[]'\"|>&*!%?,，. \n\t1", max_size=120).map(str.encode),
    )
)
def test_any_bytes(root: Path, data: bytes) -> None:
    """As the whole file, and behind a sound beginning."""
    assert_findings(root, DISCLOSURE, data)
    assert_findings(root, DISCLOSURE, INFORMATION.encode() + data)


@pytest.mark.slow
@SETTINGS
@given(data=st.data())
def test_a_real_file_spoilt_at_random(root: Path, data: st.DataObject) -> None:
    """Lines lost, doubled, moved to the right or changed in one character."""
    lines = REAL.read_text(encoding="utf-8").split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        middle = data.draw(st.integers(0, len(line)))
        strange = data.draw(st.sampled_from([*"：:，,#&*!{}[]'\"|>-?%@`\t０\u3000\u200b\ufeff\r", "", "🀄", "99"]))
        lines[at : at + 1] = data.draw(
            st.sampled_from(
                [[], [line, line], [" " + line], [line[1:]], [line[:middle] + strange + line[middle + 1 :]]]
            )
        )
    assert_findings(root, DISCLOSURE, "\n".join(lines).encode())


Lines = list[str]


def shaped(keys: tuple[str, ...], values: tuple[str, ...]) -> st.SearchStrategy[Lines]:
    """Lines of a mapping: values on the key's own line, or a level more, mapping or list."""

    def nest(entries: list[tuple[str, Lines]]) -> Lines:
        return ["", *(f"  {line}" for key, (first, *rest) in entries for line in (f"{key}: {first}", *rest))]

    def items(found: list[Lines]) -> Lines:
        return ["", *(f"  {line}" for first, *rest in found for line in (f"- {first}", *rest))]

    def deeper(inner: st.SearchStrategy[Lines]) -> st.SearchStrategy[Lines]:
        entries = st.lists(st.tuples(key, inner), min_size=1, max_size=4, unique_by=lambda one: one[0])
        return st.one_of(entries.map(nest), st.lists(inner, min_size=1, max_size=3).map(items))

    key = st.sampled_from(keys)
    value = st.recursive(st.sampled_from(values).map(lambda one: [one]), deeper, max_leaves=8)
    return st.lists(st.tuples(key, value), max_size=5, unique_by=lambda one: one[0]).map(
        lambda entries: [line.removeprefix("  ") for line in nest(entries)[1:]]
    )


@pytest.mark.slow
@SETTINGS
@given(
    lines=st.one_of(shaped(KEYS, AMOUNTS + WORDS), shaped(KEYS + TRAPPED, WORDS + TRAPS)),
    file=st.sampled_from([DISCLOSURE, DEPARTMENT, DISTRICT]),
)
def test_any_shape_of_known_words(root: Path, lines: Lines, file: str) -> None:
    """Keys of the forms at any level, with any value: as a disclosure, as a department, as a district."""
    make_project(root)
    assert_findings(root, file, "\n".join(lines).encode())


def forms(slug: str, year: int) -> list[Form]:
    """The forms of one kind of disclosure of Hunan."""
    declared = repository_project().forms
    template = declared.template(slug, "湖南", year)
    assert template is not None
    return [form for key in template.tables if (form := declared.form(key, "湖南", year))]


def rows_of(block: Block) -> Lines:
    """Keys that this block knows, and some of its kind; '' where it has no rows."""
    if block.kind == "coded":
        codes = (
            ["201 甲", "20103 乙", "2010301 丙", "2010302 丁", "2139999"]
            if block.codes == "functional"
            else ["301", "30101", "30199", "302 乙", "30201", "309"]
        )
        return [*codes, *(row.label for row in block.rows)]
    if block.kind == "indicators":
        return [f"{level.label}\n    {row.label}" for level in block.levels for row in level.under]
    return [row.key for row in block.rows] or [""]


@st.composite
def block_lines(draw: st.DrawFn, block: Block) -> Lines:
    """Some rows and columns of a block, filled in."""
    lines: Lines = []
    dash = block.kind in ("records", "indicators")
    for row in draw(st.lists(st.sampled_from(rows_of(block)), max_size=5, unique=True)):
        columns = draw(st.lists(st.sampled_from(block.columns), max_size=3, unique=True)) if block.columns else []
        cells = [
            f"{column.data_key}: {draw(st.sampled_from(AMOUNTS if column.type in NUMERIC else WORDS))}"
            for column in columns
        ]
        cells = [f"指标: {draw(st.sampled_from(WORDS))}", *cells] if block.kind == "indicators" else cells
        head = row.replace("\n", ":\n").split("\n") if row else []
        head = [*head[:-1], f"{head[-1]}:"] if head else []
        pad = "      " if block.kind == "indicators" else "  " if row else ""
        lines += [
            *head,
            *(f"{pad}{('- ' if not number else '  ') if dash else ''}{cell}" for number, cell in enumerate(cells)),
        ]
    return lines


@st.composite
def filled(draw: st.DrawFn, form: Form) -> Lines:
    """A table filled in as its form asks, with figures in every unit and values that fit or do not."""
    if draw(st.integers(0, 9)) == 0:
        return [f"{form.key}: {draw(st.sampled_from(WORDS + AMOUNTS))}"]
    lines = [f"金额单位: {draw(st.sampled_from(['元', '亿元', '万元', '千元']))}"] if draw(st.booleans()) else []
    for block in form.blocks:
        inner = draw(block_lines(block))
        lines += [f"{block.key}:", *(f"  {line}" for line in inner)] if block.key else inner
    lines = ["training:", *(f"  {line}" for line in lines)] if form.repeated else lines
    return [f"{form.key}:", *(f"  {line}" for line in lines)]


@pytest.mark.slow
@SETTINGS
@given(data=st.data())
@pytest.mark.parametrize("slug", ["final-accounts", "self-evaluation", "performance-targets", "evaluation-report"])
def test_tables_filled_in_strangely(root: Path, slug: str, data: st.DataObject) -> None:
    """Far enough that totals are derived and identities judged, in mixed units."""
    file = f"data/x/y/2022/{slug}.yaml"
    chosen = data.draw(
        st.lists(st.sampled_from(forms(slug, 2022)), min_size=1, max_size=3, unique_by=lambda form: form.key)
    )
    text = INFORMATION + "".join("\n".join(data.draw(filled(form))) + "\n" for form in chosen)
    assert_findings(make_project(root, {file: text}), file, text.encode())
    (root / file).unlink()


@pytest.mark.slow
@pytest.mark.parametrize("since", ["未载明", "无", "二〇一九年", "2019", "0000", "99999", "年2019"])
def test_names_with_strange_dates_can_be_asked_for_a_year(since: str, tmp_path: Path) -> None:
    """The page of a year asks which name held then."""
    files = {DEPARTMENT: f"名称:\n  - 名称: 甲\n    自: {since}\n  - 名称: 乙\n    自: 2030\n    至: {since}\n"}
    (report,), _ = check(make_project(tmp_path, files))
    assert report.department.name_in(2020) in ("甲", "乙")


@pytest.mark.slow
@pytest.mark.parametrize("year", ["9" * 5000, "２０２０", "²", "-1", "", "无"])
def test_years_that_are_collected_are_years(year: str, tmp_path: Path) -> None:
    """Anything else is told."""
    files = {
        DISTRICT: f"基本信息:\n  名称: 甲区\n  模板地区: 湖南\n收录范围:\n  - 年度: {year}\n    类别: [部门决算]\n"
    }
    _, findings = check(make_project(tmp_path, files))
    assert [(one.code, one.place.line) for one in findings if one.blocks] == [("year-malformed", 5)]
