"""What of the theme a site needs: its script where a page asks for more than ours does, the styles that a page can
meet, and no more files.

Judged by what the generator has written, so that a project that turns on more of the theme gets it whole, and a new
release of the theme with parts that we do not know falls back to the theme's own script.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from build_tools.engine.assets import keep

SCRIPTS, STYLES = "assets/javascripts", "assets/stylesheets"
# what mingzhang-frame.js does, by the theme's names for its parts and features; the other parts and features need no
# script
PARTS = re.compile(
    "announce|container|content|dialog|header|header-title|header-topic|logo|main|palette|sidebar|skip|tabs|toc|top"
)
FEATURES = re.compile(
    r"navigation\.(?:tabs|tabs\.sticky|top|sections|indexes|path|prune|footer)|toc\.(?:follow|integrate)|content\.action\.(?:edit|view)"
)
# in a hand-written page, or in a project's script, these ask for the theme's own script
MORE = re.compile(
    r'class="[^"]*\b(?:tabbed-set|mermaid|annotate|md-toggle--indeterminate)\b|data-clipboard|data-preview|hreflang='
)
HANDLES = re.compile(r"\b(?:document|location|target|keyboard|viewport|component)\$")
PART, CONFIG = (
    re.compile(r'data-md-component="([^"]*)"'),
    re.compile(r'<script id="__config"[^>]*>(.*?)</script>', re.DOTALL),
)
BUNDLE = re.compile(r'(<script src="[^"]*/)bundle\.[0-9a-f]{8}\.min\.js(?="></script>)')
THEME = re.compile(r"(?:(?:main|palette)\.[0-9a-f]{8}\.min|mingzhang)\.css")
SHEETS = re.compile(rf'(?:<link rel="stylesheet" href="[^"]*{STYLES}/{THEME.pattern}">\s*)+')
HREF, SRC, LINKED = (
    re.compile(r'href="([^"]+)"'),
    re.compile(r'<script src="([^"]+)"'),
    re.compile(r'<link rel="stylesheet" href="([^"]+)"'),
)
WORD, THEIRS = re.compile(r"[\w-]+"), re.compile(r"(?:--)?\bmd-[\w-]+")
UNUSED = ("lunr", "workers", "bundle.*", "main.*", "palette.*")


def lighten(folder: Path, templates: Path) -> None:
    """Every page of the generator's output. Raises StyleError."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.html"))}
    pages = {path: with_our_script(path, html, folder) for path, html in pages.items()}
    scripts, sheets = named(SRC, pages, folder), named(LINKED, pages, folder)
    ours = theme_words(templates)
    words = frozenset(WORD.findall("\n".join((*pages.values(), *scripts.values())))) | ours
    asked = (
        *pages.values(),
        *scripts.values(),
        *ours,
        *(text for path, text in sheets.items() if not THEME.fullmatch(path.name)),
    )
    made: dict[str, str] = {}
    for path, html in pages.items():
        path.write_text(
            SHEETS.sub(lambda match: one_sheet(match[0], folder / STYLES, words, asked, made), html), encoding="utf-8"
        )
    clear(folder, pages.values())


def with_our_script(path: Path, html: str, folder: Path) -> str:
    """Our script in place of the theme's, where ours does all that the page asks for."""
    config = CONFIG.search(html)
    if (
        config is None
        or not BUNDLE.search(html)
        or asks_for_more(html, json.loads(config[1]), named(SRC, {path: html}, folder))
    ):
        return html
    return CONFIG.sub("", BUNDLE.sub(r"\1mingzhang-frame.js", html))


def asks_for_more(html: str, config: Mapping[str, object], scripts: Mapping[Path, str]) -> bool:
    """True where a part, a feature, a hand-written page or a project's own script needs what only the theme's script
    does.
    """
    features = config["features"]
    known = (
        isinstance(features, list)
        and all(map(FEATURES.fullmatch, features))
        and all(map(PARTS.fullmatch, PART.findall(html)))
    )
    theirs = (text for path, text in scripts.items() if not path.name.startswith(("bundle.", "mingzhang-")))
    return (
        not known or config["version"] is not None or MORE.search(html) is not None or any(map(HANDLES.search, theirs))
    )


def named(tag: re.Pattern[str], pages: Mapping[Path, str], folder: Path) -> dict[Path, str]:
    """The scripts or the sheets of this site that pages name."""
    found = {
        target_of(path, address, folder)
        for path, html in pages.items()
        for address in tag.findall(html)
        if ":" not in address
    }
    return {path: path.read_text(encoding="utf-8") for path in sorted(found) if path.is_file()}


def target_of(page: Path, address: str, folder: Path) -> Path:
    """The file that an address means on a page."""
    return (folder / address.lstrip("/") if address.startswith("/") else page.parent / address).resolve()


def theme_words(templates: Path) -> frozenset[str]:
    """Names of the theme that our own templates write into pages that the generator has not seen."""
    return frozenset(
        word for path in templates.rglob("*.j2") for word in THEIRS.findall(path.read_text(encoding="utf-8"))
    )


def one_sheet(links: str, folder: Path, words: frozenset[str], asked: Iterable[str], made: dict[str, str]) -> str:
    """Sheets of the theme that stand one after the other become one, with what the site can meet; `made` keeps what is
    made.
    """
    addresses = HREF.findall(links)
    names = [address.rsplit("/", 1)[1] for address in addresses]
    key = " ".join(names)
    if key not in made:
        # a fifth of a second, which a build without changes need not spend
        from build_tools.engine.styles import lighter

        text = lighter([(folder / name).read_text(encoding="utf-8") for name in names], words, asked)
        made[key] = keep(folder, "pages", ".css", text.encode("utf-8"))
    return f'<link rel="stylesheet" href="{addresses[0].removesuffix(names[0])}{made[key]}">\n'


def clear(folder: Path, pages: Iterable[str]) -> None:
    """Away with what belongs to the theme's script, where no page has it, and with the sheets that became others."""
    if any(map(BUNDLE.search, pages)):
        return
    for path in [path for name in (SCRIPTS, STYLES) for pattern in UNUSED for path in (folder / name).glob(pattern)]:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
