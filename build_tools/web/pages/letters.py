"""Letters with their answers and corrections, shown where they belong and listed together on one page of the site.

What the one page needs stands in summaries, and there a letter is no more than its first words; the whole of it is on
the page of its department, at an address of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from build_tools.accounts.corpus import Inquiry
from build_tools.accounts.statement import as_date
from build_tools.checks import Checked, Report
from build_tools.web.pages.model import Link, Page, Site, link_to_kind
from build_tools.web.pages.status import full_title, url_of, visible

ROOT = link_to_kind("inquiries")
FIRST_WORDS = 80


@dataclass(frozen=True, slots=True)
class Letter:
    """An answered letter as a page prints it. `about` is the disclosure it asks about, None where that is the
    department or not public.
    """

    inquiry: Inquiry
    about: Link | None

    @property
    def anchor(self) -> str:
        """Its address on the page."""
        return f"inquiry-{self.inquiry.number}"


@dataclass(frozen=True, slots=True)
class Noted:
    """A letter or a correction in the list of the site: `day` to sort by, `date` as written, what it is about, its
    words and whose reason.
    """

    day: str
    date: str
    link: Link
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Correspondence:
    """Of a department: its answered letters, and what was corrected in its public disclosures."""

    letters: tuple[Noted, ...] = ()
    corrections: tuple[Noted, ...] = ()


def letters(report: Report, checked: Checked | None = None) -> tuple[Letter, ...]:
    """The letters of a department, newest first; of one disclosure those that ask about it."""
    found = [Letter(one, disclosure_of(one, report)) for one in report.department.inquiries]
    asked = [
        one
        for one in found
        if checked is None or (one.inquiry.year, one.inquiry.kind) == (checked.disclosure.year, checked.disclosure.kind)
    ]
    return tuple(sorted(asked, key=lambda one: (day_of(one.inquiry.answered), one.inquiry.number), reverse=True))


def disclosure_of(inquiry: Inquiry, report: Report) -> Link | None:
    """The public disclosure that a letter asks about."""
    of_kind = (
        one
        for one in report.checked
        if (one.disclosure.year, one.disclosure.kind) == (inquiry.year, inquiry.kind) and visible(one)
    )
    return next((disclosure_link(one, report) for one in of_kind), None)


def disclosure_link(checked: Checked, report: Report) -> Link:
    """单位全称 + 年度 + 名称."""
    one = checked.disclosure
    return Link(full_title(report.department.name_in(one.year), one.year, one.kind), url_of(report, one.year, one.slug))


def corrected(report: Report) -> tuple[Noted, ...]:
    """What was corrected in the public disclosures of a department, newest first."""
    found = [
        Noted(day_of(one.date), one.date, disclosure_link(checked, report), one.what, one.why)
        for checked in report.checked
        if visible(checked)
        for one in checked.disclosure.corrections
    ]
    return in_order(found)


def correspondence(report: Report) -> Correspondence:
    """What the summary of a department says of both."""
    listed = [
        Noted(
            day_of(one.inquiry.answered),
            one.inquiry.answered,
            Link(report.department.name, f"{url_of(report)}#{one.anchor}"),
            shortened(one.inquiry.question),
        )
        for one in letters(report)
    ]
    return Correspondence(in_order(listed), corrected(report))


def letters_pages(departments: Sequence[Correspondence], site: Site) -> Iterator[Page]:
    """All of them together; no page where there is nothing, because an empty column is a fault of government sites."""
    asked = in_order(one for department in departments for one in department.letters)
    changed = in_order(one for department in departments for one in department.corrections)
    if asked or changed:
        yield Page(
            url=ROOT.url,
            title=ROOT.title,
            description=f"公众来信和答复 {len(asked)} 件，公开后的更正 {len(changed)} 处",
            template="inquiries.html.j2",
            crumbs=site.root_crumbs,
            values={"letters": asked, "corrections": changed},
        )


def in_order(found: Iterable[Noted]) -> tuple[Noted, ...]:
    """Newest first; those of one day by address."""
    return tuple(sorted(sorted(found, key=lambda one: (one.link.url, one.text)), key=lambda one: one.day, reverse=True))


def day_of(text: str) -> str:
    """A written date as one that can be sorted; a month stands for its first day."""
    day = as_date(text)
    return day.isoformat() if day else ""


def shortened(text: str) -> str:
    """The first words."""
    line = " ".join(text.split())
    return line if len(line) <= FIRST_WORDS else f"{line[:FIRST_WORDS]}…"
