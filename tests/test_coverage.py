"""docs/coverage.md is current, names every file of the sources, and every address in it exists on the built site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from tests.conftest import REPOSITORY
from tools.coverage import DOCUMENTS, TARGET, main

SOURCES = REPOSITORY.parent / "shared" / "sources"


def test_it_is_current() -> None:
    """As CI checks it."""
    assert main(["--check"]) == 0


def test_no_source_is_without_a_place() -> None:
    """Every file among the sources is in the list."""
    if not SOURCES.is_dir():
        pytest.skip("没有 ../shared/sources：没有核对来源文件是否齐全")
    # the budgets lie there and no form for them is declared yet
    assert {path.name for path in SOURCES.iterdir()} - {"budget"} == {document.source for document in DOCUMENTS}


def test_every_address_exists(site: Path) -> None:
    """Pages, anchors and files."""
    text, checked = TARGET.read_text(encoding="utf-8"), 0
    for part in re.split(r"(?m)^`data/", text)[1:]:
        page = site / re.search(r"→ `/([^`]*)`", part)[1] / "index.html"  # type: ignore[index]
        ids = set(html.parse(page).xpath("//@id"))
        for anchor, file in re.findall(r"`#([^`]+)`、`([^`]+\.csv)`", part):
            assert anchor in ids, f"{page}: #{anchor}"
            assert (page.parent / file).is_file()
            checked += 1
    assert checked > 100


def test_the_tests_that_it_names_exist() -> None:
    """A proof that is not there proves nothing."""
    for name in set(re.findall(r"tests/[a-z_]+\.py", TARGET.read_text(encoding="utf-8"))):
        assert (REPOSITORY / name).is_file(), name
