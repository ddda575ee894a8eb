"""WCAG 2.0 to 2.2, A and AA, and axe's own good practice: no violation on any kind of page, wide and narrow, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.axe import Contrast, contrast, prepare, structure
from tests.browser.serving import served
from tools.page_kinds import chosen_pages

pytestmark = pytest.mark.browser
WIDTHS = (1280, 390)
SCHEMES = {"light": "default", "dark": "slate"}
# a single mark (算, ✓) is too short for axe to call it text
TOO_SHORT = ("too short", "only non-text characters")


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
    before, found = Contrast(), []
    for address in addresses:
        page.goto(address)
        assert page.evaluate("document.body.dataset.mdColorScheme") == SCHEMES[scheme], address
        prepare(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            problems = [*(structure(page) if scheme == "light" else ()), *contrast(page, before, width)]
            found += [f"{address} {width}: {one}" for one in problems]
    context.close()
    untold = [one for one in before.never_told().values() if not any(word in one for word in TOO_SHORT)]
    assert not found, "\n".join(found)
    assert not untold, "\n".join(untold)
    assert all(len(told) > 200 for told in before.told.values())
