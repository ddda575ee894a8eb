"""The shell at every depth, 1 to 5: working links and assets, scripts on and off, nothing from elsewhere."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from build_tools.engine import generate
from build_tools.engine.generator import shell_path
from build_tools.web.shell import (
    BODY,
    CRUMBS,
    DEPTHS,
    DESCRIPTION,
    FOLDER,
    HEAD,
    HEADING,
    SLOTS,
    TITLE,
    TOC,
    bake,
    fill,
)
from tests.browser.serving import Watch, served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def filled(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site with one more page at every depth."""
    generated = generate(site.parent)
    out = tmp_path_factory.mktemp("site") / "site"
    shutil.copytree(site, out)
    for depth in DEPTHS:
        shell = bake(shell_path(generated, depth).read_text(encoding="utf-8"))
        base = "../" * depth
        blocks = {BODY: f'<p id="here">正文</p><a id="home" href="{base}">首页</a>', TOC: "", CRUMBS: "", HEAD: ""}
        page = fill(shell, {TITLE: f"第{depth}层 <b>", DESCRIPTION: 'a"b', HEADING: "标题"}, blocks)
        assert not any(slot in page for slot in SLOTS)
        target = out.joinpath(*"vwxyz"[:depth], "index.html")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page, encoding="utf-8")
    return out


@pytest.mark.slow
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("depth", DEPTHS)
def test_links_and_assets_work(chrome: Browser, filled: Path, depth: int, scripts: bool) -> None:
    """Every link and asset resolves; the title is text, never markup; the way home works."""
    with served(filled) as base:
        context = chrome.new_context(java_script_enabled=scripts)
        page = context.new_page()
        watch = Watch(page, base)
        page.goto(base + "/".join("vwxyz"[:depth]) + "/")
        assert watch.problems == []
        assert any(re.search(r"pages\.[0-9a-f]{12}\.css$", url) for url in watch.requests)
        assert any("mingzhang-frame" in url for url in watch.requests) == scripts
        assert page.title().startswith(f"第{depth}层 <b>")
        links = {link.get_attribute("href") or "" for link in page.locator("a[href]").all()}
        for link in {one for one in links if not one.startswith("#")}:
            assert page.request.get(
                page.evaluate("link => new URL(link, location.href).href", link) if scripts else resolve(page.url, link)
            ).ok, link
        page.locator("#home").click()
        page.wait_for_url(base)
        context.close()


def resolve(url: str, link: str) -> str:
    """A link against a page, where the page runs no scripts."""
    from urllib.parse import urljoin

    return urljoin(url, link)


def test_the_shell_itself_is_not_published(site: Path) -> None:
    """Neither in the output nor in the sitemap."""
    assert not (site / FOLDER).exists()
    assert FOLDER not in (site / "sitemap.xml").read_text(encoding="utf-8")
    assert "final-accounts/" in (site / "sitemap.xml").read_text(encoding="utf-8")


def test_no_inline_script_and_no_slot_is_left(site: Path) -> None:
    """What a strict policy would refuse, and what a reader must never see."""
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "<script>" not in text, path
        assert " onclick=" not in text, path
        assert " onload=" not in text, path
        assert not any(slot in text for slot in SLOTS), path
        assert "<!-- mingzhang:" not in text, path
