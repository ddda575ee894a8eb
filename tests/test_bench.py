"""What `make bench` compares is the same content, and what it measures is what it says: each part at a tiny size.

Nothing here looks at how long something took.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import pytest

from benchmarks import bench, ours
from benchmarks.city import make_city
from benchmarks.eleventy import available
from benchmarks.pages import compare, content_of, extract, extracted, urls_of
from benchmarks.running import FailedError, run
from benchmarks.weight import weigh
from build_tools.accounts.corpus import read_project
from build_tools.checks import check_project
from tests.generators import apart_in_eleventy, apart_in_mkdocs

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
# texts that Markdown, HTML and templates would take for their own
PAGE = """<!doctype html><html><body><nav>不读</nav><article>
<nav class="mz-crumbs">首页</nav>
<h1>甲局 * 2024_年 <small>[决算](x)</small></h1>
<p>一段 <strong>重要</strong>的话：1 &lt; 2 &amp;&amp; a_b_c `d` \\* {{ 7 * 7 }} {% raw %} &amp;lt;</p>
<h2 id="a">一、收入</h2>
<ul><li>甲 <ul><li># 乙</li></ul> 尾</li><li>2. 丙</li></ul>
<dl><div><dt>+ 名</dt><dd>- 值</dd></div></dl>
<details><summary>&gt; 折起</summary>
<table><caption>读屏</caption><thead><tr><th colspan="2">项目</th><th rowspan="2">数|额</th></tr><tr><th>甲</th><th>乙</th></tr></thead>
<tbody><tr><th rowspan="2">一*</th><td><a href="#x">1.00</a></td><td>-2.00</td></tr><tr><td>&lt;b&gt;</td><td></td></tr></tbody></table></details>
<script>不读</script></article></body></html>"""
PLAIN = (
    "<html><body><article><h1>{}</h1><p>正文</p><table><thead><tr><th>甲</th></tr></thead><tbody><tr><td>1</td>"
    "</tr></tbody></table></article></body></html>"
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Four pages of ours."""
    pages = {"": PLAIN.format("首页"), "a": PLAIN.format("甲"), "a/b": PAGE, "a/b/2024": PLAIN.format("乙")}
    for url, text in pages.items():
        (tmp_path / "site" / url).mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / url / "index.html").write_text(text, encoding="utf-8")
    return tmp_path / "site"


def test_every_text_of_a_page_is_taken_once_and_a_span_leaves_blanks() -> None:
    found = content_of(PAGE, "a/b")
    assert found.title == "甲局 * 2024_年 [决算](x)"
    assert [(one["kind"], one["text"]) for one in found.blocks if one["kind"] != "table"] == [
        ("p", "一段 重要的话：1 < 2 && a_b_c `d` \\* {{ 7 * 7 }} {% raw %} &lt;"),
        ("h2", "一、收入"),
        ("li", "甲"),
        ("li", "# 乙"),
        ("li", "尾"),
        ("li", "2. 丙"),
        ("p", "+ 名"),
        ("p", "- 值"),
        ("p", "> 折起"),
    ]
    table = next(one for one in found.blocks if one["kind"] == "table")
    assert table["head"] == [["项目", "", "数|额"], ["甲", "乙", ""]]
    assert table["rows"] == [["一*", [["1.00", "#x"]], "-2.00"], ["", "<b>", ""]]


def test_a_page_without_an_article_or_a_title_is_not_taken_for_an_empty_one() -> None:
    for text in ("<html><body><h1>甲</h1></body></html>", "<html><body><article><p>甲</p></article></body></html>"):
        with pytest.raises(ValueError, match="a/b"):
            content_of(text, "a/b")


def test_what_was_extracted_comes_back_with_its_size(site: Path, tmp_path: Path) -> None:
    pages, size = extract(site, tmp_path / "pages")
    found = list(extracted(tmp_path / "pages"))
    assert [one.url for one in found] == ["", "a/", "a/b/", "a/b/2024/"]
    assert (pages, size) == (4, sum(len(one.text.encode()) for one in found))


def test_mkdocs_says_the_same_and_a_page_that_does_not_is_counted(site: Path, tmp_path: Path) -> None:
    """Nested lists lose their nesting, nothing else; sections alone stand in the navigation."""
    assert apart_in_mkdocs(site, tmp_path) == 0
    assert (tmp_path / "stock/mkdocs.yml").read_text(encoding="utf-8").endswith("nav:\n  - index.md\n  - a/index.md\n")
    assert len(json.loads((tmp_path / "stock/site/search/search_index.json").read_text(encoding="utf-8"))["docs"]) >= 4
    (site / "a/index.html").write_text(PLAIN.format("改"), encoding="utf-8")
    assert compare(site, tmp_path / "stock/site", urls_of(site)) == 1
    (tmp_path / "stock/site/a/index.html").unlink()
    with pytest.raises(OSError, match=r"index\.html"):
        compare(site, tmp_path / "stock/site", urls_of(site))


def test_eleventy_says_the_same(site: Path, tmp_path: Path) -> None:
    assert apart_in_eleventy(site, tmp_path) == 0


def test_without_node_it_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert available(tmp_path / "cache") == "node and npm are not installed"
    assert not (tmp_path / "cache").exists()


def test_the_memory_of_a_process_is_its_own_and_its_time_that_of_all(tmp_path: Path) -> None:
    """A child of 150 MB and half a second: the one does not count, the other does."""
    child = "import time; x = bytearray(150_000_000)\nwhile time.process_time() < 0.5: pass"
    parent = (
        f"import subprocess, sys, time; x = bytearray(60_000_000); subprocess.run([sys.executable, '-c', "
        f"{child!r}]); time.sleep(0.3)"
    )
    found = run([sys.executable, "-c", parent], tmp_path)
    assert 60 < found.peak < 120
    assert found.processor > 0.5


def test_a_command_that_fails_is_not_a_measurement(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="why it did"):
        run([sys.executable, "-c", "print('why it did'); raise SystemExit(3)"], tmp_path)


def test_a_page_weighs_what_it_names(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "s.css").write_bytes(b"1" * 10)
    (tmp_path / "t.css").write_bytes(b"1" * 200)
    (tmp_path / "a/u.js").write_bytes(b"1" * 3000)
    styles = (
        '<link rel="stylesheet" href="../../s.css"><link rel="stylesheet" href="../../t.css"><link rel="next" '
        'href="../../no">'
    )
    text = f'<html><head>{styles}</head><script src="../u.js"></script></html>'
    (tmp_path / "a/b/index.html").write_text(text, encoding="utf-8")
    found = weigh(tmp_path, "a/b", lambda data: data)
    assert (found.page, found.styles, found.scripts, found.all) == (len(text), 210, 3000, len(text) + 3210)
    assert weigh(tmp_path, "a/b", gzip.compress).scripts < 100
    (tmp_path / "t.css").unlink()
    with pytest.raises(OSError, match=r"t\.css"):
        weigh(tmp_path, "a/b", gzip.compress)


def test_a_city_is_several_districts_with_nothing_to_find(tmp_path: Path) -> None:
    make_city(tmp_path, 2, 1, 1)
    project = read_project(tmp_path)
    assert [one.name for one in project.districts] == ["示例县1", "示例县2"]
    reports, findings = check_project(project)
    assert len(reports) == 2
    assert [*findings, *(finding for report in reports for finding in report.all_findings)] == []


def test_a_change_is_measured_only_where_it_is_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The page shows it, the search has nothing of it; what is no change is no measurement."""
    make_city(tmp_path, 1, 1, 1)
    monkeypatch.setattr(ours, "TIMES", 1)
    assert ours.from_nothing(tmp_path).peak > 20
    assert ours.one_changed(tmp_path).seconds > 0
    monkeypatch.setattr(ours, "FIELD", "没有的栏目: ")
    (tmp_path / "site/search/pagefind").mkdir(exist_ok=True)
    file = next((tmp_path / "data").glob("*/*/*/final-accounts.yaml"))
    before = file.read_bytes()
    page = next((tmp_path / "site").glob("*/*/*/final-accounts/index.html"))
    page.write_text(page.read_text(encoding="utf-8").replace("改1", "改"), encoding="utf-8")
    with pytest.raises(FailedError, match="should have changed"):
        ours.one_changed(tmp_path)
    assert file.read_bytes() == before


def test_the_document_has_a_place_for_what_was_measured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    copy = tmp_path / "performance.md"
    copy.write_text(bench.DOCUMENT.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(bench, "DOCUMENT", copy)
    bench.keep("| 甲 |")
    once = copy.read_text(encoding="utf-8")
    bench.keep("| 甲 |")
    assert copy.read_text(encoding="utf-8") == once
    assert f"{bench.BEGIN}\n| 甲 |\n{bench.END}" in once
