"""A formula with figures in place of its names: `108.06 = 107.20 + 0.86`, as one would write it to check it by hand.

It works on the text of the rule, so that brackets and order stay as its author wrote them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from build_tools.formula import leaves, parse_rule

NAME = re.compile(r"\w+(?:\s*\.\s*\w+|\s*\[[^\]]*\])*")
SUM_BEFORE, SUM_AFTER = re.compile(r"\bsum\s*\(\s*$"), re.compile(r"\s*\)")
RELATION = re.compile("(==|<=|>=)")
SIGNS = {"==": ("=", "≠"), "<=": ("≤", ">"), ">=": ("≥", "<")}


@lru_cache(maxsize=1024)
def names(text: str) -> tuple[tuple[str, int, int], ...]:
    """Every name of a rule in the order of `leaves`: as written, and where it begins and ends, `sum(…)` around it
    included.
    """
    rule = parse_rule(text)
    found = []
    for side in (rule.left, rule.right):
        for name, summed in leaves(side):
            match = NAME.match(text, name.column)
            written, start, end = (match[0], *match.span()) if match else ("", name.column, name.column)
            before, after = SUM_BEFORE.search(text[:start]), SUM_AFTER.match(text, end)
            if summed and before and after:
                start, end = before.start(), after.end()
            found.append((written, start, end))
    return tuple(found)


def spelled(text: str, figures: Iterable[Sequence[str]], holds: bool = True) -> str:
    """The rule with figures: those of every name, in the order of `leaves`. `holds` chooses between `=` and `≠`."""
    parts, done = [], 0
    for (_, start, end), some in zip(names(text), figures, strict=True):
        parts += [text[done:start], added(some, text[:start].rstrip()[-1:], text[end:].lstrip()[:1])]
        done = end
    left, relation, right = RELATION.split("".join([*parts, text[done:]]), maxsplit=1)
    return f"{left.strip()} {SIGNS[relation][0 if holds else 1]} {right.strip()}"


def added(figures: Sequence[str], before: str, after: str) -> str:
    """The figures of one name, added up; in brackets where the signs beside them would take them apart."""
    text = " + ".join(figures)
    return f"({text})" if len(figures) > 1 and (before in {"-", "*", "/"} or after in {"*", "/"}) else text
