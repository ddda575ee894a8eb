"""Rates in words → percent: 百分之五, 三成五, 四分之一, 一半, 两倍, 翻一番.

What is only about (三成多, 两三倍) keeps no value that anyone may count on, and says so.
"""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
NUMERAL = "[一二两三四五六七八九十]"
# 三成立 and 一成不变 are other words; 翻番 is doubling
# the characters that a rate begins with
STARTS = "百翻一二两三四五六七八九十"
RATE = (
    r"百分之(?:[零〇一二两三四五六七八九十百]{1,7}(?:点[零〇一二三四五六七八九]{1,4})?|\d{1,4}(?:\.\d{1,4})?(?!\d))"
    rf"|(?<!{NUMERAL}){NUMERAL}(?:{NUMERAL}?成(?:[一二三四五六七八九半]|(?![一-鿿])|(?=[以左上多余的]))|{NUMERAL}{{0,2}}倍|分之{NUMERAL}(?!{NUMERAL}))"
    r"|翻了?[一两]?番|(?<!另)一半"
)
DOUBLED = {"一": 1, "": 1, "两": 2}
TEN, HALF, HUNDRED = Decimal(10), Decimal(50), Decimal(100)


def rate_of(text: str) -> tuple[Decimal, int] | None:
    """The percentage that words give, and the decimals that it is rounded to (-1 = tens); None where they give no
    certain one.
    """
    if text.startswith("百分之"):
        whole, _, part = text.removeprefix("百分之").replace("点", ".").partition(".")
        value = Decimal(whole) if whole.isascii() else counted(whole)
        tail = "".join(str(DIGITS.get(char, char)) for char in part)
        return None if value is None else (value + Decimal(f"0.{tail or 0}"), len(tail))
    if text.startswith("翻"):
        return (2 ** DOUBLED[text.removeprefix("翻").removeprefix("了")[:-1]] - 1) * HUNDRED, -1
    if text == "一半":
        return HALF, -1
    if "分之" in text:
        under, _, over = text.partition("分之")
        return (HUNDRED * (counted(over) or 0) / (counted(under) or 1), 0)
    whole, sign, part = text.partition("成") if "成" in text else text.partition("倍")
    value = counted(whole)
    if value is None:
        return None
    if sign == "倍":
        return value * HUNDRED, -1
    return value * TEN + (DIGITS.get(part, 5) if part else 0), 0 if part else -1


def counted(text: str) -> Decimal | None:
    """三 is 3, 十二 is 12, 九十五 is 95, 百 and 一百 are 100; None for 三四 and whatever else is no number."""
    found = re.fullmatch(
        "(?:([一二两三四五六七八九]?)(百)零?)?(?:([一二两三四五六七八九]?)(十))?([零〇一二两三四五六七八九]?)", text
    )
    if not text or found is None:
        return None
    hundreds, hundred, tens, ten, ones = (one or "" for one in found.groups())
    return Decimal(
        (DIGITS.get(hundreds, 1) * 100 if hundred else 0)
        + (DIGITS.get(tens, 1) * 10 if ten else 0)
        + DIGITS.get(ones, 0)
    )
