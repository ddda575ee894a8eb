"""Of the theme's style sheets everything stays that a page can meet; what goes is known to go; nothing is lost in
silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from lxml import html

from build_tools.engine.styles import STATES, Declaration, Part, Rule, StyleError, lighter, parsed
from build_tools.engine.theme import WORD
from tests.helpers import ROOT

OURS = ROOT / "templates/theme/assets"
# what the frame's script adds to a page
ADDED = frozenset(WORD.findall((OURS / "javascripts/mingzhang-frame.js").read_text(encoding="utf-8")))


class Every(frozenset[str]):
    """All words."""

    def __contains__(self, word: object) -> bool:
        return True


def theme_sheets() -> list[str]:
    """The theme's own, in their order."""
    import material

    folder = Path(material.__file__).parent / "templates/assets/stylesheets"
    return [next(folder.glob(f"{name}.*.css")).read_text(encoding="utf-8") for name in ("main", "palette")]


def selectors(parts: Iterable[Part], around: str = "") -> Iterator[tuple[str, str]]:
    """Every selector with the conditions around it."""
    for one in parts:
        if isinstance(one, Rule) and one.body and any(isinstance(inner, Rule) for inner in one.body):
            yield from selectors(one.body, around + one.head)
        elif isinstance(one, Rule) and any(
            not inner.name.startswith("--") for inner in one.body or () if isinstance(inner, Declaration)
        ):
            yield from ((around, selector) for selector in re.split(r",(?![^()]*\))", one.head))


def light(css: str, *words: str, read: Iterable[str] = ()) -> str:
    """One sheet, made lighter."""
    return lighter([css], frozenset(words), read)


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".a{color:red}.b{color:blue}", ".b{color:blue}"),
        (".a, .b > .b:hover{color:red}", ".b>.b:hover{color:red}"),
        (".b :hover{ margin: calc(1px + 2px)  auto }", ".b :hover{margin:calc(1px + 2px) auto}"),
        (".b:not(.a), :is(.a, .b){top:0}", ".b:not(.a),:is(.a,.b){top:0}"),
        (".mz-any, #any, p[class], [scope=row]{top:0}", ".mz-any,#any,p[class],[scope=row]{top:0}"),
        ("[dir=rtl] p{top:0}[dir=b] p{top:0}[data-md-state] p{top:0}", "[dir=b] p{top:0}"),
        (
            "@media print{.a{top:0}}@media screen and (min-width: 3em){.a,.b{top:0}}",
            "@media screen and (min-width:3em){.b{top:0}}",
        ),
        ('@page { size: A4; @bottom-left { content: "第 ， 页" } }', '@page{size:A4;@bottom-left{content:"第 ， 页"}}'),
        ("@keyframes k{0%{top:0}to{top:1px}}", "@keyframes k{0%{top:0}to{top:1px}}"),
        (
            ':root{--x:url("data:a;{b}");--y:1px;--z:2px}p{top:var(--z,var(--y))/* , */!important}',
            ":root{--y:1px;--z:2px}p{top:var(--z,var(--y))!important}",
        ),
        (":root{--x:var(--y);--y:1px}", ""),
    ],
)
def test_what_stays(css: str, kept: str) -> None:
    assert light(css, "b", "dir") == kept


def test_what_a_script_reads_stays() -> None:
    assert light(":root{--mz-ink:#000;--other:1}", read=["of('--mz-ink')"]) == ":root{--mz-ink:#000}"


@pytest.mark.parametrize("css", [".b{color:red", "p{top 0}", "}", "p{top:0}<!"])
def test_what_is_not_understood_stops(css: str) -> None:
    """A sheet that ends in the middle is read to its end, as browsers do."""
    if css == ".b{color:red":
        assert light(css, "b") == ".b{color:red}"
    else:
        with pytest.raises(StyleError, match=r"第 1 行第 \d+ 列"):
            light(css, "b")


def test_making_it_lighter_twice_changes_nothing() -> None:
    whole = [*theme_sheets(), (OURS / "stylesheets/mingzhang.css").read_text(encoding="utf-8")]
    once = lighter(whole, Every(), ())
    assert lighter([once], Every(), ()) == once


def used(site: Path) -> frozenset[str]:
    """Every class, and what the theme says in attributes, on any page of a site."""
    found: set[str] = set()
    for path in site.rglob("*.html"):
        for element in html.parse(path).iter("*"):
            found.update(element.get("class", "").split())
            found.update(
                word
                for name, value in element.attrib.items()
                if STATES.fullmatch(str(name))
                for word in (str(name), str(value))
            )
    return frozenset(found)


@pytest.mark.parametrize("which", ["site", "demo"])
def test_no_page_misses_a_rule(which: str, request: pytest.FixtureRequest) -> None:
    """Every selector of the theme that could fit anything on any page of a built site, or what our script adds, stands
    in its sheet.
    """
    site: Path = request.getfixturevalue(which)
    (sheet,) = (site / "assets/stylesheets").glob("pages.*.css")
    there = {*selectors(parsed(sheet.read_text(encoding="utf-8"), Every()))}
    words = used(site) | ADDED
    asked = [one for css in theme_sheets() for one in selectors(parsed(css, words))]
    assert len(asked) > 300
    assert [one for one in asked if one not in there] == []
    # and it is a sheet made lighter
    assert len(there) < sum(1 for css in theme_sheets() for _ in selectors(parsed(css, Every())))
