"""A table's tree → a `Statement`: every written value in its cell, every key that fits nowhere reported.

One mistake is one finding: where a row could not be recognised, what staff left out of the same block is treated as
unknown, so that a misspelt row does not also break the totals above it.
"""

from __future__ import annotations

from build_tools.accounts.statement.codes import CodeNames
from build_tools.accounts.statement.draft import Draft, misplaced, twice
from build_tools.accounts.statement.lists import read_indicators, read_records
from build_tools.accounts.statement.model import ABSENCES, Statement
from build_tools.accounts.statement.names import Codebook, normal
from build_tools.accounts.statement.rows import read_coded, read_fields, read_lines, same_in_all
from build_tools.accounts.statement.scalars import shorten
from build_tools.amount import DECLARED
from build_tools.diagnostics import Finding
from build_tools.forms import Block, Form, did_you_mean
from build_tools.source import Entry, Mapping, Node, Scalar
from build_tools.source.language import RESERVED, TABLE_NOTE, TABLE_ROWS, TABLE_STATUS, TABLE_UNIT


def read_statement(
    node: Node, form: Form, year: int, codebook: Codebook, findings: list[Finding], instance: str = ""
) -> Statement:
    """Read one table. Findings name unknown keys, unreadable values, duplicate rows, contradictory fields."""
    form = printed_form(node, form, findings)
    draft = Draft(form, CodeNames(codebook, year), findings, instance)
    unit, note, absence, taken = form.unit, "", "", dict[str, Scalar]()
    if isinstance(node, Scalar):
        absence = read_absence(node, form, findings)
    elif isinstance(node, Mapping):
        single = form.blocks[0] if len(form.blocks) == 1 and form.blocks[0].key == "" else None
        rest, taken = take_reserved(node, own_words(form, single))
        unit, note, absence = read_reserved(taken, form, findings)
        if absence and rest.entries:
            findings.append(
                Finding(
                    "table-contradicts",
                    f"“{form.title}”的状态写“{absence}”，下面却填了内容",
                    rest.entries[0].key.place,
                    hint="有数据的，删去“状态”一行；确实没有的，删去填写的内容",
                )
            )
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
    return Statement(
        form,
        unit,
        {} if absence else draft.axes,
        draft.cells,
        node.place,
        absence,
        note,
        frozenset(draft.doubtful),
        draft.places,
        instance,
        draft.amounts,
        taken[TABLE_NOTE].place if note else None,
    )


def printed_form(node: Node, form: Form, findings: list[Finding]) -> Form:
    """The form as this document prints it: which of its rows, under which labels (行式: 24类)."""
    written = node.get(TABLE_ROWS) if isinstance(node, Mapping) else None
    single = form.blocks[0] if len(form.blocks) == 1 and form.blocks[0].key == "" else None
    if not isinstance(written, Scalar) or written.blank or TABLE_ROWS in own_words(form, single):
        return form
    names = tuple(one.strip() for one in written.text.split("、"))
    found = form.printed_as(names)
    if found is None:
        unknown = next((one for one in names if one not in form.choice_names), written.text)
        findings.append(
            Finding(
                "print-unknown",
                f"“{form.title}”没有“{shorten(unknown)}”这种行式",
                written.place,
                hint=did_you_mean(unknown, form.choice_names) or "这张表只有一种行式，删去这一行",
            )
        )
    return found or form


def own_words(form: Form, single: Block | None) -> set[str]:
    """Keys that belong to the form itself, even where they are spelt like 金额单位, 注, 状态 or 行式."""
    if single is None:
        return {block.key for block in form.blocks}
    return {column.data_key for column in single.columns} if single.kind == "fields" else set()


def take_reserved(node: Mapping, own: set[str]) -> tuple[Mapping, dict[str, Scalar]]:
    """Unit, note, status and 行式 apart from the rows, unless the form uses these words itself."""
    taken: dict[str, Scalar] = {}
    rest: list[Entry] = []
    for entry in node.entries:
        if entry.key.text in RESERVED and entry.key.text not in own and isinstance(entry.value, Scalar):
            taken[entry.key.text] = entry.value
        else:
            rest.append(entry)
    return Mapping(tuple(rest), node.file, node.line, node.column), taken


def read_reserved(taken: dict[str, Scalar], form: Form, findings: list[Finding]) -> tuple[str, str, str]:
    """Unit, note and absence of a table."""
    unit = taken[TABLE_UNIT].text.strip() if TABLE_UNIT in taken else form.unit
    if TABLE_UNIT in taken and unit not in DECLARED:
        findings.append(
            Finding(
                "unit-unknown",
                f"金额单位不能是“{shorten(unit)}”",
                taken[TABLE_UNIT].place,
                hint=f"可以写：{'、'.join(DECLARED)}",
            )
        )
        unit = form.unit
    absence = read_absence(taken[TABLE_STATUS], form, findings) if TABLE_STATUS in taken else ""
    return unit, taken[TABLE_NOTE].text.strip() if TABLE_NOTE in taken else "", absence


def read_absence(node: Scalar, form: Form, findings: list[Finding]) -> str:
    """The word that stands for a whole table."""
    word = node.text.strip()
    if word in ABSENCES:
        return word
    message = f"“{form.title}”没有内容" if not word else f"“{form.title}”不能只写“{word[:20]}”"
    findings.append(
        Finding(
            "table-blank" if not word else "table-not-a-table",
            message,
            node.place,
            hint=f"填写各行，或写明缘由：{'、'.join(ABSENCES)}",
        )
    )
    return "未载明"


def read_blocks(node: Mapping, form: Form, draft: Draft) -> None:
    """The blocks of a form by their keys."""
    known = {normal(block.key): block for block in form.blocks}
    seen: dict[str, Scalar] = {}
    for entry in node.entries:
        block = known.get(normal(entry.key.text))
        if block is None:
            draft.findings.append(
                Finding(
                    "field-unknown",
                    f"“{form.title}”里没有“{entry.key.text[:30]}”这一部分",
                    entry.key.place,
                    hint=did_you_mean(entry.key.text, [one.key for one in form.blocks]),
                )
            )
            draft.doubtful |= {one.key for one in form.blocks}
        elif block.key in seen:
            draft.findings.append(twice(entry.key, seen[block.key]))
        else:
            seen[block.key] = entry.key
            read_block(entry.value, block, draft)


def read_block(node: Node | None, block: Block, draft: Draft) -> None:
    """One block of any kind; None and a blank mean that nothing was written."""
    if isinstance(node, Scalar) and node.blank:
        node = None
    if (
        isinstance(node, Scalar)
        and node.text.strip() in ABSENCES
        and not (block.kind == "fields" and len(block.columns) == 1)
    ):
        for row in block.rows if block.kind == "lines" else ():
            same_in_all(node, row.key, block, draft)
        if block.kind == "fields":
            same_in_all(node, "", block, draft)
        node = None
    if block.kind == "records":
        read_records(node, block, draft)
    elif block.kind == "indicators":
        read_indicators(node, block, draft)
    elif block.kind == "coded":
        read_coded(node, block, draft)
    else:
        draft.axes[block.key] = block.axes
        (read_lines if block.kind == "lines" else read_fields)(node, block, draft)
