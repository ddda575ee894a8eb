"""One form file → a `Form` whose rules are still text.

Shape only: whether names exist and identities hold together is proved in `proof`, when all forms are known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from build_tools.diagnostics import Place, Severity
from build_tools.forms import reading as r
from build_tools.forms.blocks import STATED, Block, Codes, Column, FixedRow, Kind, Level, Type
from build_tools.forms.model import Blanks, Form
from build_tools.forms.read_layout import read_layout
from build_tools.forms.resolve import RESERVED
from build_tools.formula import survives
from build_tools.source import Mapping, Node, Scalar

FORM_KEYS = (
    "key", "slug", "title", "kind", "number", "unit", "region", "years", "omitted", "notes", "empty_note", "provenance",
    "blocks", "print", "rules", "variant", "based_on", "repeated", "measures", "grades",
)
BLOCK_KEYS = ("key", "kind", "heading", "columns", "fields", "rows", "groups", "codes", "flat", "listed", "levels", "exclusive", "note", "ordinal")
COLUMN_KEYS = ("key", "label", "type", "unit", "number", "head", "options", "stated", "private", "blank")
ROW_KEYS = ("key", "label", "line", "code", "aliases", "head", "total")
RULE_KEYS = ("id", "says", "rule", "gives", "citation", "severity", "because", "blanks", "natures")
KINDS = ("fields", "lines", "coded", "records", "indicators")
LEVEL_KEYS = ("key", "label", "full", "under")
TYPES = ("amount", "count", "percent", "text", "prose", "date", "choice", "names", "term", "score", "target", "project", "ordinal")
SLUG = re.compile(r"(?=.{1,60}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule before its names are resolved, with the scalars that hold it, for places inside the text."""

    id: str
    says: str
    rule: Scalar
    gives: tuple[Scalar, ...]
    citation: str
    severity: Severity
    because: str
    blanks: Blanks
    natures: tuple[str, ...]
    place: Place


def read_form(root: Mapping, findings: r.Findings) -> tuple[Form | None, tuple[RuleText, ...]]:
    """The form in this tree. None where its shape is so wrong that nothing can be said about it."""
    before = len(findings)
    found = r.members(root, "表", FORM_KEYS, ("key", "slug", "title", "kind", "blocks", "provenance"), findings, root.place)
    if len(findings) > before and not {"key", "slug", "blocks"} <= found.keys():
        return None, ()
    blocks = tuple(read_block(node, findings) for node in r.items(found.get("blocks"), "blocks", findings))
    form = Form(
        key=key_of(found, findings),
        slug=slug_of(found, findings),
        title=r.text(found, "title", findings),
        kind=r.text(found, "kind", findings),
        blocks=blocks,
        layout=read_layout(found.get("print"), blocks, findings, root.place),
        rules=(),
        provenance=r.text(found, "provenance", findings),
        place=root.place,
        number=r.text(found, "number", findings),
        unit=r.choice(found, "unit", ("", "元", "万元", "亿元"), findings, ""),
        region=r.text(found, "region", findings, "全国"),
        years=r.span(found.get("years"), "years", findings, (1900, 2999)),
        omitted="zero" if r.choice(found, "omitted", ("zero", "blank"), findings, "blank") == "zero" else "blank",
        notes=r.texts(found.get("notes"), "notes", findings),
        empty_note=r.text(found, "empty_note", findings),
        repeated=r.text(found, "repeated", findings),
        grades=read_grades(found.get("grades"), findings),
    )
    check_unit(form, findings)
    return form, read_rules(found.get("rules"), findings)


def check_unit(form: Form, findings: r.Findings) -> None:
    """An amount without a unit could not be held against any other."""
    bare = next((column for block in form.blocks for column in block.columns if column.type == "amount" and not (column.unit or form.unit)), None)
    if bare:
        r.wrong(findings, bare.place, f"“{bare.label}”是金额，却没有写金额单位", "在表上写 unit: 万元（或 元）")


def key_of(found: dict[str, Node], findings: r.Findings) -> str:
    """A key that can be used in data and in formulas: an identifier that NFKC leaves alone."""
    key = r.text(found, "key", findings)
    check_key(key, found["key"].place if key else None, findings)
    return key


def check_key(key: str, place: Place | None, findings: r.Findings) -> None:
    """A key that could not be named in a rule is a mistake."""
    if place and not survives(key):
        r.wrong(findings, place, f"键“{key}”含有标点、空格或全角字符，公式里无法使用", "键只用汉字、字母、数字，且不以数字开头；印出的字样写在 label")
    elif key in RESERVED and place:
        r.wrong(findings, place, f"键“{key}”在公式里另有所指", "换一个键；印出的字样写在 label")


def slug_of(found: dict[str, Node], findings: r.Findings) -> str:
    """A slug becomes part of an address and the name of a file."""
    slug = r.text(found, "slug", findings)
    if slug and not SLUG.fullmatch(slug):
        r.wrong(findings, found["slug"].place, f"slug“{slug}”不能用作网址", "只用小写英文字母、数字和连字符，不超过 60 个，如 three-public-expenses")
    return slug


def read_block(node: Node, findings: r.Findings) -> Block:
    """One block. A `fields` block declares its fields where others declare columns."""
    found = r.members(node, "块", BLOCK_KEYS, ("kind",), findings, node.place)
    kind = cast(Kind, r.choice(found, "kind", KINDS, findings, "lines"))
    columns = tuple(read_column(one, findings) for one in r.items(found.get("fields" if kind == "fields" else "columns"), "columns", findings))
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
        listed={entry.key.text: r.text({"名称": entry.value}, "名称", findings) for entry in r.entries(found.get("listed"), "listed", findings)},
        levels=tuple(read_level(one, findings) for one in r.items(found.get("levels"), "levels", findings)),
        exclusive=tuple(r.texts(one, "exclusive", findings) for one in r.items(found.get("exclusive"), "exclusive", findings)),
        note=r.text(found, "note", findings),
        ordinal=r.text(found, "ordinal", findings),
    )
    check_block(block, findings)
    return block


def check_block(block: Block, findings: r.Findings) -> None:
    """Keys are unique on each axis, and a block has what its kind needs."""
    if not block.columns:
        r.wrong(findings, block.place, "块里没有栏目（columns 或 fields）")
    if block.kind == "lines" and not block.rows:
        r.wrong(findings, block.place, "lines 块要列出各行（rows）")
    if block.kind == "indicators" and not block.levels:
        r.wrong(findings, block.place, "indicators 块要列出一级、二级指标（levels）")
    if block.kind == "coded" and not block.codes:
        r.wrong(findings, block.place, "coded 块要写明 codes：functional 或 economic")
    for what, keys in (("栏", [(one.key, one.place) for one in block.columns]), ("行", [(one.key, one.place) for one in block.rows])):
        seen: set[str] = set()
        for key, place in keys:
            if key in seen:
                r.wrong(findings, place, f"{what}的键“{key}”重复")
            seen.add(key)
    for group in block.exclusive:
        for key in group:
            if block.column(key) is None:
                r.wrong(findings, block.place, f"exclusive 里的“{key}”不是本块的栏目", r.did_you_mean(key, [one.key for one in block.columns]))


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
        key=STATED + key if stated else key, label=r.text(found, "label", findings, key), type=kind, place=node.place,
        unit=r.text(found, "unit", findings), number=r.text(found, "number", findings),
        head=r.texts(found.get("head"), "head", findings), options=options, stated=stated,
        private=r.choice(found, "private", ("是", "否"), findings, "否") == "是", blank=r.text(found, "blank", findings),
    )


def read_row(node: Node, findings: r.Findings) -> FixedRow:
    """A printed row; a bare text is a row whose label is its key."""
    if isinstance(node, Scalar):
        found: dict[str, Node] = {"key": node}
    else:
        found = r.members(node, "行", ROW_KEYS, ("key",), findings, node.place)
    key = key_of(found, findings)
    return FixedRow(
        key=key, label=r.text(found, "label", findings, key), place=node.place, line=r.whole(found, "line", findings),
        code=r.text(found, "code", findings), aliases=r.texts(found.get("aliases"), "aliases", findings),
        head=r.texts(found.get("head"), "head", findings), total=r.choice(found, "total", ("是", "否"), findings, "否") == "是",
    )


def read_level(node: Node, findings: r.Findings) -> Level:
    """A first-level indicator and the second levels under it."""
    found = r.members(node, "一级指标", LEVEL_KEYS, ("key", "under"), findings, node.place)
    key = key_of(found, findings)
    under = tuple(read_row(one, findings) for one in r.items(found.get("under"), "under", findings))
    return Level(key, r.text(found, "label", findings, key), node.place, r.whole(found, "full", findings), under)


def read_groups(node: Node | None, rows: tuple[FixedRow, ...], columns: tuple[Column, ...], findings: r.Findings) -> dict[str, tuple[str, ...]]:
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
            r.wrong(findings, entry.value.place, f"“{entry.key.text}”应写成 [首, 尾]，都是本块同一轴上的键",
                    r.did_you_mean(ends[0] if ends else "", [*axes[0], *axes[1]]))
            continue
        groups[entry.key.text] = tuple(axis[axis.index(ends[0]) : axis.index(ends[1]) + 1])
    return groups


def read_grades(node: Node | None, findings: r.Findings) -> tuple[tuple[str, int], ...]:
    """Words of 等级 and the marks from which they hold, best first; none where two begin alike or the lowest not at 0."""
    written = [(entry.key.text, r.whole({"grades": entry.value}, "grades", findings)) for entry in r.entries(node, "grades", findings)]
    grades = sorted(((word, least) for word, least in written if least is not None), key=lambda one: -one[1])
    if node and (len({least for _, least in grades}) < len(written) or not grades or grades[-1][1] or grades[0][1] > 100):
        r.wrong(findings, node.place, "grades 要写明每一等从几分起，各不相同，最低一等从 0 起，都不过 100", "如 {优: 90, 良: 80, 中: 60, 差: 0}")
        return ()
    return tuple(grades)


def read_rules(node: Node | None, findings: r.Findings) -> tuple[RuleText, ...]:
    """Rules as text. A rule without a basis is a mistake: the law is a required field."""
    rules = []
    for item in r.items(node, "rules", findings):
        found = r.members(item, "规则", RULE_KEYS, ("id", "says", "rule", "citation"), findings, item.place)
        rule, given = found.get("rule"), found.get("gives")
        gives = (given,) if isinstance(given, Scalar) else r.items(given, "gives", findings)
        if not isinstance(rule, Scalar) or not all(isinstance(one, Scalar) for one in gives):
            r.wrong(findings, item.place, "规则的 rule 应是一段文字，gives 应是一段文字或它们的列表")
            continue
        if "citation" in found and not r.text(found, "citation", findings):
            r.wrong(findings, found["citation"].place, "规则缺少依据（citation）", "写明出自哪部法规、哪张表的编制说明")
        severity = Severity(r.choice(found, "severity", [one.value for one in Severity], findings, Severity.ERROR.value))
        because = r.text(found, "because", findings)
        if severity is Severity.HINT and not because:
            r.wrong(findings, item.place, "只作提示的规则要写明原因（because）")
        rules.append(RuleText(
            r.text(found, "id", findings), r.text(found, "says", findings), rule, scalars(gives), r.text(found, "citation", findings), severity, because,
            cast(Blanks, r.choice(found, "blanks", ("", "zero", "silent"), findings, "")), r.texts(found.get("natures"), "natures", findings), item.place,
        ))
    return tuple(rules)


def scalars(nodes: tuple[Node, ...]) -> tuple[Scalar, ...]:
    """Those of the nodes that are text."""
    return tuple(node for node in nodes if isinstance(node, Scalar))
