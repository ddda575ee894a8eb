"""Where and when forms are used: templates by region and year, and everything declared together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from build_tools.diagnostics import Place
from build_tools.forms.concepts import Concept
from build_tools.forms.model import Form, Measure

# a template that names no year holds always
EVER, FOREVER = 1900, 2999
# the kind of forms that belong to no disclosure: district.yaml, 公开信息, the code book
SHARED = "公共"


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a disclosure: a heading and the forms under it."""

    slug: str
    heading: str
    tables: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """The ordered parts of one kind of disclosure in a region, with their forms. `kind` is its Chinese name.

    It holds from the year in which it `begins` until another of its region and kind does, or until it `ends`; the last
    year for which somebody has seen it used is `known`. An `optional` one is used only by districts that choose it.
    """

    name: str
    kind: str
    slug: str
    title: str
    sections: tuple[Section, ...]
    forms: tuple[Form, ...]
    measures: tuple[Measure, ...]
    provenance: str
    place: Place
    region: str
    begins: int
    known: int
    ends: int = FOREVER
    optional: bool = False

    @property
    def tables(self) -> tuple[str, ...]:
        """Every table key in official order."""
        return tuple(key for section in self.sections for key in section.tables)

    @property
    def by_key(self) -> Mapping[str, Form]:
        """Its forms by their keys, in official order."""
        return {form.key: form for form in self.forms}

    def form(self, key: str) -> Form | None:
        """Its form with this key."""
        return next((form for form in self.forms if form.key == key), None)

    def form_with(self, concept: Concept) -> Form | None:
        """Its form that has a concept; None where none does."""
        return next((form for form in self.forms if concept in form.concepts), None)

    def lists(self, form: Form) -> bool:
        """True where it uses this variant."""
        return any(one.variant == form.variant for one in self.forms)

    @property
    def span(self) -> str:
        """For where and when it is known: 湖南 2020—2022 年."""
        if (self.begins, self.known) == (EVER, FOREVER):
            return f"{self.region} 各年度"
        if self.known == FOREVER:
            return f"{self.region} {self.begins} 年起"
        return f"{self.region} {self.begins}{'' if self.known == self.begins else f'—{self.known}'} 年"


def last_year(template: Template, templates: Iterable[Template]) -> int:
    """The year before the next template of its region and kind that every district uses, at most that of its end."""
    later = (
        one.begins - 1
        for one in templates
        if (one.region, one.slug) == (template.region, template.slug)
        and one.begins > template.begins
        and not one.optional
    )
    return min(template.ends, *later, FOREVER)


@dataclass(frozen=True, slots=True)
class Forms:
    """Everything declared: every variant once, and the templates that say where and when they are used."""

    forms: tuple[Form, ...]
    templates: tuple[Template, ...]

    def template(self, slug: str, region: str, year: int, chosen: Iterable[str] = ()) -> Template | None:
        """The newest template of this kind (by file name) that has begun in a region, of two that begin together the
        one that the district has `chosen`. None where it has ended, or none has begun.
        """
        fitting = [
            one
            for one in self.templates
            if one.slug == slug
            and one.region == region
            and one.begins <= year
            and (not one.optional or one.name in chosen)
        ]
        newest = max(fitting, key=lambda one: (one.begins, one.name in chosen), default=None)
        return newest if newest and year <= newest.ends else None

    def common(self, slug: str) -> Form:
        """A form that is not a table of any disclosure. Its absence is a broken installation, not a user's mistake."""
        return next(form for form in self.forms if form.kind == SHARED and form.slug == slug)

    def form(self, key: str, region: str, year: int) -> Form | None:
        """The form with this key in the templates of a region and year."""
        slugs = dict.fromkeys(one.slug for one in self.templates)
        found = (template.form(key) for slug in slugs if (template := self.template(slug, region, year)))
        return next((form for form in found if form), None)

    def kind_of(self, slug: str) -> str:
        """The Chinese name of a kind of disclosure, as ledgers and data files call it; '' for one that is not known."""
        return next((one.kind for one in self.templates if one.slug == slug), "")

    def uses(self, form: Form) -> tuple[Template, ...]:
        """The templates that list this variant; those that a district must choose only where there are no others."""
        listing = tuple(one for one in self.templates if one.lists(form))
        return tuple(one for one in listing if not one.optional) or listing
