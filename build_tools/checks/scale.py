"""A whole file in 元 that is declared in 万元, or the other way round: nothing in it contradicts anything else, so that
it is told by a size that no office has.

Asked of the first year as well, when there is no year before to hold it against. It is an error until somebody confirms
the unit in 公开信息, because every figure of the page would be ten thousand times too large.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from build_tools.accounts.corpus import Department, Disclosure
from build_tools.accounts.corpus.notes import says_something
from build_tools.accounts.statement import find_table
from build_tools.amount import STANDARD, round_half_up
from build_tools.checks.context import Context
from build_tools.checks.figures import find_figure, place_of
from build_tools.diagnostics import Finding, Place, Severity
from build_tools.forms import Concept

# so many amounts that one of them would be small, in any office
ENOUGH = 12
# in 万元: no list of so many amounts is without one below a million yuan; no office of a district spends a thousand
# million yuan with no small item, thirty million on “三公”, a hundred million a head
LEAST, WHOLE, THREE_PUBLIC, HEAD = Decimal(100), Decimal(100_000), Decimal(3_000), Decimal(10_000)
# in 元: an office that spends less than a hundred thousand in all, with items of less than one
MOST, TINY = Decimal(100_000), Decimal(1)
YUAN = "元"
SAY = "写明核对过什么，如 单位核对: 对照决算报表，金额单位是万元"
BASIS = "预算法第十四条：公开的数要准确，金额单位写错，每个数都差一万倍"


def check_scale(context: Context) -> list[Finding]:
    """At most one error for a file, at its largest figure; a confirmation that nothing asks for is a warning."""
    disclosure = context.disclosure
    found = [*_in_yuan(disclosure, context.department), *_in_standard(disclosure)]
    confirmed = disclosure.fact(Concept.UNIT_CONFIRMED).strip()
    if not confirmed:
        return found[:1]
    place = disclosure.information.cell_of(Concept.UNIT_CONFIRMED).place if disclosure.information else None
    if found and says_something(confirmed):
        return []
    if found:
        return [
            found[0],
            Finding("unit-confirmed", f"“{confirmed[:20]}”没有说明什么", place or found[0].place, hint=SAY),
        ]
    message = "没有要确认单位的地方，这一项可以删去"
    return [Finding("unit-confirmed", message, place, Severity.WARNING, hint="删去这一项")] if place else []


def _in_yuan(disclosure: Disclosure, department: Department) -> Iterator[Finding]:
    """Amounts declared in 万元 of which even the least is a large sum, in an office that would be a giant."""
    sizes = _sizes(disclosure, STANDARD)
    if len(sizes) < ENOUGH or min(sizes) < LEAST:
        return
    most = max(sizes)
    signs = [f"最大的 {most:f}{STANDARD}"] if most >= WHOLE else []
    signs += [*_three_public(disclosure), *_a_head(most, disclosure, department)]
    if signs:
        message = (
            f"这份文件 {len(sizes)} 个金额，最小的也有 {min(sizes):f}{STANDARD}，{'，'.join(signs)}："
            f"多半是按{YUAN}填的，却当作{STANDARD}"
        )
        hint = f"是按{YUAN}填的，换算后再填，或在各表写明“金额单位: {YUAN}”；确是{STANDARD}的，在“公开信息”里{SAY}"
        yield Finding("unit-file", message, _place_of(most, disclosure), hint=hint, citation=BASIS)


def _in_standard(disclosure: Disclosure) -> Iterator[Finding]:
    """Amounts declared in 元 that no office would have: all of them small change."""
    sizes = _sizes(disclosure, YUAN)
    if len(sizes) < ENOUGH or min(sizes) >= TINY or max(sizes) >= MOST:
        return
    message = (
        f"这份文件 {len(sizes)} 个金额，最大的只有 {max(sizes):f}{YUAN}，最小的 {min(sizes):f}{YUAN}："
        f"多半是按{STANDARD}填的，却当作{YUAN}"
    )
    hint = f"是按{STANDARD}填的，改正金额单位；确是{YUAN}的，在“公开信息”里{SAY}"
    yield Finding("unit-file", message, _place_of(max(sizes), disclosure), hint=hint, citation=BASIS)


def _sizes(disclosure: Disclosure, unit: str) -> list[Decimal]:
    """Every written amount that is not zero, of the tables with this unit."""
    tables = (one for one in disclosure.statements.values() if one.unit == unit)
    return [abs(amount) for one in tables for amount in one.amounts.values() if amount]


def _three_public(disclosure: Disclosure) -> Iterator[str]:
    """“三公”经费 that no office of a district has."""
    table = find_table(disclosure.statements, Concept.THREE_PUBLIC_ACTUAL)
    for column in (Concept.THREE_PUBLIC_ACTUAL, Concept.THREE_PUBLIC_BUDGET):
        one = find_figure(table, Concept.THREE_PUBLIC_TOTAL, column)
        if one and one.unit == STANDARD and one.amount >= THREE_PUBLIC:
            yield f"“三公”经费 {one.text}"
            return


def _a_head(most: Decimal, disclosure: Disclosure, department: Department) -> Iterator[str]:
    """What the office would spend for each of its people, as far as any document of these years counts them."""
    near = [one for one in department.disclosures if abs(one.year - disclosure.year) <= 1]
    tables = (find_table(one.statements, Concept.STAFF) for one in near)
    people = next((one.amount for table in tables if table and (one := table.cell_of(Concept.STAFF)).amount), None)
    if people and most / people >= HEAD:
        yield f"按 {people:f} 人算，每人 {round_half_up(most / people, 0):f}{STANDARD}"


def _place_of(size: Decimal, disclosure: Disclosure) -> Place:
    """Where the first amount of this size is written."""
    for one in disclosure.statements.values():
        for ref, amount in one.amounts.items():
            if abs(amount) == size:
                return place_of(one, ref)
    return Place(disclosure.file)
