"""A table's tree → a `Statement`: every written value in its cell, every key that fits nowhere reported.

One mistake is one finding: where a row could not be recognised, what staff left out of the same block is treated as
unknown, so that a misspelt row does not also break the totals above it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from build_tools.diagnostics import CellRef, Finding, Place
from build_tools.forms import STATED, Axes, Block, Column, Form, Row, did_you_mean, nearest
from build_tools.source import Entry, Mapping, Node, Scalar, Sequence
from build_tools.statement.codes import CodeNames, arrange, read_code
from build_tools.statement.model import ABSENCES, Cell, State, Statement, instance_key
from build_tools.statement.names import Codebook, normal
from build_tools.statement.scalars import read_cell, shorten

UNIT, NOTE, STATUS, INDICATOR = "金额单位", "注", "状态", "指标"
UNITS = ("元", "万元", "亿元")
MAX_ROWS = 2000


@dataclass(slots=True)
class Draft:
    """What is gathered while one table is read; thrown away afterwards."""

    form: Form
    names: CodeNames
    findings: list[Finding]
    instance: str = ""
    cells: dict[CellRef, Cell] = field(default_factory=dict)
    axes: dict[str, Axes] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)
    places: dict[tuple[str, str], Place] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The key of the statement to be."""
        return instance_key(self.form, self.instance)


def read_statement(node: Node, form: Form, year: int, codebook: Codebook, findings: list[Finding], instance: str = "") -> Statement:
    """Read one table. Findings name unknown keys, unreadable values, duplicate rows, contradictory fields."""
    draft = Draft(form, CodeNames(codebook, year), findings, instance)
    unit, note, absence = form.unit, "", ""
    if isinstance(node, Scalar):
        absence = read_absence(node, form, findings)
    elif isinstance(node, Mapping):
        single = form.blocks[0] if len(form.blocks) == 1 and form.blocks[0].key == "" else None
        rest, taken = take_reserved(node, own_words(form, single))
        unit, note, absence = read_reserved(taken, form, findings)
        if absence and rest.entries:
            findings.append(Finding(
                "table-contradicts", f"“{form.title}”的状态写“{absence}”，下面却填了内容", rest.entries[0].key.place,
                hint="有数据的，删去“状态”一行；确实没有的，删去填写的内容",
            ))
        if single:
            read_block(rest if rest.entries else None, single, draft)
        else:
            read_blocks(rest, form, draft)
    elif len(form.blocks) == 1 and form.blocks[0].kind == "records":
        read_block(node, form.blocks[0], draft)
    else:
        findings.append(misplaced(node.place, form.title, "“键: 值”的一组"))
    for block in form.blocks:
        if not absence and block.key not in draft.axes:
            read_block(None, block, draft)
    return Statement(form, unit, {} if absence else draft.axes, draft.cells, node.place, absence, note, frozenset(draft.doubtful), draft.places, instance)


def own_words(form: Form, single: Block | None) -> set[str]:
    """Keys that belong to the form itself, even where they are spelt like 金额单位, 注 or 状态."""
    if single is None:
        return {block.key for block in form.blocks}
    return {column.data_key for column in single.columns} if single.kind == "fields" else set()


def take_reserved(node: Mapping, own: set[str]) -> tuple[Mapping, dict[str, Scalar]]:
    """Unit, note and status apart from the rows, unless the form uses these words itself."""
    taken: dict[str, Scalar] = {}
    rest: list[Entry] = []
    for entry in node.entries:
        if entry.key.text in (UNIT, NOTE, STATUS) and entry.key.text not in own and isinstance(entry.value, Scalar):
            taken[entry.key.text] = entry.value
        else:
            rest.append(entry)
    return Mapping(tuple(rest), node.file, node.line, node.column), taken


def read_reserved(taken: dict[str, Scalar], form: Form, findings: list[Finding]) -> tuple[str, str, str]:
    """Unit, note and absence of a table."""
    unit = taken[UNIT].text.strip() if UNIT in taken else form.unit
    if UNIT in taken and unit not in UNITS:
        findings.append(Finding("unit-unknown", f"金额单位不能是“{shorten(unit)}”", taken[UNIT].place, hint=f"可以写：{'、'.join(UNITS)}"))
        unit = form.unit
    absence = read_absence(taken[STATUS], form, findings) if STATUS in taken else ""
    return unit, taken[NOTE].text.strip() if NOTE in taken else "", absence


def read_absence(node: Scalar, form: Form, findings: list[Finding]) -> str:
    """The word that stands for a whole table."""
    word = node.text.strip()
    if word in ABSENCES:
        return word
    message = f"“{form.title}”没有内容" if not word else f"“{form.title}”不能只写“{word[:20]}”"
    findings.append(Finding("table-blank" if not word else "table-not-a-table", message, node.place, hint=f"填写各行，或写明缘由：{'、'.join(ABSENCES)}"))
    return "未载明"


def misplaced(place: Place, what: str, wanted: str) -> Finding:
    """Another shape than the form's."""
    return Finding("shape-unexpected", f"“{what}”应写成{wanted}", place, hint="对照示例检查缩进和“- ”")


def read_blocks(node: Mapping, form: Form, draft: Draft) -> None:
    """The blocks of a form by their keys."""
    known = {normal(block.key): block for block in form.blocks}
    seen: dict[str, Scalar] = {}
    for entry in node.entries:
        block = known.get(normal(entry.key.text))
        if block is None:
            draft.findings.append(Finding(
                "field-unknown", f"“{form.title}”里没有“{entry.key.text[:30]}”这一部分", entry.key.place,
                hint=did_you_mean(entry.key.text, [one.key for one in form.blocks]),
            ))
            draft.doubtful |= {one.key for one in form.blocks}
        elif block.key in seen:
            draft.findings.append(twice(entry.key, seen[block.key]))
        else:
            seen[block.key] = entry.key
            read_block(entry.value, block, draft)


def twice(key: Scalar, first: Scalar) -> Finding:
    """Two spellings of one row."""
    return Finding("row-duplicate", f"“{key.text[:30]}”与第 {first.line} 行的“{first.text[:30]}”是同一行", key.place, hint="保留正确的一行，删去另一行")


def read_block(node: Node | None, block: Block, draft: Draft) -> None:
    """One block of any kind; None and a blank mean that nothing was written."""
    if isinstance(node, Scalar) and node.blank:
        node = None
    if isinstance(node, Scalar) and node.text.strip() in ABSENCES and not (block.kind == "fields" and len(block.columns) == 1):
        for row in block.rows if block.kind == "lines" else ():
            absent_row(node, row.key, block, draft)
        if block.kind == "fields":
            absent_row(node, "", block, draft)
        node = None
    if block.kind == "records":
        read_records(node, block, draft)
    elif block.kind == "indicators":
        read_indicators(node, block, draft)
    elif block.kind == "coded":
        read_coded(node, block, draft)
    elif block.kind == "lines":
        draft.axes[block.key] = Axes(block, tuple(Row(row.key, row.label, row.code, level=0 if row.total else -1) for row in block.rows))
        read_lines(node, block, draft)
    else:
        draft.axes[block.key] = Axes(block, (Row("", ""),))
        read_fields(node, block, draft)


def read_fields(node: Node | None, block: Block, draft: Draft) -> None:
    """Named fields; a block with a single field may hold its value directly."""
    if node is None:
        return
    if len(block.columns) == 1 and not (isinstance(node, Mapping) and any(normal(e.key.text) == normal(block.columns[0].key) for e in node.entries)):
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
    known = {normal(name): row.key for row in reversed(block.rows) for name in (*row.aliases, row.label, row.key)}
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


def unknown_row(key: Scalar, known: list[str], block: Block, draft: Draft) -> None:
    """A key that is no row of this block."""
    where = f"“{draft.form.title}”" + (f"的{block.key}栏" if block.key else "")
    draft.findings.append(Finding("row-unknown", f"{where}没有“{key.text[:30]}”这一行", key.place, hint=did_you_mean(normal(key.text), known)))
    draft.doubtful.add(block.key)


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
        draft.findings.append(Finding(
            "table-too-long", f"“{draft.form.title}”有 {len(node.entries)} 行，只读了前 {MAX_ROWS} 行", node.entries[MAX_ROWS].key.place,
            hint="全国的科目加起来也没有这么多；检查是否重复粘贴",
        ))
        draft.doubtful.add(block.key)
    draft.axes[block.key] = Axes(block, arrange(block, written, draft.names, draft.findings))
    for entry, key in entries:
        read_row(entry, key, block, draft)


def coded_key(key: Scalar, block: Block, written: dict[str, tuple[Row, Scalar]], fixed: dict[str, Scalar], draft: Draft) -> str | None:
    """The row key of one entry, None (with a finding) where it has none."""
    names = {normal(name): row.key for row in block.rows for name in (row.label, row.key)}
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
            draft.findings.append(Finding(
                "row-unknown", f"“{draft.form.title}”没有“{key.text[:30]}”这一行", key.place,
                hint=did_you_mean(key.text, names.values()) if nearest(key.text, names.values()) else "写成“科目编码 科目名称”，如 2010301 行政运行",
            ))
        return None
    if row.code in written:
        draft.findings.append(twice(key, written[row.code][1]))
        return None
    written[row.code] = (row, key)
    return row.key


def read_row(entry: Entry, key: str, block: Block, draft: Draft) -> None:
    """The cells of one row: an amount where the block has one column, else a mapping; a word of absence for the row."""
    value = entry.value
    draft.places[block.key, key] = entry.key.place
    plain = [column for column in block.columns if not column.stated]
    if isinstance(value, Mapping):
        read_columns(value, key, block, draft)
    elif isinstance(value, Scalar) and (value.blank or (value.text.strip() in ABSENCES and len(plain) != 1)):
        if not value.blank:
            absent_row(value, key, block, draft)
    elif len(plain) == 1:
        put(value, key, plain[0], block, draft)
    else:
        names = "、".join(column.data_key for column in plain or block.columns)
        draft.findings.append(Finding(
            "row-not-columns", f"“{entry.key.text[:30]}”要分栏填写", value.place, hint=f"每栏一行，写成“栏: 数”；本表的栏有：{names}",
        ))
        for column in block.columns:
            draft.cells[CellRef(draft.key, block.key, key, column.key)] = Cell(State.DOUBTFUL, value.place)


def absent_row(node: Scalar, row: str, block: Block, draft: Draft) -> None:
    """One word for every cell of a row."""
    for column in block.columns:
        if not column.stated:
            draft.cells[CellRef(draft.key, block.key, row, column.key)] = Cell(State.ABSENT, node.place, text=node.text.strip())


def read_columns(node: Mapping, row: str, block: Block, draft: Draft) -> None:
    """The cells of one row by column, and under 载明 what the printed document states."""
    seen: dict[str, Scalar] = {}
    for entry in node.entries:
        if entry.key.text == STATED and isinstance(entry.value, Mapping):
            for stated in entry.value.entries:
                place_value(stated, row, [c for c in block.columns if c.stated], block, draft, seen)
        else:
            place_value(entry, row, [c for c in block.columns if not c.stated], block, draft, seen)
    for group in block.exclusive:
        both = [key for key in group if key in seen and draft.cells[CellRef(draft.key, block.key, row, key)].state is not State.BLANK]
        if len(both) > 1:
            draft.findings.append(Finding(
                "fields-contradict", f"“{both[0]}”和“{both[1]}”只能填一个", seen[both[1]].place, hint="保留与实际相符的一个",
            ))


def place_value(entry: Entry, row: str, columns: list[Column], block: Block, draft: Draft, seen: dict[str, Scalar]) -> None:
    """One `column: value`."""
    known = {normal(name): column for column in reversed(columns) for name in (column.label, column.data_key)}
    column = known.get(normal(entry.key.text))
    if column is None:
        draft.findings.append(Finding(
            "field-unknown", f"“{block.key or draft.form.title}”没有“{entry.key.text[:30]}”这一栏", entry.key.place,
            hint=did_you_mean(normal(entry.key.text), [one.data_key for one in columns]),
        ))
        draft.doubtful.add(block.key)
    elif column.key in seen:
        draft.findings.append(twice(entry.key, seen[column.key]))
    else:
        seen[column.key] = entry.key
        put(entry.value, row, column, block, draft)


def put(node: Node, row: str, column: Column, block: Block, draft: Draft) -> None:
    """One value into its cell."""
    draft.cells[CellRef(draft.key, block.key, row, column.key)] = read_cell(node, column, draft.findings)


def read_records(node: Node | None, block: Block, draft: Draft) -> None:
    """Rows in written order; a block with one column takes bare values; an item that nobody filled in is no row."""
    items = tuple(item for item in node.items if not unfilled(item)) if isinstance(node, Sequence) else ()
    if node is not None and not isinstance(node, Sequence):
        draft.findings.append(misplaced(node.place, block.key or draft.form.title, "列表，每项以“- ”开头"))
    draft.axes[block.key] = Axes(block, tuple(Row(str(number), str(number)) for number in range(1, len(items) + 1)))
    for number, item in enumerate(items, 1):
        if isinstance(item, Mapping):
            read_columns(item, str(number), block, draft)
        elif len(block.columns) == 1:
            put(item, str(number), block.columns[0], block, draft)
        else:
            draft.findings.append(misplaced(item.place, block.key or draft.form.title, f"分栏的列表，每项有：{'、'.join(c.key for c in block.columns)}"))


def read_indicators(node: Node | None, block: Block, draft: Draft) -> None:
    """First level → second level → list of third levels; a level or an item may be empty, as in the printed form."""
    rows: list[Row] = []
    for level, first in level_entries(node, {name: one.key for one in block.levels for name in (one.label, one.key)}, block, draft):
        under = next(one.under for one in block.levels if one.key == level)
        names = {name: row.key for row in under for name in (*row.aliases, row.label, row.key)}
        for second, value in level_entries(first.value, names, block, draft):
            draft.places[block.key, second] = value.key.place
            items = value.value.items if isinstance(value.value, Sequence) else ()
            if not items and not (isinstance(value.value, Scalar) and (value.value.blank or value.value.text.strip() in ABSENCES)):
                draft.findings.append(misplaced(value.value.place, value.key.text, "列表，每项以“- ”开头"))
            for number, item in enumerate((one for one in items if not unfilled(one)), 1):
                rows.append(read_indicator(item, Row(f"{second}{number}", "", under=(level, second)), block, draft))
    draft.axes[block.key] = Axes(block, tuple(rows))


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


def unfilled(item: Node) -> bool:
    """True for an item of a list in which nothing was written, as a new file has them."""
    if isinstance(item, Scalar):
        return item.blank
    children = [entry.value for entry in item.entries] if isinstance(item, Mapping) else item.items
    return all(unfilled(child) for child in children)


def read_indicator(item: Node, row: Row, block: Block, draft: Draft) -> Row:
    """One third-level indicator: its name under 指标, the rest in the form's columns."""
    if isinstance(item, Scalar):
        return replace(row, label=item.text.strip())
    if not isinstance(item, Mapping):
        draft.findings.append(misplaced(item.place, "指标", "“指标: 名称”开头的一组"))
        return row
    name = item.get(INDICATOR)
    if not isinstance(name, Scalar) or name.blank:
        draft.findings.append(Finding("indicator-unnamed", "这一项没有写指标名称", item.place, hint=f"每项先写“{INDICATOR}: 名称”；原表为空的写“{INDICATOR}: 无”"))
    draft.places[block.key, row.key] = item.place
    rest = replace(item, entries=tuple(entry for entry in item.entries if entry.key.text != INDICATOR))
    read_columns(rest, row.key, block, draft)
    return replace(row, label=name.text.strip() if isinstance(name, Scalar) else "")
