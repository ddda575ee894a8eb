"""长者模式 and 高对比度 as a person uses them: one press, remembered on every page, nothing pushed off a phone's
screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.serving import Watch, served

pytestmark = pytest.mark.browser
PAGES = (
    "",
    "guide/",
    "map/",
    "inquiries/",
    "example-county/",
    "example-county/education-bureau/",
    "example-county/education-bureau/2023/final-accounts/",
)
PRESSED = "() => [...document.querySelectorAll('.mz-ease button')].map((one) => one.getAttribute('aria-pressed'))"
# pixels of the text's type and of its lines
TYPE = (
    "() => { const s = getComputedStyle(document.querySelector('article p, article li')); return "
    "[parseFloat(s.fontSize), parseFloat(s.lineHeight)] }"
)
# the contrast of two colours as WCAG 2 reckons it
CONTRAST = """() => {
  const light = (text) => {
    const parts = text.match(/[0-9.]+/g).slice(0, 3).map((one) => one / 255).map((one) => one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const paper = light(getComputedStyle(document.body).backgroundColor);
  return [...document.querySelectorAll('article p, article a, article .mz-second, article th, article td')].map((one) => {
    const ink = light(getComputedStyle(one).color);
    return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
  }).reduce((least, one) => Math.min(least, one), 21);
}"""


@pytest.fixture(scope="module")
def url(demo: Path) -> Iterator[str]:
    """The fictional district under the strict policy."""
    with served(demo) as address:
        yield address


@pytest.fixture(params=[1280, 390])
def context(chrome: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A reader with a screen of this width, who has pressed nothing yet."""
    found = chrome.new_context(viewport={"width": request.param, "height": 900})
    yield found
    found.close()


def fits(page: Page) -> bool:
    """True where the page does not scroll sideways."""
    return bool(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.slow
def test_large_type_is_remembered_on_every_page(context: BrowserContext, url: str) -> None:
    page = context.new_page()
    watch = Watch(page, url)
    page.goto(url)
    assert page.evaluate(PRESSED) == ["false", "false"]
    small, _ = page.evaluate(TYPE)
    page.get_by_role("button", name="长者模式").press("Enter")
    assert page.evaluate(PRESSED) == ["true", "false"]
    for path in PAGES:
        page.goto(url + path)
        assert page.evaluate(PRESSED) == ["true", "false"], path
        size, line = page.evaluate(TYPE)
        assert size >= 18, path
        assert line >= 1.3 * size
        assert fits(page), path
        assert watch.problems == [], (path, watch.problems)
    page.goto(url)
    assert page.evaluate(TYPE)[0] > 1.15 * small
    page.get_by_role("button", name="长者模式").click()
    page.reload()
    assert page.evaluate(PRESSED) == ["false", "false"]
    assert page.evaluate(TYPE)[0] == small


def test_it_is_there_before_the_page_is_drawn(context: BrowserContext, url: str) -> None:
    """While the page is still being read, and its other scripts have not run, the type is large already."""
    page = context.new_page()
    page.goto(url)
    page.get_by_role("button", name="长者模式").click()
    page.add_init_script("""addEventListener('readystatechange', () => { if (document.readyState === 'interactive') {
        window.early = document.documentElement.className; } }, true)""")
    page.goto(f"{url}guide/")
    assert "mz-large" in page.evaluate("() => window.early")


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_high_contrast(chrome: Browser, url: str, scheme: str) -> None:
    """Every word against its paper at least 7 : 1, in both colour schemes; links are underlined."""
    context = chrome.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(url + PAGES[6])
    page.get_by_role("button", name="高对比度").click()
    for path in PAGES:
        page.goto(url + path)
        assert page.evaluate(PRESSED) == ["false", "true"]
        assert page.evaluate(CONTRAST) >= 7, path
    context.close()


def test_a_reader_whose_system_asks_for_contrast_gets_it(chrome: Browser, url: str) -> None:
    context = chrome.new_context(contrast="more")
    page = context.new_page()
    page.goto(url + PAGES[6])
    assert page.evaluate(CONTRAST) >= 7
    context.close()


def test_without_javascript_there_are_no_dead_buttons(chrome: Browser, url: str) -> None:
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(url)
    assert not page.get_by_role("button", name="长者模式").is_visible()
    context.close()


def test_where_nothing_may_be_remembered_it_holds_for_the_page(chrome: Browser, url: str) -> None:
    context = chrome.new_context()
    page = context.new_page()
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('forbidden'); } })")
    page.goto(f"{url}guide/")
    page.get_by_role("button", name="长者模式").click()
    assert page.evaluate(PRESSED) == ["true", "false"]
    assert "mz-large" in page.evaluate("() => document.documentElement.className")
    context.close()
