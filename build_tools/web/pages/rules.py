"""The rule book: every identity of the forms in words, as a formula, with its basis, an example, and where it stands
today.

Made from the declarations and the verdicts alone, so that no rule is checked without being described.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from build_tools.checks import Report
from build_tools.diagnostics import Outcome, Verdict, added, occurring
from build_tools.diagnostics.catalogue import CATALOGUE
from build_tools.forms import Form, Forms, Identity
from build_tools.forms.unchecked import unchecked
from build_tools.web.certificate.lines import part_anchor
from build_tools.web.pages.example import Example, example_of
from build_tools.web.pages.model import Link, Page, Site, TocItem, link_to_kind
from build_tools.web.pages.status import rank, url_of, visible
from build_tools.web.pages.wording import formula_words, sentence_of

ROOT = link_to_kind("rules")
# disclosures of a department that are all told one by one, and the most of more than those
FEW, MOST = 3, 12
# nothing that has to be told one by one
PLAIN = {Outcome.PASSED.value, Outcome.DERIVED.value}
GENERAL = (TocItem("六种结果", "words"), TocItem("尾差怎么算", "slack"), TocItem("核对不能证明什么", "limits"))
HINTS = TocItem("提醒类核查", "hints")
# identity id → every form that declares it, with the declaration
Registry = Mapping[str, list[tuple[Form, Identity]]]


@dataclass(frozen=True, slots=True)
class Declaration:
    """An identity as one or several forms declare it alike. `bases` are its citations, each with the forms that give
    it.
    """

    identity: Identity
    bases: tuple[tuple[str, str], ...]
    example: Example | None

    @property
    def forms(self) -> str:
        """Where and when it is declared."""
        return "、".join(forms for forms, _ in self.bases)

    @property
    def sentence(self) -> str:
        """What it asks for."""
        return sentence_of(self.identity)

    @property
    def formula(self) -> str:
        """The formula in words."""
        return formula_words(self.identity.text)


class Result(NamedTuple):
    """What became of an identity in one public disclosure; `url` leads to the certificate of the table."""

    year: int
    url: str
    counts: dict[str, int]


class Standing(NamedTuple):
    """What became of an identity in the `files` public disclosures of one department: all together, and of some each
    apart. A city has a thousand departments and two hundred rules, so of many years only the newest are told, and those
    in which more than 通过 was found.
    """

    files: int
    counts: dict[str, int]
    told: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its rules, and its place in the contents list."""

    kind: str
    item: TocItem
    rules: tuple[str, ...]


def rule_url(rule: str) -> str:
    """The page of a rule."""
    return f"{ROOT.url}{rule}/"


def registry(forms: Forms) -> Registry:
    """Every identity that a form declares."""
    found: dict[str, list[tuple[Form, Identity]]] = {}
    for form in forms.forms:
        for identity in form.rules:
            found.setdefault(identity.id, []).append((form, identity))
    return found


def declarations(rule: str, known: Registry, forms: Forms) -> tuple[Declaration, ...]:
    """Each differing declaration of a rule once, with the forms that share it."""
    alike: dict[tuple[object, ...], list[tuple[Form, Identity]]] = {}
    for form, one in known[rule]:
        alike.setdefault(
            (one.says, one.text, one.severity, one.because, one.blanks, one.natures, bool(one.gives)), []
        ).append((form, one))
    return tuple(
        Declaration(found[0][1], bases(found, forms), example_of(found[0][1], near(found[0][0], forms)))
        for found in alike.values()
    )


def bases(found: list[tuple[Form, Identity]], forms: Forms) -> tuple[tuple[str, str], ...]:
    """Each citation once, with the forms that give it and where and when these are used."""
    order = {id(one): number for number, one in enumerate(forms.templates)}
    cited: dict[str, list[tuple[int, str]]] = {}
    for form, identity in found:
        uses = ((order[id(one)], f"{form.title}（{one.span}）") for one in forms.uses(form))
        cited.setdefault(identity.citation, []).extend(uses)
    return tuple(
        ("、".join(dict.fromkeys(text for _, text in sorted(names))), citation) for citation, names in cited.items()
    )


def near(form: Form, forms: Forms) -> list[Form]:
    """The forms that a rule of this form may name: those of the same region and year, for each key one."""
    home = forms.uses(form)[0]
    beside = (forms.template(slug, home.region, home.begins) for slug in dict.fromkeys(t.slug for t in forms.templates))
    found = (one for template in (home, *beside) if template for one in template.forms)
    return list({one.key: one for one in reversed(list(found))}.values())


def standings(report: Report) -> dict[str, Standing]:
    """Rule id → what became of it in the public disclosures of a department."""
    found: dict[str, list[Result]] = {}
    for checked in filter(visible, report.checked):
        disclosure = checked.disclosure
        by_rule: dict[str, list[Verdict]] = {}
        for verdict in checked.verdicts:
            by_rule.setdefault(verdict.rule, []).append(verdict)
        address = url_of(report, disclosure.year, disclosure.slug)
        for rule, verdicts in by_rule.items():
            url = f"{address}#{part_anchor(disclosure.statements[verdicts[0].table])}"
            found.setdefault(rule, []).append(Result(disclosure.year, url, occurring(verdicts)))
    return {
        rule: Standing(len(ones), some(added(one.counts for one in ones)), told_apart(ones))
        for rule, ones in found.items()
    }


def some(counts: dict[str, int]) -> dict[str, int]:
    """Without the outcomes that did not occur."""
    return {word: number for word, number in counts.items() if number}


def told_apart(found: list[Result]) -> tuple[Result, ...]:
    """The results that are told one by one, in order of time."""
    order = sorted(found, key=lambda one: (one.year, one.url))
    if len(order) <= FEW:
        return tuple(order)
    notable = [one for one in order[:-1] if one.counts.keys() - PLAIN]
    return (*notable[-MOST:], order[-1])


def total(found: Iterable[Standing]) -> dict[str, int]:
    """The counts of several departments together."""
    return added(one.counts for one in found)


def rule_pages(departments: Iterable[tuple[Link, Mapping[str, Standing]]], site: Site) -> Iterator[Page]:
    """The index and one page for each rule, with the `standings` of every department."""
    forms = site.project.forms
    known = registry(forms)
    stands: dict[str, list[tuple[Link, Standing]]] = {}
    for link, found in departments:
        for rule, standing in found.items():
            stands.setdefault(rule, []).append((link, standing))
    told = {rule: declarations(rule, known, forms) for rule in known}
    tables = list(tables_of(forms, known))
    names = dict.fromkeys(one.kind for one in tables)
    kinds = [
        TocItem(name, f"kind-{number}", tuple(one.item for one in tables if one.kind == name))
        for number, name in enumerate(names, 1)
    ]
    rules = {
        one.item.id: [(told[rule][0], total(one for _, one in stands.get(rule, []))) for rule in one.rules]
        for one in tables
    }
    yield Page(
        url=ROOT.url,
        title=ROOT.title,
        description=f"本站核对的 {len(known)} 条勾稽关系：依据、公式、例子和目前的结果",
        template="rules.html.j2",
        crumbs=site.root_crumbs,
        toc=(*GENERAL, *kinds, HINTS),
        values={
            "kinds": kinds,
            "rules": rules,
            "number": len(known),
            "alone": alone(forms),
            "hints": {code: entry for code, entry in CATALOGUE.items() if entry.check},
        },
    )
    for rule, declared in told.items():
        yield rule_page(rule, declared, stands.get(rule, []), site)


def alone(forms: Forms) -> list[tuple[str, dict[str, tuple[str, ...]]]]:
    """By template what no rule names, for those that have such figures."""
    found = [
        (one.name, unchecked(one, [other for other in forms.templates if other.region == one.region]))
        for one in forms.templates
    ]
    return [(name, titles) for name, titles in found if titles]


def tables_of(forms: Forms, known: Registry) -> Iterator[Table]:
    """The tables that have rules: kinds of disclosure in the order of a year, tables in official order; every rule
    once.
    """
    ranks = {one.kind: rank(one.slug) for one in forms.templates}
    places = {(one.kind, key): place for one in forms.templates for place, key in enumerate(one.tables)}
    found: dict[tuple[str, str], list[str]] = {}
    for rule, declared in known.items():
        found.setdefault((declared[0][0].kind, declared[0][0].key), []).append(rule)
    order = sorted(found, key=lambda name: (ranks.get(name[0], len(ranks)), places.get(name, len(places))))
    for number, (kind, key) in enumerate(order, 1):
        title = known[found[kind, key][0]][0][0].title
        yield Table(kind, TocItem(title, f"table-{number}"), tuple(found[kind, key]))


def rule_page(rule: str, found: tuple[Declaration, ...], stands: list[tuple[Link, Standing]], site: Site) -> Page:
    """One rule."""
    every = [one for _, one in stands]
    return Page(
        url=rule_url(rule),
        title=f"{rule}：{found[0].sentence}",
        description=f"勾稽关系 {rule}：{found[0].sentence}。依据、公式、例子和目前的结果",
        template="rule.html.j2",
        crumbs=(*site.root_crumbs, ROOT),
        values={
            "rule": rule,
            "declarations": found,
            "departments": stands,
            "counts": total(every),
            "number": sum(one.files for one in every),
        },
    )
