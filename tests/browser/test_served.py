"""Pages of every kind behind the real nginx and its policy in Chromium: nothing is refused, and what the scripts do
still works.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from build_tools.publish import Source, publish
from tests.browser.serving import Watch, serving
from tests.nginx import served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def releases(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, published."""
    to = tmp_path_factory.mktemp("served") / "public"
    assert publish(
        to,
        lambda folder: bool(shutil.copytree(site, folder, dirs_exist_ok=True)),
        Source(None, False, {}),
        lambda _: None,
    )
    return to


@pytest.fixture(scope="module")
def url(releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Its address."""
    with served(releases, tmp_path_factory.mktemp("nginx") / "work") as found:
        yield found


def kinds(site: Path) -> list[str]:
    """One page of every kind: the shortest and the longest of each depth, and every disclosure."""
    pages = sorted((path.parent.relative_to(site).as_posix() for path in site.rglob("index.html")), key=len)
    of_depth: dict[int, list[str]] = {}
    for page in pages:
        of_depth.setdefault(page.count("/"), []).append(page)
    chosen = {page for some in of_depth.values() for page in (some[0], some[-1])}
    return sorted(
        chosen
        | {"checks", "quality", "sections", "guide", "glossary"}
        | {page for page in pages if "/20" in page and page.count("/") == 3}
    )


@pytest.mark.slow
def test_nothing_is_refused(chrome: Browser, url: str, site: Path) -> None:
    """No console message, no failed request, and the policy is really there."""
    for path in kinds(site):
        page = chrome.new_page()
        watch = Watch(page, url)
        answer = page.goto(url + ("" if path == "." else f"{path}/"), wait_until="networkidle")
        assert answer is not None
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert watch.problems == [], path
        page.close()


def test_the_page_that_is_not_there(chrome: Browser, url: str) -> None:
    """Ours, with its styles, at any depth."""
    page = chrome.new_page()
    answer = page.goto(f"{url}a/b/c/")
    assert answer is not None
    assert answer.status == 404
    assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
    page.close()


def test_scripts_of_the_theme_work(chrome: Browser, url: str) -> None:
    """Dark mode is switched and remembered on the next page."""
    page = chrome.new_page()
    watch = Watch(page, url)
    page.goto(url)
    assert page.locator("body").get_attribute("data-md-color-scheme") == "default"
    page.locator("label[title='切换到深色']").click()
    page.goto(f"{url}guide/")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    assert watch.problems == []
    page.close()


def test_the_search_runs(chrome: Browser, url: str) -> None:
    """Pagefind's WebAssembly under the policy, on a phrase that only the text of one page has."""
    page = chrome.new_page()
    watch = Watch(page, url)
    page.goto(f"{url}search/?q=综合性服务")
    page.locator("#mz-hits li:first-child a[href$='/2020/self-evaluation/']").wait_for(timeout=10_000)
    assert watch.problems == []
    page.close()


def test_what_a_page_might_be_made_to_hold_does_not_run(chrome: Browser, releases: Path, url: str) -> None:
    """Were markup ever to slip through: neither inline script, handler, foreign script, style nor frame has an
    effect.
    """
    hostile = (
        "<!doctype html><meta charset=utf-8><body><script>window.ran = 1</script><img src=x onerror='window.ran = 2'>"
        "<a id=a href='javascript:window.ran=3'>x</a><script src='data:text/javascript,window.ran=4'></script>"
        "<style>body { color: rgb(1, 2, 3) }</style><p id=p style='color: rgb(1, 2, 3)'>x</p><base href='https://example.invalid/'>"
    )
    (releases / "current/hostile.html").write_text(hostile, encoding="utf-8")
    page = chrome.new_page()
    page.goto(f"{url}hostile.html")
    page.locator("#a").click()
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran === undefined")
    assert page.evaluate("getComputedStyle(document.getElementById('p')).color") == "rgb(0, 0, 0)"
    assert page.evaluate("document.baseURI") == f"{url}hostile.html"
    page.close()
    (releases / "current/hostile.html").unlink()


PORTABLE = "shifeng/business-environment-centre/2020/final-accounts/portable.html"


def test_another_site_shows_one_table(chrome: Browser, url: str, tmp_path: Path) -> None:
    """In a frame stands that table with its source and nothing else; our own pages are refused there."""
    (tmp_path / "index.html").write_text(
        f"<iframe src='{url}{PORTABLE}#expenditure'></iframe><iframe src='{url}guide/'></iframe>", encoding="utf-8"
    )
    page = chrome.new_page()
    with serving(tmp_path, SimpleHTTPRequestHandler) as other:
        page.goto(other)
        shown, refused = page.frames[1:]
        shown.wait_for_selector("#expenditure table")
        assert [one.inner_text() for one in shown.locator("h1, h2, h3").all() if one.is_visible()] == ["支出决算表"]
        assert [one.is_visible() for one in shown.locator(".source").all()] == [True, True]
        assert (
            shown.evaluate(
                "() => getComputedStyle(document.querySelector('#expenditure td[style*=text-align]')).textAlign"
            )
            == "right"
        )
        assert refused.locator("article").count() == 0
    page.close()


def test_another_site_shows_one_chart(chrome: Browser, url: str, tmp_path: Path) -> None:
    """Drawn in the frame, under its own policy, with its table; the others are not there. The page itself leads
    to it.
    """
    page = chrome.new_page()
    page.goto(f"{url}shifeng/business-environment-centre/2020/")
    link = page.locator(".mz-stacks .mz-tools a", has_text="可嵌入的一页")
    address = link.evaluate("one => one.href")
    (tmp_path / "index.html").write_text(f"<iframe width=700 height=900 src='{address}'></iframe>", encoding="utf-8")
    (tmp_path / "favicon.ico").write_bytes(b"")
    with serving(tmp_path, SimpleHTTPRequestHandler) as other:
        watch = Watch(page, other)
        page.goto(other)
        shown = page.frames[1]
        shown.wait_for_selector(".mz-stacks .mz-drawing svg")
        assert [one.inner_text().split()[0] for one in shown.locator("h1, h2").all() if one.is_visible()] == [
            "来源和用途"
        ]
        assert shown.locator("figure:visible").count() == 1
        assert shown.locator("figure:visible table").is_visible()
        # what is framed is another site than the page around it
        assert [one for one in watch.problems if not one.startswith(f"leaves the site: {url}")] == []
    page.close()
