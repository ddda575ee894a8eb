"""axe-core let loose on a page, as quickly as honesty allows.

Of rows that are made alike the first two are kept. Contrast, which takes most of the time, is measured once for every
way of nesting (tags and classes from the body down), in whichever page it comes first. What would keep axe from telling
a colour (the shade of a scrolling frame, what sticks over something else) is taken off, and what it still cannot tell
is reckoned, so that nothing is passed by silence.
"""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# a chart may be drawn anew while it is looked at
ATTEMPTS = 5
# the theme's switch of the drawer has to stand before all landmarks, because its state is read by what follows it
SWITCH = 'region: <input class="md-toggle" data-md-toggle="drawer"'
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
  if (!found.size) return {{keys: [], violations: [], faint: []}};
  const {{violations, incomplete}} = await axe.run({{include: [...found.values()]}}, {{runOnly: ['color-contrast'], preload: false, elementRef: true}});
  // axe goes by what lies over what on the screen; where it gives up, the colours of the element and of what holds it are reckoned
  const pen = new OffscreenCanvas(1, 1).getContext('2d', {{willReadFrequently: true}});
  const paint = colour => {{ pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1); return [...pen.getImageData(0, 0, 1, 1).data]; }};
  const light = rgb => rgb.slice(0, 3).map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ratio = e => {{
    const holders = []; for (let h = e; h; h = h.parentElement) holders.unshift(h);
    let ground = paint('#fff'); for (const h of holders) ground = paint(getComputedStyle(h).backgroundColor);
    // letters that are drawn have their own colour, and stand on the edge that is drawn round them first
    const style = getComputedStyle(e), drawn = e instanceof SVGElement;
    if (drawn && style.stroke !== 'none' && style.paintOrder.startsWith('stroke')) ground = paint(style.stroke);
    const [a, b] = [light(ground), light(paint(drawn ? style.fill : style.color))];
    return (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  }};
  const faint = [];
  // a chart that was drawn anew meanwhile has taken its letters away: what was looked at is no longer there
  if (incomplete.some(one => one.nodes.some(({{element}}) => !element.isConnected))) return null;
  for (const one of incomplete) for (const {{element, html}} of one.nodes) if (ratio(element) < 4.5)
    faint.push(`color-contrast: ${{html}} — reckoned ${{ratio(element).toFixed(2)}}`);
  for (const one of violations) for (const node of one.nodes) delete node.element;
  return {{keys: [...found.keys()], violations, faint}};
}}"""


def prepare(page: Page) -> None:
    """Everything open, rows made alike left out, axe at hand. A page that was loaded anew has to be prepared anew."""
    page.evaluate(OPEN)
    page.evaluate(AXE_SCRIPT)


def structure(page: Page) -> list[str]:
    """Violations of every rule but contrast."""
    options = {
        "runOnly": LEVELS,
        "rules": {"color-contrast": {"enabled": False}},
        "resultTypes": ["violations"],
        "preload": False,
    }
    found = told(page.evaluate("options => axe.run(document, options)", options)["violations"])
    return [one for one in found if not one.startswith(SWITCH)]


def contrast(page: Page, seen: set[str]) -> list[str]:
    """Violations of contrast by ways of nesting that are not among `seen`; they are added to it."""
    page.evaluate(FLATTEN)
    found = next(filter(None, (page.evaluate(CONTRAST, sorted(seen)) for _ in range(ATTEMPTS))), None)
    assert found, f"{page.url} is never still"
    seen.update(found["keys"])
    return [*told(found["violations"]), *found["faint"]]


def told(results: list[dict[str, object]]) -> list[str]:
    """Each place on a line: the rule, the element, what is wrong with it."""
    return [f"{one['id']}: {node['html'][:160]} — {node['failureSummary']}" for one in results for node in one["nodes"]]  # type: ignore[attr-defined]
