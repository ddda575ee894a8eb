"""The contents list of a disclosure: its sections in official order, the tables of each, the headings inside a list."""

from __future__ import annotations

from collections import Counter

from build_tools.accounts.corpus import Disclosure
from build_tools.accounts.statement import Statement
from build_tools.forms import Section
from build_tools.web.narrative import HEADED, Narrative
from build_tools.web.pages.model import TocItem
from build_tools.web.pages.texts import TEXTS


def tables_of(section: Section, disclosure: Disclosure) -> list[Statement]:
    """The filled-in tables of a section in official order; a repeated form once for each project."""
    return [one for key in section.tables for one in disclosure.statements.values() if one.form.key == key]


def missing(section: Section, disclosure: Disclosure) -> list[str]:
    """The tables of a section that were not filled in."""
    there = {one.form.key for one in disclosure.statements.values()}
    return [key for key in section.tables if key not in there]


def contents(disclosure: Disclosure, narrative: object, apart: bool) -> tuple[TocItem, ...]:
    """The contents list: parts, their tables, the headings inside a section that is a list, and what is written from
    the figures (`apart` = in a section of its own).

    A project of which the page has several tables is named with the title of each.
    """
    items = []
    named = Counter(one.name for one in disclosure.statements.values())
    for section in disclosure.template.sections if disclosure.template else ():
        children: list[TocItem] = []
        for statement in tables_of(section, disclosure):
            inner = (
                headings(statement)
                if statement.form.layout.style == "list"
                and len(tables_of(section, disclosure)) == 1
                and not statement.instance
                else []
            )
            children += inner or [TocItem(called(statement, named[statement.name] > 1), statement.anchor)]
        items.append(TocItem(section.heading, section.slug, tuple(children)))
    if apart and isinstance(narrative, Narrative) and narrative.parts:
        items.append(TocItem(HEADED, "narrative"))
    return (*items, *(TocItem(title, anchor) for anchor, title in TEXTS.contents["disclosure"].items()))


def called(statement: Statement, again: bool) -> str:
    """A table in the contents list: its title, or the project it is about; where the project comes `again`, both."""
    title = statement.form.title
    return f"{statement.name}（{title}）" if statement.name and again else statement.name or title


def headings(statement: Statement) -> list[TocItem]:
    """The top headings of a list section, each once."""
    tops = dict.fromkeys(block.heading[0] for block in statement.form.blocks if block.heading)
    return [TocItem(top, f"{statement.anchor}-{number}") for number, top in enumerate(tops, 1)]
