"""Targets and actual values of performance indicators, read as operator, number and unit where they plainly are that.

The printed text stays what is published; the reading is beside it for those who compute. What cannot be read without
guessing (a date, a range, `2≥`, a word) is not read.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

OPERATORS = {
    "≥": "≥",
    ">=": "≥",
    "≧": "≥",
    "不低于": "≥",
    "不少于": "≥",
    "≤": "≤",
    "<=": "≤",
    "≦": "≤",
    "不超过": "≤",
    "不高于": "≤",
    ">": ">",
    "<": "<",
    "=": "=",
    "近": "≈",
    "约": "≈",
    "": "=",
}
SUFFIXES = {"以上": "≥", "以内": "≤", "以下": "≤"}
TARGET = re.compile(r"(≥|>=|≧|≤|<=|≦|>|<|=|不低于|不少于|不超过|不高于|近|约|)(\d{1,12}(?:\.\d{1,4})?)([^\d]{0,12})")
DATE = re.compile(r"\d{4}年")
RANGE_OR_RATE = re.compile(r"[-—~至到或≥≤><=]")


@dataclass(frozen=True, slots=True)
class Target:
    """`operator` is one of ≥ ≤ > < = ≈; `unit` as printed, with 万 where it stands."""

    operator: str
    number: Decimal
    unit: str


@lru_cache(maxsize=4096)
def read_target(text: str) -> Target | None:
    """The reading of a target or an actual value, None where it is not plainly a number with a unit."""
    plain = unicodedata.normalize("NFKC", text).replace("≧", "≥").replace("≦", "≤")
    plain = re.sub(r"\s+", "", plain)
    match = TARGET.fullmatch(plain)
    if not match or DATE.match(plain):
        return None
    operator, number, unit = OPERATORS[match[1]], Decimal(match[2]), match[3]
    for suffix, meaning in SUFFIXES.items():
        if unit.endswith(suffix):
            if operator not in ("=", meaning):
                return None
            operator, unit = meaning, unit.removesuffix(suffix)
    if "余" in unit:
        operator, unit = (">", unit.replace("余", "", 1)) if operator == "=" else (operator, unit)
    return None if RANGE_OR_RATE.search(unit) else Target(operator, number, unit)
