"""Figures are converted exactly, rounded half up for print alone, and printed by one rule."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.amount import (
    DECLARED,
    SCALE,
    STANDARD,
    convert,
    format_brief,
    format_exact,
    format_grouped,
    format_rounded,
    parse_figure,
    round_half_up,
    standard_amount,
)

CENTS = st.decimals(min_value=-(10**15), max_value=10**15, places=2)


@pytest.mark.parametrize(
    ("text", "unit", "printed", "exact", "source"),
    [
        ("1376800.00", "元", "137.68", "137.68", "1,376,800.00 元"),
        ("11121950.00", "元", "1112.20", "1112.195", "11,121,950.00 元"),
        ("-50.00", "元", "-0.01", "-0.005", "−50.00 元"),
        ("49.99", "元", "0.00", "0.004999", "49.99 元"),
        ("1.23", "亿元", "12300.00", "12300.00", "1.23 亿元"),
        ("1203.5", "万元", "1203.5", "1203.5", ""),
        ("12", "人", "12", "12", ""),
    ],
)
def test_a_figure_is_told_in_myriads(text: str, unit: str, printed: str, exact: str, source: str) -> None:
    amount = standard_amount(text, parse_figure(text), unit)
    assert (amount.text, amount.exact, amount.source) == (printed, exact, source)
    assert amount.unit == (STANDARD if unit in SCALE else unit)


def test_a_word_stays_a_word() -> None:
    assert standard_amount("未载明", parse_figure("未载明"), "元")[:4] == (None, STANDARD, "未载明", "未载明")
    assert [parse_figure(text) for text in ("", "无", "NaN", "Infinity", "98.5%")] == [None] * 4 + [Decimal("98.5")]


@given(CENTS, st.sampled_from(DECLARED))
def test_nothing_is_lost_on_the_way(value: Decimal, unit: str) -> None:
    """The exact text is the amount itself; the printed one is half a cent away at most, and away from zero at the half."""
    amount = standard_amount(f"{value:f}", value, unit)
    true = Fraction(value) * Fraction(SCALE[unit]) / 10_000
    assert Fraction(Decimal(amount.exact)) == true
    off = abs(Fraction(Decimal(amount.text))) - abs(true)
    assert -Fraction(1, 200) < off <= Fraction(1, 200)
    assert amount.value is not None
    assert convert(amount.value, STANDARD, unit) == value


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [("0.125", 2, "0.13"), ("-0.125", 2, "-0.13"), ("0.78125", 4, "0.7813"), ("-0.004", 2, "0.00"), ("2.5", 0, "3")],
)
def test_halves_go_up(value: str, places: int, rounded: str) -> None:
    assert format_rounded(Decimal(value), places) == rounded
    assert str(round_half_up(Decimal(value), places)) == rounded


def test_thirty_digits_are_rounded_too() -> None:
    assert format_rounded(Decimal("9" * 30 + ".995")) == "1" + "0" * 30 + ".00"


def test_how_figures_are_printed() -> None:
    assert [format_grouped(text) for text in ("1234567.80", "-5.00", "空", "12.50")] == [
        "1,234,567.80",
        "−5.00",
        "空",
        "12.50",
    ]
    assert [format_exact(Decimal(text)) for text in ("12", "12.5", "12.340", "0.78125", "1E+4")] == [
        "12.00",
        "12.50",
        "12.34",
        "0.78125",
        "10000.00",
    ]
    assert [format_exact(Decimal(text), whole=True) for text in ("12", "12.50", "0")] == ["12", "12.5", "0"]
    assert [format_brief(Decimal(text)) for text in ("12", "1234.5", "33.333333")] == ["12", "1,234.5", "33.33"]
