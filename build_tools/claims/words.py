"""The words that figures are joined by, and text → tokens.

All that the reader knows of language stands in words.yaml: a province that says it otherwise is one more word in a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import yaml

WORDS: dict[str, str] = yaml.load((Path(__file__).parent / "words.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
# figures in words: no budget is a budget of nothing
UNPLANNED = frozenset(WORDS.pop("unplanned").split())
CLASS = {word: key for key, words in reversed(WORDS.items()) for word in words.split()}
DELIMITERS = "。！？；：，、（）\u2003"
UNITS = {"元": Decimal("0.0001"), "百元": Decimal("0.01"), "千元": Decimal("0.1"), "万元": Decimal(1), "百万元": Decimal(100), "亿元": Decimal(10_000)}
POINTS = ("个百分点", "百分点")
PATTERN = re.compile(
    "|".join(
        (
            r"(?P<aside>（[^（）\d%。；]{1,24}）)",
            r"(?P<date>(?<!\d)(?:(?:19|20)\d{2}年度?)?\d{1,2}月(?:\d{1,2}[日号])?)",
            r"(?P<year>(?<!\d)(?:19|20)\d{2}(?:年度|财年|年)?(?![\d.,%万亿元]))",
            # behind a digit and a blank or a wide comma it may be the rest of a number (1 500万元): what is not certain is not read
            r"(?P<number>(?<![\d.])(?<!\d[ ，])(?P<minus>(?<![\d%])-|(?<![\d%])\+)?"
            r"(?P<digits>\d{1,3}(?:,\d{3}){1,5}(?!\d)|\d{1,15}(?!\d))(?:\.(?P<decimals>\d{1,8})(?!\d))?"
            r"(?P<some>[余多来几]?)(?P<unit>个百分点|百分点|百万元|万元|亿元|千元|百元|元|%)?(?P<person>/[人家年天次])?)",
            f"(?P<unplanned>{'|'.join(sorted(UNPLANNED, key=len, reverse=True))})",
            f"(?P<delimiter>[{DELIMITERS}])",
            "(?P<word>" + "|".join(sorted(map(re.escape, CLASS), key=len, reverse=True)) + ")",
        )
    )
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a paragraph from `start` to `end`. `sort`: a class of words, number, date, year, delimiter or text.

    `value` is in `unit`; percents and percentage points have the unit % and 点.
    """

    sort: str
    text: str
    start: int
    end: int
    value: Decimal = Decimal(0)
    decimals: int = 0
    unit: str = ""


def tokens_of(text: str) -> Iterator[Token]:
    """Every character of a paragraph, in tokens. Never raises; linear in the length of the text."""
    done = 0
    for match in PATTERN.finditer(text):
        if match.start() > done:
            yield Token("text", text[done : match.start()], done, match.start())
        yield token(match)
        done = match.end()
    if done < len(text):
        yield Token("text", text[done:], done, len(text))


def token(match: re.Match[str]) -> Token:
    """What was matched, by the name of its group."""
    sort, text, (start, end) = match.lastgroup or "", match[0], match.span()
    if match["number"]:
        unit = "点" if match["unit"] in POINTS else match["unit"] or ""
        sign = "-" if match["minus"] == "-" else ""
        value = Decimal(f"{sign}{match['digits'].replace(',', '')}.{match['decimals'] or '0'}")
        # 12余万元 is a figure that nobody can add up, 300元/家 a price
        return Token("number", text, start, end, value, len(match["decimals"] or ""), "" if match["some"] or match["person"] else unit)
    if match["unplanned"]:
        return Token("number", text, start, end, unit="万元")
    for one in ("aside", "date", "year", "delimiter"):
        if match[one] is not None:
            return Token("text" if one == "aside" else one, text, start, end)
    return Token(CLASS[text], text, start, end) if text in CLASS else Token(sort, text, start, end)
