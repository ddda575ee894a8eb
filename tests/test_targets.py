"""Targets read as operator, number and unit: what real documents print, and what must not be guessed at."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.accounts.statement import Target, read_target


@pytest.mark.parametrize(
    ("text", "operator", "number", "unit"),
    [
        ("≥2", "≥", "2", ""),
        ("≥98%", "≥", "98", "%"),
        ("≤7天", "≤", "7", "天"),
        ("＞=90%", "≥", "90", "%"),
        ("≦115.62万元", "≤", "115.62", "万元"),
        ("98%以上", "≥", "98", "%"),
        ("1.3万余人", ">", "1.3", "万人"),
        ("近360家", "≈", "360", "家"),
        ("48.99", "=", "48.99", ""),
        ("10万元", "=", "10", "万元"),
        ("14.52万件", "=", "14.52", "万件"),
        (" 6 个 ", "=", "6", "个"),
        ("不超过5次", "≤", "5", "次"),
    ],
)
def test_read(text: str, operator: str, number: str, unit: str) -> None:
    """Plain readings."""
    assert read_target(text) == Target(operator, Decimal(number), unit)


@pytest.mark.parametrize(
    "text",
    [
        "2≥",
        "300-600元/家",
        "2020年12月",
        "2023年12月31日前",
        "不断提高",
        "优",
        "",
        "≤98%以上",
        "一般问题当天办结",
        "≥≥2",
        "1.2.3",
    ],
)
def test_not_guessed_at(text: str) -> None:
    """Malformed, a range, a date, a word, a contradiction."""
    assert read_target(text) is None


@given(st.text(max_size=60))
def test_any_text_is_read_or_left(text: str) -> None:
    """Never an exception; whatever is read has a known operator."""
    found = read_target(text)
    assert found is None or found.operator in "≥≤><=≈"
