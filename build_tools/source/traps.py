"""What YAML would accept and mean something else by: each refused with its own words, at its own place.

Every function looks at one thing and returns the findings about it. A published file must mean exactly what a reader
of its text would think that it means.
"""

from __future__ import annotations

import re
from typing import Any

from build_tools.diagnostics import Finding, Place
from build_tools.source.read import UNSEEN
from build_tools.source.syntax import blank_key, full_mark, missed_colon
from build_tools.source.tree import Comment, Entry, Mapping, Node, Scalar, Sequence

FULLWIDTH = re.compile("[：０-９]")
THOUSANDS = re.compile(r"-?\d{1,3}$")
REST_OF_NUMBER = re.compile(r"\d{3}(\.\d+)?$")
FULL_COMMA = re.compile(r"-?[\d.]+\s*(，)[^，]*[：:]")
MAX_KEY = 200

Span = tuple[tuple[int, int], tuple[int, int]]


def entry(key: Scalar, value: Node, flow: bool, earlier: list[Entry], seen: dict[str, Scalar]) -> list[Finding]:
    """A key written twice, a merge key, a flow key without a value, blanks and colons of the wrong width."""
    if key.text == "<<":
        return [
            Finding(
                "yaml-merge", "合并键 << 不能用：读的人看不到合并进来的内容", key.place, hint="把要合并的内容直接写出来"
            )
        ]
    first = seen.setdefault(key.text, key)
    if flow and isinstance(value, Scalar) and value.style == "" and value.text == "":
        return flow_null(key, earlier)
    if first is not key and key.style != "*":
        return [
            Finding(
                "yaml-duplicate-key",
                f"“{key.text}”写了两次（第一次在第 {first.line} 行），不知道该用哪一个",
                key.place,
                hint="保留正确的一行，删去另一行",
            )
        ]
    if key.blank and key.style != "*":
        return [blank_key(key.place)]
    if key.style == "" and key.text[:1].isspace():
        return [indented(key)]
    if FULLWIDTH.search(key.text):
        return [fullwidth_key(key)]
    return misread(key, value, flow) if isinstance(value, Scalar) and value.style == "" else []


def misread(key: Scalar, value: Scalar, flow: bool) -> list[Finding]:
    """Text to YAML, more than that to its writer: `{甲: 1，乙：2}`, `表: ｛甲: 1｝`, `表:` and below it `  甲：1`."""
    joined = FULL_COMMA.match(value.text) if flow else None
    if joined or value.text.startswith("｛"):
        at = joined.start(1) if joined else 0
        return [full_mark(value.text[at], value.place._replace(column=value.column + at, length=1))]
    found = missed_colon(value.text, value.place) if value.line != key.line else None
    return [found] if found else []


def flow_null(key: Scalar, earlier: list[Entry]) -> list[Finding]:
    """`{本年收入: 2,940.05}`, `{a:1}`, `{甲：1}`: three accidents that YAML reads as a key without a value."""
    last = earlier[-1].value if earlier else None
    if isinstance(last, Scalar) and REST_OF_NUMBER.match(key.text):
        if last.blank and REST_OF_NUMBER.match(earlier[-1].key.text):
            # the third part of 1,234,567.89: told already
            return []
        if THOUSANDS.match(last.text):
            return [comma_number(last, key)]
    found = missed_colon(key.text, key.place) if key.style == "" else None
    return (
        [found]
        if found
        else [
            Finding(
                "yaml-flow-blank",
                f"花括号里的“{key.text}”没有值",
                key.place,
                hint="写上值；要留空时把这一项整个删去，或改成每行一项",
            )
        ]
    )


def comma_number(first: Scalar, rest: Scalar) -> Finding:
    """A thousands separator, which YAML takes for the end of the value."""
    length = rest.column + rest.length - first.column if rest.line == first.line else first.length
    return Finding(
        "yaml-comma-number",
        f"数字里的逗号被当成了分隔：这里读成了 {first.text} 和 {rest.text} 两项",
        Place(first.file, first.line, first.column, length),
        hint=f"数字不加逗号，各段连着写：{first.text}{rest.text}{'' if '.' in rest.text else '…'}",
    )


def short_key(key: Scalar) -> tuple[Scalar, Finding]:
    """The key as it is kept. Whole texts as keys (`? |`) are refused and cut, so that no message quotes them at
    length.
    """
    finding = Finding("yaml-long-key", f"键应是一行不超过 {MAX_KEY} 字的文字", key.place, hint="把长文字写在值里")
    return key._replace(text=key.text[:MAX_KEY].replace("\n", " ")), finding


def indented(key: Scalar) -> Finding:
    """A line moved to the right by blanks that YAML does not count."""
    return Finding(
        "yaml-fullwidth-blank",
        "行首用了全角空格（或网页上的空格），YAML 不认作缩进",
        key.place,
        hint="行首改用半角空格，每层两个",
    )


def decorated(event: Any, file: str) -> list[Finding]:
    """Anchors (&) and tags (!)."""
    place = Place(file, event.start_mark.line + 1, event.start_mark.column + 1)
    if event.anchor is not None:
        return [
            Finding("yaml-anchor", "锚点 & 不能用：内容要写在它出现的地方", place, hint="文字以 & 开头时用引号括起来")
        ]
    if event.tag is not None:
        return [Finding("yaml-tag", "以“!”开头的标签不能用", place, hint="删去标签；文字以 ! 开头时用引号括起来")]
    return []


def alias(scalar: Scalar) -> Finding:
    """A reference (*) to something written elsewhere."""
    return Finding(
        "yaml-alias",
        "引用 * 不能用：内容要写在它出现的地方",
        scalar.place,
        hint="把内容直接写在这里；文字以 * 开头时用引号括起来",
    )


def escaped(scalar: Scalar) -> list[Finding]:
    """A character that cannot be seen, smuggled in by an escape."""
    unseen = UNSEEN.search(scalar.text)
    if not unseen:
        return []
    return [
        Finding(
            "file-unseen-character",
            f"这段文字里有看不见的字符（U+{ord(unseen[0]):04X}）",
            scalar.place,
            hint="删去反斜杠写法，直接键入文字",
        )
    ]


def several_lines(scalar: Scalar, lines: list[str]) -> Finding:
    """A plain or quoted value that runs on: YAML joins the lines with a blank, which nobody meant."""
    following = lines[scalar.line] if scalar.line < len(lines) else ""
    place = Place(
        scalar.file, scalar.line + 1, len(following) - len(following.lstrip()) + 1, max(1, len(following.strip()))
    )
    found = missed_colon(following, Place(scalar.file, scalar.line + 1)) if scalar.style == "" else None
    if scalar.style:
        hint = "引号里的文字写在一行里"
    elif following.lstrip().startswith("-"):
        hint = "列表的每一项以“- ”开头，“-”后面空一格"
    else:
        hint = "若是新的一项，检查冒号（半角，后面空一格）和缩进"
    return found or Finding(
        "yaml-several-lines",
        "这一行被接到了上一行的值后面",
        place,
        hint=f"{hint}；若是长文字，在键后写 |，文字另起行并多缩进两个空格",
    )


def fullwidth_key(key: Scalar) -> Finding:
    """Full-width digits or colons in a key: they look right and match nothing."""
    return Finding("yaml-fullwidth-key", f"键“{key.text}”里有全角的数字或冒号", key.place, hint="改成半角")


def complex_key(node: Node) -> Finding:
    """A mapping or list used as a key."""
    return Finding(
        "yaml-complex-key", "键必须是一段文字，这里却是一组内容", node.place, hint="检查是否多写了“? ”、括号或“- ”"
    )


def second_document(event: Any, file: str) -> Finding:
    """`---` in the middle of a file."""
    return Finding(
        "yaml-documents",
        "一个文件只能有一份内容，这里用 --- 开始了第二份",
        Place(file, event.start_mark.line + 1),
        hint="删去 ---，或分成两个文件",
    )


def not_a_mapping(root: Scalar | Sequence | Mapping, lines: list[str]) -> Finding:
    """The whole file is one text or one list."""
    first = lines[root.line - 1] if root.line <= len(lines) else ""
    found = missed_colon(first, Place(root.file, root.line))
    return found or Finding("yaml-not-mapping", "文件应由“键: 值”组成", root.place, hint="冒号用半角，后面空一格")


def read_comments(lines: list[str], spans: list[Span], file: str) -> tuple[list[Comment], list[Finding]]:
    """Comments on their own lines, and a finding for every comment behind something else.

    YAML ends `平台 #1期` at the blank and `"平台"#1期` at the quote, silently; so a comment must have a line of its
    own.
    """
    comments: list[Comment] = []
    findings: list[Finding] = []
    index = 0
    for number, text in [(number, text) for number, text in enumerate(lines) if "#" in text]:
        at = text.find("#")
        while at >= 0:
            while index < len(spans) and spans[index][1] <= (number, at):
                index += 1
            if index == len(spans) or (number, at) < spans[index][0]:
                break
            at = text.find("#", at + 1)
        if at >= 0 and text[:at].strip():
            findings.append(trailing_comment(Place(file, number + 1, at + 1, len(text) - at)))
        elif at >= 0:
            comments.append(Comment(number + 1, text.strip()))
    return comments, findings


def trailing_comment(place: Place) -> Finding:
    """Text that would be lost."""
    return Finding(
        "yaml-trailing-comment",
        "从“#”起的文字会被当成注释丢掉",
        place,
        hint="若是内容，用引号括起整个值；若是说明，写成 # 开头的单独一行",
    )
