"""One year's final accounts as a reader asks for them: what changed and why, where money came from and went, “三公”.

Figures come from the cells; last year's from last year's disclosure, else worked back from what staff declared. Reasons are staff's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from build_tools.narrative.quoting import Figure, computed
from build_tools.pages.charts import RANKS, STACKS, Cell, Chart, Row
from build_tools.pages.model import Link
from build_tools.pages.status import url_of
from build_tools.pages.year_book import ACCOUNTS, YearBook

SUMMARY, REVENUE, SPENDING, WATCHED = "收入支出决算总表", "收入决算表", "支出决算表", "三公经费"
EXPLANATION, WHOLE, AMOUNT = "说明", "合计", "金额"
NUMBERED = re.compile("^[一二三四五六七八九十]+、")
# what is compared with last year: label, cell, and the part of 说明 that speaks of its change (block, row, field of the reason)
CHANGES = (
    ("收入支出总计", (SUMMARY, "支出", "总计", AMOUNT), ("收入支出总体", "", "原因")),
    ("本年支出合计", (SPENDING, "", WHOLE, "本年支出合计"), ("", "", "")),
    ("基本支出", (SPENDING, "", WHOLE, "基本支出"), ("", "", "")),
    ("项目支出", (SPENDING, "", WHOLE, "项目支出"), ("", "", "")),
    ("财政拨款收入支出总计", ("财政拨款收入支出决算总表", "支出", "总计", WHOLE), ("财政拨款总体", "", "原因")),
    ("一般公共预算财政拨款支出", ("一般公共预算财政拨款支出决算表", "", WHOLE, "小计"), ("一般公共预算总体", "", "原因")),
    ("“三公”经费支出", (WATCHED, "", WHOLE, "决算数"), ("三公经费总体", WHOLE, "变动原因")),
)
WATCHED_ROWS = (
    (WHOLE, WHOLE), ("因公出国境费", "因公出国（境）费"), ("公务用车购置及运行费", "公务用车购置及运行费"), ("公务用车购置费", "其中：公务用车购置费"),
    ("公务用车运行费", "其中：公务用车运行费"), ("公务接待费", "公务接待费"),
)
NOT_SAID, NO_LAST = "单位没有写", "没有上年数"


@dataclass(frozen=True, slots=True)
class Moved:
    """One figure against last year's. `reason` is what staff wrote, '' where they are not asked for one; `origin` says where last year's is from."""

    label: str
    now: Cell
    before: Cell
    by: Cell
    rate: Cell
    reason: str
    origin: str


@dataclass(frozen=True, slots=True)
class Watched:
    """A line of “三公”经费; `whole` is the total."""

    label: str
    whole: bool
    planned: Cell
    spent: Cell
    rate: Cell
    by: Cell
    reason: str


def changes(book: YearBook) -> tuple[Moved, ...]:
    """The key figures against last year's; nothing where there are no final accounts."""
    return tuple(moved(book, *one) for one in CHANGES) if book.has(ACCOUNTS) else ()


def moved(book: YearBook, label: str, at: tuple[str, str, str, str], told: tuple[str, str, str]) -> Moved:
    """One figure of this year and last."""
    now, last = book.figure(ACCOUNTS, *at), book.book.last(*at)
    if now.known and now.unit != unit_of(book, SUMMARY):
        label = f"{label}（{now.unit}）"
    found = book.moved(book.book.change(now, last, told[0], told[1]) if told[0] or last.known else None)
    reason = book.book.said(EXPLANATION, *told) if told[0] else ""
    cell = book.at(ACCOUNTS, *at)
    if found is None:
        return Moved(label, cell, Cell(NO_LAST), Cell("不能比较"), Cell(""), "", "")
    if last.known:
        return Moved(label, cell, book.cell(last, ""), *found, reason or (NOT_SAID if told[0] else ""), f"取自{book.year - 1}年度部门决算")
    return Moved(label, cell, worked_back(now, found[0]), *found, reason or NOT_SAID, "按单位写的增减额倒推" if now.known else "单位写的")


def worked_back(now: Figure, by: Cell) -> Cell:
    """Last year's figure from this year's and the declared change."""
    if now.amount is None:
        return Cell(NO_LAST)
    return Cell(f"{now.amount - (by.amount or Decimal(0)):.2f}", by.url, "系统计算：本年数减去单位所写的增减额")


def money_charts(book: YearBook) -> Iterator[Chart]:
    """Sources beside uses, and what the money was spent on."""
    if not book.has(ACCOUNTS):
        return
    unit = unit_of(book, SUMMARY)
    yield sources_and_uses(book, unit)
    spent = book.figure(ACCOUNTS, SPENDING, "", WHOLE, "本年支出合计")
    items = book.book.classes(SPENDING, "本年支出合计")
    rows = [Row(one.label, (book.cell(one.figure, ""), book.cell(one.share, ""))) for one in sorted(items, key=lambda one: -(one.figure.amount or 0))]
    total = Row("本年支出合计", (book.at(ACCOUNTS, SPENDING, "", WHOLE, "本年支出合计"), Cell("")), total=True)
    negative = any((one.figure.amount or 0) < 0 for one in items)
    if spent.known and rows:
        yield Chart(
            "purposes", "按用途（支出功能分类）", "" if negative else RANKS, unit, "类", ("金额", "占比"), (*rows, total),
            ("没有支出的类没有列出",), files(book, "支出决算表", SPENDING),
        )


def sources_and_uses(book: YearBook, unit: str) -> Chart:
    """Two columns that come to the same total; not drawn where they do not, or where a part is below zero."""
    statement = book.statement(ACCOUNTS, SUMMARY)
    axes = statement.axes.get("收入") if statement else None
    printed = [(row.key, row.key) for row in axes.block.rows if not row.total] if axes else []
    left = [(label, book.figure(ACCOUNTS, SUMMARY, "收入", key, AMOUNT)) for key, label in printed]
    right = [(item.label, item.figure) for item in book.book.across(SPENDING, "本年支出合计")]
    right += [(key, book.figure(ACCOUNTS, SUMMARY, "支出", key, AMOUNT)) for key in ("结余分配", "年末结转和结余")]
    rows = [Row(NUMBERED.sub("", label), (book.cell(figure, ""), Cell(""))) for label, figure in left if figure]
    rows += [Row(label, (Cell(""), book.cell(figure, ""))) for label, figure in right if figure]
    totals = [book.figure(ACCOUNTS, SUMMARY, block, "总计", AMOUNT) for block in ("收入", "支出")]
    whole = all(total.known and sum((one.amount or Decimal(0)) for _, one in side) == total.amount for side, total in zip((left, right), totals, strict=True))
    sound = whole and all((one.amount or 0) >= 0 for _, one in (*left, *right))
    cells = tuple(book.cell(total, "未填") for total in totals)
    note = "数额为 0 的来源和用途没有列出" if sound else "各项之和与总计不等，或有负数，所以没有画图"
    return Chart(
        "sources", "来源和用途", STACKS if sound else "", unit, "项目", ("来源", "用途"), (*rows, Row("总计", cells, total=True)), (note,),
        (*files(book, "收入支出决算总表", SUMMARY), *files(book, "支出决算表", SPENDING)),
    )


def watched(book: YearBook) -> tuple[Watched, ...]:
    """“三公”经费: budget, actual, share of the budget, the change against last year, the reasons as staff wrote them."""
    if book.statement(ACCOUNTS, WATCHED) is None:
        return ()
    found = []
    for key, label in WATCHED_ROWS:
        planned, spent = (book.figure(ACCOUNTS, WATCHED, "", key, column) for column in ("预算数", "决算数"))
        last = book.book.last(WATCHED, "", key, "决算数")
        part = label.startswith("其中")
        change = book.moved(book.book.change(spent, last, "" if part else "三公经费总体", key)) if not part or last.known else None
        reasons = [] if part else [book.book.said(EXPLANATION, "三公经费总体", key, field) for field in ("原因", "变动原因")]
        found.append(Watched(
            label, key == WHOLE, book.at(ACCOUNTS, WATCHED, "", key, "预算数"), book.at(ACCOUNTS, WATCHED, "", key, "决算数"),
            book.cell(computed("completion", (spent, planned)), ""), change[0] if change else Cell("不能比较"), "；".join(dict.fromkeys(filter(None, reasons))),
        ))
    return tuple(found)


def files(book: YearBook, title: str, table: str) -> tuple[Link, ...]:
    """The CSV of a table of the final accounts."""
    statement = book.statement(ACCOUNTS, table)
    return (Link(title, f"{url_of(book.report, book.year, 'final-accounts')}{statement.form.slug}.csv"),) if statement else ()


def unit_of(book: YearBook, table: str) -> str:
    """The unit of amount of a table of the final accounts."""
    statement = book.statement(ACCOUNTS, table)
    return statement.unit if statement else "万元"
