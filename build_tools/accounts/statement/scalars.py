"""One written value → a cell. Nothing is repaired quietly: a value that is not plainly what the form asks for is a
finding that says what is wrong with it and how to write it, and the cell is doubtful.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache

from build_tools.accounts.statement.cell import Cell, State
from build_tools.accounts.statement.model import ABSENCES
from build_tools.diagnostics import Finding, Place
from build_tools.fast import make
from build_tools.forms import Column
from build_tools.source import Mapping, Node, Scalar, Sequence

AMOUNT = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,2})?")
COUNT = re.compile(r"0|[1-9][0-9]{0,11}")
PERCENT = re.compile(r"(-?(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,4})?)%")
DATE = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?|年(?:([0-9]{1,2})月(?:([0-9]{1,2})日)?)?)?")
# becomes the name of a folder, which no disk takes at any length
PROJECT = re.compile(r"(?=.{1,60}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")
SCORE = re.compile(r"(0|[1-9][0-9]{0,3})(\.[0-9]{1,2})?")
PROSE = ("摘要", "原文")

FIGURE = r"[0-9]+(?:[,，][0-9]+)*(?:\.[0-9]+)?"
UNIT = "(?:百万元|千万元|亿元|万元|千元|元整|元|亿|万|千|%|％)"
# (code, what it looks like, message, hint with {plain} for the figure where there is no doubt which one is meant)
NOT_AMOUNTS: tuple[tuple[str, re.Pattern[str], str, str], ...] = (
    ("amount-decimals", re.compile(r"-?[0-9]+\.[0-9]{3,}"), "小数超过两位", "金额保留两位小数，四舍五入"),
    (
        "amount-leading-zero",
        re.compile(r"-?0[0-9]+(\.[0-9]+)?"),
        "数前面多了 0",
        "写成 {plain}；若是科目编码，它应写在键里",
    ),
    ("amount-too-large", re.compile(r"-?[0-9]{16,}(\.[0-9]+)?"), "数太大，不像一个部门的金额", "核对数和单位"),
    (
        "amount-fullwidth",
        re.compile(r"(?=.*[０-９．，－])[-－]?[0-9０-９]+(?:[,，][0-9０-９]+)*(?:[.．][0-9０-９]+)?"),
        "数里有全角字符",
        "改成半角：{plain}",
    ),
    ("amount-exponent", re.compile(r"[-+]?[0-9.]+[eE][-+]?[0-9]+"), "数不能用科学记数法", "把数写全"),
    ("amount-split", re.compile(r"-?[0-9.,]+(?:\s+[0-9.,]+)+"), "数字中间有空格", "去掉空格：{plain}"),
    (
        "amount-with-comma",
        re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?"),
        "数字里有逗号",
        "去掉逗号：{plain}",
    ),
    (
        "amount-with-comma",
        re.compile(r"-?[0-9]+(?:[,，][0-9]+)+(?:\.[0-9]+)?"),
        "数字里有逗号",
        "核对后去掉逗号；小数点用半角的点",
    ),
    (
        "amount-with-unit",
        re.compile(rf"(?:[¥￥$]|人民币)\s*-?{FIGURE}\s*{UNIT}?|[-−]?{FIGURE}\s*{UNIT}"),
        "数后面不写单位，单位由表头统一写明",
        "按本表的金额单位换算，只写数",
    ),
    (
        "amount-minus",
        re.compile(rf"[−–—－]\s*{FIGURE}|\({FIGURE}\)|（{FIGURE}）"),
        "负数的写法不对",
        "负数用半角减号：{plain}",
    ),
    (
        "amount-dash",
        re.compile(r"[-−–—－/／\\]+|~|null|Null|NULL"),
        "没有数时不要用符号代替",
        "没有填的留空，确为零的写 0，整张表都没有的写“无”",
    ),
    ("amount-not-a-number", re.compile(r"\+[0-9]+(\.[0-9]{1,2})?"), "正数前面不写加号", "写成 {plain}"),
    ("amount-not-a-number", re.compile(r"-?(\.[0-9]+|[0-9]+\.)"), "小数点前后都要有数字", "写成 0.50 的样子"),
    (
        "amount-not-a-number",
        re.compile(r"[-+]?\.?(nan|inf|infinity)", re.IGNORECASE),
        "这不是一个数",
        "写出实际金额；没有就留空",
    ),
)


def read_cell(node: Node, column: Column, findings: list[Finding]) -> Cell:
    """The cell that a value makes in this column; findings tell what is wrong with it."""
    if column.type == "prose":
        return read_prose(node, column, findings)
    if column.type == "names":
        return read_names(node, column, findings)
    if not isinstance(node, Scalar):
        findings.append(
            Finding(
                "value-not-scalar",
                f"“{column.label}”这里应是一个值，却是一组内容",
                node.place,
                hint="检查缩进；每格只写一个值",
            )
        )
        return Cell(State.DOUBTFUL, node.place)
    text, place = node.text.strip(), node.place
    if not text:
        return Cell(State.BLANK, place)
    if text in ABSENCES and text not in column.options:
        return Cell(State.ABSENT, place, text=text)
    return READERS[column.type](place, text, column, findings)


@lru_cache(maxsize=32_768)
def amount_of(text: str) -> Decimal | None:
    """The figure that a text plainly is. Adding nothing makes -0 a plain zero."""
    return Decimal(text) + 0 if AMOUNT.fullmatch(text) else None


def read_amount(place: Place, text: str, column: Column, findings: list[Finding]) -> Cell:
    """An amount with at most two decimals."""
    amount = amount_of(text)
    if amount is not None:
        return Cell(State.WRITTEN, place, amount, text)
    code, message, hint = why_not_amount(text)
    findings.append(
        Finding(code, f"“{column.label}”填“{shorten(text)}”：{message}", place, actual=shorten(text), hint=hint)
    )
    return Cell(State.DOUBTFUL, place, text=text)


def why_not_amount(text: str) -> tuple[str, str, str]:
    """Code, message and hint for something that is not an amount."""
    for code, looks, message, hint in NOT_AMOUNTS:
        if looks.fullmatch(text):
            figure = plain(text)
            return (
                code,
                message,
                hint.format(plain=figure)
                if AMOUNT.fullmatch(figure) or "{plain}" not in hint
                else "金额只写数字和小数点",
            )
    return "amount-not-a-number", "这不是一个数", "金额只写数字和小数点；没有填的留空，没有这一项的写“无”"


def plain(text: str) -> str:
    """The figure as it was probably meant: half width, a plain minus, no separators, no leading zeros."""
    half = unicodedata.normalize("NFKC", text)
    digits = re.sub(r"[^0-9.]", "", half).lstrip("0")
    whole = digits if digits[:1].isdigit() else f"0{digits}"
    return f"-{whole}" if half[0] in "-−–—(" else whole


def shorten(text: str) -> str:
    """A value as it is quoted in a message."""
    return text if len(text) <= 30 else text[:29] + "…"


def read_count(place: Place, text: str, column: Column, findings: list[Finding]) -> Cell:
    """A whole number of things."""
    if COUNT.fullmatch(text):
        return Cell(State.WRITTEN, place, Decimal(text), text)
    findings.append(
        Finding(
            "count-not-whole",
            f"“{column.label}”填“{shorten(text)}”：应是不带单位的整数",
            place,
            actual=shorten(text),
            hint=f"只写整数，单位“{column.unit}”由表头写明" if column.unit else "只写整数",
        )
    )
    return Cell(State.DOUBTFUL, place, text=text)


def read_percent(place: Place, text: str, column: Column, findings: list[Finding]) -> Cell:
    """A percentage with its sign."""
    match = PERCENT.fullmatch(text)
    if match:
        return Cell(State.WRITTEN, place, Decimal(match[1]), text)
    findings.append(
        Finding(
            "percent-malformed",
            f"“{column.label}”填“{shorten(text)}”：应是百分数",
            place,
            actual=shorten(text),
            hint="写成 105.9% 的样子，数字和百分号都用半角",
        )
    )
    return Cell(State.DOUBTFUL, place, text=text)


def read_date(place: Place, text: str, column: Column, findings: list[Finding]) -> Cell:
    """A year, a month or a day that exists, as 2020-12-31 or 2020年12月31日."""
    match = DATE.fullmatch(text)
    if not match:
        findings.append(
            Finding(
                "date-malformed",
                f"“{column.label}”填“{shorten(text)}”：看不懂这个日期",
                place,
                hint="写成 2021-09-30 的样子；没有载明写“未载明”",
            )
        )
        return Cell(State.DOUBTFUL, place, text=text)
    year, month, day = int(match[1]), int(match[2] or match[4] or 1), int(match[3] or match[5] or 1)
    if not 1900 <= year <= 2999 or not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        findings.append(
            Finding("date-impossible", f"“{column.label}”填“{text}”：没有这一天", place, hint="核对年、月、日")
        )
        return Cell(State.DOUBTFUL, place, text=text)
    return Cell(State.WRITTEN, place, text=text)


def as_date(text: str) -> date | None:
    """The first day that a written date can mean; None where it is none."""
    match = DATE.fullmatch(text.strip())
    try:
        return date(int(match[1]), int(match[2] or match[4] or 1), int(match[3] or match[5] or 1)) if match else None
    except ValueError:
        return None


def read_choice(place: Place, text: str, column: Column, findings: list[Finding]) -> Cell:
    """One of the words of the form."""
    if text in column.options:
        return Cell(State.WRITTEN, place, text=text)
    # none of them is proposed: a word that is near may mean the opposite
    hint = f"可以写：{'、'.join(column.options)}"
    findings.append(Finding("choice-unknown", f"“{column.label}”不能填“{shorten(text)}”", place, hint=hint))
    return Cell(State.DOUBTFUL, place, text=text)


def read_text(place: Place, text: str, column: Column, findings: list[Finding]) -> Cell:
    """Text as written."""
    return make(Cell, (State.WRITTEN, place, None, text, "", ""))


def read_prose(node: Node, column: Column, findings: list[Finding]) -> Cell:
    """Prose says whether it is the department's own words (原文) or a summary (摘要)."""
    if isinstance(node, Scalar) and node.blank:
        return Cell(State.BLANK, node.place)
    if isinstance(node, Scalar) and node.text.strip() in ABSENCES:
        return Cell(State.ABSENT, node.place, text=node.text.strip())
    if isinstance(node, Mapping) and len(node.entries) == 1 and node.entries[0].key.text in PROSE:
        value = node.entries[0].value
        if isinstance(value, Scalar):
            return Cell(State.WRITTEN, value.place, text=value.text.strip(), manner=node.entries[0].key.text)
    findings.append(
        Finding(
            "prose-unmarked",
            f"“{column.label}”的文字要写明是“原文”还是“摘要”",
            node.place,
            hint="写成 原文: | 或 摘要: |，文字另起行并多缩进两个空格",
        )
    )
    return Cell(State.DOUBTFUL, node.place)


def read_names(node: Node, column: Column, findings: list[Finding]) -> Cell:
    """A list of names; one name alone may stand without a dash."""
    if isinstance(node, Scalar):
        return Cell(State.BLANK, node.place) if node.blank else Cell(State.WRITTEN, node.place, text=node.text.strip())
    if isinstance(node, Sequence) and all(isinstance(item, Scalar) and not item.blank for item in node.items):
        return Cell(
            State.WRITTEN,
            node.place,
            text="、".join(item.text.strip() for item in node.items if isinstance(item, Scalar)),
        )
    findings.append(
        Finding(
            "names-malformed",
            f"“{column.label}”应是名称的列表",
            node.place,
            hint="写成 [甲, 乙]，或每行一项，以“- ”开头",
        )
    )
    return Cell(State.DOUBTFUL, node.place)


def read_score(place: Place, text: str, column: Column, findings: list[Finding]) -> Cell:
    """Marks: a number with at most two decimals, without 分."""
    if SCORE.fullmatch(text):
        return Cell(State.WRITTEN, place, Decimal(text), text)
    findings.append(
        Finding(
            "score-malformed",
            f"“{column.label}”填“{shorten(text)}”：应是分数",
            place,
            actual=shorten(text),
            hint="只写数，不写“分”；没有填的留空",
        )
    )
    return Cell(State.DOUBTFUL, place, text=text)


def read_project(place: Place, text: str, column: Column, findings: list[Finding]) -> Cell:
    """The address of a project, which joins what several documents say of it."""
    if PROJECT.fullmatch(text):
        return Cell(State.WRITTEN, place, text=text)
    hint = "代号只用小写英文字母、数字和连字符，不超过 60 个，如 vocational-training"
    findings.append(
        Finding("project-slug", f"项目代号“{shorten(text)}”不能用作网址", place, actual=shorten(text), hint=hint)
    )
    return Cell(State.DOUBTFUL, place, text=text)


READERS: dict[str, Callable[[Place, str, Column, list[Finding]], Cell]] = {
    "amount": read_amount,
    "count": read_count,
    "percent": read_percent,
    "date": read_date,
    "choice": read_choice,
    "text": read_text,
    "term": read_text,
    "target": read_text,
    "score": read_score,
    "project": read_project,
    "ordinal": read_text,
}
