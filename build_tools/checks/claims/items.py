"""One item compared with another in words: 基本支出小于项目支出, 收入大于支出10万元, 人员经费高于公用经费.

An item is a name that ends like one. Its amount is the one of that name in the paragraph, in the tables, or elsewhere
in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from build_tools.checks.claims import roles
from build_tools.checks.claims.figures import Figure
from build_tools.checks.claims.kinds import ITEMS, MULTIPLE
from build_tools.checks.claims.model import Reading
from build_tools.checks.claims.naming import MOST_NAMED, Named, bare, key_of, same, total_of
from build_tools.checks.claims.role import AMOUNTS
from build_tools.checks.claims.weighing import Direction, Word
from build_tools.checks.claims.words import INCOME, NAMES, SPENDING, Token

WORDS = ("大于", "小于", "高于", "低于", "多于", "少于", "等于", "超过")
# what is asked for, supposed or explained, and no statement of fact
SUPPOSED = re.compile(
    "[指应若须宜]|如果|假如|不得|原则|防止|避免|杜绝|严禁|确保|力争|保证|是否|不能|标准|增幅|增速|占比"
)
WHOLE = {INCOME: f"总{INCOME}", SPENDING: f"总{SPENDING}"}
# figures of a paragraph that are looked back over
FAR = 40
Names = Mapping[str, list[Named]]


def compared(word: Word, way: str, own: Figure | None) -> Iterator[Direction]:
    """The comparison, where both sides are items; with `own`, a figure that follows at once, it is that of the second
    or the difference.
    """
    last = word.inline or (word.figures[word.at - 1] if word.at and not word.before else None)
    left, right = last.label if last else name_of(word.before), name_of(word.after)
    text = "".join(one.text for one in (*word.before, *word.after))
    if word.token.text not in WORDS or not right or not roles.ITEM.fullmatch(left) or not left or SUPPOSED.search(text):
        return
    if word.inline and own:
        yield Direction(word.token, way, ((word.inline, own),), ITEMS, sides=(left, right))
        return
    firsts = [last] if last else candidates(left, word.figures, word.at, word.names)
    pairs = tuple((one, other) for one in firsts for other in candidates(right, word.figures, word.at, word.names))
    if own is None and last is not None and last.role not in AMOUNTS:
        pairs = ()
    yield Direction(word.token, way, pairs, ITEMS, own, firsts[0] if len(firsts) == 1 else None, (left, right))


def multiples(figures: Sequence[Figure], one: Figure, names: Names) -> Iterator[Reading]:
    """项目支出是基本支出的2倍: the amounts that both names can mean, sure where each means one."""
    clause = roles.clause_of(one.lead)
    at = next((number for number, word in enumerate(clause) if word.text in roles.EQUALS), 0)
    left, right = name_of(clause[:at]), name_of(clause[at + 1 :])
    if left and right and not SUPPOSED.search("".join(word.text for word in clause)):
        firsts, seconds = candidates(left, figures, one.number, names), candidates(right, figures, one.number, names)
        for first, second in ((first, second) for first in firsts for second in seconds):
            yield Reading(MULTIPLE, {"part": (first,), "whole": (second,)}, sure=True)


def name_of(side: Sequence[Token]) -> str:
    """The item that one side is, '' where it is anything else: words of a budget, of last year, of a share, or more
    than a name.
    """
    kept = [one for one in side if one.sort not in ("number", "year")]
    while kept and kept[-1].sort == "fill":
        kept.pop()
    if not kept or any(
        one.sort not in ("text", "name", "actual", "total", "fill") and one.text not in ("和", "与") for one in kept
    ):
        return ""
    name = bare(roles.plain("".join(one.text for one in kept)))
    item = name
    for end in NAMES["behind_items"]:
        item = item.removesuffix(end)
    return name if roles.ITEM.fullmatch(item) else ""


def candidates(name: str, figures: Sequence[Figure], at: int, names: Names) -> list[Figure]:
    """The amounts that a name can mean, each once; none where there are too many to know them all."""
    asked = {key_of(name), WHOLE.get(key_of(name), key_of(name))}
    here = [one for one in figures[max(0, at - FAR) : at] if one.is_amount and one.role in AMOUNTS and not one.aside]
    found = [one for one in here if any(same(key_of(one.label), key) for key in asked)]
    for key in (total_of(key_of(name)), *sorted(asked)):
        known = names.get(key, []) if not found else []
        if len(known) >= MOST_NAMED:
            return []
        found = found or [one.figure for one in known]
    return list({(one.value, one.token.unit): one for one in found}.values())
