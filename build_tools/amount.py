"""Amounts of money: a value with its unit; how figures are converted, rounded and printed, said once for everybody.

A table is filled in with the unit that its form or its file names, and stays so. What stands above a single table is
told in 万元. Values are exact decimals; they are rounded for print alone: half up, away from zero.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import NamedTuple

STANDARD = "万元"
SCALE = {
    "元": Decimal(1),
    "百元": Decimal(100),
    "千元": Decimal(1_000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
}
# what a table may be filled in with
DECLARED = ("元", "万元", "亿元")
CENTS = 2
# staff may write thirty digits, and what is computed from them has more
WIDE = Context(prec=100, rounding=ROUND_HALF_UP)
MINUS, ONE = "−", Decimal(1)
# figures of some departments: one stands in its table, in the portable copy, in sums and in other tables
FIGURES = 1 << 15
# a figure with two decimals has no thousands below this length
SHORT = 7


class Amount(NamedTuple):
    """A figure as it stands above its table. `value` is exact and in `unit`, None for a word in its place.

    `text` is printed, `exact` is for data: every digit that it has. `source` is what the table itself prints, with its
    unit, where that is another; '' where nothing was converted.
    """

    value: Decimal | None
    unit: str
    text: str
    exact: str
    source: str = ""


def conversion(own: str, unit: str) -> Decimal:
    """What an amount in `own` is multiplied by to be one in `unit`; `ONE` itself where nothing is to be converted: they
    are the same, or either is no money.
    """
    if own == unit or own not in SCALE or unit not in SCALE:
        return ONE
    return factor(own, unit)


@cache
def factor(own: str, unit: str) -> Decimal:
    """The same for two units of money: a power of ten."""
    return SCALE[own] / SCALE[unit]


def convert(value: Decimal, own: str, unit: str) -> Decimal:
    """A value in another unit of money; as it is where that cannot be."""
    by = conversion(own, unit)
    return value if by is ONE else value * by


def standard_amount(text: str, value: Decimal | None, unit: str) -> Amount:
    """What a table prints as `text` in its `unit`, told in 万元. Words, figures in 万元, and what is no money, stay as
    they are printed.
    """
    factor = conversion(unit, STANDARD)
    if factor is ONE:
        return Amount(value, unit, text, text)
    if value is None:
        return Amount(None, STANDARD, text, text)
    found = value * factor
    return Amount(found, STANDARD, format_rounded(found), format_exact(found), f"{format_grouped(text)} {unit}")


def parse_figure(text: str) -> Decimal | None:
    """The value of a printed figure or percentage; None for a word, and for what is no finite number."""
    try:
        found = Decimal(text.removesuffix("%"))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


@cache
def last_digit(places: int) -> Decimal:
    """One in the last of so many decimals."""
    return Decimal((0, (1,), -places))


def round_half_up(value: Decimal, places: int = CENTS) -> Decimal:
    """Half up, away from zero, to so many decimals; a zero has no sign."""
    found = value.quantize(last_digit(places), context=WIDE)
    return found if found else found.copy_abs()


def format_rounded(value: Decimal, places: int = CENTS) -> str:
    """A computed figure as it is printed: 1203.52, with a plain minus and no thousands."""
    return f"{round_half_up(value, places):f}"


def format_brief(value: Decimal) -> str:
    """A figure for readers as people write it: a quotient has no end of decimals, and is given two."""
    plain = -int(value.as_tuple().exponent) <= CENTS
    return format_grouped(f"{value:f}" if plain else format_rounded(value))


def format_exact(value: Decimal, whole: bool = False, most: int = 6) -> str:
    """A computed figure: two decimals (none among `whole` numbers), and as many more as it has, up to `most`."""
    text = str(value)
    # most have two or three decimals (`most` is never less)
    if not whole and text[-3:-2] == ".":
        return text
    if not whole and text[-4:-3] == ".":
        return text[:-1] if text[-1] == "0" else text
    digits, _, rest = format_rounded(value, most).partition(".")
    rest = rest.rstrip("0") if whole else rest.rstrip("0").ljust(CENTS, "0")
    return f"{digits}.{rest}" if rest else digits


@lru_cache(maxsize=FIGURES)
def format_grouped(text: str) -> str:
    """A printed figure as people read it: thousands separated, a true minus; a word as it is."""
    if text[-3:-2] == "." and len(text) < SHORT and text[:-3].isdigit() and text[0] != "0":
        return text
    sign, digits = (MINUS, text[1:]) if text.startswith("-") else ("", text)
    whole, point, rest = digits.partition(".")
    if not whole.isdigit():
        return text
    return f"{sign}{int(whole):,}{point}{rest}"
