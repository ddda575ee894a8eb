"""What mkdocs.yml leads to: menu entries, logo, styles and scripts. What is not there stops the build, with words: the
generator would write a menu that leads nowhere and a picture that is none, and say so to nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from build_tools.diagnostics import Finding
from build_tools.engine.refusal import place_of
from build_tools.inputs import SETTINGS

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

Entry = tuple[str, str]


def menu_entries(nav: object, name: str = "") -> Iterator[Entry]:
    """(name, target) of every entry of `nav`, however deep; an entry without a name is called by its target."""
    if isinstance(nav, list):
        for one in nav:
            yield from menu_entries(one)
    elif isinstance(nav, dict):
        for key, one in nav.items():
            yield from menu_entries(one, str(key))
    elif isinstance(nav, str):
        yield name or nav, nav


def addresses(nav: object) -> tuple[Entry, ...]:
    """The entries that name an address of the site that only the compiler knows: no page of `content/` by its file, no
    other site.
    """
    return tuple(one for one in menu_entries(nav) if not one[1].endswith(".md") and not _elsewhere(one[1]))


def missing_files(config: MkDocsConfig, written: Collection[str], root: Path) -> Iterator[Finding]:
    """What the settings name and neither `content/` (`written`, by their paths there) nor the theme has."""
    for name, target in menu_entries(config.nav):
        if target.endswith(".md") and not _elsewhere(target) and target not in written:
            said = f"栏目“{name}”指向 {target}，content/ 里没有这个文件"
            yield _unled(said, target, "新建它，或改 mkdocs.yml 的 nav", root)
    named = [(f"theme 的 {key}", str(config.theme.get(key) or "")) for key in ("logo", "favicon")]
    named += [("extra_css", one) for one in config.extra_css]
    named += [("extra_javascript", str(one)) for one in config.extra_javascript]
    for key, path in named:
        there = path in written or any(Path(folder, path).is_file() for folder in config.theme.dirs)
        if path and not there and not _elsewhere(path):
            yield _unled(f"{key} 写的是 {path}，content/ 里没有这个文件", path, "放进去，或改 mkdocs.yml", root)


def dead_ends(menu: Collection[Entry], names: Collection[str], root: Path) -> Iterator[Finding]:
    """The entries whose address is none of the files of the finished site."""
    files = frozenset(names)
    for name, target in menu:
        if not files.intersection(files_at(target)):
            said = f"栏目“{name}”指向 {target}，网站上没有这一页"
            yield _unled(said, target, "改成有的地址，如 sections/，或删去这一项", root)


def files_at(target: str) -> tuple[str, ...]:
    """The files that an address may mean."""
    path = target.partition("#")[0].partition("?")[0].strip("/")
    return path, f"{path}/index.html".lstrip("/")


def _unled(said: str, target: str, hint: str, root: Path) -> Finding:
    """A line of the settings that leads nowhere."""
    return Finding("link-missing", said, place_of(root, SETTINGS, target, before=(": ", "- ", "")), hint=hint)


def _elsewhere(target: str) -> bool:
    """True for an address of another site, or of a program (`mailto:`)."""
    return ":" in target or target.startswith("//")
