"""A finished folder takes the place of the published one by renaming; an interrupted run is tidied by the next.

Both folders stand beside each other, so that renaming never copies. Publication on a server, with releases and an
atomic link, is the business of `publish`.
"""

from __future__ import annotations

import shutil
from pathlib import Path


def staging_for(site: Path) -> Path:
    """An empty folder beside the site, after putting right what an interrupted run left."""
    old, new = beside(site, "old"), beside(site, "new")
    if old.exists() and not site.exists():
        old.rename(site)
    for left in (old, new):
        if left.exists():
            shutil.rmtree(left)
    new.mkdir(parents=True)
    return new


def swap(new: Path, site: Path) -> None:
    """`new` becomes `site`; what was there before is removed last."""
    old = beside(site, "old")
    if site.exists():
        site.rename(old)
    new.rename(site)
    if old.exists():
        shutil.rmtree(old)


def beside(site: Path, word: str) -> Path:
    """A hidden neighbour of the site folder."""
    return site.parent / f".{site.name}.{word}"
