"""What mkdocs.yml leads to has to be there: a menu entry, a logo, a sheet. Otherwise nothing is built, and words say what
to do.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from build_tools.engine import GeneratorError, build_site
from build_tools.engine.menu import addresses, dead_ends, menu_entries
from tests.helpers import ROOT, one_disclosure
from tests.test_mkdocs import mkdocs

NAV = [{"首页": "index.md"}, {"更多": [{"栏目": "sections/"}, "guide.md", {"省": "https://example.gov.cn/"}]}]
WRONG = {
    "logo": ("  language: zh\n", "  language: zh\n  logo: nowhere.svg\n", "theme 的 logo 写的是 nowhere.svg"),
    "favicon": ("  language: zh\n", "  language: zh\n  favicon: nowhere.png\n", "theme 的 favicon 写的是 nowhere.png"),
    "sheet": ("plugins:\n", "extra_css: [nowhere.css]\nplugins:\n", "extra_css 写的是 nowhere.css"),
    "script": ("plugins:\n", "extra_javascript: [nowhere.js]\nplugins:\n", "extra_javascript 写的是 nowhere.js"),
    "page": ("怎么看: guide.md", "怎么看: how.md", "栏目“怎么看”指向 how.md"),
    "address": ("部门比较: compare/", "部门比较: compared/", "栏目“部门比较”指向 compared/，网站上没有"),
    "deep": ("部门比较: compare/", "石峰: shifeng/nobody/", "栏目“石峰”指向 shifeng/nobody/，网站上没有"),
}


def spoil(root: Path, old: str, new: str) -> None:
    """A change of mkdocs.yml."""
    path = root / "mkdocs.yml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_entries_are_found_however_deep() -> None:
    assert list(menu_entries(NAV)) == [
        ("首页", "index.md"),
        ("栏目", "sections/"),
        ("guide.md", "guide.md"),
        ("省", "https://example.gov.cn/"),
    ]
    assert addresses(NAV) == (("栏目", "sections/"),)
    assert addresses(None) == ()


@pytest.mark.parametrize("target", ["a/", "a", "/a/", "a/#part", "a/b.csv", "", "/", "a/index.html", "?x=1"])
def test_an_address_may_be_written_in_many_ways(target: str) -> None:
    assert not list(dead_ends([("甲", target)], ["index.html", "a/index.html", "a/b.csv"], ROOT))


@pytest.mark.parametrize("target", ["b/", "a/c", "aindex.html", "#a/../b"])
def test_only_what_is_there_is_led_to(target: str) -> None:
    (found,) = dead_ends([("甲", target)], ["a/index.html"], ROOT)
    assert "甲" in found.message


@pytest.mark.parametrize(("old", "new", "words"), WRONG.values(), ids=WRONG)
def test_what_is_not_there_stops_the_build(old: str, new: str, words: str, tmp_path: Path) -> None:
    """And the site that stands stays as it is."""
    root = one_disclosure(tmp_path)
    spoil(root, old, new)
    (root / "site").mkdir()
    with pytest.raises(GeneratorError, match=re.escape(words)):
        build_site(root)
    assert list((root / "site").iterdir()) == []
    assert not list(root.glob(".site*"))


def test_a_logo_that_was_taken_away_is_missed(tmp_path: Path) -> None:
    """The settings are the same then, and are kept from the last time. Put back, the site is built again."""
    root = one_disclosure(tmp_path)
    spoil(root, "  language: zh\n", "  language: zh\n  logo: own.svg\n")
    (root / "content/own.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    assert build_site(root).site
    (root / "content/own.svg").rename(root / "own.svg")
    with pytest.raises(GeneratorError, match=r"own\.svg"):
        build_site(root)
    (root / "own.svg").rename(root / "content/own.svg")
    assert build_site(root).site


@pytest.mark.parametrize("name", ["logo", "address"])
def test_the_generators_own_command_stops_as_well(name: str, tmp_path: Path) -> None:
    root = one_disclosure(tmp_path)
    old, new, words = WRONG[name]
    spoil(root, old, new)
    done = mkdocs(root, "build")
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr
