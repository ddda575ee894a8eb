"""Blocks that are lists: records in written order, and performance indicators under their levels."""

from __future__ import annotations

import re

from build_tools.accounts.statement.draft import Draft, misplaced, put, twice, unknown_row
from build_tools.accounts.statement.model import ABSENCES
from build_tools.accounts.statement.names import normal
from build_tools.accounts.statement.rows import read_columns
from build_tools.diagnostics import CellRef, Finding
from build_tools.forms import Block, Column, Row, axes_for
from build_tools.source import Entry, Mapping, Node, Scalar, Sequence
from build_tools.source.language import INDICATOR

# how the ordinals of a list show its levels: 一, 1, （1）
ORDINAL = (
    ("一级", re.compile("[一二三四五六七八九十]+")),
    ("二级", re.compile("[0-9]+")),
    ("三级", re.compile("[（(][0-9]+[）)]|[0-9]+[.．][0-9]+")),
)


def read_records(node: Node | None, block: Block, draft: Draft) -> None:
    """Rows in written order; a block with one column takes bare values; an item that nobody filled in is no row."""
    items = tuple(item for item in node.items if not unfilled(item)) if isinstance(node, Sequence) else ()
    if node is not None and not isinstance(node, Sequence):
        draft.findings.append(misplaced(node.place, block.key or draft.form.title, "列表，每项以“- ”开头"))
    draft.axes[block.key] = axes_for(block, tuple(Row(str(number), str(number)) for number in range(1, len(items) + 1)))
    for number, item in enumerate(items, 1):
        if isinstance(item, Mapping):
            read_columns(item, str(number), block, draft)
        elif len(block.columns) == 1:
            put(item, str(number), block.columns[0], block, draft)
        else:
            draft.findings.append(
                misplaced(
                    item.place,
                    block.key or draft.form.title,
                    f"分栏的列表，每项有：{'、'.join(c.key for c in block.columns)}",
                )
            )
    ordinal = next((column for column in block.columns if column.type == "ordinal"), None)
    if ordinal:
        axes = draft.axes[block.key]
        draft.axes[block.key] = axes_for(
            block, tuple(row._replace(under=levels_of(draft, block, row, ordinal)) for row in axes.rows)
        )


def levels_of(draft: Draft, block: Block, row: Row, ordinal: Column) -> tuple[str, ...]:
    """The level of a row by its ordinal; none where it is written otherwise."""
    cell = draft.cells.get(CellRef(draft.key, block.key, row.key, ordinal.key))
    text = cell.text.strip("、. ") if cell else ""
    return tuple(level for level, looks in ORDINAL if looks.fullmatch(text))


def unfilled(item: Node) -> bool:
    """True for an item of a list in which nothing was written, as a new file has them."""
    if isinstance(item, Scalar):
        return item.blank
    children = [entry.value for entry in item.entries] if isinstance(item, Mapping) else item.items
    return all(unfilled(child) for child in children)


def read_indicators(node: Node | None, block: Block, draft: Draft) -> None:
    """First level → second level → list of third levels; a level or an item may be empty, as in the printed form."""
    rows: list[Row] = []
    for level, first in level_entries(
        node, {name: one.key for one in block.levels for name in (one.label, one.key)}, block, draft
    ):
        under = next(one.under for one in block.levels if one.key == level)
        names = {name: row.key for row in under for name in (*row.aliases, row.label, row.key)}
        for second, value in level_entries(first.value, names, block, draft):
            draft.places[block.key, second] = value.key.place
            items = value.value.items if isinstance(value.value, Sequence) else ()
            if not items and not (
                isinstance(value.value, Scalar) and (value.value.blank or value.value.text.strip() in ABSENCES)
            ):
                draft.findings.append(misplaced(value.value.place, value.key.text, "列表，每项以“- ”开头"))
            for number, item in enumerate((one for one in items if not unfilled(one)), 1):
                rows.append(read_indicator(item, Row(f"{second}{number}", "", under=(level, second)), block, draft))
    draft.axes[block.key] = axes_for(block, tuple(rows))


def level_entries(node: Node | None, names: dict[str, str], block: Block, draft: Draft) -> list[tuple[str, Entry]]:
    """The entries of one level by the form's keys; unknown ones are reported."""
    known = {normal(name): key for name, key in reversed(names.items())}
    found: list[tuple[str, Entry]] = []
    if node is not None and not isinstance(node, Mapping) and not (isinstance(node, Scalar) and node.blank):
        draft.findings.append(misplaced(node.place, block.key or draft.form.title, "“指标名: 内容”的一组"))
    for entry in node.entries if isinstance(node, Mapping) else ():
        key = known.get(normal(entry.key.text))
        if key is None:
            unknown_row(entry.key, list(dict.fromkeys(names.values())), block, draft)
        elif any(key == other for other, _ in found):
            draft.findings.append(twice(entry.key, next(one.key for other, one in found if other == key)))
        else:
            found.append((key, entry))
    return found


def read_indicator(item: Node, row: Row, block: Block, draft: Draft) -> Row:
    """One third-level indicator: its name under 指标, the rest in the form's columns."""
    if isinstance(item, Scalar):
        return row._replace(label=item.text.strip())
    if not isinstance(item, Mapping):
        draft.findings.append(misplaced(item.place, INDICATOR, f"“{INDICATOR}: 名称”开头的一组"))
        return row
    name = item.get(INDICATOR)
    if not isinstance(name, Scalar) or name.blank:
        draft.findings.append(
            Finding(
                "indicator-unnamed",
                "这一项没有写指标名称",
                item.place,
                hint=f"每项先写“{INDICATOR}: 名称”；原表为空的写“{INDICATOR}: 无”",
            )
        )
    draft.places[block.key, row.key] = item.place
    rest = item._replace(entries=tuple(entry for entry in item.entries if entry.key.text != INDICATOR))
    read_columns(rest, row.key, block, draft)
    return row._replace(label=name.text.strip() if isinstance(name, Scalar) else "")
