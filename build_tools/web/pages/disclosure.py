"""The page of one disclosure: its sections in official order, and what is said around them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from build_tools.accounts.corpus import Disclosure
from build_tools.accounts.key_figures import key_figures
from build_tools.amount import format_brief
from build_tools.checks import Checked, Report
from build_tools.diagnostics import CellRef, Outcome, Verdict, count_outcomes, occurring
from build_tools.forms import Concept, Form
from build_tools.web.certificate.lines import Part, certificate, has_page, view_of
from build_tools.web.narrative import HEADED, Narrative, explanation, plain_answer
from build_tools.web.pages.about import about_disclosure
from build_tools.web.pages.amended import amendings, marks
from build_tools.web.pages.cells import View
from build_tools.web.pages.contents import contents, missing, tables_of
from build_tools.web.pages.files import by_stem, files_of
from build_tools.web.pages.last_year import before
from build_tools.web.pages.letters import letters
from build_tools.web.pages.model import Link, Page, Site
from build_tools.web.pages.notes import notes
from build_tools.web.pages.sections import column_title, section_trail
from build_tools.web.pages.sharing import feedback, original_file
from build_tools.web.pages.status import full_title, url_of, visible
from build_tools.web.pages.tags import article_tags, dataset
from build_tools.web.pages.years import neighbours, newest, switcher

# 公开信息 as a disclosure shows it
CATALOGUE = (
    Concept.INDEX_NUMBER,
    Concept.DISCLOSURE_TITLE,
    Concept.ABSTRACT,
    Concept.GENERATION_DATE,
    Concept.ISSUER,
    Concept.PUBLICATION_DATE,
    Concept.APPROVAL_DATE,
    Concept.SECRECY_REVIEW,
    Concept.REVIEW_WORDS,
    Concept.REVIEW_OFFICE,
    Concept.REVIEW_DATE,
    Concept.SIGN_OFF,
    Concept.SIGN_OFF_WORDS,
    Concept.SIGN_OFF_DATE,
    Concept.SOURCE,
    Concept.UNIT_CONFIRMED,
)
# what not every office writes; of the others readers are told that it is not stated
WHERE_WRITTEN = {
    Concept.REVIEW_WORDS,
    Concept.REVIEW_OFFICE,
    Concept.REVIEW_DATE,
    Concept.SIGN_OFF_WORDS,
    Concept.SIGN_OFF_DATE,
    Concept.UNIT_CONFIRMED,
}
PORTABLE = "portable.html"


@dataclass(frozen=True, slots=True)
class Known:
    """A known difference: its address on the page, what is said of it, the first cell that it is about, and what is
    not equal.
    """

    anchor: str
    text: str
    ref: CellRef
    says: str


def disclosure_page(checked: Checked, report: Report, site: Site, at: str = "") -> Page:
    """The disclosure itself, or where it is held back a page that says 更正中 (in a preview: with its findings). `at`
    is the address of an earlier edition.
    """
    disclosure, department = checked.disclosure, report.department
    name = department.name_in(disclosure.year)
    title = full_title("", disclosure.year, disclosure.template.title if disclosure.template else disclosure.slug)
    url = at or url_of(report, disclosure.year, disclosure.slug)
    editions = disclosure.history.editions
    earlier, later = neighbours(report, disclosure.year, disclosure.kind)
    latest = newest(report, disclosure.slug)
    shows = has_page(checked, site)
    sections = disclosure.template.sections if disclosure.template else ()
    page = Page(
        url=url,
        title=f"{name}{title}",
        description=f"{name}{title}：官方表格、说明、勾稽核对结果和可下载的数据",
        template="disclosure.html.j2" if shows else "held.html.j2",
        crumbs=(
            *site.root_crumbs,
            *(section_trail(disclosure.slug, disclosure.year) if visible(checked) else trail(report, disclosure.year)),
        ),
        values={
            "name": name,
            "heading": title,
            "disclosure": disclosure,
            "department": department,
            "parts": [(section, tables_of(section, disclosure), missing(section, disclosure)) for section in sections],
            "statements": disclosure.statements,
            "counts": count_outcomes(checked.verdicts),
            "by_table": by_table(checked.verdicts),
            "catalogue": catalogue_of(disclosure, site.project.forms.common("disclosure")),
            "figures": key_figures(disclosure),
            "places": trail(report, disclosure.year),
            "switcher": switcher(report, disclosure.year, disclosure.kind),
            "siblings": siblings(checked, report),
            "newest_url": url_of(report, None, disclosure.slug),
            "outdated": latest is not None and latest.disclosure.year > disclosure.year,
            "record": site.absolute(url),
            "record_url": url,
            "feedback": feedback(site, f"{name}{title}", url),
            "letters": letters(report, checked) if visible(checked) else (),
            "findings": checked.findings if site.preview else (),
            "draft": not disclosure.released,
            "version": checked.version,
            "superseded": "",
            "edition": editions[-1] if editions else None,
        },
        previous=earlier,
        next=later,
    )
    return (
        shown_in_full(page, checked, report, site)
        if shows
        else replace(page, about=about_disclosure(disclosure, department, None))
    )


def shown_in_full(page: Page, checked: Checked, report: Report, site: Site) -> Page:
    """The page with all that only a reader who may see the figures gets: what is written from them, proofs, notes, last
    year, files.
    """
    disclosure, department, view = checked.disclosure, report.department, view_of(checked, report, site)
    proofs = certificate(checked, view)
    files = files_of(disclosure, report, page.url, proofs, view)
    original, told, differences = (
        original_file(disclosure, page.url),
        sentences(disclosure, report, site, view),
        explained(proofs),
    )
    answer = told["answer_of"]
    kept = frozenset(one.disclosure.history.editions[-1].number for one in checked.earlier)
    return replace(
        page,
        values={
            **page.values,
            **told,
            "proofs": proofs,
            "remarks": remarks_by_table(disclosure),
            "noted": notes(checked, proofs, view),
            "explained": differences,
            "marked": {one.ref: one.anchor for some in differences.values() for one in some},
            "last": before(disclosure, view),
            "amended": marks(disclosure),
            "unproved": checked.unproved,
            "amendings": amendings(disclosure, page.url, kept),
            "original": original,
            "files": files,
            "files_of": by_stem(files),
        },
        toc=contents(disclosure, told["narrative"], not told["explained_in"]),
        downloads=(*files, original.download) if original else files,
        about=about_disclosure(disclosure, department, answer if isinstance(answer, Narrative) else None),
        portable=f"{page.url}{PORTABLE}",
        tags=article_tags(disclosure, department, page.title, column_title(disclosure.slug), site),
        dataset=dataset(disclosure, department, page.title, page.url, files, site),
    )


def sentences(disclosure: Disclosure, report: Report, site: Site, view: View) -> dict[str, object]:
    """What is written from the figures: four sentences for a layman and the 说明, with the way from a figure to its
    cell.
    """
    name = report.department.name_in(disclosure.year)
    forms, template = site.project.forms, disclosure.template
    form = template.form_with(Concept.EXPLANATION) if template else None
    told = explanation(disclosure, view.ledger, name, forms, form)
    return {
        "answer_of": plain_answer(disclosure, view.ledger, name, forms),
        "narrative": told,
        "headed": HEADED,
        "explained_in": form.key if form else "",
        "link": view.link,
    }


def siblings(checked: Checked, report: Report) -> tuple[Link, ...]:
    """The other kinds of disclosure of the same year, also those whose page says 更正中 or 已撤回."""
    year = checked.disclosure.year
    others = [
        one
        for one in report.checked
        if one.disclosure.year == year
        and one.disclosure.file != checked.disclosure.file
        and (one.disclosure.released or one.disclosure.withdrawal)
    ]
    return tuple(Link(one.disclosure.kind, url_of(report, year, one.disclosure.slug)) for one in others)


def trail(report: Report, year: int | None) -> tuple[Link, ...]:
    """District, department and year as breadcrumbs."""
    department = report.department
    crumbs = (
        Link(department.district.name, f"{department.district.slug}/"),
        Link(department.name_in(year) if year else department.name, url_of(report)),
    )
    return (*crumbs, Link(f"{year}年", url_of(report, year))) if year else crumbs


def explained(proofs: tuple[Part, ...]) -> dict[str, list[Known]]:
    """Known differences by table, told neutrally: what differs, both figures, the reason as given."""
    found: dict[str, list[Known]] = {}
    for part in proofs:
        for identity, line in part.doubted:
            if (
                line.verdict.outcome is Outcome.EXPLAINED
                and line.left.amount is not None
                and line.right.amount is not None
            ):
                both = f"{format_brief(line.left.amount)} 与 {format_brief(line.right.amount)}"
                apart = format_brief(abs(line.left.amount - line.right.amount))
                text = f"{identity.says}：{both}，相差 {apart}，四舍五入解释不了。单位的说明：{line.verdict.reason}"
                ones = found.setdefault(part.statement.key, [])
                anchor = f"known-{part.statement.anchor}-{len(ones) + 1}"
                ones.append(Known(anchor, text, line.verdict.cells[0], f"{identity.says}（{both}）"))
    return found


def remarks_by_table(disclosure: Disclosure) -> dict[str, dict[str, list[str]]]:
    """Where the document contradicts itself, by table and reason given; of a repeated form as a whole, at its first
    table.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for one in disclosure.remarks:
        table = next(
            (key for key, statement in disclosure.statements.items() if one.table in (key, statement.form.key)),
            one.table,
        )
        found.setdefault(table, {}).setdefault(one.reason, []).append(one.text)
    return found


def by_table(verdicts: tuple[Verdict, ...]) -> dict[str, dict[str, int]]:
    """Verdict counts of each table."""
    found: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        found.setdefault(verdict.table, []).append(verdict)
    return {table: occurring(some) for table, some in found.items()}


def catalogue_of(disclosure: Disclosure, form: Form) -> list[tuple[Concept, str, str]]:
    """公开信息 as the page lists it: each field, what its form calls it, what was written."""
    found = [(one, form.name_of(one), disclosure.fact(one)) for one in CATALOGUE]
    return [(one, name, fact or "未载明") for one, name, fact in found if fact or one not in WHERE_WRITTEN]
