"""Templates: where and from when which tables are used, in which order; and regions whose forms are another's.

Shape and lists are read here; that the rules of the listed tables hold together is proved in `proof`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import combinations

from build_tools.forms import reading as r
from build_tools.forms.declared import DraftTemplate, table_name, tables_of, word
from build_tools.forms.model import Form
from build_tools.forms.read_block import slug_of
from build_tools.forms.templates import EVER, FOREVER, SHARED, Section, Template
from build_tools.source import Mapping as Tree
from build_tools.source import Node

KEYS = (
    "template",
    "based_on",
    "kind",
    "slug",
    "title",
    "region",
    "from",
    "known",
    "until",
    "optional",
    "sections",
    "measures",
    "provenance",
    "variants",
)
NEEDED = ("template", "kind", "slug", "title", "region", "from", "sections", "provenance")
SECTION_KEYS = ("slug", "heading", "tables", "number", "note")
REGION_KEYS = ("region", "same_as", "from", "known", "provenance")
# forms of files that belong to no disclosure
PLACE_IN_ORDER = "{序}"


def read_template(draft: DraftTemplate, forms: Mapping[str, Form], findings: r.Findings) -> Template:
    """A template with its forms, whose rules are not yet bound, and without its measures."""
    found = r.members(draft.tree, "模板", KEYS, NEEDED, findings, draft.tree.place)
    begins, known, ends = read_years(found, findings)
    sections: list[Section] = []
    listed: dict[str, Form] = {}
    for node in r.items(found.get("sections"), "sections", findings):
        one = r.members(node, "部分", SECTION_KEYS, ("slug", "heading"), findings, node.place)
        r.items(one.get("tables"), "tables", findings)
        tables = read_tables(node, r.text(one, "number", findings), draft, forms, listed, findings)
        sections.append(
            Section(slug_of(one, findings), r.text(one, "heading", findings), tables, r.text(one, "note", findings))
        )
    return Template(
        name=draft.name,
        kind=r.text(found, "kind", findings),
        slug=slug_of(found, findings),
        title=r.text(found, "title", findings),
        sections=tuple(sections),
        forms=tuple(listed.values()),
        measures=(),
        provenance=r.text(found, "provenance", findings),
        place=draft.tree.place,
        region=r.text(found, "region", findings),
        begins=begins,
        known=known,
        ends=ends,
        optional=r.choice(found, "optional", ("是", "否"), findings, "否") == "是",
    )


def read_years(found: dict[str, Node], findings: r.Findings) -> tuple[int, int, int]:
    """From which year it holds, the last year that it is known for, the year with which it ends."""
    begins = r.year(found, "from", findings, EVER)
    known = r.year(found, "known", findings, begins)
    ends = r.year(found, "until", findings, FOREVER)
    for key, value, least in (("known", known, begins), ("until", ends, known)):
        if value < least and key in found:
            r.wrong(findings, found[key].place, f"{key} 的 {value} 早于 {least}")
    return begins, known, ends


def read_tables(
    section: Node,
    number: str,
    draft: DraftTemplate,
    forms: Mapping[str, Form],
    listed: dict[str, Form],
    findings: r.Findings,
) -> tuple[str, ...]:
    """The keys of a section's tables; the forms themselves into `listed`, numbered by their place in the section."""
    keys: list[str] = []
    for node in tables_of(section):
        name = table_name(node)
        form = forms.get(draft.own.get(name, name))
        form = form and forms.get(draft.own.get(form.key, form.variant))
        if form is None:
            r.wrong(findings, node.place, f"没有叫“{name}”的表", r.did_you_mean(name, [*forms, *draft.own]))
            continue
        if form.key in listed:
            r.wrong(findings, node.place, f"“{form.key}”在模板里列了两次")
            continue
        keys.append(form.key)
        said = number.replace(PLACE_IN_ORDER, f"{len(keys):02}")
        listed[form.key] = numbered(form, said) if said else form
    return tuple(keys)


def numbered(form: Form, number: str) -> Form:
    """The form under the number that its place in a template gives it."""
    return replace(form, number=number, choices=tuple(replace(one, number=number) for one in form.choices))


def with_forms(template: Template, forms: Mapping[str, Form]) -> Template:
    """The template with its forms as they are now, under their numbers."""
    return replace(template, forms=tuple(numbered(forms[one.variant], one.number) for one in template.forms))


def read_regions(trees: Iterable[Tree], templates: tuple[Template, ...], findings: r.Findings) -> tuple[Template, ...]:
    """The templates that a region has from another one. Its own of the same kind and year come before them."""
    found: list[Template] = []
    like_others: dict[str, str] = {}
    regions = tuple(dict.fromkeys(one.region for one in templates))
    for tree in trees:
        said = r.members(tree, "地区", REGION_KEYS, ("region", "same_as", "provenance"), findings, tree.place)
        other, region = word(tree, "same_as"), word(tree, "region")
        if region in like_others:
            r.wrong(findings, tree.place, f"“{region}”已经写了照哪里的表样（{like_others[region]}）", "只留一个")
            continue
        like_others[region] = tree.file
        if other not in regions:
            r.wrong(findings, said["same_as"].place, f"没有“{other}”的模板", r.did_you_mean(other, regions))
            continue
        own = {(one.slug, one.begins) for one in templates if one.region == region}
        like = [one for one in templates if one.region == other]
        for one in like:
            copy = replace(one, region=region, provenance=word(tree, "provenance"))
            begun = [same.begins for same in like if same.slug == one.slug and not same.optional]
            if "from" in said and one.begins == min(begun, default=one.begins) and not one.optional:
                copy = replace(copy, begins=r.year(said, "from", findings, one.begins))
            if "known" in said and one.begins == max(begun, default=one.begins) and not one.optional:
                copy = replace(copy, known=r.year(said, "known", findings, one.known))
            if (copy.slug, copy.begins) not in own:
                found.append(copy)
    return tuple(found)


def prove_templates(templates: Iterable[Template], forms: Iterable[Form], findings: r.Findings) -> None:
    """Every name is one template's, in one region only one of a kind begins in a year, and every variant is listed."""
    templates = tuple(templates)
    for one, other in combinations(templates, 2):
        if (one.slug, one.region, one.begins) == (other.slug, other.region, other.begins) and not (
            one.optional or other.optional
        ):
            r.wrong(
                findings,
                other.place,
                f"{one.region}从 {one.begins} 年起的{one.title}有两个模板，另一个在 {one.place.file}",
                "用 from 把年度分开；由区县自己选用的写 optional: 是",
            )
    listed = {form.variant for template in templates for form in template.forms}
    for form in forms:
        if form.variant not in listed and form.kind != SHARED:
            r.wrong(findings, form.place, f"没有模板用到“{form.variant}”", "写进模板的 tables，或删去这个变体")
