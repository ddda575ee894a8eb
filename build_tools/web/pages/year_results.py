"""From money to result: the budget of a year as it was at its start, as it was changed and spent, and what came of it,
project by project.

Each line keeps the scope that its document has: all funds, the general public budget, “三公”; amounts of different
scopes are never joined.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from build_tools.accounts.key_figures import KeyFigure
from build_tools.accounts.statement import Statement
from build_tools.forms import Concept
from build_tools.web.charts.model import Cell, printed_as
from build_tools.web.narrative.performance import Goal
from build_tools.web.narrative.quoting import Figure, computed
from build_tools.web.pages.model import Link
from build_tools.web.pages.projects import Appearance, appearances, project_url
from build_tools.web.pages.year_book import ACCOUNTS, BLANK, EVALUATION, NO_CELL, SELF, TARGETS, YearBook

# what a self-evaluation says of the money and the marks, in the order of `Money`
JUDGED = (
    Concept.INITIAL_BUDGET,
    Concept.ANNUAL_BUDGET,
    Concept.ANNUAL_EXECUTION,
    Concept.EXECUTION_RATE,
    Concept.SELF_EVALUATION_SCORE,
)


@dataclass(frozen=True, slots=True)
class Course:
    """One scope of money through the year: 年初预算, how it was changed, 全年预算, 决算, share of the budget that was
    spent.
    """

    scope: str
    source: Link
    start: Cell
    change: Cell
    budget: Cell
    spent: Cell
    rate: Cell


@dataclass(frozen=True, slots=True)
class Aim:
    """One indicator as it stands on a page: its address, target and result as written, marks, the reason where some
    were lost.
    """

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
    """What came of a year: the marks for the whole, how many of the judged indicators fell short, how many targets
    nobody has judged.
    """

    score: Cell
    short: int
    judged: int
    unjudged: int


def courses(book: YearBook) -> tuple[Course, ...]:
    """The lines from budget to spending that the year's disclosures hold."""
    found = [one for one in (evaluated_funds(book), reported_funds(book)) if one]
    found += [one for one in (general_budget(book), three_public(book)) if one]
    planned = book.table(TARGETS, Concept.PLANNED_FUNDS)
    if not found and planned:
        found.append(course(book, "申请的资金总额", TARGETS, planned, book.figure(TARGETS, Concept.PLANNED_FUNDS)))
    return tuple(found)


def evaluated_funds(book: YearBook) -> Course | None:
    """All funds, as the department's self-evaluation has them."""
    statement = book.table(SELF, Concept.ANNUAL_BUDGET)
    if statement is None:
        return None
    start, budget, spent = (
        book.figure(SELF, one) for one in (Concept.INITIAL_BUDGET, Concept.ANNUAL_BUDGET, Concept.ANNUAL_EXECUTION)
    )
    written = book.at(SELF, Concept.EXECUTION_RATE)
    return course(book, "全部资金", SELF, statement, start, budget, spent, written)


def reported_funds(book: YearBook) -> Course | None:
    """Revenue and expenditure of the evaluation report; reports of some years have no initial budget."""
    statement = book.table(EVALUATION, Concept.EVALUATED_REVENUE)
    if statement is None:
        return None
    initial = Concept.EVALUATED_INITIAL_BUDGET
    start = book.figure(EVALUATION, initial) if statement.spot(initial) else None
    income, spent = (book.figure(EVALUATION, one) for one in (Concept.EVALUATED_REVENUE, Concept.EVALUATED_EXPENDITURE))
    return course(book, "预算收入和支出", EVALUATION, statement, start, income, spent)


def general_budget(book: YearBook) -> Course | None:
    """The general public budget, where the 说明 names what was budgeted item by item."""
    statement = book.table(ACCOUNTS, Concept.GENERAL_BUDGET_INITIAL)
    if statement is None or statement.axes_of(Concept.GENERAL_BUDGET_INITIAL) is None:
        return None
    start, spent = (
        book.figure(ACCOUNTS, one) for one in (Concept.GENERAL_BUDGET_INITIAL, Concept.GENERAL_BUDGET_EXPENDITURE)
    )
    return course(book, "一般公共预算财政拨款支出", ACCOUNTS, statement, start, None, spent)


def three_public(book: YearBook) -> Course | None:
    """“三公”经费."""
    statement = book.table(ACCOUNTS, Concept.THREE_PUBLIC_TOTAL)
    if statement is None:
        return None
    budget, spent = (
        book.figure(ACCOUNTS, Concept.THREE_PUBLIC_TOTAL, one)
        for one in (Concept.THREE_PUBLIC_BUDGET, Concept.THREE_PUBLIC_ACTUAL)
    )
    return course(book, "“三公”经费", ACCOUNTS, statement, None, budget, spent)


def course(
    book: YearBook,
    scope: str,
    slug: str,
    statement: Statement,
    start: Figure | None,
    budget: Figure | None = None,
    spent: Figure | None = None,
    rate: Cell | None = None,
) -> Course:
    """One line; where a document has no such figure the line says so and nothing is put in its place."""
    form = statement.form
    source = Link(f"{form.kind}·{form.title}", f"{book.view.urls[slug]}#{statement.anchor}")
    changed = book.moved(book.change(budget, start)) if start and budget and start.known and budget.known else None
    base = budget or start
    share = rate or (book.cell(computed("completion", (spent, base)), "") if spent and base else Cell(""))
    first, middle = (Cell(NO_CELL) if one is None else book.cell(one, BLANK) for one in (start, budget))
    after = Cell(book.missing(ACCOUNTS)) if spent is None else book.cell(spent, BLANK)
    return Course(scope, source, first, changed[0] if changed else Cell(""), middle, after, share)


def undertakings(book: YearBook) -> tuple[Undertaking, ...]:
    """The department as a whole, then its projects by the addresses under which they are known, by the newest name of
    the year.
    """
    whole = filled(book)
    found = []
    if whole:
        slug, statement = whole
        cells, indicators = money(book, slug, statement, []), aims(book, slug, statement)
        found.append(Undertaking("整体支出", "", statement.form.kind, cells, indicators))
    for project, ones in appearances(book.report).items():
        here = [one for one in ones if one.year == book.year]
        if here:
            slug, own = filled(book, project) or ("", None)
            documents, url = "、".join(dict.fromkeys(one.kind for one in here)), project_url(book.report, project)
            cells, indicators = money(book, slug, own, here), aims(book, slug, own)
            found.append(Undertaking(here[-1].name, url, documents, cells, indicators))
    return tuple(found)


def outcome(works: tuple[Undertaking, ...]) -> Outcome:
    """The marks and the indicators of a year; what has no marks is counted as targets, never as reached."""
    judged = [one for one in works if one.money.score.amount is not None]
    whole = next((one.money.score for one in works if not one.url), Cell(""))
    rest = sum(len(one.aims) for one in works if one not in judged)
    return Outcome(whole, sum(one.short for one in judged), sum(len(one.aims) for one in judged), rest)


def filled(book: YearBook, project: str = "") -> tuple[str, Statement] | None:
    """The table that says most of a project, or of the department as a whole: its self-evaluation, else its targets;
    with the slug of its disclosure.
    """
    for slug, concept in ((SELF, Concept.SELF_EVALUATION_SCORE), (TARGETS, Concept.PLANNED_FUNDS)):
        if (statement := book.table(slug, concept, project)) is not None:
            return slug, statement
    return None


def money(book: YearBook, slug: str, statement: Statement | None, mentions: list[Appearance]) -> Money:
    """年初预算, 全年预算, 执行, 执行率 and marks: from its own table, else from the reports that mention it, else the
    word for why there is none.
    """
    cells = [Cell(book.missing(SELF))] * 5
    if statement and slug == SELF:
        cells = [book.at(slug, one, of=statement) for one in JUDGED]
    elif statement:
        cells[0] = book.at(slug, Concept.PLANNED_FUNDS, of=statement)
    for position, concept in ((1, Concept.LISTED_PROJECT_BUDGET), (2, Concept.LISTED_PROJECT_SPENDING)):
        said = next(
            (
                cell_of(one, figure)
                for one in mentions
                for figure in one.figures
                if figure.key == concept and figure.text
            ),
            None,
        )
        if said and cells[position].amount is None:
            cells[position] = said
    return Money(*cells)


def cell_of(one: Appearance, figure: KeyFigure) -> Cell:
    """A figure of a list that mentions a project."""
    url = f"{one.url.split('#')[0]}#{figure.anchor}"
    return Cell(figure.text, url, printed_as(figure.amount.source), figure.derived)


def aims(book: YearBook, slug: str, statement: Statement | None) -> tuple[Aim, ...]:
    """The indicators of a table, those that fell short first."""
    found = (aim(book, goal, slug) for goal in book.indicators.of(statement, slug)) if statement else ()
    return tuple(sorted(found, key=lambda one: not one.short))


def aim(book: YearBook, goal: Goal, slug: str) -> Aim:
    """One indicator; a table of targets has no marks."""
    score, weight = (
        book.at(slug, Concept.TARGET, one, row=goal.ref.row, of=goal.statement)
        for one in (Concept.SCORE, Concept.WEIGHT)
    )
    lost = bool(goal.lost) or goal.met is False
    return Aim(goal.name, book.view.link(goal.ref), goal.target, goal.actual, score, weight, goal.reason, lost)
