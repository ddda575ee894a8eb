"""The pages of a disclosure: the one that holds, the same at the address without a year, the editions before it, and
what stands there after it was taken back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from build_tools.checks import Checked, Report
from build_tools.web.pages.amended import EDITION
from build_tools.web.pages.disclosure import disclosure_page
from build_tools.web.pages.model import Page, Site
from build_tools.web.pages.status import url_of
from build_tools.web.pages.years import newest


def disclosure_pages(report: Report, year: int, site: Site) -> Iterator[Page]:
    """The disclosures of a year, the newest of a kind also at its address without a year. A draft has a page only in a
    preview.
    """
    for checked in report.checked:
        if checked.disclosure.year != year:
            continue
        if checked.disclosure.withdrawal:
            yield withdrawn_page(checked, report, site)
        elif site.preview or checked.disclosure.released:
            page = disclosure_page(checked, report, site)
            yield page
            yield from (earlier_page(one, page, report, site) for one in checked.earlier)
            if newest(report, checked.disclosure.slug) is checked:
                yield yearless(page, report, checked.disclosure.slug)


def withdrawn_page(checked: Checked, report: Report, site: Site) -> Page:
    """What stands at the address of a disclosure that was taken back: when, why, by whose decision."""
    page = disclosure_page(checked, report, site)
    return replace(page, template="withdrawn.html.j2", values={**page.values, "why": checked.disclosure.withdrawal})


def earlier_page(checked: Checked, now: Page, report: Report, site: Site) -> Page:
    """An edition that was corrected since, at an address of its own, with the way to the one that holds."""
    number = checked.disclosure.history.editions[-1].number
    page = disclosure_page(checked, report, site, f"{now.url}{EDITION.format(number=number)}")
    title = f"{page.title}（第 {number} 版，已更正）"
    return replace(page, title=title, canonical=now.url, portable="", values={**page.values, "superseded": now.url})


def yearless(page: Page, report: Report, slug: str) -> Page:
    """The same disclosure at the address without a year, which always shows the newest."""
    return replace(page, url=url_of(report, None, slug), canonical=page.url, downloads=())
