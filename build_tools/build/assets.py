"""Styles and scripts under a name that says what is in them, so that a page never gets those of another release.

The theme's own files have such names, and scripts moved out of pages; what a project or our theme adds gets one here.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

# eight digits alone may be a date
HASHED = re.compile(r"\.(?:[0-9a-f]{8}\.min|[0-9a-f]{12})\.(?:css|js)(?:\.map)?$")
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
    name = f"{asset.stem}.{hashlib.sha256(asset.read_bytes()).hexdigest()[:12]}{asset.suffix}"
    if not asset.with_name(name).exists():
        shutil.copyfile(asset, asset.with_name(name))
    return address.removesuffix(asset.name) + name
