"""A rule in words for the public: what it asks for, and its formula as one would say it.

Declarations say what is wrong when a rule fails, because that is what staff are told; a page that shows passing rules
has to say what is right.
"""

from __future__ import annotations

from functools import lru_cache

from build_tools.forms import Identity
from build_tools.formula import Binary, Name, Number, Sum, Term, parse_rule

RELATIONS = {"==": "＝", "<=": "≤", ">=": "≥"}
SIGNS = {"+": "＋", "-": "－", "*": "×", "/": "÷"}
# what a rule says where it fails → what it asks for
TURNED = (
    ("不等", "相等"),
    ("不一致", "一致"),
    ("不符", "相符"),
    ("大于", "不大于"),
    ("小于", "不小于"),
    ("超过", "不超过"),
    ("多于", "不多于"),
    ("少于", "不少于"),
    ("高于", "不高于"),
    ("低于", "不低于"),
)


def sentence_of(identity: Identity) -> str:
    """What an identity asks for: 本年收入合计与各项收入之和相等."""
    says = identity.says
    for wrong, right in TURNED:
        if says.endswith(wrong) or (right.startswith("不") and wrong in says and right not in says):
            return says.removesuffix(wrong) + right if says.endswith(wrong) else says.replace(wrong, right, 1)
    return f"不出现“{says}”"


@lru_cache(maxsize=1024)
def formula_words(text: str) -> str:
    """A rule of the forms with the signs of arithmetic: 总计 ＝ 本年收入合计 ＋ 年初结转和结余."""
    rule = parse_rule(text)
    return f"{words(rule.left)} {RELATIONS[rule.relation]} {words(rule.right)}"


def words(term: Term[Name]) -> str:
    """One side, or a part of it."""
    if isinstance(term, Number):
        return f"{term.value:f}"
    if isinstance(term, Sum):
        return f"{path(term.of)}之和"
    if isinstance(term, Name):
        return path(term)
    if term.op == "min":
        return f"（{words(term.left)}、{words(term.right)}中较小的）"
    product = term.op in ("*", "/")
    return f"{inner(term.left, product)} {SIGNS[term.op]} {inner(term.right, term.op != '+', product)}"


def inner(term: Term[Name], apart: bool, also_products: bool = False) -> str:
    """A part of a side, in brackets where its neighbour would take it apart."""
    compound = isinstance(term, Binary) and (term.op in ("+", "-") or (also_products and term.op != "min"))
    return f"（{words(term)}）" if apart and compound else words(term)


def path(name: Name) -> str:
    """A name as people read it."""
    return "·".join(name.parts)
