"""Every table and section that the template demands of a disclosure, and what stands in the place of contents.

The template of a kind, region and year is the measure: its sections, their tables, and of what is text (概况, 说明,
reports) each heading. What the form itself leaves to others is not asked of staff: percentages under 载明, which follow
from the tables, and signing lines that are printed as 未填.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from build_tools.accounts.corpus import Disclosure
from build_tools.accounts.statement import Cell, State, Statement
from build_tools.checks.duties.model import Part
from build_tools.forms import Block, Template

LEFT_OUT, ELSEWHERE = "没有填写", "另行公开"


def parts_of(template: Template | None, disclosure: Disclosure | None) -> Iterator[Part]:
    """In official order. Without a disclosure everything was left out; a section without tables (附件) says itself
    where to look.
    """
    statements = disclosure.statements.values() if disclosure else ()
    for section in template.sections if template else ():
        if not section.tables:
            yield Part(section.heading, word=ELSEWHERE, note=section.note)
        for table in section.tables:
            found = [one for one in statements if one.form.key == table]
            if not found:
                yield Part(section.heading, table, word=LEFT_OUT)
            elif all(one.absence for one in found):
                yield Part(section.heading, table, word=found[0].absence, note=found[0].note)
            else:
                for one in found:
                    yield from inside(section.heading, one, disclosure.absences if disclosure else {})


def inside(section: str, statement: Statement, absences: Mapping[tuple[str, str], str]) -> Iterator[Part]:
    """A table, or each heading of one that is text. Of a repeated form the project is named."""
    table = f"{statement.form.key}：{statement.name}" if statement.name else statement.form.key
    filled = {ref.block for ref, cell in statement.cells.items() if holds(cell)}
    said = {ref.block: cell.text for ref, cell in statement.cells.items() if cell.state is State.ABSENT}
    said |= {block: word for (key, block), word in absences.items() if key == statement.key}
    headings = headings_of(statement)
    if statement.absence or not (filled or said):
        yield Part(section, table, word=statement.absence or LEFT_OUT, note=statement.note)
    elif not headings:
        yield Part(
            section, table, word="" if filled else next(iter(said.values())), note="" if filled else statement.note
        )
    for heading, blocks in headings.items() if not statement.absence and (filled or said) else ():
        word = (
            ""
            if any(block.key in filled or not asked(block) for block in blocks)
            else next((said[one.key] for one in blocks if one.key in said), LEFT_OUT)
        )
        yield Part(section, table, heading, word, statement.note if word and word != LEFT_OUT else "")


def holds(cell: Cell) -> bool:
    """True where something stands, written or computed; also what could not be read, but not what is unknown because of
    something else.
    """
    return cell.state in (State.WRITTEN, State.DERIVED) or (cell.state is State.DOUBTFUL and cell.place is not None)


def headings_of(statement: Statement) -> dict[str, list[Block]]:
    """The blocks under each top heading of a table that is printed as text; none for the others."""
    found: dict[str, list[Block]] = {}
    for block in statement.form.blocks if statement.form.layout.style == "list" else ():
        if block.heading:
            found.setdefault(block.heading[0], []).append(block)
    return found


def asked(block: Block) -> bool:
    """True where staff have to write something."""
    return any(not column.stated and not column.blank for column in block.columns)
