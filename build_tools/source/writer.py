"""Tree → text, in one canonical shape: block style, two blanks a level, comments on their own lines where they were.

`mingzhang format` never changes what a file says; a property test proves that parsing the written text gives the
same tree. A comment belongs to the entry that follows it and moves with it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from collections.abc import Sequence as Many

from build_tools.source.tree import Comment, Mapping, Node, Scalar, Sequence

INDENT = "  "
PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=~<：｛０-９][^\n\t]*$|-?\d[^\n\t]*$")
UNSAFE_INSIDE = re.compile(r": |:$| #|\s$|^(---|\.\.\.)")
UNSAFE_KEY = re.compile(r"[：:]|[,\[\]{}]")

Position = tuple[int, int]


def write(root: Mapping, comments: Many[Comment] = ()) -> str:
    """The canonical text of a tree. Comments that follow the last entry stay at the end."""
    owners, rest = attach(root, comments)
    lines = list(mapping_lines(root, 0, owners)) if root.entries else ["{}"]
    return "\n".join([*lines, *rest]) + "\n"


def attach(root: Mapping, comments: Many[Comment]) -> tuple[dict[Position, list[str]], list[str]]:
    """Each comment to the first entry or item that begins after it."""
    positions = sorted(set(starts(root)))
    owners: dict[Position, list[str]] = {}
    rest: list[str] = []
    index = 0
    for comment in sorted(comments, key=lambda one: one.line):
        while index < len(positions) and positions[index][0] <= comment.line:
            index += 1
        if index < len(positions):
            owners.setdefault(positions[index], []).append(comment.text)
        else:
            rest.append(comment.text)
    return owners, rest


def starts(node: Node) -> Iterator[Position]:
    """Where every entry and item begins."""
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield entry.key.line, entry.key.column
            yield from starts(entry.value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield item.line, item.column
            yield from starts(item)


def mapping_lines(node: Mapping, depth: int, owners: dict[Position, list[str]]) -> Iterator[str]:
    """The lines of a mapping with at least one entry."""
    pad = INDENT * depth
    for entry in node.entries:
        for comment in owners.pop((entry.key.line, entry.key.column), ()):
            yield pad + comment
        yield from value_lines(f"{pad}{key_text(entry.key)}:", entry.value, depth, owners)


def value_lines(head: str, value: Node, depth: int, owners: dict[Position, list[str]]) -> Iterator[str]:
    """`head` (a key with its colon, or a dash) and what stands behind it."""
    if isinstance(value, Mapping) and value.entries:
        yield head
        yield from mapping_lines(value, depth + 1, owners)
    elif isinstance(value, Sequence) and value.items:
        yield head
        yield from sequence_lines(value, depth + 1, owners)
    elif isinstance(value, Scalar):
        yield from scalar_lines(head, value, depth)
    else:
        yield f"{head} {'{}' if isinstance(value, Mapping) else '[]'}"


def sequence_lines(node: Sequence, depth: int, owners: dict[Position, list[str]]) -> Iterator[str]:
    """The lines of a list; a mapping begins behind its dash."""
    pad = INDENT * depth
    for item in node.items:
        for comment in leading(item, owners):
            yield pad + comment
        if isinstance(item, Mapping) and item.entries:
            lines = mapping_lines(item, depth + 1, owners)
            yield f"{pad}- {next(lines).lstrip()}"
            yield from lines
        else:
            yield from value_lines(pad + "-", item, depth, owners)


def leading(node: Node, owners: dict[Position, list[str]]) -> list[str]:
    """The comments of an item and of whatever it begins with: all of them stand above its dash."""
    comments = owners.pop((node.line, node.column), [])
    if isinstance(node, Sequence) and node.items:
        return comments + leading(node.items[0], owners)
    if isinstance(node, Mapping) and node.entries:
        return comments + leading(node.entries[0].key, owners)
    return comments


def scalar_lines(head: str, scalar: Scalar, depth: int) -> Iterator[str]:
    """A scalar behind its head: plain where that is safe, several lines as |, else quoted."""
    text = scalar.text
    if text == "" and scalar.style == "":
        yield head
    elif "\n" in text and block_safe(text):
        body = text.rstrip("\n")
        chomp = {0: "-", 1: ""}.get(len(text) - len(body), "+")
        yield f"{head} |{chomp}"
        for line in (body if chomp != "+" else text[:-1]).split("\n"):
            yield INDENT * (depth + 1) + line if line else ""
    else:
        yield f"{head} {inline(text)}"


def block_safe(text: str) -> bool:
    """Where a | block gives the text back: it has words, and its first line is neither blank nor indented."""
    return (
        bool(text.strip("\n")) and text[0] not in " \n\t" and all(line.strip() or not line for line in text.split("\n"))
    )


def key_text(key: Scalar) -> str:
    """A key: plain where nothing in it could be misread."""
    return quoted(key.text) if UNSAFE_KEY.search(key.text) else inline(key.text)


def inline(text: str) -> str:
    """Text on one line."""
    if PLAIN.match(text) and not UNSAFE_INSIDE.search(text):
        return text
    return quoted(text)


def quoted(text: str) -> str:
    """Single quotes, which escape nothing; double quotes only where the text has line breaks or tabs."""
    if "\n" in text or "\t" in text:
        return json.dumps(text, ensure_ascii=False)
    return "'" + text.replace("'", "''") + "'"
