"""WCAG 2.0 to 2.2, A and AA, and axe's own good practice: no violation on any kind of page, wide and narrow, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.axe import contrast, prepare, structure
from tests.browser.serving import served
from tools.page_kinds import chosen_pages

pytestmark = pytest.mark.browser
WIDTHS = (1280, 390)
SCHEMES = {"light": "default", "dark": "slate"}


@pytest.fixture(scope="module")
def addresses(site: Path, demo: Path) -> Iterator[list[str]]:
    """Full addresses of the pages to look at, of both sites together."""
    chosen = chosen_pages(site, demo)
    assert len(chosen) >= 30
    with served(site) as real, served(demo) as fictional:
        base = {site: real, demo: fictional}
        yield [base[home] + page.relative_to(home).as_posix().removesuffix("index.html") for home, page in chosen]


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
        assert not page.locator(".md-header").count() or page.evaluate("document.body.dataset.mdColorScheme") == SCHEMES[scheme], address
        prepare(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            problems = [*(structure(page) if scheme == "light" else ()), *contrast(page, seen[width])]
            found += [f"{address} {width}: {one}" for one in problems]
    context.close()
    assert not found, "\n".join(found)
    assert all(len(ways) > 200 for ways in seen.values())


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
