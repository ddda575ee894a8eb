"""How a form is printed: the `print` part of its file, held against the blocks that it prints.

A layout that does not fit its blocks would fail in the middle of a build; here it is a mistake with a line.
"""

from __future__ import annotations

from typing import cast

from build_tools.diagnostics import Place
from build_tools.forms import reading as r
from build_tools.forms.blocks import TOP, Block, Style
from build_tools.forms.model import Layout
from build_tools.source import Node

PRINT_KEYS = (
    "style",
    "sets",
    "set_heads",
    "footers",
    "numbered",
    "headed",
    "titles",
    "code_columns",
    "code_head",
    "total_last",
    "paired",
    "top",
)
CODE_LEVELS = {"functional": 3, "economic": 2}
STYLES = ("sides", "rows", "sets", "transposed", "list")


def read_layout(node: Node | None, blocks: tuple[Block, ...], findings: r.Findings, at: Place) -> Layout:
    """The print layout; without one a form is printed block after block."""
    if node is None:
        return Layout("list")
    found = r.members(node, "print", PRINT_KEYS, ("style",), findings, at)
    style = r.choice(found, "style", STYLES, findings, "list")
    layout = Layout(
        style=cast(Style, style),
        sets=tuple(r.texts(one, "sets", findings) for one in r.items(found.get("sets"), "sets", findings)),
        set_heads=pairs(found.get("set_heads"), "set_heads", findings),
        footers=pairs(found.get("footers"), "footers", findings),
        numbered=yes(found, "numbered", findings, "是"),
        headed=yes(found, "headed", findings, "是"),
        titles=r.texts(found.get("titles"), "titles", findings),
        code_columns=r.texts(found.get("code_columns"), "code_columns", findings),
        code_head=r.text(found, "code_head", findings),
        total_last=yes(found, "total_last", findings),
        paired=yes(found, "paired", findings),
        top=r.texts(found.get("top"), "top", findings) or TOP,
    )
    check_layout(layout, blocks, findings, node.place)
    return layout


def yes(found: dict[str, Node], key: str, findings: r.Findings, default: str = "否") -> bool:
    """是 or 否."""
    return r.choice(found, key, ("是", "否"), findings, default) == "是"


def pairs(node: Node | None, what: str, findings: r.Findings) -> tuple[tuple[str, int], ...]:
    """A mapping from a text to a number of column sets."""
    return tuple(
        (entry.key.text, r.whole({what: entry.value}, what, findings) or 1) for entry in r.entries(node, what, findings)
    )


def check_layout(layout: Layout, blocks: tuple[Block, ...], findings: r.Findings, place: Place) -> None:
    """What is declared is printed: a title for every side, nothing that a layout has no place for."""
    check_codes(layout, blocks, findings, place)
    if layout.style in ("sets", "transposed"):
        check_single_block(layout, blocks, findings, place)
    if layout.style == "sides" and layout.titles and len(layout.titles) != len(blocks):
        r.wrong(findings, place, f"sides 有 {len(blocks)} 个块，titles 却有 {len(layout.titles)} 个")
    gaps = [row for block in blocks for row in block.rows if row.gap]
    if layout.style != "sides":
        for row in gaps:
            r.wrong(findings, row.place, f"“{row.label}”的 gap 印不出来", "只有 sides 的行上面可以空行")


def check_codes(layout: Layout, blocks: tuple[Block, ...], findings: r.Findings, place: Place) -> None:
    """A code is cut into as many columns as it has levels, and only a transposed table has pairs."""
    for block in blocks:
        wanted = CODE_LEVELS.get(block.codes)
        if layout.code_columns and wanted and len(layout.code_columns) != wanted:
            r.wrong(findings, place, f"code_columns 应有 {wanted} 个名称，与科目的级数一样多")
    if layout.paired and layout.style != "transposed":
        r.wrong(findings, place, "paired 只用于 transposed")


def check_single_block(layout: Layout, blocks: tuple[Block, ...], findings: r.Findings, place: Place) -> None:
    """Column sets print one block of codes, with a total below every group; a transposed table prints one block of
    lines.
    """
    kind = "coded" if layout.style == "sets" else "lines"
    if len(blocks) != 1 or blocks[0].kind != kind:
        r.wrong(findings, place, f"{layout.style} 只能有一个 {kind} 块")
        return
    if layout.style == "sets":
        heads, footers = sum(width for _, width in layout.set_heads), [key for key, _ in layout.footers]
        if not layout.sets or heads != len(layout.sets) or len(footers) != len(layout.set_heads):
            r.wrong(findings, place, "sets 的 set_heads 合起来要与各列组（sets）一样多，footers 与 set_heads 一样多")
        check_sets(blocks[0], footers, findings, place)


def check_sets(block: Block, footers: list[str], findings: r.Findings, place: Place) -> None:
    """Column sets print one column of figures, and of the rows without a code those that stand below a group."""
    rows = [row.key for row in block.rows]
    for key in footers:
        if key not in rows:
            r.wrong(findings, place, f"footers 里的“{key}”不是本块的行", r.did_you_mean(key, rows))
    for row in block.rows:
        if row.key not in footers:
            r.wrong(findings, row.place, f"“{row.label}”印不出来：它不在 footers 里", r.did_you_mean(row.key, footers))
    for column in block.columns[1:]:
        if not column.stated:
            r.wrong(findings, column.place, f"“{column.label}”印不出来：sets 只印一栏数", "去掉这一栏，或换一种 style")
