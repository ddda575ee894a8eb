"""From money to result: the budget of a year as it was at its start, as it was changed and spent, and what came of it, project by project.

Each line keeps the scope that its document has: all funds, the general public budget, “三公”; amounts of different scopes are never joined.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from build_tools.facts import KeyFigure
from build_tools.narrative.performance import Goal
from build_tools.narrative.quoting import Figure, computed
from build_tools.pages.charts import Cell
from build_tools.pages.model import Link
from build_tools.pages.projects import Appearance, appearances, project_url
from build_tools.pages.year_book import ACCOUNTS, EVALUATION, SELF, TARGETS, YearBook
from build_tools.statement import Statement

FUNDS, ALL, SCORE = "资金", "年度资金总额", "总分"
WHOLE_TABLE, PROJECT_TABLE = "整体支出绩效自评表", "项目支出绩效自评表"
TARGET_TABLES = ("整体支出绩效目标表", "支出方向绩效目标表")
EVALUATED, REPORTED = "整体支出绩效评价报告", "预算收支"
PLANNED = ("年度预算申请", "资金总额", "金额")


@dataclass(frozen=True, slots=True)
class Course:
    """One scope of money through the year: 年初预算, how it was changed, 全年预算, 决算, share of the budget that was spent."""

    scope: str
    source: Link
    start: Cell
    change: Cell
    budget: Cell
    spent: Cell
    rate: Cell


@dataclass(frozen=True, slots=True)
class Aim:
    """One indicator as it stands on a page: its address, target and result as written, marks, the reason where some were lost."""

    name: str
    url: str
    target: str
    actual: str
    score: Cell
    weight: Cell
    reason: str
    short: bool


class Money(NamedTuple):
    """What a project was given and spent, and the marks that its department gave it."""

    start: Cell
    budget: Cell
    spent: Cell
    rate: Cell
    score: Cell


@dataclass(frozen=True, slots=True)
class Undertaking:
    """One project, or the department as a whole: its money, its marks, its indicators, those that fell short first."""

    name: str
    url: str
    documents: str
    money: Money
    aims: tuple[Aim, ...]

    @property
    def short(self) -> int:
        """How many of its indicators did not get full marks, or plainly missed their target."""
        return sum(aim.short for aim in self.aims)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a year: the marks for the whole, how many of the judged indicators fell short, how many targets nobody has judged."""

    score: Cell
    short: int
    judged: int
    unjudged: int


def courses(book: YearBook) -> tuple[Course, ...]:
    """The lines from budget to spending that the year's disclosures hold."""
    found = []
    if book.statement(SELF, WHOLE_TABLE):
        start, budget, spent = (book.figure(SELF, WHOLE_TABLE, FUNDS, ALL, key) for key in ("年初预算数", "全年预算数", "全年执行数"))
        written = book.at(SELF, WHOLE_TABLE, FUNDS, ALL, "执行率")
        found.append(course(book, "全部资金", SELF, WHOLE_TABLE, start, budget, spent, written))
    if book.statement(EVALUATION, EVALUATED):
        income, start, spent = (book.figure(EVALUATION, EVALUATED, REPORTED, "", key) for key in ("收入", "年初预算", "支出"))
        found.append(course(book, "预算收入和支出", EVALUATION, EVALUATED, start, income, spent, None))
    explained = book.statement(ACCOUNTS, "说明")
    if explained and "具体支出" in explained.axes:
        start = book.figure(ACCOUNTS, "说明", "具体支出", "合计", "年初预算")
        spent = book.figure(ACCOUNTS, "一般公共预算财政拨款支出决算表", "", "合计", "小计")
        found.append(course(book, "一般公共预算财政拨款支出", ACCOUNTS, "说明", start, None, spent, None))
    if book.statement(ACCOUNTS, "三公经费"):
        budget, spent = (book.figure(ACCOUNTS, "三公经费", "", "合计", key) for key in ("预算数", "决算数"))
        found.append(course(book, "“三公”经费", ACCOUNTS, "三公经费", None, budget, spent, None))
    if not found and book.statement(TARGETS, TARGET_TABLES[0]):
        start = book.figure(TARGETS, TARGET_TABLES[0], *PLANNED)
        found.append(course(book, "申请的资金总额", TARGETS, TARGET_TABLES[0], start, None, None, None))
    return tuple(found)


def course(book: YearBook, scope: str, kind: str, table: str, start: Figure | None, budget: Figure | None, spent: Figure | None, rate: Cell | None) -> Course:
    """One line; where a document has no such figure the line says so and nothing is put in its place."""
    statement = book.statement(kind, table)
    source = Link(f"{kind}·{statement.form.title}" if statement else kind, f"{book.view.urls[kind]}#{statement.anchor}" if statement else "")
    changed = book.moved(book.book.change(budget, start, "")) if start and budget and start.known and budget.known else None
    base = budget or start
    share = rate or (book.cell(computed("completion", (spent, base)), "") if spent and base else Cell(""))
    cells = (book.cell(one, "未填") if one else Cell("无此栏") for one in (start, budget))
    if spent is None:
        after = Cell(book.missing(ACCOUNTS))
    else:
        after = book.cell(spent, "未填")
    first, middle = cells
    return Course(scope, source, first, changed[0] if changed else Cell(""), middle, after, share)


def undertakings(book: YearBook) -> tuple[Undertaking, ...]:
    """The department as a whole, then its projects by the addresses under which they are known, by the newest name of the year."""
    whole = [(kind, statement) for kind, table in ((SELF, WHOLE_TABLE), (TARGETS, TARGET_TABLES[0])) if (statement := book.statement(kind, table)) is not None]
    found = [Undertaking("整体支出", "", kind, money(book, kind, statement, []), aims(book, kind, statement)) for kind, statement in whole[:1]]
    for slug, ones in appearances(book.report).items():
        here = [one for one in ones if one.year == book.year]
        if here:
            kind, statement = filled(book, slug)
            documents = "、".join(dict.fromkeys(one.kind for one in here))
            cells = money(book, kind, statement, here)
            found.append(Undertaking(here[-1].name, project_url(book.report, slug), documents, cells, aims(book, kind, statement)))
    return tuple(found)


def outcome(works: tuple[Undertaking, ...]) -> Outcome:
    """The marks and the indicators of a year; what has no marks is counted as targets, never as reached."""
    judged = [one for one in works if one.money.score.amount is not None]
    whole = next((one.money.score for one in works if not one.url), Cell(""))
    rest = sum(len(one.aims) for one in works if one not in judged)
    return Outcome(whole, sum(one.short for one in judged), sum(len(one.aims) for one in judged), rest)


def filled(book: YearBook, slug: str) -> tuple[str, Statement | None]:
    """The table that says most of a project: its self-evaluation, else its targets."""
    for kind, table in ((SELF, PROJECT_TABLE), (TARGETS, TARGET_TABLES[1])):
        if (statement := book.statement(kind, f"{table}#{slug}")) is not None:
            return kind, statement
    return "", None


def money(book: YearBook, kind: str, statement: Statement | None, mentions: list[Appearance]) -> Money:
    """年初预算, 全年预算, 执行, 执行率 and marks: from its own table, else from the reports that mention it, else the word for why there is none."""
    cells = [Cell(book.missing(SELF))] * 5
    if statement and kind == SELF:
        cells = [book.at(kind, statement.key, FUNDS, ALL, key) for key in ("年初预算数", "全年预算数", "全年执行数", "执行率")]
        cells.append(book.at(kind, statement.key, SCORE, "", "得分"))
    elif statement:
        at = PLANNED if statement.form.key == TARGET_TABLES[0] else ("支出方向", "", "项目金额")
        cells[0] = book.at(kind, statement.key, *at)
    for position, keys in ((1, ("预算数",)), (2, ("支出数", "决算数"))):
        said = next((cell_of(one, figure) for one in mentions for figure in one.figures if figure.key in keys and figure.text), None)
        if said and cells[position].amount is None:
            cells[position] = said
    return Money(*cells)


def cell_of(one: Appearance, figure: KeyFigure) -> Cell:
    """A figure of a list that mentions a project."""
    address = ".".join(part for part in (figure.slug, figure.ref.block, figure.ref.row, figure.ref.column) if part)
    return Cell(figure.text, f"{one.url.split('#')[0]}#{address}", derived=figure.derived)


def aims(book: YearBook, kind: str, statement: Statement | None) -> tuple[Aim, ...]:
    """The indicators of a table, those that fell short first."""
    found = (aim(book, goal, kind) for goal in book.indicators.of(statement, kind)) if statement else ()
    return tuple(sorted(found, key=lambda one: not one.short))


def aim(book: YearBook, goal: Goal, kind: str) -> Aim:
    """One indicator."""
    ref = goal.ref
    score, weight = (book.at(kind, ref.table, ref.block, ref.row, key) for key in ("得分", "分值"))
    lost = bool(goal.lost) or goal.met is False
    return Aim(goal.name, book.view.link(ref), goal.target, goal.actual, score, weight, goal.reason, lost)
