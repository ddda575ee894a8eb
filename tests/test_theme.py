"""The theme's own script gives way to ours only where ours does all that a page asks for, and what no page names is not
published.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from build_tools.engine.theme import BUNDLE, lighten, theme_words
from build_tools.web.shell import ON_DEMAND

SCRIPT = re.compile(r'<script src="([^"]+)"')
TEMPLATES = Path(__file__).parents[1] / "templates"


def lit(folder: Path, inside: str = "", part: str = "header", script: str = "", **config: object) -> str:
    """A page of the generator with this in it, made lighter."""
    asked = {"features": ["navigation.top"], "version": None, **config}
    (folder / "assets/javascripts").mkdir(parents=True)
    (folder / "assets/stylesheets").mkdir()
    for name, text in (
        ("javascripts/bundle.0123abcd.min.js", '"bundle"'),
        ("javascripts/own.js", script),
        ("stylesheets/main.0123abcd.min.css", ".used,.not{top:0}"),
    ):
        (folder / "assets" / name).write_text(text, encoding="utf-8")
    page = folder / "index.html"
    page.write_text(
        f'<link rel="stylesheet" href="assets/stylesheets/main.0123abcd.min.css"><p class="used" data-md-component="{part}">{inside}</p>'
        f'<script id="__config" type="application/json">{json.dumps(asked)}</script>'
        '<script src="assets/javascripts/bundle.0123abcd.min.js"></script><script src="assets/javascripts/own.js">'
        "</script>",
        encoding="utf-8",
    )
    lighten(folder, TEMPLATES)
    return page.read_text(encoding="utf-8")


def test_a_page_that_asks_for_no_more_has_our_script(tmp_path: Path) -> None:
    text = lit(tmp_path)
    assert "mingzhang-frame.js" in text
    assert "bundle" not in text
    assert "__config" not in text
    assert sorted(path.name for path in tmp_path.rglob("*.js")) == ["own.js"]
    (sheet,) = tmp_path.rglob("*.css")
    assert sheet.name in text
    assert sheet.read_text(encoding="utf-8") == ".used{top:0}"


@pytest.mark.parametrize(
    "more",
    [
        {"part": "search"},
        {"part": "unheard-of"},
        {"features": ["navigation.instant"]},
        {"features": ["content.code.copy"]},
        {"version": {"provider": "mike"}},
        {"inside": '<div class="tabbed-set tabbed-alternate">'},
        {"inside": '<pre class="mermaid">'},
        {"inside": "<a data-preview>"},
        {"script": "document$.subscribe(() => 1)"},
    ],
    ids=str,
)
def test_a_page_that_asks_for_more_keeps_the_theme_s(tmp_path: Path, more: dict[str, object]) -> None:
    """And everything that belongs to it."""
    text = lit(tmp_path, **more)  # type: ignore[arg-type]
    assert BUNDLE.search(text)
    assert "__config" in text
    assert (tmp_path / "assets/javascripts/bundle.0123abcd.min.js").is_file()


@pytest.mark.parametrize("which", ["site", "demo"])
def test_every_page_of_ours_is_light(which: str, request: pytest.FixtureRequest) -> None:
    """No page has the theme's script; the others stand where they have something to do and nowhere else; whatever is
    named is there.
    """
    site: Path = request.getfixturevalue(which)
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        if "__palette" not in text:
            continue
        names = [address.rsplit("/", 1)[1].split(".")[0] for address in SCRIPT.findall(text)]
        assert "mingzhang-frame" in names, path
        assert "bundle" not in names, path
        for name, mark in ON_DEMAND.items():
            assert (f"mingzhang-{name}" in names) == (mark in text), (path, name)
        assert len(re.findall('rel="stylesheet"', text)) == 1, path
    assert not [
        path
        for path in (site / "assets").rglob("*")
        if path.name.startswith(("bundle", "lunr", "workers", "main.", "palette."))
    ]


def test_the_theme_s_names_in_our_templates_are_known() -> None:
    assert {"md-nav__link", "md-ellipsis"} <= theme_words(TEMPLATES)
