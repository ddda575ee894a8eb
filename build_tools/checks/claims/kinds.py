"""The kinds of claims, one declaration each: by what rule a claim holds, what it is a percentage of, how it is told.

A rule is written in the language of the forms (`build_tools.formula`); its names are those that `reading` finds figures
for.
"""

from __future__ import annotations

from dataclasses import dataclass

from build_tools.checks.claims import words


@dataclass(frozen=True)
class Kind:
    """`key` is the kind's English name; `says` tells the reader, with what is stated, computed and the word that says
    which way.

    `percent` says that the left side is a percentage of the right one; `basis` is what must not be zero; `sides` are
    what a comparison calls its two figures where the text has no name for them.
    """

    key: str
    rule: str
    says: str
    percent: bool = False
    basis: str = ""
    sides: tuple[str, str] = ("", "")


WRITTEN = "按文中的数计算是{computed}"
SHARE = Kind("share", "share == part / whole", f"原文写占{{stated}}，{WRITTEN}", percent=True, basis="whole")
MULTIPLE = Kind("share", "multiple == part / whole", f"原文写是它的{{stated}}，{WRITTEN}", percent=True, basis="whole")
GROWTH = Kind(
    "growth",
    "growth == change / (current - change)",
    f"原文写{{word}}{{stated}}，{WRITTEN}",
    percent=True,
    basis="current - change",
)
RATE = Kind(
    "growth",
    "growth == (current - earlier) / earlier",
    f"原文写{{word}}{{stated}}，{WRITTEN}",
    percent=True,
    basis="earlier",
)
TIMES = Kind(
    "growth", "multiple == current / earlier", f"原文写是上年的{{stated}}，{WRITTEN}", percent=True, basis="earlier"
)
POINTS = Kind("growth", "points == current_rate - earlier_rate", f"原文写{{word}}{{stated}}，{WRITTEN}")
CHANGE = Kind("growth", "change == current - earlier", f"原文写{{word}}{{stated}}，{WRITTEN}")
COMPLETION = Kind(
    "completion",
    "completion == actual / budget",
    f"原文写完成预算的{{stated}}，{WRITTEN}",
    percent=True,
    basis="budget",
)
SUM = Kind("sum", "total == sum(items)", "原文写合计{stated}，所列各项加起来是{computed}")
LEFT = Kind("carry-over", "balance == budget - spent", f"原文写结余{{stated}}，{WRITTEN}")
CARRIED = Kind("carry-over", "balance == opening + income - spent", f"原文写结余{{stated}}，{WRITTEN}")
BALANCE = Kind("carry-over", "balance == income - spent", f"原文写结余{{stated}}，{WRITTEN}")
DIRECTION = Kind(
    "direction", "actual == budget", "原文写决算{stated}预算，按文中的数是决算{computed}预算", sides=("决算", "预算")
)
AGAINST_LAST = Kind(
    "direction", "current == earlier", "原文写本年{stated}上年，按文中的数是本年{computed}上年", sides=("本年", "上年")
)
ITEMS = Kind(
    "direction", "first == second", "原文写前项{stated}后项，按文中的数是前项{computed}后项", sides=("前项", "后项")
)
EXCESS = Kind("direction", "difference == first - second", "原文写{word}{stated}，按文中的数相差{computed}")
KINDS = (
    SHARE,
    MULTIPLE,
    GROWTH,
    RATE,
    TIMES,
    POINTS,
    CHANGE,
    COMPLETION,
    SUM,
    LEFT,
    CARRIED,
    BALANCE,
    DIRECTION,
    AGAINST_LAST,
    ITEMS,
    EXCESS,
)
# names of parts that make up a whole and leave nothing out; where all of one line are listed, they must add up
WHOLES = tuple(tuple(one["parts"].split()) for one in words.WHOLES)
# what else may stand in such a list and counts as well
COMPANIONS = {name: tuple(others.split()) for name, others in words.COMPANIONS.items()}
# what a whole is called where its parts follow without 其中
CALLED = {tuple(one["parts"].split()): tuple(one["called"].split()) for one in words.WHOLES if "called" in one}
