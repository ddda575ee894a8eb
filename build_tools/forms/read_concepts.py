"""Where a form says that its concepts stand (`concepts: {total_expenditure: 支出.本年支出合计.金额}`): each path is
proved to lead to a table, block, row, column or cell when forms are loaded.
"""

from __future__ import annotations

from build_tools.diagnostics import Place
from build_tools.forms import reading as r
from build_tools.forms.blocks import Block
from build_tools.forms.concepts import Concept, Concepts, Spot
from build_tools.source import Node, Scalar, Sequence

# a path that stands for the table as a whole, and the row of a column that every row has
WHOLE, EVERY = "本表", "每行"


def read_concepts(node: Node | None, blocks: tuple[Block, ...], form: Place, findings: r.Findings) -> Concepts:
    """The spots that a form declares, each a table, block, row, column or cell.

    A concept that a variant has inherited from another file, and whose row or column the variant took out, is absent.
    """
    found: dict[str, tuple[Spot, ...]] = {}
    names = [str(one) for one in Concept]
    for entry in r.entries(node, "concepts", findings):
        name, value = entry.key.text, entry.value
        paths = value.items if isinstance(value, Sequence) else (value,)
        if name not in names:
            r.wrong(findings, entry.key.place, f"没有程序会用到“{name}”", r.did_you_mean(name, names))
        elif not paths or not all(isinstance(path, Scalar) for path in paths):
            r.wrong(findings, value.place, f"“{name}”后面要写它在表里的位置", f"写 {WHOLE}，或 块.行.栏")
        else:
            spots = [_read_spot(path, blocks, form, findings) for path in paths if isinstance(path, Scalar)]
            found[name] = tuple(spot for spot in spots if spot is not None)
    return {name: spots for name, spots in found.items() if spots}


def _read_spot(path: Scalar, blocks: tuple[Block, ...], form: Place, findings: r.Findings) -> Spot | None:
    """The spot of a path; None where it means nothing, which is a mistake in the file that wrote it."""
    spot, unknown, known = _resolve(path.text, blocks)
    if spot is None and path.place.file == form.file:
        r.wrong(findings, path.place, f"表里没有“{unknown}”", r.did_you_mean(unknown, known))
    return spot


def _resolve(path: str, blocks: tuple[Block, ...]) -> tuple[Spot | None, str, list[str]]:
    """The spot of a path; else the word that means nothing, and the words that would."""
    parts = [part.strip() for part in path.split(".")]
    if parts == [WHOLE]:
        return Spot("", "", ""), "", []
    block = next((one for one in blocks if one.key and one.key == parts[0]), None)
    if block is not None:
        parts.pop(0)
    block = block or next((one for one in blocks if not one.key), None)
    if block is None:
        return None, parts[0], [WHOLE, *(one.key for one in blocks)]
    if not parts:
        return Spot(block.key, "", ""), "", []
    row = ""
    if block.kind != "fields":
        row, rows = parts.pop(0), _rows_of(block)
        if row not in rows:
            return None, row, rows
        row = "" if row == EVERY else row
    if len(parts) > 1 or (parts and block.column(parts[0]) is None):
        return None, ".".join(parts), [column.key for column in block.columns]
    return Spot(block.key, row, parts[0] if parts else ""), "", []


def _rows_of(block: Block) -> list[str]:
    """What may stand for a row: the printed ones, the total of a code tree, codes that are always printed, indicator
    levels.
    """
    levels = [key for level in block.levels for key in (level.key, *(under.key for under in level.under))]
    named = [*(row.key for row in block.rows), block.total, *(block.listed or {}), *levels]
    return [*(one for one in named if one), EVERY]
