"""One form file → a `Form` whose rules are still text.

Shape only: whether names exist and identities hold together is proved in `proof`, when all forms are known.
"""

from __future__ import annotations

from build_tools.forms import reading as r
from build_tools.forms.model import Form
from build_tools.forms.numbering import number_form
from build_tools.forms.read_block import key_of, read_block, read_counted, slug_of
from build_tools.forms.read_concepts import read_concepts
from build_tools.forms.read_layout import read_layout
from build_tools.forms.read_rules import RuleText, read_rules
from build_tools.source import Mapping, Node

FORM_KEYS = (
    "key",
    "slug",
    "title",
    "kind",
    "number",
    "unit",
    "omitted",
    "notes",
    "empty_note",
    "provenance",
    "blocks",
    "print",
    "rules",
    "variant",
    "based_on",
    "repeated",
    "measures",
    "grades",
    "concepts",
    "alternatives",
    "reasons",
)


def read_form(root: Mapping, findings: r.Findings, variant: str = "") -> tuple[Form | None, tuple[RuleText, ...]]:
    """The form in this tree. None where its shape is so wrong that nothing can be said about it."""
    before = len(findings)
    found = r.members(
        root, "表样", FORM_KEYS, ("key", "slug", "title", "kind", "blocks", "provenance"), findings, root.place
    )
    if len(findings) > before and not {"key", "slug", "blocks"} <= found.keys():
        return None, ()
    nodes = r.items(found.get("blocks"), "blocks", findings)
    blocks = tuple(read_block(node, findings) for node in nodes)
    layout = read_layout(found.get("print"), blocks, findings, root.place)
    counted = [read_counted(node, block, findings) for node, block in zip(nodes, blocks, strict=True)]
    blocks, layout = number_form(blocks, layout, counted, findings)
    form = Form(
        key=key_of(found, findings),
        slug=slug_of(found, findings),
        title=r.text(found, "title", findings),
        kind=r.text(found, "kind", findings),
        blocks=blocks,
        layout=layout,
        rules=(),
        provenance=r.text(found, "provenance", findings),
        place=root.place,
        variant=variant,
        number=r.text(found, "number", findings),
        unit=r.choice(found, "unit", ("", "元", "万元", "亿元"), findings, ""),
        omitted="zero" if r.choice(found, "omitted", ("zero", "blank"), findings, "blank") == "zero" else "blank",
        notes=r.texts(found.get("notes"), "notes", findings),
        empty_note=r.text(found, "empty_note", findings),
        repeated=r.text(found, "repeated", findings),
        grades=read_grades(found.get("grades"), findings),
        concepts=read_concepts(found.get("concepts"), blocks, root.place, findings),
    )
    check_unit(form, findings)
    return form, read_rules(found.get("rules"), findings)


def check_unit(form: Form, findings: r.Findings) -> None:
    """An amount without a unit could not be held against any other."""
    bare = next(
        (
            column
            for block in form.blocks
            for column in block.columns
            if column.type == "amount" and not (column.unit or form.unit)
        ),
        None,
    )
    if bare:
        r.wrong(findings, bare.place, f"“{bare.label}”是金额，却没有写金额单位", "在表上写 unit: 万元（或 元）")


def read_grades(node: Node | None, findings: r.Findings) -> tuple[tuple[str, int], ...]:
    """Words of 等级 and the marks from which they hold, best first; none where two begin alike or the lowest
    not at 0.
    """
    written = [
        (entry.key.text, r.whole({"grades": entry.value}, "grades", findings))
        for entry in r.entries(node, "grades", findings)
    ]
    grades = sorted(((word, least) for word, least in written if least is not None), key=lambda one: -one[1])
    if node and (
        len({least for _, least in grades}) < len(written) or not grades or grades[-1][1] or grades[0][1] > 100
    ):
        r.wrong(
            findings,
            node.place,
            "grades 要写明每一等从几分起，各不相同，最低一等从 0 起，都不过 100",
            "如 {优: 90, 良: 80, 中: 60, 差: 0}",
        )
        return ()
    return tuple(grades)
