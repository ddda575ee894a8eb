"""Plain files read line by line, three times as fast as by events: the shape in which `mingzhang format` writes nearly
every file.

Nothing is judged here. A line that is not plainly a key, an item, a comment or part of a text under `|`, or does not
stand where it must, leaves the whole file to the library, whose tree this one equals (tests/test_plain.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from build_tools.fast import make
from build_tools.source.traps import MAX_KEY
from build_tools.source.tree import Entry, Mapping, Node, Scalar, Sequence

# what comes near the bounds of the library's road is left to it: a column is at most one level, a line at most four
# nodes
DEEPEST, MOST_LINES = 20, 20_000
# possessive are only single characters: of groups that repeat so, Python before 3.11.5 loses the thread and finds what
# is not there;
# what is looked ahead for and then taken (`(?=(…))` and its number) is kept as well
# no sign of YAML in front, none inside that ends a text or begins a comment, no blank at the end
NAME = rf"[^\s\-?:,\[\]{{}}#&*!|>'\"%@`<.：０-９][^:#\n\t：０-９]{{0,{MAX_KEY - 1}}}+(?<! )"
VALUE = r"(?:[^ \n\t\-?:,\[\]{}#&*!|>'\"%@`｛]|-(?=[0-9]))[^:#\n\t]*+(?::(?=[^ \n])[^:#\n\t]*+)*(?<! )"
LINE = re.compile(rf"^( *+(?:- )?)(?:({NAME}):(?: ({VALUE}|\0-?))?|(?<=- )({VALUE}))$|^ *+#.*$|^$", re.MULTILINE)
BLOCK = re.compile(
    (
        r"^(( *+)(?:(- )|(?!- ))[^:#\n]*+: )\|(-?)\n((\2(?(3)  ) {1,8}+)[^ \n\t#][^\n\t#]*+\n(?=((?:\6[^\n\t#]*+\n|\n"
        r")*))\7(?!\6))"
    ),
    re.MULTILINE,
)
# stands for a text that was put aside; no file may hold it
ASIDE = "\0"
# number of the line, what stands in front of its text, name, value, item of a list
Line = tuple[int, str, str, str, str]
END: Line = (0, "", "", "", "")


class Plain(NamedTuple):
    """A file on its way to a tree: lines that say something, and the texts under `|` in their order."""

    file: str
    lines: list[Line]
    blocks: Iterator[str]


def read_plain(text: str, file: str) -> Mapping | None:
    """The tree of a file in which every line is plain; None for any other."""
    blocks: list[str] = []
    if ": |" in text:
        text = BLOCK.sub(lambda match: lifted(match, blocks), text)
    found = LINE.findall(text)
    if not len(found) == text.count("\n") + 1 <= MOST_LINES:
        return None
    lines = [(number, *one) for number, one in enumerate(found, 1) if one[1] or one[3]]
    if not lines or lines[0][1]:
        return None
    root, at = mapping(Plain(file, [*lines, END], iter(blocks)), 0)
    return root if at == len(lines) else None


def lifted(match: re.Match[str], blocks: list[str]) -> str:
    """The key with empty lines below it; the text is put aside, without the blanks in front of its lines and its last
    line breaks.
    """
    head, _, _, strip, body, blanks, _ = match.groups()
    blocks.append(body.removeprefix(blanks).replace(f"\n{blanks}", "\n").rstrip("\n") + ("" if strip else "\n"))
    return f"{head}{ASIDE}{strip}" + "\n" * (body.count("\n") + 1)


def mapping(plain: Plain, at: int) -> tuple[Mapping, int]:
    """The mapping that begins in a line, and the line behind it: one that stands nowhere is nobody's, up to the
    root.
    """
    file, lines, _ = plain
    first, lead, name, value, _ = lines[at]
    number, width = first, len(lead)
    blanks = " " * width
    entries: list[Entry] = []
    seen: set[str] = set()
    while name and name not in seen:
        seen.add(name)
        at += 1
        key = make(Scalar, (name, "", file, number, width + 1, len(name)))
        if not value:
            node, at = below(plain, at, key)
        elif value[0] == ASIDE:
            node = make(Scalar, (next(plain.blocks), "|", file, number, width + len(name) + 3, len(value)))
        else:
            node = make(Scalar, (value, "", file, number, width + len(name) + 3, len(value)))
        entries.append(make(Entry, (key, node)))
        number, lead, name, value, _ = lines[at]
        if lead != blanks:
            break
    return make(Mapping, (tuple(entries), file, first, width + 1)), at


def below(plain: Plain, at: int, key: Scalar) -> tuple[Node, int]:
    """What stands under a key: a mapping further in, a list whose dashes stand no further out, or nothing."""
    lead = plain.lines[at][1]
    if lead.endswith("- "):
        if key.column < len(lead) <= DEEPEST:
            return sequence(plain, at)
    elif key.column <= len(lead) <= DEEPEST:
        return mapping(plain, at)
    return make(Scalar, ("", "", key.file, key.line, key.column + key.length + 1, 0)), at


def sequence(plain: Plain, at: int) -> tuple[Sequence, int]:
    """The list that begins in a line, and the line behind it."""
    file, lines, _ = plain
    first, lead = lines[at][:2]
    items: list[Node] = []
    while lines[at][1] == lead:
        number, _, name, _, item = lines[at]
        if name:
            node, at = mapping(plain, at)
            items.append(node)
        else:
            items.append(make(Scalar, (item, "", file, number, len(lead) + 1, len(item))))
            at += 1
    return make(Sequence, (tuple(items), file, first, len(lead) - 1)), at
