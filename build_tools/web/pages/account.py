"""One year's final accounts as a reader asks for them: what changed and why, where money came from and went, “三公”.

Figures come from the cells; last year's from last year's disclosure, else worked back from what staff declared. Reasons
are staff's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from build_tools.amount import STANDARD, format_rounded
from build_tools.forms import Concept, FixedRow
from build_tools.web.charts.model import RANKS, STACKS, Cell, Chart, Row
from build_tools.web.exports import table_addresses
from build_tools.web.narrative.quoting import Change, Figure, computed, in_unit
from build_tools.web.pages.model import Link
from build_tools.web.pages.status import url_of
from build_tools.web.pages.texts import TEXTS
from build_tools.web.pages.year_book import ACCOUNTS, BLANK, YearBook

NUMBERED = re.compile("^[一二三四五六七八九十]+、")
# what is compared with last year
CHANGES = (
    (Concept.GRAND_TOTAL_EXPENDITURE,),
    (Concept.EXPENDITURE_BY_FUNCTION,),
    (Concept.BASIC_EXPENDITURE,),
    (Concept.PROJECT_EXPENDITURE,),
    (Concept.GRAND_TOTAL_APPROPRIATION,),
    (Concept.GENERAL_BUDGET_EXPENDITURE,),
    (Concept.THREE_PUBLIC_TOTAL, Concept.THREE_PUBLIC_ACTUAL),
)
NOT_SAID, NO_LAST = "单位没有写", "没有上年数"
# what a reason was given for
NEGATIVE = "有的类是负数，其余各类的占比合起来超过100%"
AGAINST_PLAN, AGAINST_LAST = "与预算数不同", "与上年不同"


@dataclass(frozen=True, slots=True)
class Moved:
    """One figure against last year's. `reason` is what staff wrote, '' where they are not asked for one; `origin` says
    where last year's is from.
    """

    label: str
    now: Cell
    before: Cell
    by: Cell
    rate: Cell
    reason: str
    origin: str


@dataclass(frozen=True, slots=True)
class Watched:
    """A line of “三公”经费; `whole` is the total. `reasons` are staff's words, each under what it was given for."""

    label: str
    whole: bool
    planned: Cell
    spent: Cell
    rate: Cell
    by: Cell
    reasons: tuple[tuple[str, str], ...]


def changes(book: YearBook) -> tuple[Moved, ...]:
    """The key figures against last year's; nothing where there are no final accounts."""
    return tuple(moved(book, one) for one in CHANGES) if book.has(ACCOUNTS) else ()


def moved(book: YearBook, at: tuple[Concept, ...]) -> Moved:
    """One figure of this year and last."""
    now, last, asked = book.figure(ACCOUNTS, *at), book.last_figure(*at), book.asked(*at)
    label, cell = TEXTS.changes[at[-1]], book.at(ACCOUNTS, *at)
    if now.known and now.unit != STANDARD:
        label = f"{label}（{now.unit}）"
    change = book.change(now, last, asked)
    found, reason = book.moved(change), book.words(asked)
    if change is None or found is None:
        return Moved(label, cell, Cell(NO_LAST), Cell("不能比较"), Cell(""), "", "")
    # where nobody was asked for a reason, nobody has left it out
    reason = reason or (NOT_SAID if asked else "")
    if last.known:
        return Moved(label, cell, book.cell(last, ""), *found, reason, f"取自{book.year - 1}年度部门决算")
    origin = "按单位写的增减额倒推" if now.known else "单位写的"
    return Moved(label, cell, worked_back(now, change, found[0]), *found, reason, origin)


def worked_back(now: Figure, change: Change, by: Cell) -> Cell:
    """Last year's figure from this year's and the declared change."""
    if now.amount is None:
        return Cell(NO_LAST)
    difference = in_unit(change.by, now.unit) or Decimal(0)
    last = now.amount - difference if change.up else now.amount + difference
    return Cell(format_rounded(last), by.url, "系统计算：本年数减去单位所写的增减额")


def money_charts(book: YearBook) -> Iterator[Chart]:
    """Sources beside uses, and what the money was spent on."""
    if not book.has(ACCOUNTS):
        return
    texts = TEXTS.charts["purposes"]
    yield sources_and_uses(book)
    spent = book.figure(ACCOUNTS, Concept.EXPENDITURE_BY_FUNCTION)
    items = book.classes_of(Concept.EXPENDITURE_BY_FUNCTION)
    rows = [
        Row(one.label, (book.cell(one.figure, ""), book.cell(one.share, "")))
        for one in sorted(items, key=lambda one: -(one.figure.amount or 0))
    ]
    total = Row(texts.total, (book.at(ACCOUNTS, Concept.EXPENDITURE_BY_FUNCTION), Cell("")), total=True)
    negative = any((one.figure.amount or 0) < 0 for one in items)
    if spent.known and rows:
        yield Chart(
            "purposes",
            texts.title,
            "" if negative else RANKS,
            STANDARD,
            texts.head,
            texts.columns,
            (*rows, total),
            ("没有支出的类没有列出", *((NEGATIVE,) if negative else ())),
            files(book, Concept.EXPENDITURE_BY_FUNCTION),
        )


def sources_and_uses(book: YearBook) -> Chart:
    """Two columns that come to the same total; not drawn where they do not, or where a part is below zero."""
    texts, left, right = TEXTS.charts["sources"], list(sources_of(book)), list(uses_of(book))
    rows = [Row(NUMBERED.sub("", label), (book.cell(figure, ""), Cell(""))) for label, figure in left if figure]
    rows += [Row(label, (Cell(""), book.cell(figure, ""))) for label, figure in right if figure]
    totals = [book.figure(ACCOUNTS, one) for one in (Concept.GRAND_TOTAL_REVENUE, Concept.GRAND_TOTAL_EXPENDITURE)]
    whole = all(
        total.known and sum((one.amount or Decimal(0)) for _, one in side) == total.amount
        for side, total in zip((left, right), totals, strict=True)
    )
    sound = whole and all((one.amount or 0) >= 0 for _, one in (*left, *right))
    cells = tuple(book.cell(total, BLANK) for total in totals)
    note = "数额为 0 的来源和用途没有列出" if sound else "各项之和与总计不等，或有负数，所以没有画图"
    return Chart(
        "sources",
        texts.title,
        STACKS if sound else "",
        STANDARD,
        texts.head,
        texts.columns,
        (*rows, Row(texts.total, cells, total=True)),
        (note,),
        (*files(book, Concept.GRAND_TOTAL_EXPENDITURE), *files(book, Concept.EXPENDITURE_BY_FUNCTION)),
    )


def sources_of(book: YearBook) -> Iterator[tuple[str, Figure]]:
    """Where the money came from, as the summary lists it."""
    statement = book.table(ACCOUNTS, Concept.REVENUE_AMOUNT)
    axes = statement.axes_of(Concept.REVENUE_AMOUNT) if statement else None
    for row in axes.block.rows if axes else ():
        if not row.total:
            yield row.key, book.figure(ACCOUNTS, Concept.REVENUE_AMOUNT, row=row.key)


def uses_of(book: YearBook) -> Iterator[tuple[str, Figure]]:
    """What it went to: the kinds of expenditure, what was distributed, what was carried over."""
    yield from ((item.label, item.figure) for item in book.parts_of(Concept.EXPENDITURE_BY_FUNCTION))
    for concept in (Concept.SURPLUS_DISTRIBUTION, Concept.YEAR_END_CARRY_OVER):
        statement = book.table(ACCOUNTS, concept)
        spot = statement.spot(concept) if statement else None
        if spot:
            yield spot.row, book.figure(ACCOUNTS, concept)


def watched(book: YearBook) -> tuple[Watched, ...]:
    """“三公”经费: budget, actual, share of the budget, the change against last year, the reasons as staff wrote
    them; the rows are those of the form.
    """
    statement = book.table(ACCOUNTS, Concept.THREE_PUBLIC_ACTUAL)
    spot = statement.spot(Concept.THREE_PUBLIC_ACTUAL) if statement else None
    block = statement.form.block(spot.block) if statement and spot else None
    return tuple(watched_row(book, row) for row in (block.rows if block else ()))


def watched_row(book: YearBook, row: FixedRow) -> Watched:
    """One line. A row under a head of its own name is called by it; others under a head are parts of it."""
    part = bool(row.head) and row.key not in row.head
    planned = book.figure(ACCOUNTS, Concept.THREE_PUBLIC_BUDGET, row=row.key)
    spent = book.figure(ACCOUNTS, Concept.THREE_PUBLIC_ACTUAL, row=row.key)
    last = book.last_figure(Concept.THREE_PUBLIC_ACTUAL, row=row.key)
    asked = {
        word: None if part else book.asked(Concept.THREE_PUBLIC_ACTUAL, row=row.key, planned=asks)
        for word, asks in ((AGAINST_PLAN, True), (AGAINST_LAST, False))
    }
    change = book.moved(book.change(spent, last, asked[AGAINST_LAST]))
    return Watched(
        f"其中：{row.label}" if part else row.key if row.head else row.label,
        row.total,
        book.at(ACCOUNTS, Concept.THREE_PUBLIC_BUDGET, row=row.key),
        book.at(ACCOUNTS, Concept.THREE_PUBLIC_ACTUAL, row=row.key),
        book.cell(computed("completion", (spent, planned)), ""),
        change[0] if change else Cell("不能比较"),
        tuple((word, reason) for word, one in asked.items() if (reason := book.words(one))),
    )


def files(book: YearBook, concept: Concept) -> tuple[Link, ...]:
    """The files of the table of the final accounts that has a concept."""
    statement = book.table(ACCOUNTS, concept)
    if statement is None:
        return ()
    addresses = table_addresses(url_of(book.report, book.year, ACCOUNTS), statement.form.slug)
    return tuple(Link(statement.form.title, url) for url in addresses)
