"""A text that stands outside data/, held against one disclosure by what holds the prose of that disclosure: its claims,
its amounts, units that it names, items that it lists, years, and what it says of targets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from build_tools.accounts.corpus import Department, Disclosure
from build_tools.accounts.statement import Statement, find_table
from build_tools.checks.claims import Page, claims_in, count
from build_tools.checks.claims.text import Block, blocks_of
from build_tools.checks.mentions import NAMES, items_of, listed_in_vain, other_name, short_name
from build_tools.checks.prose import missed, reached
from build_tools.checks.tables import Tables, amounts, tables_of
from build_tools.checks.texts import Text
from build_tools.checks.unit_names import foreign, units_of, without_figure
from build_tools.checks.years import MENTIONED, PLANS, mentioned, other_year
from build_tools.diagnostics import Finding, Place
from build_tools.forms import Concept


@dataclass(frozen=True, slots=True)
class Given:
    """A disclosure that a text is set against, the department that it is of, last year's tables of its kind as far as
    there are any.
    """

    disclosure: Disclosure
    department: Department
    last: Mapping[str, Statement] | None = None


@dataclass(frozen=True, slots=True)
class Outside:
    """What was read: every claim, what does not hold, claims by outcome with the amounts that the tables bear out or do
    not.
    """

    page: Page
    findings: tuple[Finding, ...]
    counts: Mapping[str, int]


def read_outside(text: str, file: str, given: Given | None) -> Outside:
    """The text read, against a disclosure where one is given."""
    disclosure = given.disclosure if given else None
    tables = tables_of(disclosure.statements, disclosure.year, given.last) if given and disclosure else Tables()
    page = claims_in(text, tables.year, Place(file), tables.named)
    named, agreed = amounts(page, tables, file)
    counts = count(page.claims)
    counts["通过"] += agreed
    counts["不符"] += len(named)
    found = [*page.findings, *named]
    told = {(one.code, one.place.line) for one in found}
    more = (
        [one for one in against(blocks_of(text), file, given) if (one.code, one.place.line) not in told]
        if given
        else []
    )
    dated = {line for code, line in told if code == "claim-year"}
    return Outside(
        page, (*found, *(one for one in more if one.code != "year-mentioned" or one.place.line not in dated)), counts
    )


def against(blocks: list[Block], file: str, given: Given) -> Iterator[Finding]:
    """What a disclosure says against the paragraphs of a text, besides its figures."""
    disclosure, department = given.disclosure, given.department
    table = find_table(disclosure.statements, Concept.BASIC_EXPENDITURE_ITEMS)
    units, items = units_of(disclosure), items_of(table)
    introduced = ""
    for block in blocks:
        for name, offset, full in foreign(block.text, introduced, department, units):
            place = at(block, offset, len(name), file)
            yield (
                short_name(name, full, place) if full else other_name(name, "文中", place, department, disclosure.year)
            )
        introduced += block.text if "简称" in block.text else ""
        for what, offset, empty in without_figure(block.text, items) if items and NAMES in block.text else ():
            if table:
                yield listed_in_vain(f"{what}{NAMES}", empty, table, at(block, offset, len(what), file))
        for year, offset in mentioned(block.text, disclosure.year, disclosure.slug != PLANS):
            yield other_year("文中", year, disclosure.year, at(block, offset, MENTIONED, file))
        for statement in of_unit(disclosure):
            one = Text(statement, None, block.text, Place(file), "prose", "原文", of_unit=True)
            for found in (*missed(one, {statement.key: statement}), *reached(one, {statement.key: statement})):
                yield replace(
                    found.finding, place=at(block, found.finding.place.column - 1, found.finding.place.length, file)
                )


def of_unit(disclosure: Disclosure) -> list[Statement]:
    """The tables of the whole unit; of a disclosure of one project, that of the project."""
    whole = [one for one in disclosure.statements.values() if not one.instance]
    instances = {one.instance for one in disclosure.statements.values() if one.instance}
    return [*whole, *(one for one in disclosure.statements.values() if one.instance and len(instances) == 1)]


def at(block: Block, offset: int, length: int, file: str) -> Place:
    """The place of some characters of a paragraph; what runs over a line break ends with its first line."""
    places = block.places[offset : offset + max(1, length)]
    line, column = places[0]
    return Place(file, line, column, max(at for number, at in places if number == line) - column + 1)
