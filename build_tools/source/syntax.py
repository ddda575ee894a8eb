"""The YAML library's complaints, said in Chinese at the place where the writer would look.

The library reports where it gave up, which is often a line too late: a full-width colon or a missing space on the
line before is what people really did, so that is looked for first.
"""

from __future__ import annotations

import re

import yaml

from build_tools.diagnostics import Finding, Place

FULL_COLON = re.compile(r"^\s*(?:- )?[^\s\"'#{\[|>][^\"'#:]*?(：)")
# a time of day is no key
TIGHT_COLON = re.compile(r"^\s*(?:- )?(?!\d{1,2}:\d\d\b)[^\s\"'#{\[|>：:][^\"'#：:]*(:)([^\s:/]|[\u3000\xa0])")
FULL_MARK = re.compile(r"[{\[][^{}\[\]\"']*?(，)|([｛｝])")

FROM_THE_START = (
    "could not find expected ':'",
    "unexpected end of stream",
    "',' or '}'",
    "',' or ']'",
    "document indicator",
    "an anchor",
    "an alias",
    "a tag",
)

SAYINGS: tuple[tuple[str, str, str], ...] = (
    ("found unexpected end of stream", "引号没有成对：从这里开始的引号到文件末尾都没有结束", "补上另一半引号"),
    (
        "found unexpected document indicator",
        "引号没有成对：从这里开始的引号一直到“---”或“...”都没有结束",
        "补上另一半引号",
    ),
    ("found unknown escape character", "双引号里的反斜杠 \\ 有特别的意思，这里认不出", "改用单引号，或不用引号"),
    (
        "did not find expected hexdecimal number",
        "双引号里的反斜杠 \\ 有特别的意思，这里认不出",
        "改用单引号，或不用引号",
    ),
    (
        "found invalid Unicode character escape code",
        "双引号里的反斜杠 \\ 有特别的意思，这里认不出",
        "改用单引号，或不用引号",
    ),
    (
        "did not find expected ',' or '}'",
        "花括号 { } 没有成对，或者两项之间少了逗号",
        "补上 } 或逗号；项目多时改成每行一项更清楚",
    ),
    (
        "did not find expected ',' or ']'",
        "方括号 [ ] 没有成对，或者两项之间少了逗号",
        "补上 ] 或逗号；项目多时改成每行一项更清楚",
    ),
    (
        "did not find expected node content",
        "括号没有成对，或者多写了逗号，这里缺少内容",
        "补上括号或内容，删去多余的逗号；改成每行一项更清楚",
    ),
    ("mapping values are not allowed", "这里不该再有冒号：一行只能写一个“键: 值”", "值里要有冒号时用引号括起整个值"),
    ("mapping keys are not allowed", "这里不该出现“? ”", "文字以 ? 开头时用引号括起来"),
    ("could not find expected ':'", "这一行写成了键，却没有冒号", "写成“键: 值”，冒号用半角，后面空一格"),
    (
        "did not find expected key",
        "缩进不一致：这一行与同一层的其他行没有对齐",
        "同一层的各行要左对齐，每深一层多两个空格",
    ),
    (
        "did not find expected <document start>",
        "这一行与上面的内容接不上：没有左对齐，或者上面有单独一行“...”",
        "同一层的各行要左对齐；删去单独一行的“...”",
    ),
    (
        "did not find expected '-' indicator",
        "列表中间混进了“键: 值”，或者缩进不一致",
        "列表的每一项都以“- ”开头并左对齐",
    ),
    (
        "did not find expected comment or line break",
        "竖线 | 或 > 后面不能再写文字",
        "把文字移到下一行，并多缩进两个空格",
    ),
    ("found an indentation indicator equal to 0", "竖线 | 或 > 后面不能再写文字", "把文字移到下一行，并多缩进两个空格"),
    ("block sequence entries are not allowed", "列表的“- ”写错了地方", "列表从新的一行开始，比上一层多缩进两个空格"),
)


def syntax_finding(error: yaml.MarkedYAMLError, lines: list[str], file: str) -> Finding:
    """One finding for what stopped the parser."""
    mark = error.problem_mark or error.context_mark
    if error.context_mark and any(words in f"{error.context} {error.problem}" for words in FROM_THE_START):
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
    place = Place(file, number + 1)
    mark = FULL_MARK.search(text)
    if mark:
        return full_mark(mark[1] or mark[2], place._replace(column=mark.start(mark.lastindex or 0) + 1))
    return missed_colon(text, place)


def full_mark(mark: str, place: Place) -> Finding:
    """A comma or brace of double width where YAML wants its own."""
    return Finding(
        "yaml-fullwidth-mark",
        f"这里的“{mark}”是全角的，YAML 不认识",
        place,
        hint="改成半角的 { } 和逗号，逗号后面空一格；或改成每行一项；若确是一段文字，用引号括起来",
    )


def missed_colon(text: str, place: Place) -> Finding | None:
    """A colon that YAML does not take for one; `place` is where the text begins."""
    full, tight = FULL_COLON.search(text), TIGHT_COLON.search(text)
    if full:
        return Finding(
            "yaml-fullwidth-colon",
            "冒号写成了全角“：”，YAML 不认识",
            place._replace(column=place.column + full.start(1), length=1),
            hint="改成半角冒号，后面空一格：键: 值；若确是一段文字，用引号括起来",
        )
    if not tight:
        return None
    place = place._replace(column=place.column + tight.start(1), length=1)
    if tight[2].isspace():
        return Finding(
            "yaml-fullwidth-blank",
            "冒号后面是全角空格（或网页上的空格），YAML 不认识",
            place,
            hint="冒号后面改用半角空格：键: 值",
        )
    return Finding(
        "yaml-tight-colon",
        "冒号后面没有空格，YAML 会把它们当成一段文字",
        place,
        hint="在冒号后面空一格：键: 值；若确是一段文字，用引号括起来",
    )


def blank_key(place: Place) -> Finding:
    """A value that stands under no name."""
    return Finding("yaml-blank-key", "冒号前面没有写键", place, hint="写成“键: 值”；不需要的行删去")


def say(error: yaml.MarkedYAMLError, lines: list[str], place: Place) -> Finding:
    """The library's own complaint in Chinese; an unknown one is passed on as it is, never hidden."""
    problem, context = f"{error.problem or ''}", f"{error.context or ''}"
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    found = (
        _wrong_character(problem, line, place)
        or _special_value(problem, context, place)
        or _wrong_structure(problem, line, place)
    )
    if found:
        return found
    for words, message, hint in SAYINGS:
        if words in problem:
            return Finding("yaml-syntax", message, place, hint=hint)
    return Finding("yaml-syntax", f"这里不合 YAML 的写法（{problem}）", place, hint="对照相邻的行检查缩进、冒号和引号")


def _wrong_character(problem: str, line: str, place: Place) -> Finding | None:
    """A complaint about the character at which reading stopped."""
    before, char = line[: place.column - 1], line[place.column - 1 : place.column]
    if "tab character" in problem or ("cannot start any token" in problem and char == "\t"):
        return Finding("yaml-tab", "缩进用了制表符（Tab）", place, hint="缩进只用空格，每层两个")
    if "cannot start any token" in problem:
        return Finding("yaml-syntax", f"值不能以“{char}”开头", place, hint="用引号把整个值括起来")
    if char == ":" and not before.strip():
        return blank_key(place)
    if line.startswith("%"):
        return Finding(
            "yaml-syntax",
            "行首的 % 有特别的意思，不能这样用",
            place._replace(column=1),
            hint="删去这一行；文字以 % 开头时用引号括起来",
        )
    return None


def _special_value(problem: str, context: str, place: Place) -> Finding | None:
    """A complaint about a value that begins with a mark of YAML's own."""
    if "an anchor" in context:
        return Finding("yaml-anchor", "以“&”开头的锚点不能用", place, hint="文字以 & 开头时用引号括起来")
    if "an alias" in context:
        return Finding("yaml-alias", "以“*”开头的引用不能用", place, hint="文字以 * 开头时用引号括起来")
    if "a tag" in context or "tag handle" in problem:
        return Finding("yaml-tag", "以“!”开头的标签不能用", place, hint="删去标签；文字以 ! 开头时用引号括起来")
    return None


def _wrong_structure(problem: str, line: str, place: Place) -> Finding | None:
    """A complaint about how lines or parts of a line follow each other."""
    before = line[: place.column - 1]
    if "mapping values are not allowed" in problem and ": " not in before:
        return Finding(
            "yaml-syntax",
            "这一行接不上上一行：两行的缩进不一致，或者上一行少了冒号",
            place._replace(column=len(line) - len(line.lstrip()) + 1),
            hint="同一层的各行要左对齐；每行写成“键: 值”，冒号用半角，后面空一格",
        )
    if "did not find expected key" in problem and before.strip():
        return Finding(
            "yaml-syntax",
            "引号或括号结束以后，同一行还有文字",
            place,
            hint="整个值只用一对引号；文字里本来有引号时，外面换用另一种引号",
        )
    return None
