"""Prose as it comes out of Word, PDF and web pages → paragraphs without line breaks, every character with its place.

Lines break inside numbers and words, blank lines stand inside sentences, and PDF readers swap the end of a paragraph
with the line before it. All of it is put right here, in one pass, so that nothing after this module has to know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from build_tools.checks.claims.words import INCOME, SPENDING

# one character for one, so that places stay true
PLAIN = str.maketrans("０１２３４５６７８９．％﹪－−–—＋(),;:?!\u3000\t\xa0", "0123456789.%%----+（），；：？！   ")
MARKER = re.compile(
    r"\s*(?:[-*•#]+\s|第[一二三四五六七八九十]{1,3}部分|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}是?、|\d{1,2}[、．]|\d{1,2}\.(?!\d|\s\d)|[①-⑳])"
)
ENDS, PAUSES = "。！？", "；："
# a line that ends like this wants a figure, and one that begins like that is the figure that is wanted
ASKS = re.compile(r"(?:[为占的是达至共计约增减降长，、（]|增加|减少|支出|收入|金额|完成|不足|超过)$")
FIGURE = re.compile(r"\s*-?\d[\d,，]*(?:\.\s?\d+)?\s?(?:[万亿]?元|%|％)")
UNIT_LEFT = re.compile(r"\s*(?:[万亿]?元|[%％])")
TITLE, WRAPPED, FULL = 40, 60, 30
CELL = re.compile(r"\S+(?: {1,2}\S+)*")


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of one line: its number, the column where it begins (both from 1), the text without space around it."""

    number: int
    column: int
    text: str
    indented: bool = False
    after_blank: bool = False
    cell: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph. `text` has no line breaks and no needless spaces; `places` are line and column of each of its
    characters.
    """

    text: str
    places: tuple[tuple[int, int], ...]
    heading: bool = False


def blocks_of(text: str) -> list[Block]:
    """The paragraphs, headings and cells of a text."""
    lines = unswapped(list(lines_of(text)))
    wrapped = sum(len(one.text) > WRAPPED for one in lines if not one.cell) * 20 < len(lines)
    found: list[list[Line]] = []
    for line in lines:
        if found and goes_on(found[-1][-1], line, wrapped):
            found[-1].append(line)
        else:
            found.append([line])
    return [
        joined(group, bool(MARKER.match(group[0].text)) and is_title(group[0]) and len(group) == 1) for group in found
    ]


def lines_of(text: str) -> Iterator[Line]:
    """Lines that hold something; the cells of a row one by one."""
    blank = True
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.rstrip()
        if not line:
            blank = True
            continue
        start = len(line) - len(line.lstrip())
        cells = (
            [(match.start(), match[0]) for match in CELL.finditer(line)]
            if "\t" not in line.strip()
            else list(split(line))
        )
        if line.startswith("\t") or len(cells) > 2 or "\t" in line[start:]:
            yield from (Line(number, column + 1, cell, cell=True) for column, cell in cells)
        else:
            yield Line(number, start + 1, line[start:], start >= 2 or line.startswith("\u3000"), blank)
        blank = False


def split(line: str) -> Iterator[tuple[int, str]]:
    """The cells between tabs, and where each begins."""
    at = 0
    for part in line.split("\t"):
        if part.strip():
            yield at + len(part) - len(part.lstrip()), part.strip()
        at += len(part) + 1


def unswapped(lines: list[Line]) -> list[Line]:
    """A line that begins with a figure nobody asked for, before one that ends asking for it, belongs after it."""
    before = Line(0, 1, "")
    for number, (one, other) in enumerate(pairwise(list(lines))):
        if (
            not (one.cell or other.cell or one.number + 1 != other.number)
            and FIGURE.match(one.text)
            and ASKS.search(other.text)
            and not ASKS.search(before.text)
        ):
            lines[number], lines[number + 1] = other, Line(one.number, one.column, one.text)
        before = lines[number]
    return lines


def is_title(line: Line) -> bool:
    """True for a short line without an end."""
    return len(line.text) <= TITLE and line.text[-1] not in ENDS + PAUSES and not ASKS.search(line.text[-2:])


def headed(before: Line, line: Line) -> bool:
    """True for 二、一般公共预算支出 above a paragraph that does not begin with the figure that such an end asks for."""
    return (
        len(before.text) < FULL
        and before.text.endswith((SPENDING, INCOME))
        and not FIGURE.match(line.text)
        and len(line.text) > len(before.text)
    )


def goes_on(before: Line, line: Line, wrapped: bool) -> bool:
    """True where a line continues the one before it."""
    if before.cell or line.cell or MARKER.match(line.text):
        return False
    last = before.text[-1]
    asked = last not in ENDS and bool(ASKS.search(before.text) or UNIT_LEFT.match(line.text))
    if line.after_blank and not line.number < before.number:
        return asked or (last in PAUSES[0] and wrapped and not line.indented)
    if last in ENDS:
        return wrapped and len(before.text) >= FULL and not line.indented
    if MARKER.match(before.text) and (is_title(before) or headed(before, line)):
        return wrapped and not line.indented and len(before.text) >= FULL
    return not line.indented or asked


def joined(lines: list[Line], heading: bool) -> Block:
    """One paragraph of several lines, spaces and line breaks taken out, except between two numbers or two Latin
    words.
    """
    chars: list[str] = []
    places: list[tuple[int, int]] = []
    gap = False
    for line in lines:
        plain = line.text.translate(PLAIN)
        for offset, char in enumerate(plain):
            if char == " ":
                gap = bool(chars)
                continue
            char = thousands(line.text, offset, char)
            if gap and latin(chars[-1]) and latin(char):
                chars.append(" ")
                places.append((line.number, line.column + offset))
            gap = False
            chars.append(char)
            places.append((line.number, line.column + offset))
        # a number goes on in the next line; a word does as well
        gap = False
    return Block("".join(chars), tuple(places), heading)


def latin(char: str) -> bool:
    """True for a letter or digit of ASCII."""
    return char.isascii() and char.isalnum()


def thousands(text: str, offset: int, char: str) -> str:
    """The comma of `1,234` and the colon of `10:30` stay what they are."""
    raw = text[offset]
    if raw in ",:" and text[offset - 1 : offset].isdigit() and text[offset + 1 : offset + 2].isdigit():
        return raw
    return char
