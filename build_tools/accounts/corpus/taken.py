"""Names that no district's folder may bear, because something else of the site stands at that address."""

from __future__ import annotations

import os
from pathlib import Path

from build_tools.accounts.corpus.by_hand import address_of, folded, told
from build_tools.diagnostics import Finding, Place
from build_tools.page_kinds import reserved_names

HINT = "文件夹的名称就是这个区县在网站上的地址：换一个，如 shifeng"


def taken_name(folder: Path, root: Path) -> Finding | None:
    """What is wrong with the name of a district's folder where it is taken: by a page of every site, or by one that
    was written by hand.
    """
    holder = holder_of(folder.name, root / "content")
    if not holder:
        return None
    place = Place(folder.relative_to(root).as_posix())
    return Finding("path-taken", f"区县的文件夹不能叫“{folder.name}”，这个名称留给{holder}", place, hint=HINT)


def holder_of(name: str, content: Path) -> str:
    """What has the name at the root of a site with these hand-written pages, in words; '' where nothing has."""
    if name in reserved_names():
        return reserved_names()[name]
    there = sorted(content.iterdir()) if content.is_dir() and os.access(content, os.R_OK | os.X_OK) else []
    found = next((path.name for path in there if folded(address_of(path.name)).split("/")[0] == folded(name)), None)
    return f" content/{told(found)}" if found else ""
