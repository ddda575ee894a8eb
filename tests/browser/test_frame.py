"""Our script in place of the theme's: what a reader meets is the same with either, wherever he is on a page; then each
thing it does.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import Watch, served, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ACCOUNT = "shifeng/business-environment-centre/2020/final-accounts/"
SIZES = [(1280, 900), (1000, 700), (390, 844)]
SCRIPT = re.compile(r'<script src="([^"]*/)mingzhang-frame\.[0-9a-f]{12}\.js"></script>')
CONFIG = (
    '<script id="__config" type="application/json">'
    '{"base": ".", "features": ["navigation.tabs", "navigation.top", "toc.follow"], "search": "", "translations": '
    "{}}</script>"
)

STATE = """() => {
  const one = name => document.querySelector(`[data-md-component="${name}"]`);
  const texts = (selector) => [...document.querySelectorAll(selector)].map(link => link.textContent.trim());
  return {
    header: one("header").className, title: one("header-title").className, tabs: one("tabs").hidden, top: [one("top").hidden, one("top").style.top],
    bars: [...document.querySelectorAll(".md-sidebar")].map(bar => [bar.style.top, bar.querySelector(".md-sidebar__scrollwrap").style.height]),
    active: texts(".md-nav__link--active"), passed: texts(".md-nav__link--passed"),
    tables: document.querySelectorAll(".md-typeset__scrollwrap > .md-typeset__table > table").length,
    body: Object.fromEntries([...document.body.attributes].map(({name, value}) => [name, value])), root: document.documentElement.classList.contains("js"),
    metas: ["theme-color", "color-scheme"].map(name => document.querySelector(`meta[name=${name}]`).content),
    labels: [...document.querySelectorAll("[data-md-component=palette] label")].map(label => label.hidden),
  };
}"""

# a title that is cut off, a code that is too long, and the script once more
MORE = """src => {
  document.querySelector(".md-header__title").style.maxWidth = "3rem";
  document.querySelectorAll(".md-header__topic .md-ellipsis").forEach(one => { one.textContent = "很长很长很长很长很长很长很长的标题"; });
  const code = '<pre><code style="display: block; overflow: auto; white-space: pre">' + "x".repeat(400) + "</code></pre>";
  document.querySelector("article").insertAdjacentHTML("beforeend", code);
  document.body.append(Object.assign(document.createElement("script"), {src}));
}"""


@pytest.fixture(scope="module")
def theirs(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same site with the theme's script in place of ours."""
    import material

    out = tmp_path_factory.mktemp("theirs") / "site"
    shutil.copytree(site, out)
    (bundle,) = (Path(material.__file__).parent / "templates/assets/javascripts").glob("bundle.*.js")
    shutil.copyfile(bundle, out / "assets/javascripts/bundle.js")
    for path in (out / ACCOUNT / "index.html", out / "guide/index.html", out / "checks/index.html"):
        text, count = SCRIPT.subn(CONFIG + r'<script src="\1bundle.js"></script>', path.read_text(encoding="utf-8"))
        assert count == 1
        path.write_text(text, encoding="utf-8")
    with served(out) as address:
        yield address


def states(page: Page) -> Iterator[object]:
    """What is seen on the way down a page and back."""
    tall = page.evaluate("document.documentElement.scrollHeight")
    for y in (0, 40, 130, 1500, 1400, tall // 2, tall, tall - 120, 0):
        page.evaluate("y => scrollTo(0, y)", y)
        # on a busy machine a frame may be long in coming
        page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => "
            "requestAnimationFrame(done))))"
        )
        page.wait_for_timeout(120)
        yield y, page.evaluate(STATE)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("address", [ACCOUNT, "guide/", "checks/"])
def test_the_same_as_with_the_theme_s_script(
    chrome: Browser, base: str, theirs: str, address: str, size: tuple[int, int]
) -> None:
    """A release of the theme that does something else fails here."""
    found = []
    for home in (base, theirs):
        context = chrome.new_context(viewport={"width": size[0], "height": size[1]})
        page = context.new_page()
        watch = Watch(page, home)
        page.goto(home + address, wait_until="networkidle")
        found.append(list(states(page)))
        assert watch.problems == []
        context.close()
    for ours, other in zip(*found, strict=True):
        assert ours == other


@pytest.fixture
def phone(chrome: Browser, base: str) -> Iterator[Page]:
    """A disclosure on a phone."""
    page = chrome.new_page(viewport={"width": 390, "height": 844})
    page.goto(base + ACCOUNT)
    yield page
    page.close()


def test_colours_are_switched_by_keyboard_and_kept(phone: Page) -> None:
    switch = phone.locator("#__palette_0")
    switch.focus()
    phone.keyboard.press("Enter")
    expect(phone.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert phone.locator("meta[name=color-scheme]").get_attribute("content") == "dark"
    assert phone.evaluate("document.activeElement.id") == "__palette_1"
    expect(phone.locator("body")).not_to_have_attribute("data-md-color-switching", "")
    phone.reload()
    expect(phone.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    phone.keyboard.press("Escape")
    phone.locator("#__palette_1").focus()
    phone.keyboard.press("Enter")
    expect(phone.locator("body")).to_have_attribute("data-md-color-scheme", "default")


def test_what_the_system_prefers_comes_first(chrome: Browser, base: str) -> None:
    context = chrome.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(base)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert page.locator("label[title='切换到浅色']").is_visible()
    context.close()


def test_a_place_on_the_page_shuts_the_drawer(phone: Page) -> None:
    phone.locator("header label[for=__drawer]").click()
    expect(phone.locator("#__drawer")).to_be_checked()
    phone.evaluate("location.hash = '#explanation'")
    expect(phone.locator("#__drawer")).not_to_be_checked()


def test_the_way_back_to_the_top(phone: Page) -> None:
    """It comes when the reader turns back, goes when he goes on or follows a link, and leads to the top."""
    up = phone.locator(".md-top")
    phone.mouse.wheel(0, 3000)
    until(phone, "scrollY > 2000")
    assert up.get_attribute("hidden") is not None
    phone.mouse.wheel(0, -500)
    expect(up).not_to_have_attribute("hidden", "")
    phone.evaluate("location.hash = '#explanation'")
    expect(up).to_have_attribute("hidden", "")
    assert up.get_attribute("tabindex") == "-1"
    phone.wait_for_timeout(400)
    phone.mouse.wheel(0, -300)
    expect(up).not_to_have_attribute("hidden", "")
    up.click()
    until(phone, "scrollY === 0")


def test_a_fold_opens_for_its_place_and_for_paper(phone: Page) -> None:
    fold = phone.locator("details.mz-proofs").first
    inside = fold.locator("[id]").first.get_attribute("id")
    assert fold.get_attribute("open") is None
    phone.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert phone.locator("article details:not([open])").count() == 0
    phone.evaluate("dispatchEvent(new Event('afterprint'))")
    assert fold.get_attribute("open") is None
    phone.evaluate("id => { location.hash = `#${id}` }", inside)
    expect(fold).to_have_attribute("open", "")
    phone.evaluate("dispatchEvent(new Event('beforeprint'))")
    phone.evaluate("dispatchEvent(new Event('afterprint'))")
    assert fold.get_attribute("open") is not None


def test_a_single_letter_turns_no_page(chrome: Browser, base: str) -> None:
    """Who speaks to the machine would turn pages with every word (WCAG 2.1.4)."""
    page = chrome.new_page(viewport={"width": 1280, "height": 900})
    page.goto(base + ACCOUNT)
    page.locator("h1").click()
    page.keyboard.type("np.,")
    page.wait_for_timeout(300)
    assert page.url == base + ACCOUNT
    page.close()


def test_what_is_cut_off_is_told_in_full_and_codes_scroll_by_keyboard(chrome: Browser, base: str) -> None:
    page = chrome.new_page(viewport={"width": 390, "height": 844})
    page.goto(base + "guide/")
    page.evaluate(MORE, page.locator("script[src*=mingzhang-frame]").get_attribute("src"))
    expect(page.locator(".md-header__topic .md-ellipsis").first).to_have_attribute(
        "title", "很长很长很长很长很长很长很长的标题"
    )
    expect(page.locator("article pre > code").last).to_have_attribute("tabindex", "0")
    page.close()
