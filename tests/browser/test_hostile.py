"""Every field of every form holds a script, a Markdown trick or a word without end: in Chromium nothing runs, nothing
is fetched, nothing moves, and the text can be read as it was written. What is written where is in tests/hostile.py.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page

from build_tools.accounts.corpus import read_project
from build_tools.engine import Setup, build_site, compile_site, generate
from build_tools.engine.settings import site_settings
from tests.browser.serving import Watch, served
from tests.hostile import TEXTS, Hostile, dump, fitting, make_hostile
from tests.support import DISCLOSURE, INFORMATION, make_project

pytestmark = pytest.mark.browser
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
# what our templates, the theme and Markdown make, the box of the search and what is drawn by a library apart; anything
# else in the body of a page was made by a text
TAGS = frozenset(
    re.findall(
        r"\w+",
        """
    A ABBR ARTICLE B BLOCKQUOTE BR BUTTON CAPTION CODE COL COLGROUP DD DETAILS DIV DL DT EM FIGCAPTION FIGURE H1 H2 H3 H4 H5 H6 HR LI NAV OL P PRE S SECTION SMALL SPAN
    STRONG SUMMARY SUP TABLE TBODY TD TFOOT TH THEAD TIME TR UL
""",
    )
)
LOOK = """() => {
  const article = document.querySelector('article'), all = [...article.querySelectorAll('*')].filter(e => !e.closest('.mz-drawing'));
  const urls = all.flatMap(e => ['href', 'src', 'action', 'formaction', 'srcdoc', 'data', 'xlink:href'].filter(n => e.hasAttribute(n)).map(n => e.getAttribute(n)));
  const inside = one => { const box = document.querySelector(one).getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2); return !!top && document.querySelector(one).contains(top); };
  return {
    hit: window.hit === undefined, title: document.title,
    landmarks: ['header.md-header', 'main', 'article', 'footer', 'h1', 'title'].map(one => document.querySelectorAll(one).length),
    order: article.getBoundingClientRect().bottom <= document.querySelector('footer').getBoundingClientRect().top + 1,
    header: inside('header.md-header'),
    tags: [...new Set(all.filter(e => !e.closest('.mz-find') && !e.matches('noscript, script[src*="mingzhang-search."], script[type="application/json"]'))
      .map(e => e.tagName))],
    handlers: [...document.querySelectorAll('*')].flatMap(e => [...e.attributes].filter(a => a.name.startsWith('on')).map(a => e.outerHTML.slice(0, 200))),
    styled: all.filter(e => e.hasAttribute('style') || ['fixed', 'absolute'].includes(getComputedStyle(e).position) && !e.matches('.mz-hidden'))
      .map(e => e.outerHTML.slice(0, 200)),
    away: urls.filter(one => new URL(one, location.href).origin !== location.origin),
    scripts: [...document.scripts].filter(s => !(s.src.startsWith(location.origin + '/assets/') || ['application/json', 'application/ld+json'].includes(s.type)))
      .map(s => s.outerHTML.slice(0, 200)),
    text: document.body.textContent,
  };
}"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    """The project, built."""
    found = make_hostile(tmp_path_factory.mktemp("hostile"))
    outcome = build_site(found.root)
    assert outcome.site == found.root / "site"
    assert [file for one in outcome.departments for file in one.held] == []
    return found


def lost(text: str, planted: list[tuple[str, str]]) -> list[str]:
    """The texts that stand on a page less often than they were written in its file; only letters and digits are looked
    at, because Markdown may take a star for emphasis.
    """

    def bare(one: str) -> str:
        return re.sub(r"[\W_]+", "", one)

    page, written = bare(text), Counter(one for _, one in planted)
    return [one for one, number in written.items() if bare(one) and page.count(bare(one)) < number]


def look(page: Page, base: str, address: str, problems: list[str]) -> str:
    """Open a page, note everything that it is and must not be, and give back its text."""
    page.goto(base + address)
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        wide = page.evaluate("document.documentElement.scrollWidth")
        problems += [f"{address}: {wide} wide on a {size}"] if wide != width else []
    seen: dict[str, Any] = page.evaluate(LOOK)
    wrong = {key: seen[key] for key in ("handlers", "styled", "away", "scripts") if seen[key]}
    wrong |= {key: seen[key] for key in ("hit", "order", "header") if not seen[key]}
    wrong |= {"landmarks": seen["landmarks"]} if seen["landmarks"] != [1] * 6 else {}
    wrong |= {"tags": strange} if (strange := sorted(set(seen["tags"]) - TAGS)) else {}
    problems += [f"{address}: {key}: {value}" for key, value in wrong.items()]
    return str(seen["text"])


@pytest.mark.slow
def test_every_kind_of_field_has_held_every_text(hostile: Hostile) -> None:
    """Else nothing below would prove anything."""
    kinds = {
        "text",
        "原文",
        "摘要",
        "names",
        "term",
        "target",
        "ordinal",
        "code",
        "codebook",
        "indicator",
        "note",
        "reason",
        "remark",
        "department",
        "explanation",
    }
    assert set(hostile.dealt) == {*kinds, "district"}
    for kind in kinds:
        assert hostile.dealt[kind] == set(fitting(kind)), kind
    assert len(TEXTS) > 100


@pytest.mark.slow
def test_nothing_runs_nothing_is_fetched_nothing_moves(hostile: Hostile, chrome: Browser) -> None:
    """Every disclosure, and the pages above it: of those that are made alike, some."""
    site = hostile.root / "site"
    pages = {path.parent.relative_to(site).as_posix() + "/" for path in site.rglob("index.html")} - {"./"}
    above = [
        *sorted(one for one in pages if one.count("/") in (1, 2) and not one.startswith("checks/")),
        "",
        "hunan/unit-0/2022/",
    ]
    projects = sorted(one for one in pages if "/projects/" in one)[:3]
    rules = sorted(
        (one for one in pages if one.startswith("checks/")), key=lambda one: (site / one / "index.html").stat().st_size
    )[-2:]
    problems: list[str] = []

    def refuse(dialog: Dialog) -> None:
        problems.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    with served(site) as base:
        page = chrome.new_page()
        watch = Watch(page, base)
        page.on("dialog", refuse)
        for address in [*sorted(hostile.planted), *above, *projects, *rules]:
            text = look(page, base, address, problems)
            problems += [f"{address}: {one} is lost" for one in lost(text, hostile.planted.get(address, []))]
        page.close()
    assert "\n".join(problems + watch.problems) == ""


@pytest.mark.slow
def test_a_preview_tells_of_hostile_files_in_words(hostile: Hostile, chrome: Browser, tmp_path: Path) -> None:
    """Findings quote keys, values, lines and names of folders: on the page of what is held back, and on the
    home page.
    """
    tree = {text: text for text in TEXTS} | {
        "支出决算表": {text: text for text in TEXTS},
        "说明": {"收入支出总体": {"增加": TEXTS[0], TEXTS[8]: TEXTS[9]}},
    }
    root = make_project(tmp_path / "project", {DISCLOSURE: INFORMATION + dump(tree) + "\n"})
    for text in TEXTS:
        if "/" not in text and len(text.encode()) < 200:
            (root / "data" / text).mkdir()
    project = read_project(root)
    out = tmp_path / "out"
    shell, settings = generate(hostile.root), site_settings(hostile.root)
    compile_site(project, Setup(root, shell, out, settings, project.today, preview=True))
    problems: list[str] = []
    with served(out) as base:
        page = chrome.new_page()
        watch = Watch(page, base)
        held, home = (look(page, base, address, problems) for address in ("x/y/2020/final-accounts/", ""))
        page.close()
    assert problems + watch.problems == []
    assert held.count("不认识") + held.count("没有“") > 10
    assert "<img src=x onerror=hit=1>" in held
    assert "<svg onload=hit=1>" in home
