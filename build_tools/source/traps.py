"""What YAML would accept and mean something else by: each refused with its own words, at its own place.

Every function looks at one thing and returns the findings about it. A published file must mean exactly what a reader
of its text would think that it means.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Any

from build_tools.diagnostics import Finding, Place
from build_tools.source.read import UNSEEN
from build_tools.source.tree import Comment, Entry, Mapping, Node, Scalar, Sequence

FULLWIDTH = re.compile("[：０-９]")
THOUSANDS = re.compile(r"-?\d{1,3}$")
REST_OF_NUMBER = re.compile(r"\d{3}(\.\d+)?$|\d{3}$")


def entry(key: Scalar, value: Node, flow: bool, earlier: list[Entry], seen: dict[str, Scalar]) -> list[Finding]:
    """A key written twice, a merge key, a flow key without a value."""
    if key.text == "<<":
        return [Finding("yaml-merge", "合并键 << 不能用：读的人看不到合并进来的内容", key.place, hint="把要合并的内容直接写出来")]
    first = seen.setdefault(key.text, key)
    if first is not key and key.style != "*":
        return [Finding(
            "yaml-duplicate-key", f"“{key.text}”写了两次（第一次在第 {first.line} 行），不知道该用哪一个", key.place,
            hint="保留正确的一行，删去另一行",
        )]
    if flow and isinstance(value, Scalar) and value.style == "" and value.text == "":
        return [flow_null(key, earlier)]
    return [fullwidth_key(key)] if FULLWIDTH.search(key.text) else []


def flow_null(key: Scalar, earlier: list[Entry]) -> Finding:
    """`{本年收入: 2,940.05}`, `{a:1}`, `{甲：1}`: three accidents that YAML reads as a key without a value."""
    last = earlier[-1].value if earlier else None
    if isinstance(last, Scalar) and THOUSANDS.match(last.text) and REST_OF_NUMBER.match(key.text):
        whole = f"{last.text}{key.text}"
        return Finding(
            "yaml-comma-number", f"数字里的逗号被当成了分隔：这里读成了 {last.text} 和 {key.text} 两项",
            Place(last.file, last.line, last.column, key.column + key.length - last.column if key.line == last.line else last.length),
            hint=f"数字不加逗号，写 {whole}",
        )
    if "：" in key.text:
        return Finding(
            "yaml-fullwidth-colon", f"“{key.text}”里的冒号是全角的，YAML 把它当成没有值的键", key.place,
            hint=f"改成半角冒号，后面空一格：{key.text.replace('：', ': ')}",
        )
    if ":" in key.text:
        return Finding(
            "yaml-tight-colon", f"“{key.text}”的冒号后面没有空格，YAML 把它当成没有值的键", key.place,
            hint=f"在冒号后面空一格：{key.text.replace(':', ': ', 1)}",
        )
    return Finding(
        "yaml-flow-blank", f"花括号里的“{key.text}”没有值", key.place, hint="写上值；要留空时把这一项整个删去，或改成每行一项",
    )


def decorated(event: Any, file: str) -> list[Finding]:
    """Anchors (&) and tags (!)."""
    place = Place(file, event.start_mark.line + 1, event.start_mark.column + 1)
    if event.anchor is not None:
        return [Finding("yaml-anchor", f"锚点 &{event.anchor} 不能用：内容要写在它出现的地方", place, hint="文字以 & 开头时用引号括起来")]
    if event.tag is not None:
        return [Finding("yaml-tag", "以“!”开头的标签不能用", place, hint="删去标签；文字以 ! 开头时用引号括起来")]
    return []


def alias(scalar: Scalar) -> Finding:
    """A reference (*) to something written elsewhere."""
    return Finding("yaml-alias", "引用 * 不能用：内容要写在它出现的地方", scalar.place, hint="把内容直接写在这里；文字以 * 开头时用引号括起来")


def escaped(scalar: Scalar) -> list[Finding]:
    """A character that cannot be seen, smuggled in by an escape."""
    unseen = UNSEEN.search(scalar.text)
    if not unseen:
        return []
    return [Finding("file-unseen-character", f"这段文字里有看不见的字符（U+{ord(unseen[0]):04X}）", scalar.place, hint="删去反斜杠写法，直接键入文字")]


def several_lines(scalar: Scalar, lines: list[str]) -> Finding:
    """A plain or quoted value that runs on: YAML joins the lines with a blank, which nobody meant."""
    following = lines[scalar.line] if scalar.line < len(lines) else ""
    place = Place(scalar.file, scalar.line + 1, len(following) - len(following.lstrip()) + 1, max(1, len(following.strip())))
    if "：" in following:
        return Finding("yaml-fullwidth-colon", "冒号写成了全角“：”，这一行被接到了上一行的值后面", place, hint="改成半角冒号，后面空一格：键: 值")
    return Finding(
        "yaml-several-lines", "这一行被接到了上一行的值后面", place,
        hint="若是新的一项，检查冒号（半角，后面空一格）和缩进；若是长文字，在键后写 |，文字另起行并多缩进两个空格",
    )


def fullwidth_key(key: Scalar) -> Finding:
    """Full-width digits or colons in a key: they look right and match nothing."""
    return Finding("yaml-fullwidth-key", f"键“{key.text}”里有全角的数字或冒号", key.place, hint="改成半角")


def complex_key(node: Node) -> Finding:
    """A mapping or list used as a key."""
    return Finding("yaml-complex-key", "键必须是一段文字，这里却是一组内容", node.place, hint="检查是否多写了“? ”、括号或“- ”")


def second_document(event: Any, file: str) -> Finding:
    """`---` in the middle of a file."""
    return Finding("yaml-documents", "一个文件只能有一份内容，这里用 --- 开始了第二份", Place(file, event.start_mark.line + 1), hint="删去 ---，或分成两个文件")


def not_a_mapping(root: Scalar | Sequence | Mapping, lines: list[str]) -> Finding:
    """The whole file is one text or one list."""
    first = lines[root.line - 1] if root.line <= len(lines) else ""
    if "：" in first:
        return Finding(
            "yaml-fullwidth-colon", "冒号写成了全角“：”，YAML 不认识", Place(root.file, root.line, first.index("：") + 1),
            hint="改成半角冒号，后面空一格：键: 值",
        )
    return Finding("yaml-not-mapping", "文件应由“键: 值”组成", root.place, hint="冒号用半角，后面空一格")


def read_comments(lines: list[str], spans: list[tuple[Scalar, int, int]], file: str) -> tuple[list[Comment], list[Finding]]:
    """Comments on their own lines, and a finding for every comment behind a value.

    YAML ends `平台 #1期` at the blank, silently; so a comment must have a line of its own.
    """
    comments: list[Comment] = []
    findings: list[Finding] = []
    covered = [(s.line - 1, s.column - 1, end_line, end_column, s.style) for s, end_line, end_column in spans]
    covered.reverse()
    for number, text in enumerate(lines):
        while covered and covered[-1][2] < number:
            covered.pop()
        if "#" not in text:
            continue
        start = comment_start(text, number, covered)
        if start is None:
            continue
        if text[:start].strip():
            findings.append(Finding(
                "yaml-trailing-comment", "值后面的“ #”是注释的写法，从这里起的文字会丢失", Place(file, number + 1, start + 1, len(text) - start),
                hint="若是值的一部分，用引号括起整个值；若是说明，写成 # 开头的单独一行",
            ))
        else:
            comments.append(Comment(number + 1, text.strip()))
    return comments, findings


def comment_start(text: str, number: int, covered: list[tuple[int, int, int, int, str]]) -> int | None:
    """Where a comment begins on this line: a # after a blank that no quoted or block scalar covers."""
    for match in re.finditer("#", text):
        at = match.start()
        if at and text[at - 1] not in " \t":
            continue
        begun = takewhile(lambda span: span[0] <= number, reversed(covered))
        if not any(inside(number, at, span) for span in begun):
            return at
    return None


def inside(line: int, column: int, span: tuple[int, int, int, int, str]) -> bool:
    """True where the position lies in the text of the scalar; the header line of a block scalar is not its text."""
    first, start, last, end, style = span
    if style in ("|", ">"):
        return first < line < last or (line == last and column < end)
    return (first, start) <= (line, column) < (last, end)
