"""axe-core let loose on a page, as quickly as honesty allows.

Of rows that are made alike the first two are kept. Contrast, which takes most of the time, is measured once for every way of
nesting (tags and classes from the body down), in whichever page it comes first. What would keep axe from telling a colour (the shade
of a scrolling frame, what sticks over something else) is taken off, and what it still cannot tell is given back, so that nothing is passed by silence.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
OUTLINE = "const outline = e => [e.tagName, ...e.classList].join('.');"
OPEN = f"""() => {{
  {OUTLINE}
  const seen = new Map();
  for (const row of document.querySelectorAll('tbody tr')) {{
    const made = [row.parentElement, row, ...row.querySelectorAll('*')].map(outline).join();
    seen.set(made, (seen.get(made) ?? 0) + 1);
    if (seen.get(made) > 2) row.remove();
  }}
  for (const fold of document.querySelectorAll('details')) fold.open = true;
}}"""
FLATTEN = """() => {
  for (const one of document.body.querySelectorAll('*')) {
    const style = getComputedStyle(one);
    if (style.backgroundImage.includes('gradient')) one.style.backgroundImage = 'none';
    if (['sticky', 'fixed'].includes(style.position)) one.style.position = 'static';
  }
}"""
CONTRAST = f"""async seen => {{
  {OUTLINE}
  const chain = e => e === document.body ? '' : chain(e.parentElement) + '>' + outline(e);
  const text = e => [...e.childNodes].filter(n => n.nodeType === Node.TEXT_NODE).map(n => n.data.trim()).join('');
  const known = new Set(seen), found = new Map();
  for (const one of document.body.querySelectorAll('*')) {{
    if (!text(one) || !one.checkVisibility()) continue;
    const key = chain(one);
    if (!known.has(key) && text(one).length > text(found.get(key) ?? document.createElement('i')).length) found.set(key, one);
  }}
  if (!found.size) return {{told: [], violations: [], untold: {{}}}};
  const {{violations, incomplete}} = await axe.run({{include: [...found.values()]}}, {{runOnly: ['color-contrast'], preload: false, elementRef: true}});
  const untold = {{}};
  for (const one of incomplete) for (const node of one.nodes) untold[chain(node.element)] = `${{node.html}} — ${{node.failureSummary}}`;
  for (const one of violations) for (const node of one.nodes) delete node.element;
  return {{told: [...found.keys()].filter(key => !(key in untold)), violations, untold}};
}}"""


@dataclass
class Contrast:
    """Ways of nesting whose contrast was measured in one scheme, at any of its widths, and those that axe could not tell."""

    told: dict[int, set[str]] = field(default_factory=dict)
    untold: dict[str, str] = field(default_factory=dict)

    def never_told(self) -> dict[str, str]:
        """What could be told at no width: what lies beyond the right edge of a phone is told on a desktop."""
        told = set().union(*self.told.values())
        return {nesting: text for nesting, text in self.untold.items() if nesting not in told}


def prepare(page: Page) -> None:
    """Everything open, rows made alike left out, axe at hand. A page that was loaded anew has to be prepared anew."""
    page.evaluate(OPEN)
    page.evaluate(AXE_SCRIPT)


def structure(page: Page) -> list[str]:
    """Violations of every rule but contrast."""
    options = {"runOnly": LEVELS, "rules": {"color-contrast": {"enabled": False}}, "resultTypes": ["violations"], "preload": False}
    return told(page.evaluate("options => axe.run(document, options)", options)["violations"])


def contrast(page: Page, before: Contrast, width: int) -> list[str]:
    """Violations of contrast by what `before` has not seen at this width."""
    page.evaluate(FLATTEN)
    seen = before.told.setdefault(width, set())
    found = page.evaluate(CONTRAST, sorted(seen))
    seen.update(found["told"])
    before.untold.update(found["untold"])
    return told(found["violations"])


def told(results: list[dict[str, object]]) -> list[str]:
    """Each place on a line: the rule, the element, what is wrong with it."""
    return [f"{one['id']}: {node['html'][:160]} — {node['failureSummary']}" for one in results for node in one["nodes"]]  # type: ignore[attr-defined]
