"""The words that figures are joined by, and text → tokens.

All that the reader knows of language stands in words.yaml, and what items are called in names.yaml: a province that
says it otherwise is one more word in a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from build_tools.amount import SCALE, STANDARD, conversion
from build_tools.checks.claims.numerals import RATE, STARTS, rate_of


def _load(name: str) -> Any:
    """A YAML file beside this one."""
    return yaml.load((Path(__file__).parent / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


WORDS: dict[str, str] = _load("words.yaml")
_NAMES = _load("names.yaml")
# what items, totals and lists are called; how a change is told, by its role
NAMES: dict[str, tuple[str, ...]] = {key: tuple(words.split()) for key, words in _NAMES["names"].items()}
(SPENDING,), (INCOME,), (TOTAL,) = NAMES["spending"], NAMES["income"], NAMES["total"]
WAYS: dict[str, str] = _NAMES["ways"]
# parts that make up a whole, what the whole is called, what else may stand among them
WHOLES: list[dict[str, str]] = _NAMES["wholes"]
COMPANIONS: dict[str, str] = _NAMES["companions"]
# figures in words: no budget is a budget of nothing
UNPLANNED = frozenset(WORDS.pop("unplanned").split())
CLASS = {word: key for key, words in reversed(WORDS.items()) for word in words.split()}
DELIMITERS = "。！？；：，、（）\u2003"
# figures of texts are held against each other in 万元
UNITS = {unit: conversion(unit, STANDARD) for unit in SCALE}
POINTS = ("个百分点", "百分点")
TIMES = {"倍": Decimal(100), "成": Decimal(10)}
# what any token but plain text begins with: most characters of prose are passed over at a glance
BEGINS = re.escape(
    "".join(sorted({word[0] for word in (*CLASS, *UNPLANNED)} | set(f"{DELIMITERS}{STARTS}0123456789-+")))
)
PATTERN = re.compile(
    f"(?=[{BEGINS}])(?:"
    + "|".join(
        (
            r"(?P<aside>（[^（）\d%。；]{1,24}）)",
            r"(?P<date>(?<!\d)(?:(?:19|20)\d{2}年度?)?\d{1,2}月(?:\d{1,2}[日号])?)",
            r"(?P<year>(?<!\d)(?:19|20)\d{2}(?:年度|财年|年)?(?![\d.,%万亿元]))",
            # 1 500万元 and 1，500万元 are figures, though which ones is not certain
            r"(?P<number>(?<![\d.])(?P<minus>(?<![\d%])-|(?<![\d%])\+)?"
            r"(?P<digits>\d{1,3}(?:,\d{3}){1,5}(?!\d)|\d{1,3}(?:[ ，]\d{3}){1,5}(?!\d)|\d{1,15}(?!\d))(?:\.(?P<decimals>\d{1,8})(?!\d))?"  # noqa: E501
            r"(?P<some>[余多来几]?)(?P<unit>个百分点|百分点|百万元|万元|亿元|千元|百元|元|%|倍|成(?![一-鿿])|成(?=[以左上多余的]))?"
            r"(?P<person>/[人家年天次])?(?P<around>左右|上下|以上|以下|以内|[多余](?![额款数\d]))?)",
            f"(?P<rate>(?:{RATE})(?P<vague>左右|上下|以上|以下|以内|[多余])?)",
            f"(?P<unplanned>{'|'.join(sorted(UNPLANNED, key=len, reverse=True))})",
            f"(?P<delimiter>[{DELIMITERS}])",
            "(?P<word>" + "|".join(sorted(map(re.escape, CLASS), key=len, reverse=True)) + ")",
        )
    )
    + ")"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a paragraph from `start` to `end`. `sort`: a class of words, number, date, year, delimiter or text.

    `value` is in `unit`; percents, in figures or in words, and percentage points have the unit % and 点. `unclear` = a
    figure is meant, and which one is not certain (1 500万元, 三成多): it takes its place among the others, and nothing
    is proved by it.
    """

    sort: str
    text: str
    start: int
    end: int
    value: Decimal = Decimal(0)
    decimals: int = 0
    unit: str = ""
    unclear: bool = False


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
        return number(match)
    if match["rate"]:
        found = None if match["vague"] else rate_of(text)
        return Token("number", text, start, end, *(found or (Decimal(0), 0)), "%", found is None)
    if match["unplanned"]:
        return Token("number", text, start, end, unit="万元")
    for one in ("aside", "date", "year", "delimiter"):
        if match[one] is not None:
            return Token("text" if one == "aside" else one, text, start, end)
    return Token(CLASS[text], text, start, end) if text in CLASS else Token(sort, text, start, end)


def number(match: re.Match[str]) -> Token:
    """A number in digits; 倍 and 成 are percentages that are rounded to tens, unless they have decimals."""
    unit, digits, decimals = match["unit"] or "", match["digits"], len(match["decimals"] or "")
    sign = "-" if match["minus"] == "-" else ""
    bare = digits if digits.isdigit() else re.sub("[, ，]", "", digits)
    value = Decimal(f"{sign}{bare}.{match['decimals'] or '0'}")
    behind = match.string[max(0, match.start() - 2) : match.start()]
    unclear = (
        bool(match["around"]) or " " in digits or "，" in digits or (behind[:1].isdigit() and behind[1:] in (" ", "，"))
    )
    if unit in TIMES:
        value, decimals, unit = value * TIMES[unit], max(decimals - 2, -1) if unit == "倍" else decimals - 1, "%"
    # 12余万元 is a figure that nobody can add up, 300元/家 a price
    unit = "点" if unit in POINTS else "" if match["person"] or (match["some"] and unit != "%") else unit
    return Token("number", match[0], *match.span(), value, decimals, unit, unclear or bool(match["some"]))
