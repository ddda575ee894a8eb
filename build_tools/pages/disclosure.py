"""The page of one disclosure: its sections in official order, the contents list, the downloads beside it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from build_tools.checks import Checked, Report
from build_tools.corpus import Disclosure
from build_tools.diagnostics import CellRef, Outcome, Verdict, count_outcomes, occurring
from build_tools.exports import Origin, table_csv
from build_tools.facts import key_figures
from build_tools.forms import Section
from build_tools.narrative import HEADED, Narrative, explanation, plain_answer
from build_tools.pages.about import about_disclosure
from build_tools.pages.before import before
from build_tools.pages.cells import View
from build_tools.pages.certificate import Part, certificate, has_page, view_of
from build_tools.pages.checks_file import checks_csv
from build_tools.pages.letters import letters
from build_tools.pages.model import Download, Link, Page, Site, TocItem
from build_tools.pages.notes import notes
from build_tools.pages.sections import column_title, section_trail
from build_tools.pages.sharing import feedback, original_file
from build_tools.pages.status import url_of, visible
from build_tools.pages.tags import article_tags, dataset
from build_tools.pages.years import neighbours, newest, switcher
from build_tools.statement import Statement

CATALOGUE = ("索引号", "名称", "内容概述", "生成日期", "发布机构", "公开日期", "批复日期", "保密审查", "负责人审签", "来源")
EXPLANATION, DECIMALS, PORTABLE = "说明", 2, "portable.html"


@dataclass(frozen=True, slots=True)
class Known:
    """A known difference: its address on the page, what is said of it, the first cell that it is about."""

    anchor: str
    text: str
    ref: CellRef


def disclosure_page(checked: Checked, report: Report, site: Site) -> Page:
    """The disclosure itself, or where it is held back a page that says 更正中 (in a preview: with its findings)."""
    disclosure, department = checked.disclosure, report.department
    name = department.name_in(disclosure.year)
    title = f"{disclosure.year}年度{disclosure.template.title if disclosure.template else disclosure.slug}"
    url = url_of(report, disclosure.year, disclosure.slug)
    earlier, later = neighbours(report, disclosure.year, disclosure.kind)
    latest = newest(report, disclosure.slug)
    shows = has_page(checked, site)
    sections = disclosure.template.sections if disclosure.template else ()
    page = Page(
        url=url,
        title=f"{name}{title}",
        description=f"{name}{title}：官方表格、说明、勾稽核对结果和可下载的数据",
        template="disclosure.html.j2" if shows else "held.html.j2",
        crumbs=(*site.root_crumbs, *(section_trail(disclosure.slug, disclosure.year) if visible(checked) else trail(report, disclosure.year))),
        values={
            "name": name, "heading": title, "disclosure": disclosure, "department": department,
            "parts": [(section, tables_of(section, disclosure), missing(section, disclosure)) for section in sections],
            "statements": disclosure.statements, "counts": count_outcomes(checked.verdicts), "by_table": by_table(checked.verdicts),
            "catalogue": [(field, disclosure.fact(field) or "未载明") for field in CATALOGUE], "figures": key_figures(disclosure),
            "places": trail(report, disclosure.year), "switcher": switcher(report, disclosure.year, disclosure.kind),
            "siblings": siblings(checked, report), "newest_url": url_of(report, None, disclosure.slug),
            "outdated": latest is not None and latest.disclosure.year > disclosure.year,
            "record": site.absolute(url), "record_url": url, "feedback": feedback(site, f"{name}{title}", url),
            "letters": letters(report, checked) if visible(checked) else (),
            "findings": checked.findings if site.preview else (), "draft": not disclosure.released, "version": checked.version,
        },
        previous=earlier,
        next=later,
    )
    return shown_in_full(page, checked, report, site) if shows else replace(page, about=about_disclosure(disclosure, department, None))


def shown_in_full(page: Page, checked: Checked, report: Report, site: Site) -> Page:
    """The page with all that only a reader who may see the figures gets: what is written from them, proofs, notes, last year, files."""
    disclosure, department, view = checked.disclosure, report.department, view_of(checked, report, site)
    name, proofs = department.name_in(disclosure.year), certificate(checked, view)
    files = (*downloads(disclosure, page.url, report, name), *proof_file(proofs, view, disclosure, page.url, report, name))
    original, told, differences = original_file(disclosure, page.url), sentences(disclosure, report, site, view), explained(proofs)
    answer = told["answer_of"]
    return replace(
        page,
        values={
            **page.values, **told, "proofs": proofs, "remarks": remarks_by_table(disclosure), "noted": notes(checked, proofs, view),
            "explained": differences, "marked": {one.ref: one.anchor for some in differences.values() for one in some},
            "last": before(disclosure, view), "original": original,
            "files": {one.url.rsplit("/", 1)[1].removesuffix(".csv"): one for one in files},
        },
        toc=contents(disclosure.template.sections if disclosure.template else (), disclosure, told["narrative"]),
        downloads=(*files, original.download) if original else files,
        about=about_disclosure(disclosure, department, answer if isinstance(answer, Narrative) else None),
        portable=f"{page.url}{PORTABLE}",
        tags=article_tags(disclosure, department, page.title, column_title(disclosure.slug), site),
        dataset=dataset(disclosure, department, page.title, page.url, files, site),
    )


def sentences(disclosure: Disclosure, report: Report, site: Site, view: View) -> dict[str, object]:
    """What is written from the figures: four sentences for a layman and the 说明, with the way from a figure to its cell."""
    name = report.department.name_in(disclosure.year)
    form = site.project.forms.form(EXPLANATION, report.department.district.region, disclosure.year)
    told = explanation(disclosure, view.ledger, name, form if disclosure.template and EXPLANATION in disclosure.template.tables else None)
    return {"answer_of": plain_answer(disclosure, view.ledger, name), "narrative": told, "headed": HEADED, "explained_in": EXPLANATION, "link": view.link}


def yearless(page: Page, report: Report, slug: str) -> Page:
    """The same disclosure at the address without a year, which always shows the newest."""
    return replace(page, url=url_of(report, None, slug), canonical=page.url, downloads=())


def siblings(checked: Checked, report: Report) -> tuple[Link, ...]:
    """The other kinds of disclosure of the same year, also those whose page says 更正中."""
    year = checked.disclosure.year
    others = [one for one in report.checked if one.disclosure.year == year and one is not checked and one.disclosure.released]
    return tuple(Link(one.disclosure.kind, url_of(report, year, one.disclosure.slug)) for one in others)


def trail(report: Report, year: int | None) -> tuple[Link, ...]:
    """District, department and year as breadcrumbs."""
    department = report.department
    crumbs = (Link(department.district.name, f"{department.district.slug}/"), Link(department.name_in(year) if year else department.name, url_of(report)))
    return (*crumbs, Link(f"{year}年", url_of(report, year))) if year else crumbs


def downloads(disclosure: Disclosure, url: str, report: Report, name: str) -> tuple[Download, ...]:
    """One CSV per table; the instances of a repeated form share one."""
    origin = Origin(report.department.district.name, name, disclosure.year, disclosure.kind)
    by_form: dict[str, list[Statement]] = {}
    for one in disclosure.statements.values():
        by_form.setdefault(one.form.slug, []).append(one)
    return tuple(Download(found[0].form.title, f"{url}{slug}.csv", table_csv(found, origin)) for slug, found in by_form.items())


def proof_file(proofs: tuple[Part, ...], view: View, disclosure: Disclosure, url: str, report: Report, name: str) -> tuple[Download, ...]:
    """The certificate as a file, where there is one."""
    origin = Origin(report.department.district.name, name, disclosure.year, disclosure.kind)
    return (Download("勾稽核对逐条结果", f"{url}checks.csv", checks_csv(proofs, view, origin)),) if proofs else ()


def explained(proofs: tuple[Part, ...]) -> dict[str, list[Known]]:
    """Known differences by table, told neutrally: what differs, both figures, the reason as given."""
    found: dict[str, list[Known]] = {}
    for part in proofs:
        for identity, line in part.doubted:
            if line.verdict.outcome is Outcome.EXPLAINED and line.left.amount is not None and line.right.amount is not None:
                text = f"{identity.says}：{plain(line.left.amount)} 与 {plain(line.right.amount)}。{line.verdict.reason}"
                ones = found.setdefault(part.statement.key, [])
                ones.append(Known(f"known-{part.statement.anchor}-{len(ones) + 1}", text, line.verdict.cells[0]))
    return found


def plain(amount: Decimal) -> str:
    """A figure as people write it: a quotient has no end of decimals."""
    return f"{amount:,f}" if -int(amount.as_tuple().exponent) <= DECIMALS else f"{amount.quantize(Decimal(1).scaleb(-DECIMALS), ROUND_HALF_UP):,f}"


def remarks_by_table(disclosure: Disclosure) -> dict[str, dict[str, list[str]]]:
    """Where the document contradicts itself, by table and reason given; of a repeated form as a whole, at its first table."""
    found: dict[str, dict[str, list[str]]] = {}
    for one in disclosure.remarks:
        table = next((key for key, statement in disclosure.statements.items() if one.table in (key, statement.form.key)), one.table)
        found.setdefault(table, {}).setdefault(one.reason, []).append(one.text)
    return found


def by_table(verdicts: tuple[Verdict, ...]) -> dict[str, dict[str, int]]:
    """Verdict counts of each table."""
    found: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        found.setdefault(verdict.table, []).append(verdict)
    return {table: occurring(some) for table, some in found.items()}


def tables_of(section: Section, disclosure: Disclosure) -> list[Statement]:
    """The filled-in tables of a section in official order; a repeated form once for each project."""
    return [one for key in section.tables for one in disclosure.statements.values() if one.form.key == key]


def missing(section: Section, disclosure: Disclosure) -> list[str]:
    """The tables of a section that were not filled in."""
    there = {one.form.key for one in disclosure.statements.values()}
    return [key for key in section.tables if key not in there]


def contents(sections: tuple[Section, ...], disclosure: Disclosure, narrative: object) -> tuple[TocItem, ...]:
    """The contents list: parts, their tables, the headings inside a section that is a list, and what is written from the figures.

    A project of which the page has several tables is named with the title of each.
    """
    items = []
    named = Counter(one.name for one in disclosure.statements.values())
    for section in sections:
        children: list[TocItem] = []
        for statement in tables_of(section, disclosure):
            inner = headings(statement) if statement.form.layout.style == "list" and len(tables_of(section, disclosure)) == 1 and not statement.instance else []
            children += inner or [TocItem(called(statement, named[statement.name] > 1), statement.anchor)]
        items.append(TocItem(section.heading, section.slug, tuple(children)))
    apart = disclosure.template is not None and EXPLANATION not in disclosure.template.tables
    if apart and isinstance(narrative, Narrative) and narrative.parts:
        items.append(TocItem(HEADED, "narrative"))
    return (*items, TocItem("勾稽核对", "checks"), TocItem("公开信息", "catalogue"))


def called(statement: Statement, again: bool) -> str:
    """A table in the contents list: its title, or the project it is about; where the project comes `again`, both."""
    title = statement.form.title
    return f"{statement.name}（{title}）" if statement.name and again else statement.name or title


def headings(statement: Statement) -> list[TocItem]:
    """The top headings of a list section, each once."""
    tops = dict.fromkeys(block.heading[0] for block in statement.form.blocks if block.heading)
    return [TocItem(top, f"{statement.anchor}-{number}") for number, top in enumerate(tops, 1)]
