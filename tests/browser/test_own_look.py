"""A project's own logo, colours, fonts, menu and pages take effect: what docs/customise.md and the README of a new folder
say, done in such a folder and seen in a browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from build_tools.cli import main
from build_tools.engine import build_site
from tests.browser.serving import served
from tests.helpers import ROOT

pytestmark = pytest.mark.browser
SHEET = re.compile(r"^```css\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24"><rect width="24" height="24" fill="#fff"/></svg>'
# a page of the generator, one of the compiler, one deeper
PAGES = ("guide/", "checks/", "checks/expenditure-1/")
SEEN = """() => ({
  header: getComputedStyle(document.querySelector('.md-header')).backgroundColor,
  link: getComputedStyle(document.querySelector('article p a, article li a')).color,
  line: getComputedStyle(document.querySelector('article h2')).borderTopColor,
  font: getComputedStyle(document.querySelector('article p')).fontFamily,
  logo: Math.max(...[...document.querySelectorAll('.md-logo img')].map((one) => one.naturalWidth)),
  menu: [...document.querySelectorAll('.md-tabs__link')].map((one) => one.textContent.trim()),
})"""
COLOURS = {
    "light": {"header": "rgb(122, 31, 31)", "link": "rgb(140, 32, 32)", "line": "rgb(140, 32, 32)"},
    "dark": {"header": "rgb(77, 20, 20)", "link": "rgb(240, 168, 160)", "line": "rgb(240, 168, 160)"},
}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a new folder's site, with a look of its own."""
    root = tmp_path_factory.mktemp("own") / "own"
    assert main(["init", str(root)]) == 0
    (sheet,) = SHEET.findall((root / "README.md").read_text(encoding="utf-8"))
    (root / "content/own.css").write_text(sheet, encoding="utf-8")
    (root / "content/logo.svg").write_text(LOGO, encoding="utf-8")
    (root / "content/contact.md").write_text("# 联系我们\n\n见[怎么看](guide.md)。\n", encoding="utf-8")
    settings = root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    for mark in ("# logo: ", "# extra_css: "):
        assert text.count(mark) == 1
        text = text.replace(mark, mark.removeprefix("# "))
    settings.write_text(text.replace("nav:\n", "nav:\n  - 联系我们: contact.md\n"), encoding="utf-8")
    site = build_site(root).site
    assert site is not None
    with served(site) as address:
        yield address


def test_both_texts_name_the_same_sheet() -> None:
    texts = [ROOT / "docs/customise.md", ROOT / "templates/init/README.md"]
    ours, theirs = (SHEET.findall(path.read_text(encoding="utf-8")) for path in texts)
    assert ours == theirs


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_look_is_the_projects_own(own: str, chrome: Browser, scheme: str) -> None:
    context = chrome.new_context(color_scheme="light" if scheme == "light" else "dark")
    page = context.new_page()
    for path in PAGES:
        page.goto(own + path, wait_until="load")
        seen = page.evaluate(SEEN)
        assert {name: seen[name] for name in COLOURS[scheme]} == COLOURS[scheme], path
        assert seen["font"].startswith('"Source Han Serif SC"'), path
        assert seen["logo"] > 0, path
        assert seen["menu"][0] == "联系我们", path
    page.goto(own + "contact/", wait_until="load")
    assert page.inner_text("h1").startswith("联系我们")
    context.close()
