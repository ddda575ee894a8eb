"""What figures are called: names without what does not tell, so that 本年支出合计, 支出总额 and 总支出 are one.

A document is indexed by such names, for shares of a total that another paragraph or a table gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from build_tools.amount import STANDARD, format_rounded
from build_tools.checks.claims.figures import Figure
from build_tools.checks.claims.role import AMOUNTS, Role
from build_tools.checks.claims.words import NAMES, SPENDING, Token

MOST_NAMED, LONGEST = 8, 30
# what total names share or leave out: 本年支出合计, 支出总额 and 总支出 are one
LOOSE = re.compile(
    "20[0-9]{2}年度?|本年度?|全年|年度|合计|总计|总额|金额|总|决算|数|额|中|全部|当年|我[局委办部院]|本部门|本单位|上述|[、，的]"
)
PREPOSITION = re.compile("\\A(?:在(?![职编建岗校押途线华外读册教研籍库])|其中|对于|关于|至于)")
# what makes a part of a total of it
KIND_OF = re.compile(
    "财政|拨款|基本|项目|事业|经营|其他|上级|附属|基金|公共|国有|资本|人员|公用|工资|商品|对个人|专项|采购|三公|机关|类|款|项|费"
)
TOTAL, WHOLE = re.compile("合计|总计|总额|总支出|总收入|本年"), NAMES["wholes"]


@dataclass(frozen=True, slots=True)
class Named:
    """A figure of another paragraph, by what it is called."""

    block: int
    figure: Figure


class Names(Mapping[str, list[Named]]):
    """Amounts by what they are called: of a name those of the tables, then those of the text, the first few. Tables are
    long, and looked into only where asked.
    """

    def __init__(self, tables: Mapping[str, Iterable[Decimal]]) -> None:
        """`own` is filled while the text is read."""
        self.tables = tables
        self.own: dict[str, list[Named]] = {}

    def __getitem__(self, name: str) -> list[Named]:
        """The amounts of a name."""
        own, tabled = self.own.get(name, []), self.tables.get(name, ())
        if not (own or tabled):
            raise KeyError(name)
        return [*(Named(-1, of_table(amount)) for amount in tabled), *own][:MOST_NAMED]

    def __iter__(self) -> Iterator[str]:
        """Every name."""
        return iter(self.tables.keys() | self.own.keys())

    def __len__(self) -> int:
        """How many names."""
        return len(self.tables.keys() | self.own.keys())


def key_of(name: str) -> str:
    """A name without what does not tell: 本年支出合计, 支出总额 and 总支出 are all 总支出, 支出决算 is 支出."""
    key = LOOSE.sub("", name)
    whole = key[-2:] in WHOLE and TOTAL.search(name) and not KIND_OF.search(key[:-2])
    return f"总{key[-2:]}" if whole else key


def beside(role: Role, name: str, amount: Decimal) -> str:
    """The name under which tables give what stands beside an amount in 万元: its 年初预算, 全年预算, 预算 or 上年; no
    text can hold it.
    """
    return f"{role} {name} {format_rounded(amount)}"


def bare(name: str) -> str:
    """A name without the preposition in front of it: 在其他收入100万元中; 在职 and 在建 are words of their own."""
    return PREPOSITION.sub("", name)


def total_of(name: str) -> str:
    """The name under which tables give the amounts of their lines of totals, where a name is a column's and stands for
    many amounts.
    """
    return f"合计 {name}"


def words(one: Figure) -> str:
    """The words before a figure, as far as they matter."""
    return "".join(token.text for token in one.lead[-LONGEST:])


def same(name: str, asked: str) -> bool:
    """True where a name, loosened, is the one that is asked for, whatever unit stands in front of it."""
    if asked in (name, name.removesuffix(SPENDING)) and (name == asked or len(asked) > 3):
        return True
    return bool(asked) and name.endswith(asked) and (len(asked) > 3 or not KIND_OF.search(name.removesuffix(asked)))


def index(paragraphs: Sequence[Sequence[Figure]], tables: Mapping[str, Iterable[Decimal]]) -> Names:
    """Every amount of a document by name, of its tables as well; of a name that stands everywhere, the first few."""
    found = Names(tables)
    for number, figures in enumerate(paragraphs):
        for one in figures:
            if one.is_amount and one.role in AMOUNTS and not (one.aside or one.unclear or one.either):
                some = found.own.setdefault(key_of(one.label), [])
                if len(some) < MOST_NAMED:
                    some.append(Named(number, one))
    return found


def of_table(amount: Decimal) -> Figure:
    """An amount of a table, in 万元, as if it stood in the text."""
    return Figure(
        -1,
        Token("number", f"{format_rounded(amount)}{STANDARD}", 0, 0, amount, 2, STANDARD),
        Role.AMOUNT,
        "",
        "",
        "",
        -1,
        -1,
        None,
        False,
        False,
        None,
        (),
    )
