"""Where a character of a cell stands in its file, however YAML has it written: on its line, in quotes, in a block,
folded.

The file is looked at again only where something was found in a text. What cannot be followed for certain (escapes, a
file that has changed since) stands where the text begins.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path

from build_tools.diagnostics import Place
from build_tools.source import read_bytes

# the longest header of a block, |2-
HEADER = 3
# how many lines lie between two items of a list at the most: comments, blank lines
FURTHEST = 20
# from line and column of a text (both from 1) and a length, to the same in the file
Finder = Callable[[int, int, int], Place]


def finder(text: str, place: Place, lines: Callable[[], Sequence[str]]) -> Finder:
    """A function that finds the characters of a text that begins at a place of a file with these lines."""
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    characters = cache(lambda: followed(text, place, lines()))

    def at(line: int, column: int, length: int) -> Place:
        if place.length == len(text) > HEADER:
            # plain text on one line, as nearly all of it is
            return Place(place.file, place.line, place.column + column - 1, length)
        found = characters()
        first = starts[min(line, len(starts) - 1) - 1] + column - 1
        if not 0 <= first < len(found):
            return place
        row, start = found[first]
        last = min(first + max(1, length), len(found))
        return Place(place.file, row, start, max(1, sum(number == row for number, _ in found[first:last])))

    return at


def within(text: str, place: Place, offset: int, length: int, lines: Callable[[], Sequence[str]]) -> Place:
    """The place of some characters of a text that begins at a place."""
    line, start = text.count("\n", 0, offset) + 1, text.rfind("\n", 0, offset) + 1
    return finder(text, place, lines)(line, offset - start + 1, length)


def item_at(items: Sequence[str], wanted: str, place: Place, lines: Sequence[str]) -> Place:
    """Where one item of a list stands that begins at a place, whether on lines of its own or in brackets; else where
    the list begins.
    """
    row, column = place.line - 1, place.column - 1
    for item in items:
        last = min(len(lines), row + FURTHEST)
        while row < last and (found := lines[row].find(item, column)) < 0:
            row, column = row + 1, 0
        if row >= last:
            break
        if item == wanted:
            return Place(place.file, row + 1, found + 1, len(item))
        column = found + len(item)
    return place


def lines_of(source: Path | None) -> tuple[str, ...]:
    """The lines of a file as the parser counts them; none where it cannot be read any more."""
    if source is None:
        return ()
    try:
        return tuple(read_bytes(source).removeprefix(codecs.BOM_UTF8).decode("utf-8").replace("\r\n", "\n").split("\n"))
    except (OSError, UnicodeDecodeError):
        return ()


def followed(text: str, place: Place, lines: Sequence[str]) -> list[tuple[int, int]]:
    """Line and column of every character, as far as text and file agree; nothing where they do not."""
    if not 0 < place.line <= len(lines):
        return []
    head = lines[place.line - 1][place.column - 1 :]
    if head.startswith('"') and "\\" in head:
        return []
    # a block begins below its header, anything else ends with its line
    row, column, last = (
        (place.line, 0, len(lines)) if head[:1] in ("|", ">") else (place.line - 1, place.column - 1, place.line)
    )
    found: list[tuple[int, int]] = []
    for char in text:
        if char in " \n":
            found.append((row + 1, column + 1))
            continue
        while row < last and (column := lines[row].find(char, column)) < 0:
            row, column = row + 1, 0
        if row >= last:
            return []
        found.append((row + 1, column + 1))
        column += 1
    return found
