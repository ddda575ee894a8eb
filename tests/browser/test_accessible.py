"""WCAG 2.0 to 2.2, A and AA, and axe's own good practice: no violation on any kind of page, wide and narrow, light and
dark.

长者模式 and 高对比度 change no markup, only the look: they are looked at on the fewest pages that hold every kind of
element.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.axe import contrast, prepare, structure
from tests.browser.serving import served
from tools.page_kinds import chosen_pages, cover, markup

pytestmark = pytest.mark.browser
WIDTHS = (1280, 390)
SCHEMES = {"light": "default", "dark": "slate"}
# what a reader has pressed, where it is looked at: large type has least room on a phone, 高对比度 has a palette for
# each scheme
EASE = [("large", "light", 390), ("contrast", "light", 1280), ("contrast", "dark", 1280)]


@pytest.fixture(scope="module")
def addresses(site: Path, demo: Path) -> Iterator[list[str]]:
    """Full addresses of the pages to look at, of both sites together."""
    chosen = chosen_pages(site, demo)
    assert len(chosen) >= 30
    with served(site) as real, served(demo) as fictional:
        base = {site: real, demo: fictional}
        yield [base[home] + page.relative_to(home).as_posix().removesuffix("index.html") for home, page in chosen]


@pytest.mark.slow
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing(chrome: Browser, addresses: list[str], scheme: str) -> None:
    """Structure and contrast at both widths; structure does not depend on the scheme and is looked at in one."""
    context = chrome.new_context(color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    seen: dict[int, set[str]] = {width: set() for width in WIDTHS}
    found: list[str] = []
    for address in addresses:
        page.goto(address)
        # what stands in the frames of others has one scheme
        assert (
            not page.locator(".md-header").count()
            or page.evaluate("document.body.dataset.mdColorScheme") == SCHEMES[scheme]
        ), address
        prepare(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            problems = [*(structure(page) if scheme == "light" else ()), *contrast(page, seen[width])]
            found += [f"{address} {width}: {one}" for one in problems]
    context.close()
    assert not found, "\n".join(found)
    assert all(len(ways) > 200 for ways in seen.values())


@pytest.fixture(scope="module")
def few(site: Path, demo: Path) -> Iterator[list[str]]:
    """Full addresses of as few pages as hold every kind of element; without those for the frames of others, which know
    no modes.
    """
    pages = {
        page: markup(page)
        for home in (site, demo)
        for page in home.rglob("*.html")
        if page.name not in ("portable.html", "charts.html")
    }
    chosen = cover(pages, [])
    assert 5 <= len(chosen) < 40
    with served(site) as real, served(demo) as fictional:
        yield [
            (real if page.is_relative_to(site) else fictional)
            + page.relative_to(site if page.is_relative_to(site) else demo).as_posix()
            for page in chosen
        ]


@pytest.mark.slow
@pytest.mark.parametrize(("mode", "scheme", "width"), EASE)
def test_axe_finds_nothing_in_the_modes(chrome: Browser, few: list[str], mode: str, scheme: str, width: int) -> None:
    """Nor does any of these pages scroll sideways. Structure does not depend on colours and is looked at where type is
    large.
    """
    context = chrome.new_context(color_scheme=scheme, reduced_motion="reduce", viewport={"width": width, "height": 900})
    context.add_init_script(f"localStorage.setItem('mz-{mode}', '1')")
    page = context.new_page()
    seen: set[str] = set()
    found: list[str] = []
    for address in few:
        page.goto(address)
        assert page.evaluate("mode => document.documentElement.classList.contains(`mz-${mode}`)", mode), address
        if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            found.append(f"{address}: scrolls sideways")
        prepare(page)
        found += [f"{address}: {one}" for one in (*(structure(page) if mode == "large" else ()), *contrast(page, seen))]
    context.close()
    assert not found, "\n".join(found)
    assert len(seen) > 200


@pytest.mark.parametrize("address", ["", "shifeng/business-environment-centre/2020/final-accounts/"])
def test_axe_finds_nothing_on_the_pages_that_are_read_most(chrome: Browser, base: str, address: str) -> None:
    """The home page and a disclosure, wide and light; every kind of page, both widths and schemes in the long proofs."""
    page = chrome.new_page(viewport={"width": 1280, "height": 900})
    page.goto(base + address)
    prepare(page)
    assert [*structure(page), *contrast(page, set())] == []
    page.close()


def test_axe_would_find_something(chrome: Browser, base: str) -> None:
    """The proofs can fail: a picture without words, a grey that is too light, one whose ground axe cannot tell."""
    page = chrome.new_page()
    page.goto(base + "guide/")
    page.evaluate("""() => document.querySelector('article').insertAdjacentHTML('beforeend',
      '<img src="../assets/x.png"><p class="faint">很浅的字</p><div class="over"><p class="under">被压住的字</p><b></b></div>')""")
    page.evaluate("""() => { const sheet = new CSSStyleSheet();
      sheet.replaceSync(`.md-typeset :is(.faint, .under) { color: #ccc; background: #fff } .over { position: relative }
        .over b { position: absolute; inset: 0; background: url(x.png) }`);
      document.adoptedStyleSheets = [sheet]; }""")
    prepare(page)
    assert [one.split(":")[0] for one in structure(page)] == ["image-alt"]
    found = contrast(page, set())
    assert sorted("reckoned" in one for one in found) == [False, True]
    page.close()
