"""What belongs to a person by the word beside it, without a check digit: passports and travel permits, number plates,
QQ and WeChat names, home addresses.

Such words also stand in rules and in lists of an office's own things, so these are hints. A word speaks no
further than the second line below it: a head may stand above its column.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from build_tools.privacy.model import Kind, Private

# how far a value may stand from its word, in characters and lines
REACH, LINES = 160, 3
# what a look at the bytes goes by; every word below holds one of them
SIGNS = (
    "护照",
    "通行证",
    "台胞证",
    "回乡证",
    "车牌",
    "号牌",
    "牌照",
    "QQ",
    "qq",
    "微信",
    "住址",
    "家庭地址",
    "居住地址",
)
PLATE = (
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·. -]?"
    r"(?=[A-HJ-NP-Z0-9]{0,5}[0-9])[A-HJ-NP-Z0-9]{4,6}[挂学警港澳]?(?![0-9A-Za-z])"
)
IN_HOME = r"[^\n,，。;；、|\"'{}*]"
HOME = rf"{IN_HOME}{{3,60}}?[0-9一二三四五六七八九十]{{1,5}} ?(?:号|室|户|单元|栋|幢|弄|楼|组){IN_HOME}{{0,30}}"
# of every kind: the word, what may stand in between, what it looks like, and whether only right behind the word
SAID = r"(?:号码?|证号|编号|账号|帐号|ID|为|是|[ :：=|\"'“”()]){0,6}"
CLUES: tuple[tuple[Kind, re.Pattern[str], re.Pattern[str], bool], ...] = (
    (
        Kind.PASSPORT,
        re.compile("护照"),
        re.compile(r"(?<![0-9A-Za-z])(?:[DEGHKPS][A-Z]?[0-9]{7,8}|1[45][0-9]{7})(?![0-9A-Za-z])", re.IGNORECASE),
        False,
    ),
    (
        Kind.PERMIT,
        re.compile("通行证|台胞证|回乡证"),
        re.compile(r"(?<![0-9A-Za-z])[CHLMTW][A-Z]?[0-9]{7,10}(?![0-9A-Za-z])", re.IGNORECASE),
        False,
    ),
    (
        Kind.PERMIT,
        re.compile(f"(?:台湾[^\\n]{{0,12}}通行证|台胞证){SAID}"),
        re.compile(r"[0-9]{8}(?:[0-9]{2})?(?![0-9A-Za-z-])"),
        True,
    ),
    (Kind.PLATE, re.compile("车牌|号牌|牌照"), re.compile(PLATE), False),
    (Kind.QQ, re.compile(rf"(?<![A-Za-z])[Qq]{{2}}{SAID}"), re.compile(r"[1-9][0-9]{4,10}(?![0-9A-Za-z@.])"), True),
    (
        Kind.WECHAT,
        re.compile(r"微信(?:号码?|ID|账号|帐号|[:：]) ?[:：=|为是]? ?[\"'“(]?"),
        re.compile(r"[A-Za-z][A-Za-z0-9_-]{5,19}(?![0-9A-Za-z@.])"),
        True,
    ),
    (
        Kind.ADDRESS,
        re.compile(r"(?:住址|家庭地址|居住地址)(?:(?:为|是|[ :：=|\"'“]){1,6}|(?=[^\n]{2,4}[省市区县州]))"),
        re.compile(HOME),
        True,
    ),
    (
        Kind.ADDRESS,
        re.compile(r"(?:住址|家庭地址|居住地址)(?=[^\n:：]{0,40}\n)"),
        re.compile(rf"(?<=[,|\n\t])[ ]?(?=[^\n,，|]{{0,40}}(?:[省市区县镇乡村路街巷弄道]))({HOME})"),
        False,
    ),
)


def clues(text: str) -> Iterator[Private]:
    """Every such thing of a folded text, in reading order."""
    met: dict[int, Private] = {}
    for kind, word, looks, right_behind in CLUES:
        ends = [said.end() for said in word.finditer(text)]
        found = (looks.match(text, end, end + REACH) for end in ends) if right_behind else beside(looks, ends, text)
        for one in found:
            if one and "*" not in one[0]:
                start, until = one.span(one.lastindex or 0)
                value = "".join(filter(str.isalnum, text[start:until]))
                met.setdefault(start, Private(kind, start, until, value))
    return iter(sorted(met.values(), key=lambda one: one.start))


def beside(looks: re.Pattern[str], ends: list[int], text: str) -> Iterator[re.Match[str]]:
    """What looks so and stands within reach of the last word before it, of those that end at `ends`."""
    for one in looks.finditer(text, ends[0]) if ends else ():
        end = ends[bisect_right(ends, one.start()) - 1]
        if one.start() - end <= REACH and text.count("\n", end, one.start()) < LINES:
            yield one
