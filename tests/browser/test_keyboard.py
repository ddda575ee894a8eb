"""Every kind of page by keyboard alone: Tab reaches all there is to use, in sight, with a ring; nothing else takes the
focus.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.serving import served, until
from tools.page_kinds import chosen_pages

pytestmark = pytest.mark.browser
# stops that a test can walk in a second or two; the long pages are made of the same parts
STOPS, PAGES = 70, 12
# what can take the focus and can be seen without opening anything
USABLE = """() => {
  const named = e => e.outerHTML.slice(0, 90);
  const all = document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]');
  const radios = new Set();
  return [...all]
    .filter(one => !one.disabled && !one.closest('[hidden]') && one.checkVisibility({visibilityProperty: true}))
    .filter(one => !one.closest('details:not([open]) > :not(summary)')
    && (one.type !== 'radio' || (!radios.has(one.name) && radios.add(one.name))))
    .filter(one => one.dataset.reached !== 'yes').map(named);
}"""
# where the focus is: whether it was there before, its name, whether it is on the screen, whether a ring is drawn round
# it or its label
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const again = one.dataset.reached === 'yes';
  one.dataset.reached = 'yes';
  const ringed = e => e && getComputedStyle(e).outlineStyle !== 'none' && parseFloat(getComputedStyle(e).outlineWidth) >= 1;
  const inside = e => { const b = e.getBoundingClientRect(); return b.width > 0 && b.left < innerWidth && b.right > 0 && b.top < innerHeight && b.bottom > 0; };
  // a switch shows itself by its label, or by the one of its twin
  const shown = one.matches('[type=checkbox], [type=radio]') ? [one.nextElementSibling, ...one.labels].filter(e => e && e.checkVisibility() && inside(e)) : [one];
  return {
    again, name: `${one.tagName} ${(one.innerText || one.getAttribute('aria-label') || one.id).slice(0, 40)}`,
    seen: shown.some(inside), ring: shown.some(ringed),
  };
}"""


def walk(page: Page) -> tuple[int, list[str]]:
    """Tab until the focus comes round: how many stops, and what was wrong at them."""
    stops, wrong = 0, []
    for _ in range(2 * STOPS):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at is None or at["again"]:
            break
        stops += 1
        wrong += [f"{at['name']}: {word}" for word in ("seen", "ring") if not at[word]]
    return stops, wrong


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 390])
def test_the_keyboard_reaches_everything_in_sight(chrome: Browser, site: Path, demo: Path, width: int) -> None:
    """As many stops as there are things to use, each on the screen with a ring."""
    looked_at, found = 0, []
    with served(site) as real, served(demo) as fictional:
        context = chrome.new_context(viewport={"width": width, "height": 844}, reduced_motion="reduce")
        page = context.new_page()
        for home, path in sorted(chosen_pages(site, demo), key=lambda one: one[1].stat().st_size):
            page.goto((real if home == site else fictional) + path.relative_to(home).as_posix())
            usable = page.evaluate(USABLE)
            if len(usable) > STOPS or looked_at == PAGES:
                continue
            stops, wrong = walk(page)
            looked_at += 1
            found += [f"{path.relative_to(home)}: {one}" for one in wrong]
            if stops < len(usable):
                found.append(f"{path.relative_to(home)}: not reached {page.evaluate(USABLE)}")
        context.close()
    assert not found, "\n".join(found)
    assert looked_at == PAGES


def test_a_phone_s_drawer_opens_by_keyboard(chrome: Browser, base: str) -> None:
    """Shut, nobody is led into it; Space opens it, its links are reached; Space shuts it again."""
    page = chrome.new_page(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page.goto(base + "guide/")
    inside = page.locator(".md-sidebar--primary a", has_text="核对情况").first
    assert not inside.is_visible()
    page.locator("#__drawer").focus()
    page.keyboard.press("Space")
    assert inside.is_visible()
    inside.focus()
    until(page, "document.activeElement.getBoundingClientRect().left >= 0")
    page.locator("#__drawer").focus()
    page.keyboard.press("Space")
    assert not inside.is_visible()
    page.close()


def test_a_lost_ring_would_be_found(chrome: Browser, base: str) -> None:
    """The walk can fail: without rings every stop is told."""
    page = chrome.new_page(viewport={"width": 1280, "height": 844})
    page.goto(base + "guide/")
    page.evaluate(
        "() => { const sheet = new CSSStyleSheet(); sheet.replaceSync('* { outline: none !important }'); "
        "document.adoptedStyleSheets = [sheet]; }"
    )
    stops, wrong = walk(page)
    assert len([one for one in wrong if one.endswith("ring")]) == stops > 10
    page.close()
