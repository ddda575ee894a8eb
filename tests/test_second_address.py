"""A newest disclosure stands at two addresses. Its copy is made of the same HTML, and says what it would say if it were
made by itself.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html

from build_tools.accounts.corpus import read_project
from build_tools.checks import check_project
from build_tools.web.page import Renderer
from build_tools.web.pages.disclosure import disclosure_page
from build_tools.web.pages.editions import yearless
from build_tools.web.pages.model import Site
from tests.helpers import ROOT

pytestmark = pytest.mark.slow

SITE = "https://example.invalid/"


def test_the_copy_at_the_address_without_a_year_is_the_page_itself_from_another_place() -> None:
    project = read_project(ROOT)
    reports, _ = check_project(project)
    site, seen = Site(project, url=SITE), 0
    for report in reports:
        for checked in report.checked:
            page = disclosure_page(checked, report, site)
            copy = yearless(page, report, checked.disclosure.slug)
            renderer, alone = (Renderer(ROOT / "templates", project.reference, lambda file, line: "") for _ in range(2))
            first = renderer.body(page, "../" * page.url.count("/"))
            second = renderer.body(copy, "../" * copy.url.count("/"))
            assert second == alone.body(copy, "../" * copy.url.count("/"))
            assert second != first
            seen += 1
    assert seen >= 7


def test_a_copy_is_not_taken_from_another_page() -> None:
    """Nor is what staff wrote taken for a way to the root."""
    project = read_project(ROOT)
    report = check_project(project)[0][0]
    page = disclosure_page(report.checked[0], report, Site(project, url=SITE))
    named = replace(page, values={**page.values, "name": '../../../../x" href="../../../../y'})
    renderer = Renderer(ROOT / "templates", project.reference, lambda file, line: "")
    renderer.body(named, "../../../../")
    other = renderer.body(replace(page, canonical=page.url, url="a/b/c/"), "../../../")
    assert "x&#34;" not in other
    renderer.body(named, "../../../../")
    shown = html.fromstring(renderer.body(replace(named, canonical=page.url, url="a/b/c/"), "../../../"))
    assert shown.xpath("string(//*[@id='mz-cite']/@data-unit)") == '../../../../x" href="../../../../y'
