"""Digits that stand together, and how people part them: blanks, hyphens, dots, underscores, middle dots, brackets.

A number begins and ends where a group of its run does; what parts its groups must be what people use, so that amounts
and dates in a row are no number.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

BLANKS = "(?: ?- ?| {1,2})?"
PARTED = rf"(?:{BLANKS}|[._]| ?· ?|\){BLANKS})"
# linear in the text: what parts two digits can be read in one way only. Groups are bounded: each is kept in mind
# until the run ends
RUN = re.compile(rf"[0-9](?:{PARTED}[0-9]){{8}}(?:{PARTED}[0-9]++){{0,99999}}(?:{BLANKS}[xX])?")
GROUP = re.compile(r"[0-9]+[xX]?|[xX]")
# the digits before the X of an identity number
BEFORE_X = 17
BEFORE, NEAR = 40, 160


@dataclass(frozen=True, slots=True)
class Run:
    """Digits that stand together. `digits` without what parts them; group `n` of them begins at `firsts[n]`, ends at
    `lasts[n]` and stands behind `parts[n]`.

    `offsets` are the places of the groups in the text, `before` the same line before the run, `near` also two lines
    above it.
    """

    text: str
    digits: str
    firsts: tuple[int, ...]
    lasts: tuple[int, ...]
    offsets: tuple[int, ...]
    parts: tuple[str, ...]
    before: str
    near: str

    def groups(self, first: int, last: int) -> range:
        """The groups that make up the digits from `first` to `last`; empty where these are no edges of groups, or
        nobody parts a number so.
        """
        start, end = bisect_left(self.firsts, first), bisect_left(self.lasts, last)
        whole = (
            start < len(self.firsts)
            and end < len(self.lasts)
            and self.firsts[start] == first
            and self.lasts[end] == last
            and self.joined(range(start, end + 1))
        )
        return range(start, end + 1) if whole else range(0)

    def joined(self, groups: range) -> bool:
        """True where what parts these groups makes one number of them: the first in brackets, and then blanks and
        hyphens, or one sign throughout. One dot makes a decimal number.
        """
        inner = self.parts[groups[0] + 1 : groups[-1] + 1]
        if any(one in (".", "_", "·") for one in inner):
            return len(set(inner)) == 1 and (inner[0] != "." or len(inner) > 1)
        opened = self.text[max(0, self.offsets[groups[0]] - 1) : self.offsets[groups[0]]] == "("
        return not any(")" in one for one in inner[1 if opened else 0 :])

    def plain(self, groups: range) -> bool:
        """True where nothing but blanks and hyphens parts these groups."""
        return not set("".join(self.parts[groups[0] + 1 : groups[-1] + 1])) - {"-"}

    def place(self, groups: range) -> tuple[int, int]:
        """Where these groups stand in the text."""
        last = groups[-1]
        return self.offsets[groups[0]], self.offsets[last] + self.lasts[last] - self.firsts[last]

    def behind(self, groups: range) -> str:
        """A little of what follows these groups."""
        end = self.place(groups)[1]
        return self.text[end : end + 8]

    def beside(self, groups: range) -> str:
        """The line before these groups, the last of it; digits that hang on them belong to them."""
        first = groups[0]
        near = self.offsets[first] - BEFORE
        while (
            first
            and self.offsets[first] > near
            and self.parts[first]
            and self.end(first - 1) + 1 == self.offsets[first]
        ):
            first -= 1
        start = self.offsets[first]
        return self.before if first == 0 else self.text[max(self.offsets[0], start - BEFORE) : start]

    def end(self, group: int) -> int:
        """Where a group ends in the text."""
        return self.offsets[group] + self.lasts[group] - self.firsts[group]

    def written(self, groups: range) -> list[str]:
        """The digits of each of these groups."""
        return [self.digits[self.firsts[number] : self.lasts[number]] for number in groups]

    def shape(self, groups: range) -> tuple[int, ...]:
        """How many digits each of these groups has."""
        return tuple(self.lasts[number] - self.firsts[number] for number in groups)


def runs_in(text: str) -> Iterator[Run]:
    """Every run of a folded text with what stands before it."""
    for match in RUN.finditer(text):
        begin, written = match.start(), match[0]
        spans = [one.span() for one in GROUP.finditer(written)]
        if written[-1] in "xX" and sum(end - start for start, end in spans) <= BEFORE_X:
            # a letter that hangs on a shorter number
            start, end = spans.pop()
            spans += [(start, end - 1)] if end - start > 1 else []
        firsts, at = [], 0
        for start, end in spans:
            firsts.append(at)
            at += end - start
        ends = [0, *(end for _, end in spans)]
        lines = text[max(0, begin - NEAR) : begin].split("\n")[-3:]
        yield Run(
            text,
            "".join([written[start:end] for start, end in spans]),
            tuple(firsts),
            (*firsts[1:], at),
            tuple([begin + start for start, _ in spans]),
            tuple([written[ends[number] : start].replace(" ", "") for number, (start, _) in enumerate(spans)]),
            lines[-1][-BEFORE:],
            "\n".join(lines),
        )
