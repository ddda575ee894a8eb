"""The declared Hunan forms made to serve the fictional region 示例 in every year, by `based_on` and nothing else.

No real region is said to use a form longer than it does: what is written here goes into the generated district's own
`forms/` folder and holds for 示例 only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from benchmarks.emit import Value, document, node
from build_tools.forms import Template, load_forms
from build_tools.forms.load import OWN
from build_tools.source import Entry, Mapping, Scalar, Sequence, parse, read_bytes, write

REGION, LIKE = "示例", "湖南"
YEARS = ("1900", "2999")
KINDS = ("final-accounts", "performance-targets", "self-evaluation", "evaluation-report")
# prose from end to end; the generator writes figures
LEFT_OUT = ("整体支出绩效自评报告", "项目支出绩效自评报告")
PROVENANCE = "虚构的示例县沿用湖南的样式，年度不限；不是任何地区的规定"


def form_files() -> Iterator[tuple[str, str]]:
    """Name and text of every file of the district's `forms/`: the newest template of each kind, and its tables."""
    declared, findings = load_forms()
    assert not findings
    for kind in KINDS:
        template = max((one for one in declared.templates if one.slug == kind and one.region == LIKE), key=lambda one: one.years)
        yield f"{kind}/template.yaml", template_text(template)
        for key in template.tables:
            form = declared.form(key, LIKE, template.years[1])
            assert form is not None
            if key not in LEFT_OUT:
                yield f"{kind}/{form.slug}.yaml", document({"variant": f"{key}（{REGION}）", "based_on": key, **claims()})


def claims() -> dict[str, Value]:
    """Where and when a declaration holds, and why."""
    return {"region": REGION, "years": list(YEARS), "provenance": PROVENANCE}


def template_text(template: Template) -> str:
    """The template as declared, for the other region and without the tables that are left out."""
    root = parse(read_bytes(OWN.parent / template.place.file), "").root
    assert root is not None
    changed = {"template": f"{REGION}{template.title}", **claims()}
    entries = (replace(one, value=node(changed[one.key.text])) if one.key.text in changed else one for one in root.entries)
    return write(without(replace(root, entries=tuple(entries))))


def without(tree: Mapping) -> Mapping:
    """The same tree without what names a table that is left out."""
    return replace(tree, entries=tuple(replace(entry, value=pruned(entry)) for entry in tree.entries))


def pruned(entry: Entry) -> Mapping | Sequence | Scalar:
    """The value of an entry, pruned all the way down."""
    value = entry.value
    if isinstance(value, Mapping):
        return without(value)
    if isinstance(value, Sequence):
        items = (item for item in value.items if not (isinstance(item, Scalar) and item.text in LEFT_OUT))
        return replace(value, items=tuple(without(item) if isinstance(item, Mapping) else item for item in items))
    return value
