"""The frame of every page: meta tags, footer, addresses, feeds, data for machines; all of it declared somewhere,
nothing made up.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urljoin

import feedparser
import pytest
from lxml import html

from build_tools.accounts.corpus import read_project
from build_tools.engine import GeneratorError, build_site
from build_tools.engine.owner import NUMBERS, owner_mistakes
from build_tools.engine.settings import site_settings
from build_tools.web.feeds import MOST, Entry, atom
from build_tools.web.page import as_data
from build_tools.web.pages.tags import full_day
from examples.make_demo import DEMO
from tests.helpers import one_disclosure

pytestmark = pytest.mark.slow

URL = "https://example-county.example/"
PAGE = "example-county/education-bureau/2023/final-accounts/"
OWNER = {
    "主办单位": "示例县财政局 <b>&",
    "承办单位": "示例县财政信息中心",
    "联系方式": "0000-0000000",
    "网站标识码": "0000000000",
    "ICP备案号": "虚ICP备00000000号-1",
    "公安备案号": "虚公网安备 00000000000000号",
    "栏目类别": "政务公开",
}


def tags(page: Path) -> dict[str, str]:
    """The named meta tags of a page, each of which may be there once."""
    found = [
        (node.get("name") or node.get("property"), node.get("content"))
        for node in html.parse(page).xpath("//meta[@name or @property]")
    ]
    names = [name.lower() for name, _ in found]
    assert len(names) == len(set(names)), names
    return dict(found)


def pages(site: Path) -> list[Path]:
    """Every page that a reader may open."""
    return [path for path in site.rglob("*.html") if path.name not in ("portable.html", "charts.html")]


def configured(target: Path, owner: dict[str, object]) -> Path:
    """A project with one disclosure and these lines under `extra`."""
    root = one_disclosure(target)
    config = root / "mkdocs.yml"
    lines = "".join(f"    {key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in owner.items())
    text, count = re.subn(
        "  开办信息:\n(?:    .*\n)+", lambda _: f"  开办信息:\n{lines}", config.read_text(encoding="utf-8")
    )
    assert count == 1
    config.write_text(text, encoding="utf-8")
    return root


def test_every_page_says_whose_it_is_and_what_others_may_show_of_it(demo: Path) -> None:
    seen = 0
    for page in pages(demo):
        found = tags(page)
        assert found["SiteName"] == found["og:site_name"] == "示例县（虚构）"
        assert found["SiteDomain"] == "example-county.example"
        # not configured: not there
        assert "SiteIDCode" not in found
        assert "ColumnType" not in found
        assert found["og:title"]
        if page.name != "404.html":
            [canonical] = html.parse(page).xpath("//link[@rel='canonical']/@href")
            assert found["og:url"] == canonical
            assert canonical.startswith(URL)
            # of record, and there
            assert (demo / canonical.removeprefix(URL) / "index.html").is_file()
            seen += 1
        assert html.parse(page).xpath("//footer//a[text()='网站地图']")
        assert not html.parse(page).xpath("//footer//li[contains(., '主办单位')]|//footer//ul[not(*)]")
    assert seen > 300


def test_a_disclosure_is_an_article_in_its_column(demo: Path) -> None:
    found = tags(demo / PAGE / "index.html")
    assert {
        key: found[key] for key in ("ColumnName", "ArticleTitle", "PubDate", "ContentSource", "Url", "og:type")
    } == {
        "ColumnName": "部门决算公开",
        "ArticleTitle": "示例县教育局2023年度部门决算",
        "PubDate": "2024-09-20",
        "ContentSource": "示例县教育局",
        "Url": URL + PAGE,
        "og:type": "article",
    }
    for column in ("sections/final-accounts/", "sections/final-accounts/2023/"):
        found = tags(demo / column / "index.html")
        assert found["ColumnName"] == "部门决算公开"
        assert not {"ArticleTitle", "PubDate", "ContentSource"} & found.keys()
    # no column, no article
    assert not {"ColumnName", "ArticleTitle"} & tags(demo / "example-county/index.html").keys()


def test_no_date_is_made_up(site: Path) -> None:
    """The real documents say 未载明: no PubDate, no datePublished, no feed."""
    disclosures = list(site.glob("*/*/[12]*/*/index.html"))
    assert len(disclosures) == 7
    for page in disclosures:
        assert "PubDate" not in tags(page)
        assert "datePublished" not in page.read_text(encoding="utf-8")
    assert not list(site.rglob("feed.xml"))
    assert not [page for page in pages(site) if "application/atom+xml" in page.read_text(encoding="utf-8")]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-09-20", "2024-09-20"),
        ("2024年9月20日", "2024-09-20"),
        ("2024年9月", ""),
        ("2024", ""),
        ("未载明", ""),
        ("", ""),
        ("2024-02-30", ""),
    ],
)
def test_only_a_day_is_a_day(written: str, day: str) -> None:
    assert full_day(written) == day


def test_what_is_configured_stands_on_every_page(tmp_path: Path) -> None:
    site = build_site(configured(tmp_path, OWNER)).site
    assert site
    for page in pages(site):
        assert tags(page)["SiteIDCode"] == "0000000000"
        footer = " ".join(html.parse(page).xpath("string(//footer)").split())
        assert [text for key, text in OWNER.items() if key != "栏目类别" and text not in footer] == []
        assert "<b>&" not in page.read_text(encoding="utf-8").split("<footer")[1]
    [page] = site.glob("*/*/[12]*/*/index.html")
    assert tags(page)["ColumnType"] == "政务公开"


@pytest.mark.parametrize(
    ("owner", "words"),
    [
        ({"网站标识码": "430204001"}, "10 位数字"),
        ({"网站标识码": True}, "一行文字"),
        ({"ICP备案号": "12345678"}, "湘ICP备"),
        ({"公安备案号": "湘公网安备1号"}, "湘公网安备"),
        ({"主办单位": ["甲"]}, "一行文字"),
        ({"主办单位": "甲" * 201}, "200"),
        ({"主办单位": "甲\n乙"}, "一行文字"),
        ({"主办单位名称": "甲"}, "主办单位"),
        ({"网站标识码": "０１２３４５６７８９"}, "10 位数字"),
    ],
)
def test_a_wrong_configuration_stops_the_build_with_a_sentence(
    owner: dict[str, object], words: str, tmp_path: Path
) -> None:
    root = configured(tmp_path, owner)
    with pytest.raises(GeneratorError, match=words):
        build_site(root)
    assert not (root / "site").exists()


@pytest.mark.parametrize(
    "told", [None, {}, {"主办单位": None, "网站标识码": ""}, {"网站标识码": 4302040001}, {"网站标识码": "bm12345678"}]
)
def test_what_is_not_written_is_no_mistake(told: object) -> None:
    assert list(owner_mistakes({"开办信息": told})) == []
    assert list(owner_mistakes({"开办信息": "甲"})) != []
    assert NUMBERS.keys() < OWNER.keys()


def test_the_two_configurations_are_sound() -> None:
    assert site_settings(DEMO).url == URL


def test_a_feed_is_valid_and_says_what_was_published(demo: Path) -> None:
    """By a reader of feeds; every feed, each entry a page that is there."""
    feeds = sorted(demo.rglob("feed.xml"))
    # the site, its sections and departments; what was corrected, in all and by district
    assert len(feeds) == 1 + 5 + 5 + 2
    for path in feeds:
        found = feedparser.parse(path.read_bytes())
        assert not found.bozo, found.get("bozo_exception")
        assert found.version == "atom10"
        address = path.relative_to(demo).as_posix()
        assert found.feed.id == urljoin(URL, address)
        assert found.feed.title
        assert found.entries
        assert len({entry.id for entry in found.entries}) == len(found.entries)
        changed = [entry.updated for entry in found.entries]
        assert changed == sorted(changed, reverse=True)
        assert found.feed.updated == changed[0]
        for entry in found.entries:
            page, _, anchor = entry.link.removeprefix(URL).partition("#")
            tree = html.parse(demo / page / "index.html")
            assert not anchor or tree.xpath(f"//*[@id='{anchor}']")
            assert entry.author.startswith("示例县")
            assert entry.updated >= entry.published
        page = path.with_name("index.html")
        assert html.parse(page).xpath("//link[@type='application/atom+xml']/@href") == [
            ("../" * address.count("/") if address != "feed.xml" else "") + address
        ]


def test_a_correction_is_news(demo: Path) -> None:
    [entry] = [one for one in feedparser.parse((demo / "feed.xml").read_bytes()).entries if one.link == URL + PAGE]
    assert (entry.published[:10], entry.updated[:10]) == ("2024-09-20", "2025-01-08")


def test_a_feed_of_hostile_and_of_many() -> None:
    hostile = Entry('<script>&"]]>', URL + "a/", "<b>", "2024-01-01")
    found = feedparser.parse(atom("&<>", URL, URL + "feed.xml", [hostile]).encode())
    assert (found.bozo, found.feed.title_detail.value, found.entries[0].title_detail.value) == (
        False,
        "&<>",
        '<script>&"]]>',
    )
    many = [Entry(str(number), f"{URL}{number:04}/", "甲", f"20{number % 20:02}-01-01") for number in range(MOST + 30)]
    assert len(feedparser.parse(atom("甲", URL, URL + "feed.xml", many).encode()).entries) == MOST
    assert atom("甲", URL, URL + "feed.xml", many) == atom("甲", URL, URL + "feed.xml", reversed(many))
    assert atom("甲", URL, URL + "feed.xml", []) == ""


def test_a_site_without_an_address_is_not_built(tmp_path: Path) -> None:
    """Canonical addresses, feeds and the map for search engines need it; nothing is made up in its place."""
    config = one_disclosure(tmp_path) / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(
        "".join(line for line in text.splitlines(keepends=True) if not line.startswith("site_url:")), encoding="utf-8"
    )
    with pytest.raises(GeneratorError, match="site_url"):
        build_site(tmp_path)


def test_a_disclosure_is_described_to_machines(demo: Path) -> None:
    [text] = html.parse(demo / PAGE / "index.html").xpath("//script[@type='application/ld+json']/text()")
    found = json.loads(text)
    assert (found["@type"], found["url"], found["datePublished"], found["temporalCoverage"]) == (
        "Dataset",
        URL + PAGE,
        "2024-09-20",
        "2023",
    )
    files = [one["contentUrl"].removeprefix(URL) for one in found["distribution"]]
    assert sorted(files) == sorted(path.relative_to(demo).as_posix() for path in (demo / PAGE).glob("*.csv"))


def test_data_cannot_end_its_script() -> None:
    hostile = {"甲": "</script><script>alert(1)</script><!-- ]]> & \u2028"}
    text = str(as_data(hostile))
    assert not set("<>&") & set(text)
    assert json.loads(text) == hostile


def test_the_site_map_leads_everywhere(demo: Path) -> None:
    links = html.parse(demo / "map/index.html").xpath("//article//a[not(@class='headerlink')]/@href")
    found = {urljoin("/map/", link) for link in links}
    project = read_project(DEMO)
    assert {f"/{one.slug}/" for one in project.districts} < found
    assert {
        f"/{path.parent.relative_to(demo).as_posix()}/" for path in demo.glob("example-county/*/department.*")
    } <= found
    for folder in (
        "guide",
        "glossary",
        "quality",
        "checks",
        "sections",
        "sections/final-accounts",
        "sections/final-accounts/2023",
        "inquiries",
        "example-county/education-bureau",
        "example-county/education-bureau/2023",
    ):
        assert f"/{folder}/" in found, folder
    assert [link for link in found if not (demo / link.strip("/") / "index.html").is_file()] == []


def test_the_home_page_shows_the_newest_and_counts(demo: Path, site: Path) -> None:
    page = html.parse(demo / "index.html")
    newest = [
        (link.get("href"), link.xpath("string(../span)"))
        for link in page.xpath("//ul[contains(@class,'mz-newest')]//a")
    ]
    assert len(newest) == 8
    assert {day for _, day in newest} == {"2026-09-20"}
    assert [address for address, _ in newest] == sorted(address for address, _ in newest)
    row = page.xpath("//tr[th//text()='示例县农业农村局']")[0]
    assert [cell.text_content() for cell in row.xpath("td")] == ["4", "3", "4", "未收录"]
    assert "公开日期未载明" in html.parse(site / "index.html").xpath("string(//ul[contains(@class,'mz-newest')])")
