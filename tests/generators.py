"""The other generators of the benchmark, over a small site of a test: how many of its pages say something else
there.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import bench
from benchmarks.eleventy import available, build_eleventy, write_eleventy
from benchmarks.pages import compare, extract, extracted, urls_of
from benchmarks.stock import build_stock, write_stock


def apart_in_mkdocs(site: Path, folder: Path) -> int:
    """MkDocs over these pages, in `folder/stock`."""
    extract(site, folder / "pages")
    write_stock(extracted(folder / "pages"), folder / "stock")
    assert build_stock(folder / "stock").seconds > 0
    return compare(site, folder / "stock/site", urls_of(site))


def apart_in_eleventy(site: Path, folder: Path) -> int:
    """Eleventy over these pages; where it cannot be had the test is skipped and says why."""
    why = available(bench.CACHE)
    if why:
        pytest.skip(f"Eleventy was not run: {why}")
    extract(site, folder / "pages")
    write_eleventy(folder / "pages", folder / "eleventy")
    build_eleventy(folder / "eleventy", bench.CACHE)
    return compare(site, folder / "eleventy/site", urls_of(site))
