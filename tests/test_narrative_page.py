"""On the page every figure of a sentence is a link, and where the link leads stands the same figure."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from lxml import html

from build_tools.diagnostics import CellRef
from build_tools.engine import build_site
from build_tools.web.narrative import HEADED, Quoted, Sentence
from build_tools.web.narrative.html import COMPUTED, sentence_html
from examples.make_demo import DEMO

pytestmark = pytest.mark.slow

SECTION = "//section[contains(@class, 'mz-narrative')]"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, html.HtmlElement]:
    """The pages of the fictional district's disclosures, by address."""
    root = tmp_path_factory.mktemp("demo") / "demo"
    shutil.copytree(DEMO, root, ignore=shutil.ignore_patterns("site", ".cache"))
    site = build_site(root).site
    assert site is not None
    return {
        f"/{path.relative_to(site).parent.as_posix()}/": html.parse(path).getroot()
        for path in Path(site).rglob("index.html")
    }


def test_every_figure_leads_to_the_cell_that_holds_it(pages: dict[str, html.HtmlElement]) -> None:
    @cache
    def cells(url: str) -> dict[str, str]:
        return {one.get("id"): "".join(one.itertext()) for one in pages[url].xpath("//*[@id]")}

    plain = computed = 0
    for url, page in pages.items():
        for link in page.xpath(f"{SECTION}//a"):
            target, _, anchor = urljoin(url, link.get("href")).partition("#")
            cell = cells(target)[unquote(anchor)].replace(",", "").replace("−", "-")
            if link.get("title"):
                computed += 1
            elif re.fullmatch(r"-?[\d.]+%?", link.text):
                assert link.text in re.findall(r"-?[\d.]+%?", cell), (url, link.get("href"), link.text)
                plain += 1
    assert plain > 1000
    assert computed > 500


def test_the_answer_stands_before_the_tables_and_the_text_in_its_part(pages: dict[str, html.HtmlElement]) -> None:
    for kind in ("final-accounts", "self-evaluation", "performance-targets", "evaluation-report"):
        found = [page for url, page in pages.items() if re.search(rf"/\d{{4}}/{kind}/$", url) and page.xpath("//table")]
        assert found
        for page in found:
            assert len(page.xpath("//section[@aria-labelledby='answer']/p")) == 4
            assert not page.xpath("//section[@aria-labelledby='answer']/preceding::table")
            assert [one.text for one in page.xpath("//*[@id='narrative']")] == [HEADED]
            if kind == "final-accounts":
                assert page.xpath("//section[@aria-labelledby='explanation']//*[@id='narrative']")


def test_words_are_escaped_and_a_figure_without_a_cell_is_no_link() -> None:
    ref = CellRef("甲", "", "乙", "丙")
    sentence = Sentence(
        ("<b>", Quoted("1.00", (ref,)), "&", Quoted("5.00%", (ref, ref), "share"), Quoted("2.00", (ref,)))
    )
    links = iter(['#甲."x', "y/#乙", ""])
    text = sentence_html(sentence, "../", lambda _: next(links))
    assert (
        text
        == f'&lt;b&gt;<a href="#甲.&quot;x">1.00</a>&amp;<a href="../y/#乙" title="{COMPUTED["share"]}">5.00%</a>2.00'
    )
