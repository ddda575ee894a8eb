"""What a page is about, as those who search would ask for it: place, year, kind, tables, rows, a plain answer.

Only what its page prints; names of the same row are one object, because a district has a hundred thousand of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from build_tools.accounts.corpus import Department, Disclosure
from build_tools.accounts.statement import Statement
from build_tools.web.narrative import Narrative
from build_tools.web.pages.model import About, Named
from build_tools.web.pages.texts import TEXTS

named = lru_cache(maxsize=65536)(Named)


def about_department(department: Department, year: int | None = None, kind: str = "") -> About:
    """A department, in a year under the name that it bore."""
    district = department.district
    name = department.name_in(year) if year else department.name
    return About(
        district.name,
        f"{district.slug}/{department.slug}/",
        name,
        tuple(one.name for one in department.names),
        year or 0,
        kind,
    )


def about_disclosure(disclosure: Disclosure, department: Department, answer: Narrative | None) -> About:
    """A disclosure; `answer` is None where its figures may not be shown, and then its tables and rows are not told of
    either.
    """
    base = about_department(department, disclosure.year, disclosure.kind)
    if answer is None:
        return base
    # a repeated form has as many anchors as projects, and none of them is the table
    tables = dict.fromkeys(
        named("" if one.instance else one.anchor, one.form.title, one.form.key)
        for one in disclosure.statements.values()
    )
    # who asks for a code asks first for what was spent on it
    spent_first = sorted(disclosure.statements.values(), key=lambda one: TEXTS.spending not in one.form.title)
    rows = {(one.key, one.title): one for statement in reversed(spent_first) for one in rows_of(statement)}
    text = "".join(sentence.text for sentence in answer.sentences)
    return About(
        base.district,
        base.folder,
        base.department,
        base.names,
        base.year,
        base.kind,
        tuple(tables),
        tuple(rows.values()),
        text,
    )


def rows_of(statement: Statement) -> Iterator[Named]:
    """The rows by which a table differs from others of its kind: projects, and what holds a figure."""
    if statement.instance and statement.name:
        yield named(statement.anchor, statement.name, "")
    figures = filled(statement)
    for block, axes in statement.axes.items():
        if axes.block.kind == "coded":
            coded = (row for row in axes.rows if row.code and (block, row.key) in figures)
            yield from (
                named(".".join(filter(None, (statement.anchor, block, row.key))), row.label, row.code) for row in coded
            )
        elif axes.block.kind == "lines":
            yield from (named(statement.anchor, row.label, "") for row in axes.rows if (block, row.key) in figures)


def filled(statement: Statement) -> set[tuple[str, str]]:
    """Block and row of what holds an amount other than zero."""
    figured = {(key, column.key) for key, axes in statement.axes.items() for column in axes.block.numeric}
    return {
        (ref.block, ref.row)
        for ref, cell in statement.cells.items()
        if cell.amount and (ref.block, ref.column) in figured
    }
