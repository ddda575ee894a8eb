"""The axes of a form from its YAML: blocks with their columns, printed rows, indicator levels and groups.

Shape only, like `read_form`: whether rules can name what stands here is proved when all forms are known.
"""

from __future__ import annotations

import re
from typing import cast

from build_tools.diagnostics import Place
from build_tools.forms import reading as r
from build_tools.forms.blocks import STATED, Block, Codes, Column, FixedRow, Kind, Level, Type
from build_tools.forms.resolve import RESERVED
from build_tools.formula import survives
from build_tools.source import Mapping, Node, Scalar

BLOCK_KEYS = (
    "key",
    "kind",
    "heading",
    "columns",
    "fields",
    "rows",
    "groups",
    "codes",
    "flat",
    "listed",
    "levels",
    "exclusive",
    "note",
    "ordinal",
    "wanted",
    "counted",
)
COLUMN_KEYS = ("key", "label", "type", "unit", "head", "options", "stated", "private", "blank")
ROW_KEYS = ("key", "label", "code", "aliases", "head", "total", "gap")
KINDS = ("fields", "lines", "coded", "records", "indicators")
LEVEL_KEYS = ("key", "label", "full", "under")
TYPES = (
    "amount",
    "count",
    "percent",
    "text",
    "prose",
    "date",
    "choice",
    "names",
    "term",
    "score",
    "target",
    "project",
    "ordinal",
)
SLUG = re.compile(r"(?=.{1,60}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")


def key_of(found: dict[str, Node], findings: r.Findings) -> str:
    """A key that can be used in data and in formulas: an identifier that NFKC leaves alone."""
    key = r.text(found, "key", findings)
    check_key(key, found["key"].place if key else None, findings)
    return key


def check_key(key: str, place: Place | None, findings: r.Findings) -> None:
    """A key that could not be named in a rule is a mistake."""
    if place and not survives(key):
        r.wrong(
            findings,
            place,
            f"键“{key}”含有标点、空格或全角字符，公式里无法使用",
            "键只用汉字、字母、数字，且不以数字开头；印出的字样写在 label",
        )
    elif key in RESERVED and place:
        r.wrong(findings, place, f"键“{key}”在公式里另有所指", "换一个键；印出的字样写在 label")


def slug_of(found: dict[str, Node], findings: r.Findings) -> str:
    """A slug becomes part of an address and the name of a file."""
    slug = r.text(found, "slug", findings)
    if slug and not SLUG.fullmatch(slug):
        r.wrong(
            findings,
            found["slug"].place,
            f"slug“{slug}”不能用作网址",
            "只用小写英文字母、数字和连字符，不超过 60 个，如 three-public-expenses",
        )
    return slug


def read_block(node: Node, findings: r.Findings) -> Block:
    """One block. A `fields` block declares its fields where others declare columns."""
    found = r.members(node, "块", BLOCK_KEYS, ("kind",), findings, node.place)
    kind = cast(Kind, r.choice(found, "kind", KINDS, findings, "lines"))
    columns = tuple(
        read_column(one, findings)
        for one in r.items(found.get("fields" if kind == "fields" else "columns"), "columns", findings)
    )
    rows = tuple(read_row(one, findings) for one in r.items(found.get("rows"), "rows", findings))
    totals = [row.key for row in rows if row.total]
    block = Block(
        key=key_of(found, findings) if "key" in found else "",
        kind=kind,
        columns=columns,
        place=node.place,
        heading=r.texts(found.get("heading"), "heading", findings),
        rows=rows,
        groups=read_groups(found.get("groups"), rows, columns, findings),
        codes=cast(Codes, r.choice(found, "codes", ("", "functional", "economic"), findings, "")),
        total=totals[0] if totals else "",
        flat=r.choice(found, "flat", ("是", "否"), findings, "否") == "是",
        listed={
            entry.key.text: r.text({"listed": entry.value}, "listed", findings)
            for entry in r.entries(found.get("listed"), "listed", findings)
        },
        levels=tuple(read_level(one, findings) for one in r.items(found.get("levels"), "levels", findings)),
        exclusive=tuple(
            r.texts(one, "exclusive", findings) for one in r.items(found.get("exclusive"), "exclusive", findings)
        ),
        note=r.text(found, "note", findings),
        ordinal=r.text(found, "ordinal", findings),
        wanted=r.texts(found.get("wanted"), "wanted", findings),
    )
    check_block(block, findings)
    return block


def check_block(block: Block, findings: r.Findings) -> None:
    """Keys are unique on each axis and codes among the rows, and a block has what its kind needs."""
    if not block.columns:
        r.wrong(findings, block.place, "块里没有栏目（columns 或 fields）")
    if block.kind == "lines" and not block.rows:
        r.wrong(findings, block.place, "lines 块要列出各行（rows）")
    if block.kind == "indicators" and not block.levels:
        r.wrong(findings, block.place, "indicators 块要列出一级、二级指标（levels）")
    if block.kind == "coded" and not block.codes:
        r.wrong(findings, block.place, "coded 块要写明 codes：functional 或 economic")
    for what, keys in (
        ("栏的键", [(one.key, one.place) for one in block.columns]),
        ("行的键", [(one.key, one.place) for one in block.rows]),
        # a figure under a code is looked for by it, and would be counted in both rows
        ("行的编码", [(one.code, one.place) for one in block.rows if one.code]),
    ):
        seen: set[str] = set()
        for key, place in keys:
            if key in seen:
                r.wrong(findings, place, f"{what}“{key}”重复")
            seen.add(key)
    named = [("exclusive", key) for group in block.exclusive for key in group]
    named += [("wanted", key) for key in block.wanted]
    for what, key in named:
        if block.column(key) is None:
            hint = r.did_you_mean(key, [one.key for one in block.columns])
            r.wrong(findings, block.place, f"{what} 里的“{key}”不是本块的栏目", hint)


def read_column(node: Node, findings: r.Findings) -> Column:
    """A column or field; a bare text is an amount whose label is its key."""
    if isinstance(node, Scalar):
        found: dict[str, Node] = {"key": node}
    else:
        found = r.members(node, "栏", COLUMN_KEYS, ("key",), findings, node.place)
    key = key_of(found, findings)
    stated = r.choice(found, "stated", ("是", "否"), findings, "否") == "是"
    kind = cast(Type, r.choice(found, "type", TYPES, findings, "percent" if stated else "amount"))
    options = r.texts(found.get("options"), "options", findings)
    if kind == "choice" and not options:
        r.wrong(findings, node.place, f"“{key}”是选择项，要列出 options")
    return Column(
        key=STATED + key if stated else key,
        label=r.text(found, "label", findings, key),
        type=kind,
        place=node.place,
        unit=r.text(found, "unit", findings),
        head=r.texts(found.get("head"), "head", findings),
        options=options,
        stated=stated,
        private=r.choice(found, "private", ("是", "否"), findings, "否") == "是",
        blank=r.text(found, "blank", findings),
    )


def read_row(node: Node, findings: r.Findings) -> FixedRow:
    """A printed row; a bare text is a row whose label is its key."""
    if isinstance(node, Scalar):
        found: dict[str, Node] = {"key": node}
    else:
        found = r.members(node, "行", ROW_KEYS, ("key",), findings, node.place)
    key = key_of(found, findings)
    return FixedRow(
        key=key,
        label=r.text(found, "label", findings, key),
        place=node.place,
        code=r.text(found, "code", findings),
        aliases=r.texts(found.get("aliases"), "aliases", findings),
        head=r.texts(found.get("head"), "head", findings),
        total=r.choice(found, "total", ("是", "否"), findings, "否") == "是",
        gap=r.whole(found, "gap", findings) or 0,
    )


def read_level(node: Node, findings: r.Findings) -> Level:
    """A first-level indicator and the second levels under it."""
    found = r.members(node, "一级指标", LEVEL_KEYS, ("key", "under"), findings, node.place)
    key = key_of(found, findings)
    under = tuple(read_row(one, findings) for one in r.items(found.get("under"), "under", findings))
    return Level(key, r.text(found, "label", findings, key), node.place, r.whole(found, "full", findings), under)


def read_groups(
    node: Node | None, rows: tuple[FixedRow, ...], columns: tuple[Column, ...], findings: r.Findings
) -> dict[str, tuple[str, ...]]:
    """Named runs, written as `[first, last]` of the rows or of the columns."""
    groups: dict[str, tuple[str, ...]] = {}
    axes = ([row.key for row in rows], [column.key for column in columns])
    for entry in r.entries(node, "groups", findings):
        check_key(entry.key.text, entry.key.place, findings)
        if entry.key.text in (*axes[0], *axes[1]):
            r.wrong(findings, entry.key.place, f"“{entry.key.text}”已经是本块的行或栏，不能再作一组的名字")
        ends = r.texts(entry.value, "groups", findings)
        axis = next((keys for keys in axes if len(ends) == 2 and set(ends) <= set(keys)), None)
        if axis is None or axis.index(ends[0]) > axis.index(ends[1]):
            r.wrong(
                findings,
                entry.value.place,
                f"“{entry.key.text}”应写成 [首, 尾]，都是本块同一轴上的键",
                r.did_you_mean(ends[0] if ends else "", [*axes[0], *axes[1]]),
            )
            continue
        groups[entry.key.text] = tuple(axis[axis.index(ends[0]) : axis.index(ends[1]) + 1])
    return groups


def read_counted(node: Node, block: Block, findings: r.Findings) -> tuple[str, ...]:
    """The groups of rows that are printed 一、二、三."""
    written = node.get("counted") if isinstance(node, Mapping) else None
    groups = r.texts(written, "counted", findings)
    rows = {row.key for row in block.rows}
    known = [name for name, keys in (block.groups or {}).items() if set(keys) <= rows]
    for group in groups:
        if group not in known and written is not None:
            r.wrong(findings, written.place, f"“{group}”不是本块成组的行（groups）", r.did_you_mean(group, known))
    return tuple(group for group in groups if group in known)
