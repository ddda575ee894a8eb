"""Every page of the site in a real Chromium: wide and narrow, scripts on and off, under a strict policy."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.serving import Watch

pytestmark = pytest.mark.browser
DISCLOSURE = "shifeng/business-environment-centre/2020/final-accounts/"
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}


@pytest.fixture(scope="module")
def addresses(site: Path) -> list[str]:
    """Every page; of the pages of single rules, which are made alike, every twentieth and the longest."""
    found = {path.parent.relative_to(site).as_posix(): path.stat().st_size for path in site.rglob("index.html")}
    rules = sorted(one for one in found if one.startswith("checks/"))
    left_out = set(rules) - set(rules[::20]) - set(sorted(rules, key=lambda one: found[one])[-3:])
    return ["" if one == "." else f"{one}/" for one in sorted(found) if one not in left_out]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "scripts"),
    [("desktop", True), ("phone", True), ("desktop", False)],
    ids=["desktop", "phone", "no-scripts"],
)
def test_every_page_is_clean(chrome: Browser, base: str, addresses: list[str], size: str, scripts: bool) -> None:
    """No console message, no failed or foreign request, no sideways scrolling of the page, one h1, a title."""
    width, height = SIZES[size]
    context = chrome.new_context(viewport={"width": width, "height": height}, java_script_enabled=scripts)
    assert len(addresses) >= 7
    for address in addresses:
        page = context.new_page()
        watch = Watch(page, base)
        page.goto(base + address)
        assert watch.problems == [], address
        assert page.title(), address
        assert page.locator("h1").count() == 1, address
        assert "示例 · 非官方网站" in page.locator(".md-banner").inner_text(), address
        if scripts:
            assert page.evaluate("document.documentElement.scrollWidth") == width, address
            assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "700", (
                f"{address}: no style sheet"
            )
        page.close()
    context.close()


def test_nine_tables_with_their_figures(chrome: Browser, base: str) -> None:
    """The disclosure shows nine tables; a known figure stands in its cell."""
    page = chrome.new_page()
    page.goto(base + DISCLOSURE)
    assert page.locator("figure.mz-sheet").count() == 9
    assert page.locator("[id='expenditure.2010301.本年支出合计']").inner_text() == "108.06"
    page.close()


def test_a_wide_table_scrolls_in_its_frame_and_holds_its_first_column(chrome: Browser, base: str) -> None:
    """On a phone the figures move and the names stay."""
    page = chrome.new_page(viewport={"width": 390, "height": 844})
    page.goto(base + DISCLOSURE)
    name = page.locator("[id='revenue.2010301'] th")
    figure = page.locator("[id='revenue.2010301.其他收入']")
    before = name.bounding_box(), figure.bounding_box()
    page.evaluate("document.getElementById('revenue.2010301').closest('.mz-frame').scrollLeft = 200")
    after = name.bounding_box(), figure.bounding_box()
    assert all((*before, *after))
    assert abs(after[0]["x"] - before[0]["x"]) < 80, "the name has left the screen"
    assert before[1]["x"] - after[1]["x"] > 150, "the figures have not moved"
    page.close()


@pytest.mark.slow
@pytest.mark.parametrize("table", ["revenue", "general-public-budget-expenditure", "basic-expenditure"])
@pytest.mark.parametrize("size", SIZES)
def test_figures_stand_under_their_headings(chrome: Browser, base: str, size: str, table: str) -> None:
    """Hiding the code column on a phone must not shift a figure under another heading."""
    width, height = SIZES[size]
    page = chrome.new_page(viewport={"width": width, "height": height})
    page.goto(base + DISCLOSURE)
    edges = page.evaluate(
        """slug => [...document.querySelectorAll(`[id="${slug}"]`)].map(h => h.closest('figure')).flatMap(f =>
             [...f.querySelectorAll('table')].filter(t => t.querySelector('thead').offsetHeight).map(t => {
               const right = row => [...row.cells].filter(c => c.offsetWidth).map(c => Math.round(c.getBoundingClientRect().right));
               return [...t.tBodies[0].rows].filter(r => r.offsetHeight).map(right);
             }))""",
        table,
    )
    assert edges
    for rows in edges:
        assert len({tuple(row) for row in rows}) == 1, "cells of one column do not line up"
    page.close()


def test_contents_and_breadcrumb_lead_somewhere(chrome: Browser, base: str) -> None:
    """A click in the contents list and in the breadcrumb, as a reader would."""
    page = chrome.new_page(viewport={"width": 1280, "height": 900})
    page.goto(base + DISCLOSURE)
    page.locator(".md-sidebar--secondary a", has_text="支出决算表").first.click()
    assert page.url.endswith("#expenditure")
    page.locator(".mz-places a", has_text="石峰区").first.click()
    page.wait_for_url(base + "shifeng/")
    assert page.locator("h1").inner_text() == "湖南省株洲市石峰区"
    page.close()


def test_the_phone_has_a_contents_list(chrome: Browser, base: str) -> None:
    """Outside the generator's navigation its own list is missing on a phone; ours opens without scripts too."""
    context = chrome.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(base + DISCLOSURE)
    link = page.locator(".mz-phone-toc a", has_text="支出决算表").first
    assert not link.is_visible()
    page.locator(".mz-phone-toc summary").click()
    assert link.is_visible()
    context.close()


def test_the_keyboard_reaches_the_content(chrome: Browser, base: str) -> None:
    """The first Tab shows the skip link, which leads to the heading."""
    page = chrome.new_page()
    page.goto(base + DISCLOSURE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('md-skip')")
    page.keyboard.press("Enter")
    # the address follows a moment later; one that does not is a failure
    page.wait_for_url("**#content", timeout=5000)
    page.close()


@pytest.mark.parametrize("address", [DISCLOSURE, "shanghai-putuo/finance-bureau/2024/final-accounts/"])
def test_the_two_sides_of_a_table_stand_level(chrome: Browser, base: str, address: str) -> None:
    """Income and expenditure are two tables that must look like one: every row begins at the same height."""
    page = chrome.new_page(viewport={"width": 1280, "height": 900})
    page.goto(base + address)
    sides = page.evaluate(
        "() => [...document.querySelectorAll('.mz-sides')].map(d => [...d.querySelectorAll('table')].map("
        "t => [...t.rows].map(r => Math.round(r.getBoundingClientRect().top))))"
    )
    assert len(sides) == 2
    for left, right in sides:
        assert left == right
    page.close()
