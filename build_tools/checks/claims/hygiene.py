"""Hints about the text itself: what was left to be filled in, what a converter left behind, characters that only look
right.

Every pattern is short and bounded, so that a hostile text costs no more than a long one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from build_tools.checks.claims.text import Block, blocks_of
from build_tools.diagnostics import Finding, Place, Severity
from build_tools.source import bounded

MOST = 20
PLACEHOLDER = re.compile(
    r"(?<![A-Za-z0-9])(?:[Xx]{2,8}|[Ｘ×╳]{2,8})(?![A-Za-z0-9])|(?<![等有亟急])待填(?:写|报(?![一-鿿])|(?![补充报埋海土平方沟坑]))|待补充|此处填写|请填写|请补充|\{[一-鿿]{1,12}\}|【[^】\n]{0,12}填写[^】\n]{0,12}】"
)
# 目的的 and 的的确确 are words, 一步一步 and 逐项逐项 a manner of speaking
DOUBLED = re.compile(
    r"(?<!目)的的(?!确)|与与|及及(?!时)|万元万元|(?<![一逐])(?![一逐两])([一-鿿]{2,4})\1(?!决算|预算|合计|总|人员|者|组|日|量)"
)
MARKS = re.compile(r"。。|，，|；；|、、|：：|，。|。，|；。|。；|、。|，；|：。")
UNTIL = re.compile(r"截止(?:到)?(?=\s?(?:(?:19|20)\d\d年|\d{1,2}月|目前|去年|上年|今年|本年|年末|年底))")
RESIDUE = re.compile(
    r"\[bookmark: ?[^\]\n]{0,80}\]|\[(?:image|图片|endif|if [^\]\n]{0,40})\]|PAGEREF _\w{1,40}|HYPERLINK \"|REF _Ref\d{1,20}"  # noqa: E501
    r"|错误[!！](?:未找到引用源|未定义书签)|&(?:nbsp|amp|lt|gt|#\d{1,6});|</?(?:br|p|span|div|td|tr|font)\b[^>\n]{0,120}>|\ufffd"
)
LOOKALIKES = dict(
    zip(
        "ロ囗決況準減費財預業務單區計說實設購車機關產會內經總數時開發為應該與對報責執運護級類項額鎮縣鄉ニハカエタ≦≧",
        "口口决况准减费财预业务单区计说实设购车机关产会内经总数时开发为应该与对报责执运护级类项额镇县乡二八力工夕≤≥",
        strict=True,
    )
)
KANA = re.compile("[\u3040-\u30ff]")
# radicals that PDF fonts put in the place of characters
RADICALS = re.compile("[\u2e80-\u2fdf]")
# a text without any of this has no hint; what refers to its own group stands first
ODD = re.compile(
    "|".join(
        (
            DOUBLED.pattern,
            MARKS.pattern,
            PLACEHOLDER.pattern,
            UNTIL.pattern,
            RESIDUE.pattern,
            RADICALS.pattern,
            f"[“”{''.join(LOOKALIKES)}]",
        )
    )
)


def hygiene(text: str, place: Place | None = None) -> list[Finding]:
    """Hints in reading order, some of each sort. `place` is where the text begins."""
    place = place or Place("")
    found = [
        *islice(matches(text, place, RESIDUE, residue), MOST),
        *islice(matches(text, place, PLACEHOLDER, placeholder), MOST),
        *islice(matches(text, place, DOUBLED, doubled), MOST),
        *islice(matches(text, place, MARKS, doubled), MOST),
        *islice(matches(text, place, UNTIL, until), MOST),
        *islice(lookalikes(text, place), MOST),
        *islice(quotations(blocks_of(text), place), MOST),
    ]
    return bounded(sorted(found, key=lambda one: (one.place.line, one.place.column, one.code)))


def matches(
    text: str, place: Place, pattern: re.Pattern[str], tell: Callable[[str, Place], Finding]
) -> Iterator[Finding]:
    """What a pattern finds, line by line, each told by `tell(written, place)`."""
    for number, line in enumerate(text.split("\n")):
        for match in pattern.finditer(line):
            yield tell(match[0], at(place, number, match.start(), len(match[0])))


def at(place: Place, line: int, column: int, length: int) -> Place:
    """A place inside a text that begins somewhere in a file; line and column from 0."""
    return Place(place.file, place.line + line, (1 if line else place.column) + column, length)


def residue(written: str, place: Place) -> Finding:
    """What a converter left behind."""
    return Finding(
        "prose-residue",
        f"“{shortened(written)}”是转换文件时留下的，不是正文",
        place,
        Severity.HINT,
        actual=written[:40],
        hint="删去",
    )


def placeholder(written: str, place: Place) -> Finding:
    """What was left to be filled in."""
    return Finding(
        "prose-placeholder",
        f"“{shortened(written)}”是还没有填的空",
        place,
        Severity.HINT,
        actual=written,
        hint="填上内容，或删去这一句",
    )


def doubled(written: str, place: Place) -> Finding:
    """A word or a mark that stands twice."""
    return Finding(
        "prose-doubled", f"“{written}”重复或连用", place, Severity.HINT, actual=written, hint="删去多出的一个"
    )


def until(written: str, place: Place) -> Finding:
    """截止 is the end of something; 截至 is up to a day."""
    return Finding(
        "prose-until",
        f"“{written}”后面是时间，应写“截至”",
        place,
        Severity.HINT,
        expected="截至",
        actual=written,
        hint="改为“截至”",
    )


def lookalikes(text: str, place: Place) -> Iterator[Finding]:
    """Characters of another script or another standard, among Chinese ones."""
    for number, line in enumerate(text.split("\n")):
        for column, char in enumerate(line):
            right = LOOKALIKES.get(char) or (unicodedata.normalize("NFKC", char) if RADICALS.match(char) else "")
            beside = line[max(0, column - 1) : column] + line[column + 1 : column + 2]
            if right and right != char and not KANA.search(beside):
                yield Finding(
                    "prose-lookalike",
                    f"“{char}”（U+{ord(char):04X}）看着像“{right}”，不是同一个字",
                    at(place, number, column, 1),
                    Severity.HINT,
                    expected=right,
                    actual=char,
                    hint=f"改为“{right}”",
                )


def quotations(blocks: Sequence[Block], place: Place) -> Iterator[Finding]:
    """Quotation marks that do not pair; what a page break may have cut is passed over."""
    cut = False
    for block in blocks:
        opened = -1
        wrong = -1
        for number, char in enumerate(block.text):
            if char == "“":
                wrong = number if opened >= 0 and wrong < 0 else wrong
                opened = number
            elif char == "”":
                wrong = number if opened < 0 and not cut and wrong < 0 else wrong
                opened, cut = -1, False
        cut = opened >= 0 and block.text[-1] not in "。！？；"
        wrong = opened if wrong < 0 and opened >= 0 and not cut else wrong
        if wrong >= 0:
            line, column = block.places[wrong]
            yield Finding(
                "prose-quotation",
                f"引号“{block.text[wrong]}”没有成对",
                at(place, line - 1, column - 1, 1),
                Severity.HINT,
                actual=block.text[wrong],
                hint="补上缺的一边，或把方向改对",
            )


def shortened(text: str) -> str:
    """Enough of it to be found."""
    return text if len(text) <= 24 else f"{text[:24]}…"
