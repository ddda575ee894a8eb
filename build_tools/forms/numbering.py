"""行次, 栏次 and 一、二、三: counted from what a form prints, never written in it.

So a row or a column more moves the numbers of all that follow, and two rows cannot have one number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from build_tools.forms import reading as r
from build_tools.forms.blocks import Block, FixedRow
from build_tools.forms.model import Layout

COUNTED = re.compile("([一二三四五六七八九十]+)、(?=.)")
NUMBERED_STYLES = ("sides", "rows")
DIGITS = "零一二三四五六七八九"


def number_form(
    blocks: tuple[Block, ...], layout: Layout, counted: Sequence[tuple[str, ...]], findings: r.Findings
) -> tuple[tuple[Block, ...], Layout]:
    """The blocks with 行次, 栏次 and ordinals, the layout with the first and last 行次 of each side.

    `counted` are for each block the groups whose rows are printed 一、二、三.
    """
    blocks = tuple(_count_labels(block, groups, findings) for block, groups in zip(blocks, counted, strict=True))
    if layout.numbered and layout.style in NUMBERED_STYLES:
        blocks = _number_columns(blocks)
    if layout.style != "sides" or not blocks:
        return blocks, layout
    sides = _line_up(blocks)
    depth = max(side[-1] if side else 0 for side in sides)
    first, lines, numbered = 1, [], []
    for block, places in zip(blocks, sides, strict=True):
        rows = (replace(row, line=first + at - 1) for row, at in zip(block.rows, places, strict=True))
        numbered.append(replace(block, rows=tuple(rows)))
        lines.append((first, first + depth - 1))
        first += depth
    return tuple(numbered), replace(layout, lines=tuple(lines))


def _number_columns(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """栏次 run on from one block to the next."""
    number, numbered = 0, []
    for block in blocks:
        columns = []
        for column in block.columns:
            number += not column.stated
            columns.append(column if column.stated else replace(column, number=str(number)))
        numbered.append(replace(block, columns=tuple(columns)))
    return tuple(numbered)


def _line_up(blocks: tuple[Block, ...]) -> list[list[int]]:
    """The place of every row on its side, from 1. The totals of all sides stand beside each other, in order."""
    places: list[list[int]] = [[] for _ in blocks]
    begin = 0
    for runs in zip_longest(*(_runs(block) for block in blocks), fillvalue=()):
        ends = []
        for side, run in zip(places, runs, strict=True):
            at = begin
            for row in run:
                at += row.gap + 1
                side.append(at)
            ends.append((at, bool(run) and run[-1].total))
        begin = max(at for at, _ in ends)
        for side, (_, total) in zip(places, ends, strict=True):
            if total:
                side[-1] = begin
    return places


def _runs(block: Block) -> Iterator[tuple[FixedRow, ...]]:
    """The rows of a side in runs that end with a total."""
    run: list[FixedRow] = []
    for row in block.rows:
        run.append(row)
        if row.total:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def _count_labels(block: Block, groups: tuple[str, ...], findings: r.Findings) -> Block:
    """The rows of these groups with 一、二、三 before their names. An ordinal that is written must be the right one."""
    ordinals = {
        key: chinese(number) for group in groups for number, key in enumerate((block.groups or {}).get(group, ()), 1)
    }
    return replace(block, rows=tuple(_count_label(row, ordinals.get(row.key, ""), findings) for row in block.rows))


def _count_label(row: FixedRow, ordinal: str, findings: r.Findings) -> FixedRow:
    """The row with its ordinal."""
    if not ordinal:
        return row
    written = COUNTED.match(row.label)
    if written and written[1] != ordinal:
        r.wrong(
            findings,
            row.place,
            f"“{row.label}”在表上是第{ordinal}项",
            f"次序由系统编排：label 写“{row.label[written.end() :]}”",
        )
    return replace(row, label=f"{ordinal}、{row.label[written.end() :] if written else row.label}")


def chinese(number: int) -> str:
    """A whole number from 1 to 99 as forms count: 二十六."""
    tens, ones = divmod(number, 10)
    return f"{DIGITS[tens] if tens > 1 else ''}{'十' if tens else ''}{DIGITS[ones] if ones else ''}"
