"""Everything private in a text, and a look at the bytes that spares nearly every file the search.

The look is a few passes over the bytes in C: an @ or what stands for one, a word of secrecy, of a person's document or
home, a character behind which something could hide, digits that stand together once blanks and hyphens are gone. Only
the lines of these are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from heapq import merge

from build_tools.privacy.clues import SIGNS as CLUE_SIGNS
from build_tools.privacy.clues import clues
from build_tools.privacy.folding import fold
from build_tools.privacy.marks import HASHES, SPELLED, mailboxes, markings
from build_tools.privacy.marks import SIGNS as AT_SIGNS
from build_tools.privacy.model import Private
from build_tools.privacy.numbers import numbers_in

WORDS_OF_PERSONS = tuple(one.encode() for one in CLUE_SIGNS)
ZEROS = bytes.maketrans(b"123456789", b"0" * 9)
SHORTEST = b"0" * 9
# 密, but not that of 保密审查; 内部
WORDS = re.compile("密(?!审|切|度|集)|内 ?部 ?(?:资|文|材|使|参|传)".encode())
# what `folding` folds, by its first byte: a pattern that begins with one byte is searched for at the speed of memchr
FOLDED = (
    re.compile(
        rb"\xef(?:\xbc(?:[\x8d\x90-\x99\xa0]|[\x8e\xbf][0-9]|\x88[0-9]{1,18}(?:\xef\xbc\x89|\)))|\xbb\xbf|\xbd\xa5)"
    ),
    re.compile(rb"\xe2(?:\x80(?:[\x80-\x93\x95\xa8-\xaf]|\x94[0-9]|[\xa2\xa7] ?[0-9])|\x81|\x88\x99|\x8b\x85)"),
    re.compile(rb"\([0-9]{1,18}\xef\xbc\x89"),
    re.compile(rb"\xe3(?:\x80\x80|\x83\xbb ?[0-9])"),
    re.compile(rb"\xc2(?:[\x80-\xa0\xad]|\xb7 ?[0-9])"),
)
# dots that part more than two groups of digits, which no amount has, and the digits that a number has at least
DOTTED, FEWEST = re.compile(rb"\.[0-9]++(?:\.[0-9]++)++"), 11
PARTING = b" -_()" + bytes(sign for sign in (*range(32), 127) if sign not in b"\n\t")
ABOVE, MOST_LINES = 2, 20


def suspicious(data: bytes) -> bool:
    """False where nothing that we look for can stand in these bytes, which are UTF-8."""
    if b"@" in data or b"\\" in data or (b"&" in data and b"&#" in data):
        return True
    if any(one in data for one in WORDS_OF_PERSONS):
        return True
    if any(one in data for one in AT_SIGNS) and SPELLED.search(data):
        return True
    return any(one.search(data) for one in (*FOLDED, WORDS, *HASHES)) or dotted(data) or numbered(data)


def dotted(data: bytes) -> bool:
    """True where dots part digits enough for a number of a person."""
    for match in DOTTED.finditer(data):
        before = data[max(0, match.start() - FEWEST) : match.start()]
        first = len(before) - len(before.rstrip(b"0123456789"))
        if first and first + len(match[0]) - match[0].count(b".") >= FEWEST:
            return True
    return False


def numbered(data: bytes) -> bool:
    """True where a line may hold a number of a person. Index numbers are long as well, so lines with long numbers are
    read.
    """
    joined = data.translate(ZEROS, PARTING)
    at = joined.find(SHORTEST)
    number = done = 0
    for _ in range(MOST_LINES):
        if at < 0:
            return False
        number, done = number + joined.count(b"\n", done, at), at
        # index numbers stand near the beginning: no more is split than that
        lines = data.split(b"\n", number + 1)[max(0, number - ABOVE) : number + 1]
        text = b"\n".join(lines).decode("utf-8", "replace")
        if next(numbers_in(fold(text).text), None):
            return True
        end = joined.find(b"\n", at)
        at = joined.find(SHORTEST, end) if end >= 0 else -1
    return at >= 0


def find(text: str) -> Iterable[Private]:
    """What is private in a text as written, in reading order."""
    folded = fold(text)
    done = 0
    finders = (mailboxes, numbers_in, markings, clues)
    for one in merge(*(finder(folded.text) for finder in finders), key=lambda one: one.start):
        # a number that is the name of a mailbox is told with it
        if one.start >= done:
            done = one.end
            yield one._replace(start=folded.start(one.start), end=folded.end(one.end))
