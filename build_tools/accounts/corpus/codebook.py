"""An office's own 政府收支分类科目 as a CSV file: 编码,名称[,自,至], as Excel saves it, into names by code.

The tool's own codebook is partial and an edition appears every year, so an office lays its own over it. What cannot be
read is told row by row and left out; the other rows are used.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from bisect import bisect_left, insort
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from build_tools.diagnostics import Finding, Place, Severity
from build_tools.forms import Concept, Form
from build_tools.source import read_bytes
from build_tools.source.read import MAX_BYTES, UNSEEN

# a CSV file heads its columns as the form calls them
CODE, NAME = Concept.CLASSIFICATION_CODE, Concept.CLASSIFICATION_NAME
SINCE, UNTIL = Concept.NAME_SINCE, Concept.NAME_UNTIL
COLUMNS = (CODE, NAME, SINCE, UNTIL)
# what systems of finance offices and our own exports of tables call them
ALIASES = {"科目编码": CODE, "科目代码": CODE, "科目名称": NAME, "起始年度": SINCE, "终止年度": UNTIL}
# how many digits a code has, by its first: 收入分类, 支出功能分类, 部门预算支出经济分类, 政府预算支出经济分类
LENGTHS = {"1": (3, 5, 7, 9), "2": (3, 5, 7), "3": (3, 5), "5": (3, 5)}
DIGITS, YEAR = re.compile("[0-9]+", re.ASCII), re.compile("(?:19|2[0-9])[0-9]{2}", re.ASCII)
ALWAYS = (1900, 2999)
MAX_ROWS, MAX_NAME, MAX_FINDINGS = 20_000, 60, 50

# (first year, last year, name)
Span = tuple[int, int, str]


@dataclass(slots=True)
class Reading:
    """What is gathered while one file is read; thrown away afterwards. `spans` by code: years, name and line, by first
    year.
    """

    file: str
    lines: list[str]
    findings: list[Finding] = field(default_factory=list)
    spans: dict[str, list[tuple[int, int, str, int]]] = field(default_factory=dict)


def read_codes(path: Path, file: str, form: Form, findings: list[Finding]) -> dict[str, tuple[Span, ...]]:
    """Names by code; `form` is the codebook's. Findings name the file that cannot be read, or each row left out."""
    try:
        text = decoded(read_bytes(path), file, findings)
    except OSError:
        # told with the shared files
        return {}
    if text is None:
        return {}
    reading = Reading(file, re.split("\r\n|\r|\n", text))
    rows = records(text, reading)
    line, head = next(rows, (1, []))
    order = head_of(head, form)
    if not order:
        findings.append(
            Finding(
                "codebook-header",
                "看不懂这个科目文件的第一行",
                Place(file, line),
                hint="第一行写“编码,名称”，名称有年限的写“编码,名称,自,至”；另存时选 CSV（逗号分隔）",
            )
        )
        return {}
    for number, (line, fields) in enumerate(rows, 1):
        if number > MAX_ROWS:
            message, hint = f"科目超过 {MAX_ROWS} 行，后面的没有读", "全国的科目加起来也没有这么多；检查是否重复粘贴"
            reading.findings.append(Finding("table-too-long", message, Place(file, line), Severity.WARNING, hint=hint))
            break
        refused = read_row(fields, order, line, reading)
        reading.findings += [refused] if refused else []
    findings += limited(reading.findings)
    return {code: tuple((first, last, name) for first, last, name, _ in spans) for code, spans in reading.spans.items()}


def decoded(data: bytes, file: str, findings: list[Finding]) -> str | None:
    """The text of the file: UTF-8, or GB18030 as Excel saves it; None, with a finding, where it is neither."""
    place, saved = Place(file), "在 Excel 里另存为“CSV UTF-8（逗号分隔）”"
    if len(data) > MAX_BYTES:
        findings.append(
            Finding(
                "file-too-large",
                f"文件超过 {MAX_BYTES // 1_000_000} MB，没有读入",
                place,
                hint="整本科目不到 200 KB；检查是否误放了别的文件",
            )
        )
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        findings.append(Finding("file-encoding", "文件是 UTF-16 编码", place, hint=saved))
    elif b"\0" in data:
        findings.append(Finding("file-binary", "这不是文本文件（可能是 Excel 文件改了名）", place, hint=saved))
    elif not data.removeprefix(codecs.BOM_UTF8).strip():
        findings.append(Finding("file-empty", "文件是空的", place, hint="写入科目，或删去这个文件"))
    else:
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
        findings.append(Finding("file-encoding", "认不出文件的编码", place, hint=saved))
    return None


def records(text: str, reading: Reading) -> Iterator[tuple[int, list[str]]]:
    """Every row that is not blank, with the line on which it begins; a broken quotation mark ends the reading."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = rows.line_num + 1
        try:
            fields = [one.strip() for one in next(rows)]
        except StopIteration:
            return
        except csv.Error:
            reading.findings.append(
                Finding(
                    "codebook-row",
                    "这一行读不下去，后面的没有读",
                    Place(reading.file, line),
                    Severity.WARNING,
                    hint="检查双引号有没有成对，一格里有没有粘贴了很长的内容",
                )
            )
            return
        while fields and not fields[-1]:
            fields.pop()
        if fields:
            yield line, fields


def head_of(fields: list[str], form: Form) -> list[Concept]:
    """The columns in written order; none where the first row is no head."""
    known = ALIASES | {spot.column: column for column in COLUMNS for spot in form.concepts.get(column, ())}
    columns = [known[one] for one in fields if one in known]
    return columns if len(set(columns)) == len(fields) and {CODE, NAME} <= set(columns) else []


def read_row(fields: list[str], order: list[Concept], line: int, reading: Reading) -> Finding | None:
    """One code with its name and years taken in, or the finding that says why not."""
    values = dict(zip(order, fields, strict=False))
    code, name = values.get(CODE, ""), values.get(NAME, "")

    def place(column: Concept) -> Place:
        index, text = order.index(column), values.get(column, "")
        return (
            Place(reading.file, line, column_of(fields, index, reading.lines[line - 1]), len(text))
            if text
            else Place(reading.file, line)
        )

    if len(fields) > len(order):
        message = f"这一行有 {len(fields)} 格，第一行只有 {len(order)} 格"
        return Finding(
            "codebook-row",
            message,
            Place(reading.file, line),
            Severity.WARNING,
            hint="名称里有逗号的，用半角双引号括起来",
        )
    if not DIGITS.fullmatch(code) or len(code) not in LENGTHS.get(code[0], ()):
        hint = "功能分类以 2 开头，3、5 或 7 位；经济分类以 3 开头，3 或 5 位；都用半角数字"
        return Finding(
            "codebook-code",
            f"“{code[:20]}”不是科目编码" if code else "没有写科目编码",
            place(CODE),
            Severity.WARNING,
            hint=hint,
        )
    if not name or len(name) > MAX_NAME:
        message = f"科目 {code} 的名称有 {len(name)} 个字" if name else f"科目 {code} 没有写名称"
        return Finding("codebook-row", message, place(NAME), Severity.WARNING, hint="每行写一个编码和它的名称")
    if UNSEEN.search(name):
        return Finding(
            "file-unseen-character",
            f"科目 {code} 的名称里有看不见的字符",
            place(NAME),
            Severity.WARNING,
            hint="把名称重新键入一遍",
        )
    return dated(code, name, values, line, reading, place)


def dated(
    code: str, name: str, values: dict[Concept, str], line: int, reading: Reading, place: Callable[[Concept], Place]
) -> Finding | None:
    """The years of a name; two names of a code share no year."""
    for column in (SINCE, UNTIL):
        if values.get(column) and not YEAR.fullmatch(values[column]):
            message = f"“{values[column][:20]}”不是年度"
            return Finding(
                "codebook-years",
                message,
                place(column),
                Severity.WARNING,
                hint="“自”“至”写四位数字的年度；一直用的不写",
            )
    first, last = int(values.get(SINCE) or ALWAYS[0]), int(values.get(UNTIL) or ALWAYS[1])
    if first > last:
        message = f"科目 {code} 从 {first} 年用到 {last} 年，年度颠倒了"
        return Finding(
            "codebook-years", message, place(SINCE), Severity.WARNING, hint="“自”写名称开始用的年度，“至”写最后一年"
        )
    other = add(code, name, first, last, line, reading)
    if other:
        message = f"科目 {code} 在同一年度有两个名称（另一个在第 {other} 行）"
        hint = "删去重复的一行；改过名称的，用“自”“至”写明各用于哪些年"
        return Finding("codebook-overlap", message, place(CODE), Severity.WARNING, hint=hint)
    return None


def add(code: str, name: str, first: int, last: int, line: int, reading: Reading) -> int:
    """Take the name in; or, where another holds in the same years, leave it out and give that one's line."""
    spans = reading.spans.setdefault(code, [])
    at = bisect_left(spans, (first,))
    for other in spans[max(0, at - 1) : at + 1]:
        if other[0] <= last and first <= other[1]:
            return other[3]
    insort(spans, (first, last, name, line))
    return 0


def column_of(fields: list[str], index: int, line: str) -> int:
    """Where a cell begins in its line, from 1."""
    return line.find(fields[index], sum(len(one) + 1 for one in fields[:index])) + 1 or 1


def limited(findings: list[Finding]) -> list[Finding]:
    """The first findings of a file, and how many more there are."""
    more = len(findings) - MAX_FINDINGS
    if more <= 0:
        return findings
    rest = Finding(
        "file-too-many-findings",
        f"同一文件还有 {more} 处问题没有列出",
        findings[MAX_FINDINGS].place,
        Severity.WARNING,
        hint="先改正列出的，再检查一次",
    )
    return [*findings[:MAX_FINDINGS], rest]
