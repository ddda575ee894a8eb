"""The certificate, the rule book and the state of the figures in a real Chromium: narrow, by keyboard, by link."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.serving import Watch, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DISCLOSURE = "shifeng/business-environment-centre/2020/final-accounts/"
PAGES = (
    DISCLOSURE,
    "shanghai-putuo/finance-bureau/2024/final-accounts/",
    "checks/",
    "checks/expenditure-1/",
    "quality/",
)


@pytest.fixture
def phone(chrome: Browser) -> Iterator[Page]:
    """A narrow page."""
    page = chrome.new_page(viewport={"width": 390, "height": 844})
    yield page
    page.close()


@pytest.mark.parametrize("address", PAGES)
def test_nothing_scrolls_sideways_with_every_part_unfolded(phone: Page, base: str, address: str) -> None:
    watch = Watch(phone, base)
    phone.goto(base + address)
    phone.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    assert watch.problems == []


def test_most_of_the_certificate_fits_a_phone_without_scrolling_in_its_frame(phone: Page, base: str) -> None:
    phone.goto(base + DISCLOSURE)
    phone.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    wide = phone.evaluate(
        "[...document.querySelectorAll('.mz-proofs .mz-frame')].filter(one => one.scrollWidth > one.clientWidth + "
        "60).map(one => one.id)"
    )
    assert wide == []


def test_a_part_unfolds_by_keyboard(phone: Page, base: str) -> None:
    phone.goto(base + DISCLOSURE)
    part = phone.locator("details.mz-proofs", has=phone.locator("[id='checks-expenditure']"))
    assert not part.locator("table").is_visible()
    part.locator("summary").focus()
    phone.keyboard.press("Enter")
    assert part.locator("table").is_visible()
    phone.keyboard.press("Space")
    assert not part.locator("table").is_visible()


def test_a_badge_opens_its_part(phone: Page, base: str) -> None:
    phone.goto(base + DISCLOSURE)
    part = phone.locator("details.mz-proofs", has=phone.locator("[id='checks-expenditure']"))
    assert part.get_attribute("open") is None
    phone.locator("a[href='#checks-expenditure']").click()
    until(phone, "document.getElementById('checks-expenditure').closest('details').open")
    assert part.locator("table").is_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_an_address_opens_its_part_without_scripts_too(chrome: Browser, base: str, scripts: bool) -> None:
    context = chrome.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{base}{DISCLOSURE}#checks-revenue")
    page.locator("#checks-revenue table").wait_for(state="visible")
    context.close()


def test_a_figure_leads_to_its_cell(chrome: Browser, base: str) -> None:
    page = chrome.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{base}{DISCLOSURE}#checks-expenditure")
    link = page.locator("#checks-expenditure td a", has_text="107.20").first
    link.click()
    target = page.locator(":target")
    assert target.inner_text() == "107.20"
    box = target.bounding_box()
    assert box is not None
    assert 0 < box["y"] < 900
    page.close()


def test_the_certificate_is_a_table_for_those_who_cannot_see_it(phone: Page, base: str) -> None:
    phone.goto(f"{base}{DISCLOSURE}#checks-expenditure")
    region = phone.get_by_role("group", name="支出决算表逐条核对", exact=True)
    assert region.get_by_role("columnheader", name="两边的数").count() == 1
    assert region.get_by_role("rowheader", name="2010301 行政运行", exact=True).first.is_visible()
    assert region.get_by_role("cell", name="259.15 = 179.68 + 79.47", exact=True).count() == 1
    assert region.get_by_role("table", name="支出决算表逐条核对").count() == 1
