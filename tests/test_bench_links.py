"""The generators that we are compared with are given our links too, and a page with another link is another page.

Texts are as hostile as Markdown, HTML and templates allow; nothing here looks at how long something took.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from benchmarks.links import Text, leading, links, target, tidied, words
from benchmarks.pages import Content, compare, content_of
from benchmarks.stock import markdown, source
from tests.generators import apart_in_eleventy, apart_in_mkdocs

pytestmark = pytest.mark.slow

ARTICLE = "<html><body><nav><a href='x/'>不读</a></nav><article><h1>甲</h1>{}</article></body></html>"
# what stock MkDocs turns on
EXTENSIONS = ("toc", "tables", "fenced_code")
HOSTILE = """<p>- 见 <a href="../c(1)/#甲(一).a b|c">[一](x) | `乙` *_</a>，<a href="#d&amp;lt;&quot;e&quot;">&lt;b&gt; &amp;amp;</a>!<a href="../../">图</a></p>
<p><a href="#x">1. 甲</a></p><p>2<a href="#x">. 甲</a></p><p>3. <a href="./">\\</a></p><p><a href="../../乙/">同</a><a href="../../%E4%B9%99/">同</a></p>
<h2 id="d">一 <a href="../c(1)/">{{ 丙 }} #</a></h2><h3>C#</h3>
<ul><li>+ <a href="#[x]%5D">{% raw %}</a><ul><li><a href="../">]</a></li></ul></li></ul>
<table><thead><tr><th><a href="#h">额|数</a></th><th colspan="2">乙</th></tr></thead>
<tbody><tr><th><a href="#a.*b*_c_"><span>一</span>*</a></th><td>前 <a href="../c(1)/#`f`\\">-1.00</a> 后</td><td><div><a href="#'g'">|</a></div></td></tr></tbody></table>
<p><a href="a.csv">表</a><a href="https://example.org/">外</a><a href="#z"><img src="i.png"></a><a>名</a><a href="portable.html#x">印</a></p>"""
PAGES = {
    "": "<p><a href='a/b/#d'>乙</a> <a href='乙/'>丙</a></p>",
    "a": "",
    "a/b": HOSTILE,
    "a/c(1)": "<p><a href='../b/'>回</a></p>",
    "乙": "<p>无</p>",
}
TEXTS = (
    st.text("甲a1 |[]()`*_<>&;\\!#-+.{}~:\"'=^$%/@", min_size=1, max_size=12)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
PLACES = (
    st.text("甲a1.|[]()`*_<>&;\\!#-+{}~:\"'=%/?@ ", min_size=1, max_size=12)
    .map(lambda text: f"#{text.strip()}")
    .filter(lambda text: len(text) > 1)
)
LINKED = st.lists(st.tuples(TEXTS, st.one_of(st.just(""), PLACES)), min_size=1, max_size=4).map(tidied)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Pages that link one another."""
    for url, text in PAGES.items():
        (tmp_path / "site" / url).mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / url / "index.html").write_text(ARTICLE.format(text), encoding="utf-8")
    return tmp_path / "site"


def as_html(page: Content) -> str:
    """What Python-Markdown makes of a page, as a page."""
    return (
        f"<html><body><article>{Markdown(extensions=list(EXTENSIONS)).convert(markdown(page))}</article></body></html>"
    )


def test_a_text_is_cut_where_a_link_begins_and_ends() -> None:
    found = content_of(ARTICLE.format(HOSTILE), "a/b")
    texts = [block["text"] for block in found.blocks if block["kind"] != "table"]
    assert texts[0] == [
        "- 见 ",
        ["[一](x) | `乙` *_", "../c(1)/#甲(一).a b|c"],
        "，",
        ["<b> &amp;", '#d&lt;"e"'],
        "!",
        ["图", "../../"],
    ]
    assert texts[4:8] == [
        [["同", "../../乙/"], ["同", "../../%E4%B9%99/"]],
        ["一 ", ["{{ 丙 }} #", "../c(1)/"]],
        "C#",
        ["+ ", ["{% raw %}", "#[x]%5D"]],
    ]
    table = next(block for block in found.blocks if block["kind"] == "table")
    assert table["head"] == [[[["额|数", "#h"]], "乙", ""]]
    assert table["rows"] == [[[["一*", "#a.*b*_c_"]], ["前 ", ["-1.00", "../c(1)/#`f`\\"], " 后"], [["|", "#'g'"]]]]


def test_files_other_sites_and_links_without_words_are_text() -> None:
    assert content_of(ARTICLE.format(HOSTILE), "a/b").blocks[-1] == {"kind": "p", "text": "表外名印"}
    assert [leading(one) for one in ("#a", "../", "..", "a/#b", "/", " b/ ")] == ["#a", "../", "..", "a/#b", "/", "b/"]
    assert not any(
        map(
            leading, ("", "a.csv", "../feed.xml", "portable.html#a", "https://a/", "//a/", "mailto:a", "?q=1", "a/?q=1")
        )
    )


def test_a_link_over_several_blocks_is_one_in_each() -> None:
    found = content_of(ARTICLE.format("<a href='b/'><p>一</p>二<br>三</a>四"), "")
    assert [block["text"] for block in found.blocks] == [[["一", "b/"]], [["二", "b/"]], [["三", "b/"], "四"]]


def test_a_title_that_leads_somewhere_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="titles are"):
        content_of("<html><body><article><h1><a href='c/'>甲</a></h1></article></body></html>", "a/b")


@settings(deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.text("甲 \n\u3000"), st.sampled_from(("", "#a", "b/")))))
def test_no_word_is_lost_where_a_text_is_cut(parts: list[tuple[str, str]]) -> None:
    """The same words with the same blanks as without links; every link with words is there."""
    found = tidied(parts)
    assert words(found) == " ".join("".join(said for said, _ in parts).split())
    assert list(links(found)) == [(" ".join(said.split()), href) for said, href in parts if href and said.strip()]
    assert isinstance(found, str) or all(
        isinstance(one, list) or isinstance(other, list) for one, other in pairwise(found)
    )


def test_a_place_is_the_same_however_it_was_written() -> None:
    assert target("a/b", "../c/#甲") == target("", "/a/c/#%E7%94%B2") == target("a/", "./c/#甲") == "/a/c/#%E7%94%B2"
    assert target("a/b/", "") == target("a/b", "./#") == target("a/b/c", "..") == "/a/b/"
    assert target("", "#x") == "/#x"
    assert len({target("a", one) for one in ("#x", "#x%20", "#x%2520", "%23x/", "x/", "#X", "../#x")}) == 7


def test_a_link_is_written_from_file_to_file() -> None:
    assert source("a/b/", "../c/#甲.乙") == "../c/index.md#甲.乙"
    assert source("a/b/", "../../") == source("a/b/", "/") == "../../index.md"
    assert source("", "a/b/") == "a/b/index.md"
    assert source("a/b/", "#一 (二)") == source("a/b/", "./#一 (二)") == "#一%20%28二%29"
    assert source("a/b/", "./") == source("a/b/", "#") == "index.md"
    assert source("乙/", "../c(1)/") == "../c%281%29/index.md"


@settings(deadline=None, derandomize=True, max_examples=500)
@given(LINKED, LINKED, LINKED, st.sampled_from(("p", "li", "h2", "h4")))
def test_markdown_says_and_links_what_it_was_given(text: Text, head: Text, cell: Text, kind: str) -> None:
    page = Content(
        "a/b/", "甲", [{"kind": kind, "text": text}, {"kind": "table", "head": [[head, ""]], "rows": [[cell, text]]}]
    )
    found = content_of(as_html(page), "a/b")
    assert (found.text, found.links) == (page.text, page.links)
    assert [block["kind"] for block in found.blocks] == [kind, "table"]


def test_mkdocs_links_the_same(site: Path, tmp_path: Path) -> None:
    assert apart_in_mkdocs(site, tmp_path) == 0


def test_eleventy_links_the_same(site: Path, tmp_path: Path) -> None:
    assert apart_in_eleventy(site, tmp_path) == 0


@pytest.mark.parametrize(
    ("other", "apart"),
    [
        ("一 <a href='../c/#%E7%94%B2'>二</a>", 0),
        ("一 <a href='/a/c/#甲'> 二</a> <a href='a.csv'></a>", 0),
        ("一 二", 1),
        ("<a href='../c/#甲'>一</a> 二", 1),
        ("一 <a href='../c/'>二</a>", 1),
        ("一 <a href='../d/#甲'>二</a>", 1),
        ("<a href='../c/'>一</a> <a href='../c/#甲'>二</a>", 1),
        ("一 <a href='../c/#甲'>三</a>", 1),
    ],
)
def test_a_page_with_another_link_is_counted(tmp_path: Path, other: str, apart: int) -> None:
    for name, text in (("ours", "一 <a href='../c/#甲'>二</a>"), ("theirs", other)):
        (tmp_path / name / "a/b").mkdir(parents=True)
        (tmp_path / name / "a/b/index.html").write_text(ARTICLE.format(f"<p>{text}</p>"), encoding="utf-8")
    assert compare(tmp_path / "ours", tmp_path / "theirs", ["a/b"]) == apart
