"""占…%: which figure is the part and which is the whole.

The whole is the figure that the words name, the one that a list takes apart, or a total at the beginning or the end of
the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from build_tools.checks.claims import kinds
from build_tools.checks.claims.figures import Figure
from build_tools.checks.claims.model import Reading
from build_tools.checks.claims.naming import TOTAL, Named, key_of, same, words
from build_tools.checks.claims.reading import FAR, GENERIC, NEAR, before, first
from build_tools.checks.claims.role import AMOUNTS, Role
from build_tools.checks.claims.words import NAMES

CLOSING, WHOLE = NAMES["closing"], NAMES["nameless_wholes"]


def shares(
    figures: Sequence[Figure], one: Figure, names: Mapping[str, list[Named]], opener: Figure | None
) -> Iterator[Reading]:
    """占…%: of the figure that it names, else of the one that the list takes apart, else of the total at the beginning.

    `opener` is the amount of a paragraph above that ends with “：”, where this one is an item under it.
    """
    inline = one.role == Role.INLINE
    at = one.number - 1 if inline else one.number
    run = respective(figures, one)
    part, certain = (run, True) if run else part_of(figures, figures[at] if inline else one, names)
    if part is None:
        return
    if "全部" in words(one) and not one.base:
        yield Reading(kinds.SHARE, {"part": (part,), "whole": (part,)}, certain)
        return
    if inline:
        yield Reading(kinds.SHARE, {"part": (part,), "whole": (figures[at],)}, certain)
        yield from together(figures, part, figures[at])
        return
    whole = key_of(one.base.removeprefix("其")) if one.base else ""
    if one.base and (whole or one.base not in WHOLE):
        for found, exact in called(figures, part, one.base, names):
            yield Reading(kinds.SHARE, {"part": (part,), "whole": (found,)}, exact and certain)
    elif part.parent is not None:
        yield Reading(kinds.SHARE, {"part": (part,), "whole": (figures[part.parent],)}, certain)
    elif nearby := unnamed_whole(figures, one, part, opener):
        found, exact = nearby
        yield Reading(kinds.SHARE, {"part": (part,), "whole": (found,)}, exact and certain)


def unnamed_whole(
    figures: Sequence[Figure], one: Figure, part: Figure, opener: Figure | None
) -> tuple[Figure, bool] | None:
    """The total that a share without 占…的 is of, and whether that is sure; None where the sentence has none."""
    near = [found for found in figures[max(0, part.number - FAR) : part.number] if found.sentence == part.sentence]
    total = next((found for found in near if found.is_amount and found.role in (*AMOUNTS, Role.BUDGET)), None)
    if total and TOTAL.search(words(total)):
        return total, True
    ahead = figures[one.number : one.number + NEAR]
    closing = [found for found in ahead if found.sentence == one.sentence and found.label.endswith(CLOSING)]
    if len(closing) == 1 and not opener:
        return closing[0], True
    if total:
        return total, False
    return (opener, True) if opener else None


def together(figures: Sequence[Figure], part: Figure, whole: Figure) -> Iterator[Reading]:
    """The share of several amounts at once: 基本支出6万元，项目支出4万元，共占…的…%."""
    run: list[Figure] = []
    for one in reversed(figures[max(0, whole.number - NEAR) : whole.number]):
        if not one.is_amount or one.role not in AMOUNTS or one.parent != part.parent or one.group != part.group:
            break
        run.append(one)
    if len(run) > 1:
        yield Reading(kinds.SHARE, {"part": tuple(run), "whole": (whole,)}, sure=False)


def respective(figures: Sequence[Figure], one: Figure) -> Figure | None:
    """The amount that a share belongs to where several amounts are followed by as many shares:
    分别为…和…，分别占…和….
    """
    first = one.number
    while (
        first
        and figures[first].number > one.number - NEAR
        and figures[first].token.unit == "%"
        and goes_on(figures[first])
    ):
        first -= 1
    last = first
    while (
        last + 1 < min(len(figures), first + NEAR)
        and figures[last + 1].token.unit == "%"
        and goes_on(figures[last + 1])
    ):
        last += 1
    count = last - first + 1
    amounts = figures[max(0, first - count) : first]
    told = count > 1 and len(amounts) == count and figures[first].role == Role.SHARE and "分别" in words(figures[first])
    return (
        amounts[one.number - first] if told and all(found.is_amount and not found.aside for found in amounts) else None
    )


def goes_on(one: Figure) -> bool:
    """True for a figure that only goes on with a run: 60%、40% or 60%和40%."""
    return len(one.lead) == 1 and one.lead[0].text in "、，和及与"


def part_of(figures: Sequence[Figure], one: Figure, names: Mapping[str, list[Named]]) -> tuple[Figure | None, bool]:
    """What has the share: the amount just before, or the one that is named before 占."""
    after = figures[one.number + 1] if one.number + 1 < len(figures) else None
    if (
        after is not None
        and after.is_amount
        and one.subject
        and all(word.text == "，" or word.sort in ("fill", "total") for word in after.lead)
    ):
        # 财政拨款收入占72%，为187万元
        return after, True
    subject = key_of(one.subject)
    if subject and not GENERIC.fullmatch(one.subject):
        for found in before(figures, one.number, *AMOUNTS, Role.BUDGET):
            if key_of(found.label).endswith(subject) or subject.endswith(key_of(found.label) or "无"):
                return found, found.group == one.group or found.parent is None
        known = {(named.figure.value, named.figure.token.unit): named.figure for named in names.get(subject, [])}
        return (next(iter(known.values())), False) if len(known) == 1 else (None, False)
    last = first(before(figures, one.number, *AMOUNTS, Role.BUDGET))
    # what a bracket lists stands between 财政拨款收入83万元（其中…） and its share, and is no other part
    return last, last is not None and (
        last.group == one.group or (last.sentence == one.sentence and bracketed(figures[last.number + 1 : one.number]))
    )


def bracketed(between: Sequence[Figure]) -> bool:
    """True where all of them stand in brackets."""
    return all(one.bracket for one in between)


def called(
    figures: Sequence[Figure], part: Figure, name: str, names: Mapping[str, list[Named]]
) -> Iterator[tuple[Figure, bool]]:
    """The figures that a name can mean, and whether that is certain: the last of that name here, or the only one
    elsewhere.
    """
    asked = key_of(name.removeprefix("其"))
    here = [one for one in before(figures, part.number, *AMOUNTS, Role.BUDGET) if same(key_of(one.label), asked)]
    listed = figures[part.parent] if part.parent is not None else None
    if not here and listed and asked.removeprefix("总") == key_of(listed.label):
        # 决算收入 is the total where its parts are listed under it
        here = [listed]
    if here:
        yield here[0], True
        return
    elsewhere = {
        (one.figure.value, one.figure.token.unit): one.figure
        for one in reversed(names.get(asked, []))
        if one.figure is not part
    }
    for figure in elsewhere.values():
        yield figure, len(elsewhere) == 1
