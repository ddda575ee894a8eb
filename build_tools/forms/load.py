"""Every declaration in one or more folders → `Forms`, proved sound, with the findings about them.

The tool's own folder comes first; a district adds its own in `forms/` beside its data. A mistake in a form is reported
like any other and stops the run: what a broken form would check or print cannot be trusted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from build_tools.diagnostics import Finding
from build_tools.forms import reading as r
from build_tools.forms.model import Form, Forms, Measure, Section, Selector, Template
from build_tools.forms.overlay import overlay
from build_tools.forms.proof import attempt, bind_rules, prove_ids, prove_rules
from build_tools.forms.read_form import read_form, slug_of
from build_tools.forms.resolve import Known, resolve
from build_tools.formula import FormulaError, parse_name
from build_tools.source import Mapping, Node, Scalar, parse, read_bytes

OWN = Path(__file__).parent
TEMPLATE_KEYS = ("template", "kind", "slug", "title", "region", "years", "sections", "measures", "provenance")


def load_forms(folders: Iterable[Path] = (), sound: bool = False) -> tuple[Forms, list[Finding]]:
    """All forms and templates of the tool's own folder and of `folders`, and every mistake in them; `sound` = proved before, as they are now."""
    findings: list[Finding] = []
    trees = [tree for folder in (OWN, *folders) for tree in read_folder(folder, findings)]
    drafts = [(tree, *read_form(tree, findings)) for tree in based([tree for tree in trees if not tree.get("template")], findings)]
    forms = [(tree, form, rules) for tree, form, rules in drafts if form is not None]
    templates = [read_template(tree, findings) for tree in trees if tree.get("template")]
    known = Known(by_key(form for _, form, _ in forms), tuple(dict.fromkeys(one.kind for one, _ in templates)))
    bound = tuple(
        replace(form, rules=bind_rules(form, rules, known, findings), measures=read_measures(tree.get("measures"), form, known, findings))
        for tree, form, rules in forms
    )
    finished = tuple(replace(one, measures=read_measures(node, home_of(one, bound), known, findings)) for one, node in templates)
    declared = Forms(bound, finished)
    if not sound:
        prove(declared, findings)
    return declared, list(dict.fromkeys(findings))


def read_folder(folder: Path, findings: list[Finding]) -> list[Mapping]:
    """The trees of every YAML file in a folder, in order of their names."""
    trees = []
    for path in sorted(folder.rglob("*.yaml")):
        parsed = parse(read_bytes(path), path.relative_to(folder.parent).as_posix())
        findings += parsed.findings
        if parsed.root is not None:
            trees.append(parsed.root)
    return trees


def based(trees: list[Mapping], findings: list[Finding]) -> list[Mapping]:
    """Each tree laid over the form that it is based on. A base is named by its `variant`, or by its key if it has none."""
    named: dict[str, Mapping] = {}
    for tree in trees:
        name = word(tree, "variant") or word(tree, "key")
        if name in named:
            r.wrong(findings, tree.place, f"“{name}”已经声明过（{named[name].file}）", "不同年度或地区的变体要写 variant，名称不能重复")
        named[name] = tree
    return [over_base(tree, named, findings, ()) for tree in trees]


def over_base(tree: Mapping, named: dict[str, Mapping], findings: list[Finding], seen: tuple[str, ...]) -> Mapping:
    """Follow `based_on` to its end."""
    base = word(tree, "based_on")
    if not base:
        return tree
    if base not in named or base in seen:
        message = f"based_on 转了圈：{' → '.join((*seen, base))}" if base in seen else f"没有叫“{base}”的表"
        r.wrong(findings, (tree.get("based_on") or tree).place, message, r.did_you_mean(base, named))
        return tree
    return overlay(over_base(named[base], named, findings, (*seen, base)), tree, findings)


def word(tree: Mapping, key: str) -> str:
    """A scalar of the tree, '' where there is none."""
    node = tree.get(key)
    return node.text.strip() if isinstance(node, Scalar) else ""


def by_key(forms: Iterable[Form]) -> dict[str, tuple[Form, ...]]:
    """Every variant of each table."""
    found: dict[str, tuple[Form, ...]] = {}
    for form in forms:
        found[form.key] = (*found.get(form.key, ()), form)
    return found


def read_template(root: Mapping, findings: list[Finding]) -> tuple[Template, Node | None]:
    """A template, and its measures still as a tree."""
    found = r.members(root, "模板", TEMPLATE_KEYS, ("template", "kind", "slug", "title", "sections", "provenance"), findings, root.place)
    sections = []
    for node in r.items(found.get("sections"), "sections", findings):
        one = r.members(node, "部分", ("slug", "heading", "tables", "note"), ("slug", "heading"), findings, node.place)
        sections.append(Section(
            slug_of(one, findings), r.text(one, "heading", findings), r.texts(one.get("tables"), "tables", findings), r.text(one, "note", findings),
        ))
    template = Template(
        kind=r.text(found, "kind", findings), slug=slug_of(found, findings), title=r.text(found, "title", findings),
        sections=tuple(sections), measures=(), provenance=r.text(found, "provenance", findings), place=root.place,
        region=r.text(found, "region", findings, "全国"), years=r.span(found.get("years"), "years", findings, (1900, 2999)),
    )
    return template, found.get("measures")


def home_of(template: Template, forms: tuple[Form, ...]) -> Form | None:
    """A form of the template, from which names of its other tables can be seen."""
    return next((form for form in forms if form.key in template.tables), None)


def read_measures(node: Node | None, home: Form | None, known: Known, findings: list[Finding]) -> tuple[Measure, ...]:
    """Key figures with their cells resolved, as seen from the form `home`."""
    measures = []

    def read_cell(written: str) -> Selector:
        if home is None:
            raise FormulaError("模板里没有表")
        return resolve(parse_name(written), home, known)

    for item in r.items(node, "measures", findings):
        found = r.members(item, "主要数据", ("key", "label", "cell"), ("key", "cell"), findings, item.place)
        cell = found.get("cell")
        selector = attempt(cell, findings, read_cell) if isinstance(cell, Scalar) else None
        if selector:
            key = r.text(found, "key", findings)
            measures.append(Measure(key, r.text(found, "label", findings, key), selector))
    return tuple(measures)


def prove(declared: Forms, findings: list[Finding]) -> None:
    """What can only be said of all declarations together."""
    prove_ids(declared.forms, findings)
    prove_apart([(form, form.key) for form in declared.forms], findings)
    prove_apart([(template, template.slug) for template in declared.templates], findings)
    for template in declared.templates:
        for year in turning_years(template, declared.forms):
            prove_year(template, year, declared, findings)


def prove_apart(named: Iterable[tuple[Form | Template, str]], findings: list[Finding]) -> None:
    """In one region and year a name means one declaration."""
    for (one, name), (other, same) in combinations(named, 2):
        first, last = max(one.years[0], other.years[0]), min(one.years[1], other.years[1])
        if name == same and one.region == other.region and first <= last:
            r.wrong(findings, other.place, f"“{name}”在 {first} 年有两个变体（另一个在 {one.place.file}）", "用 years 把年度分开")


def turning_years(template: Template, forms: Iterable[Form]) -> list[int]:
    """The first year of a template, and those in which one of its tables changes or ends."""
    first, last = template.years
    turns = {year for form in forms if form.key in template.tables for year in (form.years[0], form.years[1] + 1)}
    return [first, *sorted(year for year in turns if first < year <= last)]


def prove_year(template: Template, year: int, declared: Forms, findings: list[Finding]) -> None:
    """In a year of a template every table is declared, each under its own slug, and their rules hold together."""
    beside: dict[str, Form] = {}
    for key in template.tables:
        form = declared.form(key, template.region, year)
        if form is None:
            known = [one.key for one in declared.forms]
            hint = f"为这个年度增加一个变体，写 based_on: {key}" if key in known else r.did_you_mean(key, known)
            r.wrong(findings, template.place, f"模板里的“{key}”没有适用于 {template.region} {year} 年的表", hint)
        elif beside.setdefault(form.slug, form) is not form:
            r.wrong(findings, form.place, f"slug“{form.slug}”在同一模板里用了两次（另一处在 {beside[form.slug].place.file}）")
    prove_rules(beside.values(), findings)
