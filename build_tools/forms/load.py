"""Every declaration in one or more folders → `Forms`, proved sound, with the findings about them.

The tool's own folder comes first; a district adds its own in `forms/` beside its data. A mistake in a form is reported
like any other and stops the run: what a broken form would check or print cannot be trusted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from build_tools.diagnostics import Finding
from build_tools.forms import reading as r
from build_tools.forms.blame import blame_changes
from build_tools.forms.citing import cite_rules
from build_tools.forms.concepts import Concept
from build_tools.forms.declared import Declared, read_folder, sort_declarations
from build_tools.forms.model import Form, Measure, Selector
from build_tools.forms.overlay import overlay
from build_tools.forms.proof import attempt, bind_rules, prove_ids, prove_rules
from build_tools.forms.read_form import read_form
from build_tools.forms.read_rules import RuleText
from build_tools.forms.read_templates import prove_templates, read_regions, read_template, with_forms
from build_tools.forms.reasons import read_reasons
from build_tools.forms.resolve import Known, resolve
from build_tools.forms.templates import Forms, Template
from build_tools.formula import FormulaError, parse_name
from build_tools.resources import FORMS
from build_tools.source import Mapping as Tree
from build_tools.source import Node, Scalar

ALTERNATIVES = "alternatives"
# of n alternatives 2ⁿ − 1 can be chosen together
MOST_ALTERNATIVES = 4


@dataclass(frozen=True, slots=True)
class DraftForm:
    """A form whose rules are still text, and the same form in each of its other ways of printing."""

    tree: Tree
    form: Form
    rules: tuple[RuleText, ...]
    choices: tuple[tuple[Form, tuple[RuleText, ...]], ...]


def load_forms(folders: Iterable[Path] = (), sound: bool = False) -> tuple[Forms, list[Finding]]:
    """All forms and templates of the tool's own folder and of `folders`, and every mistake in them; `sound` = proved
    before, as they are now.
    """
    findings: list[Finding] = []
    trees = read_folder(FORMS, findings)
    before = len(findings)
    added = [tree for folder in folders for tree in read_folder(folder, findings)]
    # also what gave no tree: a file that cannot be read, or that is named so that it is not
    own = {tree.file for tree in added} | {one.place.file for one in findings[before:]}
    written = sort_declarations([*trees, *added], findings)
    drafts = [draft for name, tree in written.forms.items() if (draft := read_draft(name, tree, findings)) is not None]
    templates = read_templates(written, {one.form.variant: one.form for one in drafts}, findings)
    known = known_names([one.form for one in drafts], templates)
    bound = {one.form.variant: bind_form(one, known, findings) for one in drafts}
    finished = tuple(
        replace(
            with_forms(one, bound),
            measures=read_measures(
                written.templates[one.name].tree.get("measures"), one.forms[0] if one.forms else None, known, findings
            ),
        )
        for one in templates
    )
    regions = read_regions(written.regions, finished, findings)
    declared = Forms(tuple(bound.values()), (*finished, *regions))
    if not sound:
        prove(declared, finished, findings)
    changed = {one.form.key: one.form.place for one in drafts if one.form.place.file in own} | {
        one.name: one.place for one in templates if one.place.file in own
    }
    rules = [text for one in drafts for text in one.rules]
    return declared, blame_changes(list(dict.fromkeys(findings)), rules, changed, own)


def read_draft(name: str, tree: Tree, findings: list[Finding]) -> DraftForm | None:
    """A form and its alternatives, each subset of them laid over it. None where its shape is so wrong that nothing can
    be said about it.
    """
    form, rules = read_form(tree, findings, name)
    if form is None:
        return None
    entries = r.entries(tree.get(ALTERNATIVES), ALTERNATIVES, findings)
    if len(entries) > MOST_ALTERNATIVES:
        r.wrong(findings, entries[0].value.place, f"{ALTERNATIVES} 最多 {MOST_ALTERNATIVES} 种")
        return DraftForm(tree, form, rules, ())
    plain = tree._replace(entries=tuple(one for one in tree.entries if one.key.text != ALTERNATIVES))
    choices = []
    for size in range(1, len(entries) + 1):
        for some in combinations(entries, size):
            laid = plain
            for one in some:
                if isinstance(one.value, Tree):
                    laid = overlay(laid, one.value, findings)
                else:
                    r.wrong(findings, one.value.place, f"“{one.key.text}”应写成与表样不同的各项")
            other, texts = read_form(laid, findings, name)
            if other is not None:
                choices.append((replace(other, chosen=tuple(one.key.text for one in some)), texts))
    return DraftForm(tree, form, rules, tuple(choices))


def bind_form(draft: DraftForm, known: Known, findings: list[Finding]) -> Form:
    """The form with its rules and measures resolved, and so its other ways of printing."""

    def bound(form: Form, texts: tuple[RuleText, ...]) -> Form:
        return replace(
            form,
            rules=cite_rules(form, bind_rules(form, texts, known, findings), findings),
            measures=read_measures(draft.tree.get("measures"), form, known, findings),
            reasons=read_reasons(draft.tree.get("reasons"), form, known, findings),
        )

    return replace(bound(draft.form, draft.rules), choices=tuple(bound(form, texts) for form, texts in draft.choices))


def read_templates(written: Declared, forms: Mapping[str, Form], findings: list[Finding]) -> tuple[Template, ...]:
    """Every template, in the order of their files."""
    return tuple(read_template(draft, forms, findings) for draft in written.templates.values())


def known_names(forms: Iterable[Form], templates: tuple[Template, ...]) -> Known:
    """What names in rules can mean."""
    by_key: dict[str, tuple[Form, ...]] = {}
    for form in forms:
        by_key[form.key] = (*by_key.get(form.key, ()), form)
    return Known(by_key, tuple(dict.fromkeys(one.kind for one in templates)), templates)


def read_measures(node: Node | None, home: Form | None, known: Known, findings: list[Finding]) -> tuple[Measure, ...]:
    """Key figures with their cells resolved, as seen from the form `home`. A key in Latin letters is a concept, for
    which programs ask; one in Chinese is a figure that is only shown.
    """
    measures, names = [], [str(one) for one in Concept]

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
            if key.isascii() and key not in names:
                r.wrong(findings, item.place, f"没有程序会用到“{key}”", r.did_you_mean(key, names))
            measures.append(Measure(key, r.text(found, "label", findings, key), selector))
    return tuple(measures)


def prove(declared: Forms, templates: Iterable[Template], findings: list[Finding]) -> None:
    """What can only be said of all declarations together. `templates` are those that stand for themselves."""
    prove_ids(declared.forms, findings)
    prove_templates(declared.templates, declared.forms, findings)
    for template in templates:
        beside: dict[str, Form] = {}
        for form in template.forms:
            if beside.setdefault(form.slug, form) is not form:
                r.wrong(
                    findings,
                    form.place,
                    f"slug“{form.slug}”在同一模板里用了两次（另一处在 {beside[form.slug].place.file}）",
                )
        prove_rules(template.forms, findings)
        for form in template.forms:
            for choice in form.choices:
                prove_rules((choice if one is form else one for one in template.forms), findings, form.key)
