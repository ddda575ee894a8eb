"""The YAML library's complaints, said in Chinese at the place where the writer would look.

The library reports where it gave up, which is often a line too late: a full-width colon or a missing space on the
line before is what people really did, so that is looked for first.
"""

from __future__ import annotations

import re

import yaml

from build_tools.diagnostics import Finding, Place

MISSED_COLON = re.compile(r"^\s*(?:- )?[^\s\"'#{\[|>][^\"'#:]*?(：)")
NO_SPACE = re.compile(r"^\s*(?:- )?[^\s\"'#{\[|>：:]+(:)[^\s:/]")

FROM_THE_START = ("unexpected end of stream", "',' or '}'", "',' or ']'")

SAYINGS: tuple[tuple[str, str, str], ...] = (
    ("found unexpected end of stream", "引号没有成对：从这里开始的引号到文件末尾都没有结束", "补上另一半引号"),
    ("found unknown escape character", "双引号里的反斜杠 \\ 有特别的意思，这里认不出", "改用单引号，或不用引号"),
    ("did not find expected ',' or '}'", "花括号 { } 没有成对，或者两项之间少了逗号", "补上 } 或逗号；项目多时改成每行一项更清楚"),
    ("did not find expected ',' or ']'", "方括号 [ ] 没有成对，或者两项之间少了逗号", "补上 ] 或逗号；项目多时改成每行一项更清楚"),
    ("mapping values are not allowed", "这里不该出现冒号：一行只能写一个“键: 值”，或者这一行的缩进与上一行不一致",
     "值里要有冒号时用引号括起来；同一层的各行要左对齐"),
    ("could not find expected ':'", "这一行写成了键，却没有冒号", "写成“键: 值”，冒号用半角，后面空一格"),
    ("did not find expected key", "缩进不一致：这一行与同一层的其他行没有对齐", "同一层的各行要左对齐，每深一层多两个空格"),
    ("did not find expected '-' indicator", "列表中间混进了“键: 值”，或者缩进不一致", "列表的每一项都以“- ”开头并左对齐"),
    ("did not find expected comment or line break", "竖线 | 后面不能再写文字", "把文字移到下一行，并多缩进两个空格"),
    ("block sequence entries are not allowed", "列表的“- ”写错了地方", "列表从新的一行开始，比上一层多缩进两个空格"),
    ("undefined tag handle", "“!”开头的标签不能用", "文字以 ! 开头时用引号括起来"),
    ("incompatible YAML document", "%YAML 指令不能用", "删去这一行"),
    ("duplicate %YAML", "%YAML 指令不能用", "删去这一行"),
    ("did not find expected <document start>", "文件开头的 % 指令不能用", "删去以 % 开头的行"),
)


def syntax_finding(error: yaml.MarkedYAMLError, lines: list[str], file: str) -> Finding:
    """One finding for what stopped the parser."""
    mark = error.problem_mark or error.context_mark
    if error.context_mark and any(words in f"{error.problem}" for words in FROM_THE_START):
        mark = error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    line = min(line, len(lines) - 1)
    for number in (line, line - 1, error.context_mark.line if error.context_mark else line):
        found = look_at(lines, number, file)
        if found:
            return found
    return say(error, lines, Place(file, line + 1, column + 1))


def look_at(lines: list[str], number: int, file: str) -> Finding | None:
    """What people usually do wrong on a line, if this line shows it."""
    text = lines[number] if 0 <= number < len(lines) else ""
    missed = MISSED_COLON.search(text)
    if missed:
        return Finding(
            "yaml-fullwidth-colon", "冒号写成了全角“：”，YAML 不认识", Place(file, number + 1, missed.start(1) + 1),
            hint="改成半角冒号，后面空一格：键: 值",
        )
    tight = NO_SPACE.search(text)
    if tight:
        return Finding(
            "yaml-tight-colon", "冒号后面没有空格，YAML 会把整行当成一段文字", Place(file, number + 1, tight.start(1) + 1),
            hint="在冒号后面空一格：键: 值",
        )
    return None


def say(error: yaml.MarkedYAMLError, lines: list[str], place: Place) -> Finding:
    """The library's own complaint in Chinese; an unknown one is passed on as it is, never hidden."""
    problem = f"{error.problem or ''}"
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    char = line[place.column - 1 : place.column]
    if "cannot start any token" in problem:
        if char == "\t":
            return Finding("yaml-tab", "缩进用了制表符（Tab）", place, hint="缩进只用空格，每层两个")
        return Finding("yaml-syntax", f"值不能以“{char}”开头", place, hint="用引号把整个值括起来")
    for words, message, hint in SAYINGS:
        if words in problem:
            return Finding("yaml-syntax", message, place, hint=hint)
    return Finding("yaml-syntax", f"这里不合 YAML 的写法（{problem}）", place, hint="对照相邻的行检查缩进、冒号和引号")
