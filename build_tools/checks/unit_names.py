"""Names in the prose of a disclosure: another unit's where the accounts are told, a short name where the full one is
due, items that are listed under 主要包括 and have no figure.

Units are named all the time; what is told is who the sentence is about, and only by names that can be no other's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from build_tools.accounts.corpus import Department, Disclosure
from build_tools.accounts.statement import find_tables, normal
from build_tools.forms import Concept

KINDS = "(?:局|委|委员会|办|办公室|中心|院|校|学|园|所|站|队|会|馆|厅|街道办事处)"
# a sentence that begins with a unit, and what it says of it: the accounts of a year, or who it is
HEAD = re.compile(
    rf"(?:\A|[。！？\n])[^\S\n]*(?!按|根据|依据|依照|遵照|参照|经|由|与|和|同|对|向|据|随|在|从|关于|为|因|将|把|以)(?P<name>[一-鿿（）()“”·]{{2,40}}?{KINDS})"
    r"(?:(?P<accounts>20[0-9]{2}年度?(?:部门|单位)?(?:决算|收入|支出|收支|财政拨款|一般公共预算|政府性基金|国有资本|“?三公|机关运行经费|政府采购))|(?=是|为|负责|主要职责|的主要职责|承担))"
)
LISTED = re.compile("(?P<what>人员经费|公用经费)[^。；\n]{0,40}?主要包括[：:]?(?P<names>[^。；\n]{2,600})")
BETWEEN = re.compile("[、，,和及]|等$")
# what a short name keeps at the least
SHORTEST = 4


@lru_cache(maxsize=1024)
def heads(text: str) -> tuple[tuple[str, int, bool], ...]:
    """The units that sentences begin with, where in the text, and whether the accounts are told of them."""
    return tuple((match["name"], match.start("name"), match["accounts"] is not None) for match in HEAD.finditer(text))


def shortened(name: str, department: Department) -> str:
    """The full name that a name is a short form of: its characters in the same order with some left out; '' where it is
    none.
    """
    return next(
        (one.name for one in reversed(department.names) if len(name) >= SHORTEST and abbreviates(name, one.name)), ""
    )


def abbreviates(short: str, full: str) -> bool:
    """True for 区营商中心 of 甲区优化营商环境协调事务中心; what only leaves the district out is no short form."""
    rest = iter(full)
    return short not in full and short[-1] == full[-1] and all(char in rest for char in short)


def foreign(text: str, before: str, department: Department, units: Sequence[str]) -> Iterator[tuple[str, int, str]]:
    """Names that sentences begin with, each with its offset: a short name that nobody has been told of, with the full
    one, or another unit's, with ''.

    `before` is what was introduced earlier (以下简称…), `units` are the unit's own offices.
    """
    for name, offset, accounts in heads(text):
        told = before + text[:offset]
        full = "" if borne(name, department) or f"简称“{name}”" in told else shortened(name, department)
        if full and normal(full) not in normal(told):
            yield name, offset, full
        elif (
            accounts
            and not full
            and not borne(name, department)
            and not any(name in one or one in name for one in units)
        ):
            yield name, offset, ""


def borne(name: str, department: Department) -> bool:
    """True where a name is one that the department bore in any year, also with or without its district in front."""
    asked = normal(name)
    return not department.names or any(
        asked in known or known in asked for known in (normal(one.name) for one in department.names)
    )


def units_of(disclosure: Disclosure) -> list[str]:
    """The offices and units that the disclosure lists as its own."""
    listing = find_tables(disclosure.statements, Concept.OWN_OFFICES)
    fields = [(one, spot.block, spot.column) for one in listing for spot in one.form.concepts[Concept.OWN_OFFICES]]
    return [
        cell.text
        for one, block, column in fields
        for ref, cell in one.cells.items()
        if (ref.block, ref.column) == (block, column) and cell.text
    ]


def without_figure(text: str, amounts: Mapping[str, list[bool]]) -> Iterator[tuple[str, int, list[str]]]:
    """The lists of items under 主要包括, each with its place and with those of its items for which a table has
    nothing.
    """
    for match in LISTED.finditer(text):
        names = (name.strip() for name in BETWEEN.split(match["names"]))
        empty = [name for name in dict.fromkeys(names) if name and not any(amounts.get(normal(name), [True]))]
        if empty:
            yield match["what"], match.start(), empty
