"""Every link and anchor inside the built site leads somewhere. Read from the files, so it needs no browser."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urljoin, urlparse

from lxml import html


def test_every_internal_link_and_anchor_resolves(site: Path) -> None:
    """Pages, assets, downloads and anchors."""
    ids = {path: set(html.parse(path).xpath("//@id")) for path in site.rglob("*.html")}
    checked = 0
    for path in ids:
        here = "/" + path.relative_to(site).as_posix()
        for link in html.parse(path).xpath("//@href | //@src"):
            parts = urlparse(urljoin(here, link))
            if parts.scheme or link.startswith("//"):
                continue
            target = site / unquote(parts.path).lstrip("/")
            target = target / "index.html" if target.is_dir() else target
            assert target.is_file(), f"{here} → {link}"
            if parts.fragment and target in ids:
                assert unquote(parts.fragment) in ids[target], f"{here} → {link}"
            checked += 1
    assert checked > 200
