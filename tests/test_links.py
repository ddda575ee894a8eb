"""Every link, anchor and address inside a built site leads somewhere: in pages, styles, feeds and the sitemap, relative
or with the site's own address.

Read from the files, so it needs no browser. The real site and the fictional district.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlparse

import pytest
from lxml import etree, html

from build_tools.engine.settings import site_settings

# Link = (file that holds it, as an address; the link as written)
Link = tuple[str, str]
IN_STYLES = re.compile(r"url\(\s*['\"]?(?!data:)([^'\")]+)")
TEXTS = ("*.html", "*.xml", "*.atom", "*.json", "*.webmanifest", "*.txt")


def in_pages(trees: dict[str, etree._ElementTree]) -> Iterator[Link]:
    """What pages refer to by href, src, srcset, poster, form action; style attributes included."""
    for address, tree in trees.items():
        for link in tree.xpath("//@href | //@src | //@poster | //form/@action"):
            yield address, str(link)
        for several in tree.xpath("//@srcset"):
            yield from ((address, one.split()[0]) for one in str(several).split(",") if one.strip())
        for style in tree.xpath("//@style | //style/text()"):
            yield from ((address, one) for one in IN_STYLES.findall(str(style)))


def in_feeds(folder: Path) -> Iterator[Link]:
    """What XML files (sitemap, feeds) refer to: attributes, and the elements whose text is an address."""
    for path in [*folder.rglob("*.xml"), *folder.rglob("*.atom")]:
        tree = etree.parse(path)
        for link in tree.xpath(
            "//@href | //@src | //*[local-name()='loc' or local-name()='link' or local-name()='url']/text()"
        ):
            if str(link).strip():
                yield "/" + path.relative_to(folder).as_posix(), str(link).strip()


def in_styles(folder: Path) -> Iterator[Link]:
    """What style sheets load."""
    for path in folder.rglob("*.css"):
        for link in IN_STYLES.findall(path.read_text(encoding="utf-8")):
            yield "/" + path.relative_to(folder).as_posix(), link


def by_own_address(folder: Path, url: str) -> Iterator[Link]:
    """Every address of the site itself that stands anywhere in a text: canonical and shared addresses, linked data,
    citations.
    """
    pattern = re.compile(re.escape(url) + r"[^\s\"'<>\\&，。；、）」”]*")
    for kind in TEXTS:
        for path in folder.rglob(kind):
            for link in set(pattern.findall(path.read_text(encoding="utf-8"))):
                yield "/" + path.relative_to(folder).as_posix(), link


def dead(folder: Path, url: str) -> tuple[int, list[str]]:
    """How many links were followed inside the site, and those that lead nowhere."""
    trees = {"/" + path.relative_to(folder).as_posix(): html.parse(path) for path in folder.rglob("*.html")}
    anchors = {address: {*map(str, tree.xpath("//@id | //a/@name"))} for address, tree in trees.items()}
    followed, found = 0, []
    for here, link in [*in_pages(trees), *in_feeds(folder), *in_styles(folder), *by_own_address(folder, url)]:
        parts = urlparse(urljoin(here, "/" + link.removeprefix(url) if link.startswith(url) else link))
        if parts.scheme or parts.netloc:
            continue
        target = folder / unquote(parts.path).lstrip("/")
        target = target / "index.html" if target.is_dir() else target
        page = "/" + target.relative_to(folder).as_posix()
        fragment = unquote(parts.fragment)
        followed += 1
        # a text fragment (#:~:text=) names words, not an anchor
        if not target.is_file() or (
            fragment and not fragment.startswith(":~:") and fragment not in anchors.get(page, {fragment})
        ):
            found.append(f"{here} → {link}")
    return followed, found


@pytest.mark.parametrize("name", ["site", "demo"])
def test_every_internal_link_and_anchor_resolves(name: str, request: pytest.FixtureRequest) -> None:
    """Pages, assets, downloads, anchors, feeds, sitemap, canonical addresses."""
    folder = request.getfixturevalue(name)
    followed, found = dead(folder, site_settings(folder.parent).url)
    assert not found, f"{len(found)}\n" + "\n".join(found[:50])
    assert followed > 200


@pytest.mark.parametrize(
    "text",
    [
        '<a href="b/">',
        '<a href="#b">',
        '<a href="../a.html#b">',
        '<img srcset="a.html 1x, b.png 2x">',
        '<form action="b/">',
        '<p style="background: url(b.png)">',
        '<link rel="canonical" href="https://x.example/b/">',
        '<script type="application/ld+json">{"url": "https://x.example/b/"}</script>',
    ],
)
def test_a_dead_link_would_be_found(tmp_path: Path, text: str) -> None:
    """In each of the places where one can stand."""
    (tmp_path / "a.html").write_text(
        f'<title>甲</title><p id="a"><a href="a.html#a"></a><a href="https://elsewhere.example/b/"></a>{text}',
        encoding="utf-8",
    )
    assert len(dead(tmp_path, "https://x.example/")[1]) >= 1


def test_a_dead_address_in_a_feed_would_be_found(tmp_path: Path) -> None:
    """Relative and absolute, as attribute and as text; those that are right are not told."""
    (tmp_path / "a.html").write_text('<title>甲</title><p id="a">', encoding="utf-8")
    (tmp_path / "feed.xml").write_text(
        '<f><link href="a.html#a"/><link href="b.html"/><loc>https://x.example/c/</loc><loc>https://x.example/a.html</loc></f>',
        encoding="utf-8",
    )
    assert {one.split(" → ")[1] for one in dead(tmp_path, "https://x.example/")[1]} == {
        "b.html",
        "https://x.example/c/",
    }
