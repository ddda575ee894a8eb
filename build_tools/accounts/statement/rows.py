"""Blocks of named fields, of printed rows and of rows by code: every written value in its cell.

One mistake is one finding: where a row could not be recognised, what staff left out of the same block is treated as
unknown, so that a misspelt row does not also break the totals above it.
"""

from __future__ import annotations

from functools import lru_cache

from build_tools.accounts.statement.cell import Cell, State
from build_tools.accounts.statement.codes import arrange, read_code
from build_tools.accounts.statement.draft import MAX_ROWS, Draft, misplaced, put, twice, unknown_row
from build_tools.accounts.statement.model import ABSENCES
from build_tools.accounts.statement.names import normal
from build_tools.diagnostics import CellRef, Finding
from build_tools.forms import STATED, Block, Column, Row, axes_for, did_you_mean, nearest
from build_tools.source import Entry, Mapping, Node, Scalar


@lru_cache(maxsize=1024)
def row_names(block: Block) -> dict[str, str]:
    """Every accepted name of the printed rows; a key wins over a label, a label over another name."""
    return {normal(name): row.key for row in reversed(block.rows) for name in (*row.aliases, row.label, row.key)}


@lru_cache(maxsize=1024)
def total_names(block: Block) -> dict[str, str]:
    """Keys and labels of the rows around a code tree."""
    return {normal(name): row.key for row in block.rows for name in (row.label, row.key)}


@lru_cache(maxsize=1024)
def column_names(block: Block, stated: bool) -> dict[str, Column]:
    """Labels and keys of the columns that staff fill in, or of those under 载明."""
    columns = [column for column in block.columns if column.stated is stated]
    return {normal(name): column for column in reversed(columns) for name in (column.label, column.data_key)}


def read_fields(node: Node | None, block: Block, draft: Draft) -> None:
    """Named fields; a block with a single field may hold its value directly."""
    if node is None:
        return
    if len(block.columns) == 1 and not (
        isinstance(node, Mapping) and any(normal(e.key.text) == normal(block.columns[0].key) for e in node.entries)
    ):
        put(node, "", block.columns[0], block, draft)
    elif isinstance(node, Mapping):
        read_columns(node, "", block, draft)
    else:
        draft.findings.append(misplaced(node.place, block.key or draft.form.title, "“键: 值”的一组"))
        draft.doubtful.add(block.key)


def read_lines(node: Node | None, block: Block, draft: Draft) -> None:
    """Printed rows, found by key, printed label or another accepted name."""
    if node is None:
        return
    if not isinstance(node, Mapping):
        draft.findings.append(misplaced(node.place, block.key or draft.form.title, "“行: 数”的一组"))
        draft.doubtful.add(block.key)
        return
    known = row_names(block)
    seen: dict[str, Scalar] = {}
    for entry in node.entries:
        key = known.get(normal(entry.key.text))
        if key is None:
            unknown_row(entry.key, [row.key for row in block.rows], block, draft)
        elif key in seen:
            draft.findings.append(twice(entry.key, seen[key]))
        else:
            seen[key] = entry.key
            read_row(entry, key, block, draft)


def read_coded(node: Node | None, block: Block, draft: Draft) -> None:
    """Rows keyed by code, and the printed rows around them."""
    written: dict[str, tuple[Row, Scalar]] = {}
    fixed: dict[str, Scalar] = {}
    entries: list[tuple[Entry, str]] = []
    if node is not None and not isinstance(node, Mapping):
        draft.findings.append(misplaced(node.place, block.key or draft.form.title, "“编码 名称: 数”的一组"))
        draft.doubtful.add(block.key)
        node = None
    for entry in node.entries[:MAX_ROWS] if node else ():
        key = coded_key(entry.key, block, written, fixed, draft)
        if key is not None:
            entries.append((entry, key))
    if node and len(node.entries) > MAX_ROWS:
        draft.findings.append(
            Finding(
                "table-too-long",
                f"“{draft.form.title}”有 {len(node.entries)} 行，只读了前 {MAX_ROWS} 行",
                node.entries[MAX_ROWS].key.place,
                hint="全国的科目加起来也没有这么多；检查是否重复粘贴",
            )
        )
        draft.doubtful.add(block.key)
    draft.axes[block.key] = axes_for(block, arrange(block, written, draft.names, draft.findings))
    for entry, key in entries:
        read_row(entry, key, block, draft)


def coded_key(
    key: Scalar, block: Block, written: dict[str, tuple[Row, Scalar]], fixed: dict[str, Scalar], draft: Draft
) -> str | None:
    """The row key of one entry, None (with a finding) where it has none."""
    names = total_names(block)
    name = names.get(normal(key.text))
    if name is not None:
        if name in fixed:
            draft.findings.append(twice(key, fixed[name]))
            return None
        fixed[name] = key
        return name
    count = len(draft.findings)
    row = read_code(key, block, draft.names, draft.findings)
    if row is None:
        draft.doubtful.add(block.key)
        if len(draft.findings) == count:
            draft.findings.append(
                Finding(
                    "row-unknown",
                    f"“{draft.form.title}”没有“{key.text[:30]}”这一行",
                    key.place,
                    hint=did_you_mean(key.text, names.values())
                    if nearest(key.text, names.values())
                    else "写成“科目编码 科目名称”，如 2010301 行政运行",
                )
            )
        return None
    if row.code in written:
        draft.findings.append(twice(key, written[row.code][1]))
        return None
    written[row.code] = (row, key)
    return row.key


def read_row(entry: Entry, key: str, block: Block, draft: Draft) -> None:
    """The cells of one row: an amount where the block has one column, else a mapping; a word of absence for the row."""
    value, plain = entry.value, block.asked
    draft.places[block.key, key] = entry.key.place
    if isinstance(value, Mapping):
        read_columns(value, key, block, draft)
    elif len(plain) == 1 and not (isinstance(value, Scalar) and value.blank):
        put(value, key, plain[0], block, draft)
    elif isinstance(value, Scalar) and (value.blank or (value.text.strip() in ABSENCES and len(plain) != 1)):
        same_in_all(value, key, block, draft)
    else:
        names = "、".join(column.data_key for column in plain or block.columns)
        draft.findings.append(
            Finding(
                "row-not-columns",
                f"“{entry.key.text[:30]}”要分栏填写",
                value.place,
                hint=f"每栏一行，写成“栏: 数”；本表的栏有：{names}",
            )
        )
        for column in block.columns:
            draft.cells[CellRef(draft.key, block.key, key, column.key)] = Cell(State.DOUBTFUL, value.place)


def same_in_all(node: Scalar, row: str, block: Block, draft: Draft) -> None:
    """A blank, or one word of absence, for every cell of a row."""
    cell = Cell(State.BLANK if node.blank else State.ABSENT, node.place, text=node.text.strip())
    for column in block.columns:
        if not column.stated:
            draft.cells[CellRef(draft.key, block.key, row, column.key)] = cell


def read_columns(node: Mapping, row: str, block: Block, draft: Draft) -> None:
    """The cells of one row by column, and under 载明 what the printed document states."""
    seen: dict[str, Scalar] = {}
    known = column_names(block, stated=False)
    for entry in node.entries:
        key, value = entry
        column = known.get(key.text)
        if column is not None and column.key not in seen:
            seen[column.key] = key
            put(value, row, column, block, draft)
        elif key.text == STATED and isinstance(value, Mapping):
            for stated in value.entries:
                place_value(stated, row, column_names(block, stated=True), block, draft, seen)
        else:
            place_value(entry, row, known, block, draft, seen)
    for group in block.exclusive:
        both = [
            key
            for key in group
            if key in seen and draft.cells[CellRef(draft.key, block.key, row, key)].state is not State.BLANK
        ]
        if len(both) > 1:
            draft.findings.append(
                Finding(
                    "fields-contradict",
                    f"“{both[0]}”和“{both[1]}”只能填一个",
                    seen[both[1]].place,
                    hint="保留与实际相符的一个",
                )
            )


def place_value(
    entry: Entry, row: str, known: dict[str, Column], block: Block, draft: Draft, seen: dict[str, Scalar]
) -> None:
    """One `column: value`."""
    column = known.get(entry.key.text) or known.get(normal(entry.key.text))
    if column is None:
        draft.findings.append(
            Finding(
                "field-unknown",
                f"“{block.key or draft.form.title}”没有“{entry.key.text[:30]}”这一栏",
                entry.key.place,
                hint=did_you_mean(normal(entry.key.text), dict.fromkeys(one.data_key for one in known.values())),
            )
        )
        draft.doubtful.add(block.key)
    elif column.key in seen:
        draft.findings.append(twice(entry.key, seen[column.key]))
        ref = CellRef(draft.key, block.key, row, column.key)
        if column.type != "amount" and ref in draft.cells:
            # of two words nobody knows which one holds
            draft.cells[ref] = draft.cells[ref]._replace(state=State.DOUBTFUL)
    else:
        seen[column.key] = entry.key
        put(entry.value, row, column, block, draft)
