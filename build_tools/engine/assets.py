"""Styles and scripts under a name that says what is in them, so that a page never gets those of another release.

The theme's own files have such names, and scripts moved out of pages; what a project or our theme adds gets one here.
Our own scripts are kept without comments and blanks under it; under their plain names they can be read.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import rjsmin  # type: ignore[import-untyped]

# eight digits alone may be a date
HASHED = re.compile(r"\.(?:[0-9a-f]{8}\.min|[0-9a-f]{12})\.(?:css|js)(?:\.map)?$")
OURS = "mingzhang-"
NAMED = re.compile(r'(<(?:link|script)\b[^<>]*?\s(?:href|src)=")([^"?#:]+\.(?:css|js))(?=")')


def name_by_content(folder: Path) -> None:
    """In every page of the generator's output; the plain name stays as well, for whoever links to it."""
    for page in sorted(folder.rglob("*.html")):

        def rename(match: re.Match[str], page: Path = page) -> str:
            tag, address = match.groups()
            asset = folder / address.lstrip("/") if address.startswith("/") else page.parent / address
            return tag + (address if HASHED.search(address) or not asset.is_file() else hashed(asset, address))

        page.write_text(NAMED.sub(rename, page.read_text(encoding="utf-8")), encoding="utf-8")


def hashed(asset: Path, address: str) -> str:
    """The address of a copy named by content."""
    data = asset.read_bytes()
    if asset.name.startswith(OURS) and asset.suffix == ".js":
        data = rjsmin.jsmin(data.decode("utf-8")).encode("utf-8")
    return address.removesuffix(asset.name) + keep(asset.parent, asset.stem, asset.suffix, data)


def keep(folder: Path, stem: str, suffix: str, data: bytes) -> str:
    """The name of a file with these bytes, written where it is not there yet."""
    name = f"{stem}.{hashlib.sha256(data).hexdigest()[:12]}{suffix}"
    if not (folder / name).exists():
        (folder / name).write_bytes(data)
    return name
