"""Districts, departments and their disclosures as they stand in the data folder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from build_tools.accounts.corpus.changed import UNCHANGED, History, Withdrawal
from build_tools.accounts.corpus.release import RELEASABLE, unclear, unsigned, withheld
from build_tools.accounts.statement import Codebook, Statement
from build_tools.diagnostics import Finding, Place
from build_tools.forms import Concept, Forms, Template


@dataclass(frozen=True, slots=True)
class Reference:
    """What every department shares: the codebook and the glossary (term → explanation, other names resolved)."""

    codebook: Codebook
    glossary: Mapping[str, str]
    terms: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class District:
    """A district: its folder name is its address. `collected` maps a year to the kinds (Chinese) that this site
    collects; `chosen` are the templates that it has chosen among those of its region, `slugs` those of every kind that
    has a template.
    """

    slug: str
    name: str
    full_name: str
    code: str
    region: str
    collected: Mapping[int, tuple[str, ...]]
    findings: tuple[Finding, ...] = ()
    chosen: tuple[str, ...] = ()
    slugs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Project:
    """One root folder read as far as everybody needs it; departments are read one by one.

    `today` is the date of the build: what is dated later is not built.
    """

    root: Path
    forms: Forms
    reference: Reference
    districts: tuple[District, ...]
    findings: tuple[Finding, ...]
    today: date

    def template(self, slug: str, district: District, year: int) -> Template | None:
        """The template by which a district's disclosure of this kind (by file name) and year is read."""
        return self.forms.template(slug, district.region, year, district.chosen)

    @property
    def stopped(self) -> bool:
        """True where no site may be built: what every page needs or shows is broken or must not be published, or of the
        districts none can be read.
        """
        errors = [one for one in self.findings if one.blocks]
        return any(_everybodys(one) for one in errors) or bool(errors and not self.districts)


def _everybodys(finding: Finding) -> bool:
    """True for a mistake in what is no district's: settings, forms, hand-written pages, what is private in reference
    data.
    """
    file = finding.place.file
    return not file.startswith("data/") or (file.startswith("data/reference/") and finding.code.startswith("privacy-"))


@dataclass(frozen=True, slots=True)
class RunningName:
    """A name that a department bore, with the dates as written ('' = open)."""

    name: str
    since: str
    until: str

    def held_in(self, year: int) -> bool:
        """True where this was the name at the end of a year; a date without a year is as good as none."""
        first, last = (re.match("[0-9]{4}", date) for date in (self.since, self.until))
        return (not first or int(first[0]) <= year) and (not last or int(last[0]) > year)


@dataclass(frozen=True, slots=True)
class Remark:
    """Where the published document contradicts itself: the table (of a repeated form with its project), what, why."""

    table: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question with its answer, dates as written; `year` and `kind` (Chinese) name the disclosure it is about, 0 and
    '' where it is about the department. `number` is its place in the file, and its address.
    """

    number: int
    asked: str
    question: str
    answered: str
    answer: str
    year: int
    kind: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What was corrected in a published disclosure, why and when (as written); both without their full stop. `table`,
    `row` and `column` name the figures that it is about, '' for all; `approval` is by whose decision.
    """

    date: str
    what: str
    why: str
    table: str = ""
    row: str = ""
    column: str = ""
    approval: str = ""
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True, slots=True)
class Waiver:
    """A known difference: why an identity does not hold, and the two sides, as printed, for which that was said.

    Without figures it covers nothing.
    """

    place: Place
    reason: str
    figures: tuple[tuple[Decimal, Decimal], ...] = ()

    def covers(self, left: Decimal, right: Decimal) -> bool:
        """True for a difference that it was written for."""
        return (left, right) in self.figures


@dataclass(frozen=True)
class Disclosure:
    """One file: one kind of disclosure of one department for one year.

    `statements` by table key, blank totals derived. `waivers` maps a rule id, with a row where there are several, to
    the known difference; `remarks` are contradictions that no rule finds. `findings` so far are about shape. `absences`
    are the words (无 …) that stand for a whole block, by table and block. `source` is where the file lies, for those
    who must look again at how a text is written; `original` is the PDF beside it (原件); `corrections` what staff
    corrected after it was published; `history` what git knows of it since; `withdrawal` that it was taken back.
    """

    slug: str
    year: int
    file: str
    template: Template | None
    statements: Mapping[str, Statement]
    information: Statement | None
    waivers: Mapping[str, Waiver]
    findings: tuple[Finding, ...]
    embargoed: bool = False
    remarks: tuple[Remark, ...] = ()
    source: Path | None = None
    absences: Mapping[tuple[str, str], str] = field(default_factory=dict)
    original: Path | None = None
    corrections: tuple[Correction, ...] = ()
    history: History = UNCHANGED
    withdrawal: Withdrawal | None = None

    @property
    def kind(self) -> str:
        """部门决算 and so on."""
        return self.template.kind if self.template else self.slug

    def fact(self, field: Concept) -> str:
        """A field of 公开信息 as written, '' where nothing was."""
        return self.information.text_of(field) if self.information else ""

    # every disclosure of a department is asked by every other one
    @cached_property
    def released(self) -> bool:
        """True where staff have marked the file 可公开, both signatures are there and its 公开日期 has come. Nothing of
        any other file is on the site.
        """
        return (
            self.fact(Concept.STATUS) == RELEASABLE
            and not self.embargoed
            and not self.unsigned
            and not unclear(self.information)
        )

    @property
    def unsigned(self) -> tuple[str, ...]:
        """The signatures that are not there, as staff call them."""
        missing = unsigned(self.information)
        return tuple(self.information.name_of(one) if self.information else str(one) for one in missing)

    @property
    def draft(self) -> bool:
        """True where staff have said that it is not yet public. Where 公开信息 cannot be read they have not: then its
        last good version is.
        """
        said = self.embargoed or withheld(self.information) or not unclear(self.information)
        return not self.released and said


@dataclass(frozen=True, slots=True)
class Department:
    """A department (部门) or unit (单位). `information` holds the fields of `department.yaml`, `inquiries` what it was
    asked and answered.
    """

    slug: str
    district: District
    names: tuple[RunningName, ...]
    information: Statement | None
    disclosures: tuple[Disclosure, ...]
    findings: tuple[Finding, ...]
    inquiries: tuple[Inquiry, ...] = ()

    @property
    def name(self) -> str:
        """The newest name."""
        return self.names[-1].name if self.names else self.slug

    def name_in(self, year: int) -> str:
        """The name borne at the end of a year; each year keeps its own."""
        fitting = [one for one in self.names if one.held_in(year)]
        return fitting[-1].name if fitting else self.name

    @property
    def nature(self) -> str:
        """行政, 参公, 事业 or 其他; '' where it is not written."""
        return self.fact(Concept.NATURE)

    def fact(self, field: Concept) -> str:
        """A field of `department.yaml` as written, '' where nothing was."""
        return self.information.text_of(field) if self.information else ""

    @property
    def years(self) -> tuple[int, ...]:
        """Years with any disclosure, ascending."""
        return tuple(sorted({one.year for one in self.disclosures}))
