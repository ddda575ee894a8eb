"""What a disclosure says in words: years and names of units that are another's, items that are named and have no
figure.

Last year's document is the usual draft of this year's, and a neighbour's the usual draft of a new unit's. Only what can
hardly be meant is told; history, titles of documents, comparisons and plans are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from build_tools.accounts.corpus import Department, Disclosure
from build_tools.accounts.statement import Cell, State, Statement, find_table, normal
from build_tools.accounts.statement.cell import OMITTED
from build_tools.checks.context import Context
from build_tools.checks.figures import limited
from build_tools.checks.text_places import item_at, lines_of, within
from build_tools.checks.unit_names import borne, foreign, heads, units_of, without_figure
from build_tools.checks.years import MENTION, other_dates, other_years
from build_tools.diagnostics import Finding, Place, Severity
from build_tools.forms import Concept

# fields that hold the unit's own name; 主管部门 is another's, and a department's projects may be carried out by its
# units
OWN, BY_UNIT = (Concept.UNIT_NAME,), (Concept.UNIT_NAME, Concept.IMPLEMENTING_UNIT)
UNIT = "单位"
ORGANISATION = re.compile(
    "[一-鿿（）()“”·]{2,60}(?:局|委|委员会|办|办公室|中心|院|校|学|园|所|站|队|会|馆|厅|街道办事处)"
)
# what 公开信息 says of the document itself, and how a year is looked for there: a source may have come out in another
ABOUT = {
    Concept.DISCLOSURE_TITLE: re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})年"),
    Concept.ABSTRACT: MENTION,
    Concept.SOURCE: MENTION,
}
# those of them that begin with the unit's name
NAMING = (Concept.DISCLOSURE_TITLE, Concept.ABSTRACT)
NAMES = "主要包括"
SHOWN = 5


def check_mentions(context: Context) -> list[Finding]:
    """Years and names that are another's are hints; an item that is named and has no figure is a warning."""
    disclosure = context.disclosure
    return [
        *about(context),
        *published_by(context),
        *limited(
            [finding for statement in disclosure.statements.values() for finding in other_years(statement, disclosure)]
        ),
        *limited(
            [
                finding
                for statement in disclosure.statements.values()
                for finding in other_dates(statement, disclosure.year)
            ]
        ),
        *limited([*other_names(context), *names_in_prose(context)]),
        *limited(list(named_without_figure(disclosure))),
    ]


def about(context: Context) -> Iterator[Finding]:
    """What 公开信息 calls the document: its year, and the unit where its name begins with one."""
    information, year = context.disclosure.information, context.disclosure.year
    for concept, pattern in ABOUT.items() if information else ():
        cell, field = (information.cell_of(concept), information.name_of(concept)) if information else (OMITTED, "")
        if cell.place is None or cell.state is not State.WRITTEN:
            continue
        found = [match for match in pattern.finditer(cell.text) if match[1]]
        years = [match[1] for match in found]
        if years and str(year) not in years:
            yield Finding(
                "year-mentioned",
                f"公开信息的{field}写的是 {years[0]} 年，这是 {year} 年度的文件",
                cell.place,
                Severity.HINT,
                expected=str(year),
                actual=years[0],
                hint=f"核对{field}里的年度；放错了就移到正确的年度文件夹",
            )
        unit = ORGANISATION.fullmatch(cell.text[: found[0].start()].strip()) if found and concept in NAMING else None
        if unit and not borne(unit[0], context.department):
            yield other_name(unit[0], field, cell.place, context.department, context.disclosure.year)


def published_by(context: Context) -> Iterator[Finding]:
    """The unit that is said to publish: the department itself, or the one above it."""
    information, above = context.disclosure.information, context.department.information
    cell = information.cell_of(Concept.ISSUER) if information else None
    if (
        information
        and cell
        and cell.place
        and cell.state is State.WRITTEN
        and ORGANISATION.fullmatch(cell.text)
        and not borne(cell.text, context.department)
    ):
        higher = above.text_of(Concept.SUPERIOR) if above else ""
        if not higher or (normal(cell.text) not in normal(higher) and normal(higher) not in normal(cell.text)):
            field = information.name_of(Concept.ISSUER)
            yield other_name(cell.text, field, cell.place, context.department, context.disclosure.year)


def other_names(context: Context) -> Iterator[Finding]:
    """Names in the fields that ask for the unit's own."""
    information = context.department.information
    own = BY_UNIT if information and information.text_of(Concept.LEVEL) == UNIT else OWN
    for statement in context.disclosure.statements.values():
        spots = {(spot.block, spot.column) for one in own for spot in statement.form.concepts.get(one, ())}
        for axes, _, column, cell in statement.words if spots else ():
            if (
                (axes.block.key, column.key) in spots
                and cell.place
                and cell.state is State.WRITTEN
                and not borne(cell.text, context.department)
            ):
                yield other_name(cell.text, column.label, cell.place, context.department, context.disclosure.year)


def other_name(name: str, field: str, place: Place, department: Department, year: int) -> Finding:
    """Another unit's name, or a misspelt one."""
    own = department.name_in(year)
    return Finding(
        "name-mentioned",
        f"“{field[:30]}”写的是“{name[:30]}”，这是“{own[:30]}”的文件",
        place,
        Severity.HINT,
        expected=own,
        actual=name[:30],
        hint="写单位全称；单位用过这个名称的，在 department.yaml 的“名称”里补上",
    )


def names_in_prose(context: Context) -> Iterator[Finding]:
    """Sentences of 原文 and 摘要 that tell another unit's accounts, or begin with a short name nobody has been
    told of.
    """
    disclosure, department = context.disclosure, context.department
    lines, units = cache(lambda: lines_of(disclosure.source)), cache(lambda: units_of(disclosure))
    introduced = ""
    for statement in disclosure.statements.values():
        for _, _, column, cell in statement.words:
            if column.type != "prose":
                continue
            for name, offset, full in foreign(cell.text, introduced, department, units()) if heads(cell.text) else ():
                place = at_offset(cell, offset, len(name), lines)
                yield (
                    short_name(name, full, place)
                    if full
                    else other_name(name, column.label, place, department, disclosure.year)
                )
            introduced += cell.text if "简称" in cell.text else ""


def short_name(name: str, full: str, place: Place) -> Finding:
    """A short name where the full one is due."""
    return Finding(
        "name-short",
        f"“{name}”是简称，第一次写要用全称",
        place,
        Severity.HINT,
        expected=full,
        actual=name,
        hint=f"写“{full[:40]}（以下简称“{name}”）”",
    )


def at_offset(cell: Cell, offset: int, length: int, lines: Callable[[], Sequence[str]]) -> Place:
    """The place of some characters of a text."""
    return within(cell.text, cell.place or Place(""), offset, length, lines)


def named_without_figure(disclosure: Disclosure) -> Iterator[Finding]:
    """Items that the 说明 names under 主要包括, in its fields or in prose, and for which the table of 基本支出 has
    nothing.
    """
    table = find_table(disclosure.statements, Concept.BASIC_EXPENDITURE_ITEMS)
    amounts = items_of(table)
    if table is None or not amounts:
        return
    lines = cache(lambda: lines_of(disclosure.source))
    for statement in disclosure.statements.values():
        listing = {(spot.block, spot.column) for spot in statement.form.concepts.get(Concept.NAMED_ITEMS, ())}
        for block, _, column, cell in statement.words:
            if column.type == "prose":
                for what, offset, empty in without_figure(cell.text, amounts) if NAMES in cell.text else ():
                    yield listed_in_vain(f"{what}{NAMES}", empty, table, at_offset(cell, offset, len(what), lines))
            elif column.type == "names" and (block.block.key, column.key) in listing and cell.place:
                names = cell.text.split("、")
                empty = [name for name in dict.fromkeys(names) if not any(amounts.get(normal(name), [True]))]
                if empty:
                    yield listed_in_vain(column.label, empty, table, item_at(names, empty[0], cell.place, lines()))


def items_of(table: Statement | None) -> dict[str, list[bool]]:
    """The items of the table of 基本支出 by name, and whether there is an amount; none where the table is empty or in
    doubt.
    """
    axes = table.axes_of(Concept.BASIC_EXPENDITURE_ITEMS) if table else None
    if table is None or axes is None or table.doubtful:
        return {}
    amounts: dict[str, list[bool]] = {}
    for row in axes.rows:
        found = [table.at(axes.block.key, row.key, column.key) for column in axes.block.columns]
        amounts.setdefault(normal(row.label), []).append(
            any(cell.amount or cell.state is State.DOUBTFUL for cell in found)
        )
    return amounts if any(any(has) for has in amounts.values()) else {}


def listed_in_vain(label: str, empty: list[str], table: Statement, place: Place) -> Finding:
    """Items that are listed and have no amount in the table."""
    shown = "、".join(one[:20] for one in empty[:SHOWN]) + (f"等 {len(empty)} 项" if len(empty) > SHOWN else "")
    message = f"“{label}”列了{shown}，{table.form.key}里没有金额"
    return Finding("item-without-figure", message, place, Severity.WARNING, hint="只列有支出的科目，或核对表里的金额")
