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
    "style", "lines", "sets", "set_heads", "footers", "numbered", "headed", "titles", "code_columns", "code_head", "total_last", "paired", "top",
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
        lines=tuple(r.span(one, "lines", findings, (1, 1)) for one in r.items(found.get("lines"), "lines", findings)),
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
    return tuple((entry.key.text, r.whole({what: entry.value}, what, findings) or 1) for entry in r.entries(node, what, findings))


def check_layout(layout: Layout, blocks: tuple[Block, ...], findings: r.Findings, place: Place) -> None:
    """The 行次 of a two-sided table run without a gap, and every printed row has one inside its side."""
    check_codes(layout, blocks, findings, place)
    if layout.style in ("sets", "transposed"):
        check_single_block(layout, blocks, findings, place)
    if layout.style != "sides":
        return
    if len(layout.lines) != len(blocks):
        r.wrong(findings, place, "sides 要为每个块写明行次的起止（lines）")
        return
    for (first, last), block in zip(layout.lines, blocks, strict=True):
        for row in block.rows:
            if row.line is None or not first <= row.line <= last:
                r.wrong(findings, row.place, f"“{row.label}”的行次应在 {first} 到 {last} 之间")
    for (_, last), (first, _) in zip(layout.lines, layout.lines[1:], strict=False):
        if first != last + 1 and layout.numbered:
            r.wrong(findings, place, f"行次不连续：{last} 之后应是 {last + 1}，却是 {first}")


def check_codes(layout: Layout, blocks: tuple[Block, ...], findings: r.Findings, place: Place) -> None:
    """A code is cut into as many columns as it has levels, and only a transposed table has pairs."""
    for block in blocks:
        wanted = CODE_LEVELS.get(block.codes)
        if layout.code_columns and wanted and len(layout.code_columns) != wanted:
            r.wrong(findings, place, f"code_columns 应有 {wanted} 个名称，与科目的级数一样多")
    if layout.paired and layout.style != "transposed":
        r.wrong(findings, place, "paired 只用于 transposed")


def check_single_block(layout: Layout, blocks: tuple[Block, ...], findings: r.Findings, place: Place) -> None:
    """Column sets print one block of codes, with a total below every group; a transposed table prints one block of lines."""
    kind = "coded" if layout.style == "sets" else "lines"
    if len(blocks) != 1 or blocks[0].kind != kind:
        r.wrong(findings, place, f"{layout.style} 只能有一个 {kind} 块")
        return
    if layout.style == "sets":
        heads, footers = sum(width for _, width in layout.set_heads), [key for key, _ in layout.footers]
        if not layout.sets or heads != len(layout.sets) or len(footers) != len(layout.set_heads):
            r.wrong(findings, place, "sets 的 set_heads 合起来要与各列组（sets）一样多，footers 与 set_heads 一样多")
        for key in footers:
            if blocks[0].fixed_row(key) is None:
                r.wrong(findings, place, f"footers 里的“{key}”不是本块的行", r.did_you_mean(key, [row.key for row in blocks[0].rows]))
