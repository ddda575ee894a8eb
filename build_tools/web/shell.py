"""The seam to the site generator: one shell page for each depth, baked by MkDocs with Material, filled by us.

The generator renders an ordinary page whose texts are marks; `bake` turns the marks into slots and refuses a shell in
which one is missing, so that a change of theme is noticed here and nowhere else. Bulk pages never pass through
Python-Markdown, the navigation or a search plugin (measurements in docs/decisions.md).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from build_tools.web.escaping import escape

FOLDER = "__shell__"
DEPTHS = range(1, 6)
TITLE, DESCRIPTION, HEADING, BODY, TOC, CRUMBS, HEAD = (
    f"⟦{word}⟧" for word in ("title", "description", "heading", "body", "toc", "crumbs", "head")
)
SLOTS = (TITLE, DESCRIPTION, HEADING, BODY, TOC, CRUMBS, HEAD)
INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
# scripts that have something to do only where a page has this
ON_DEMAND = {"charts": 'class="mz-drawing"', "sort": "mz-sortable", "rows": 'id="mz-cite"'}
SCRIPT = re.compile(r'<script src="[^"]*/mingzhang-(charts|sort|rows)\.[0-9a-f]{12}\.js"></script>')
MARKDOWN = f"""---
title: {TITLE}
description: {DESCRIPTION}
hide: [navigation]
---

# {HEADING} {{ #content }}

## {TOC} {{ #toc-mark }}

{BODY}
"""


class ShellError(Exception):
    """The generator's page does not have the slots that we fill: the theme has changed."""


@dataclass(frozen=True, slots=True)
class Shell:
    """The text of a page between its slots, ready to be joined: `pieces[i]` stands before slot `order[i]`."""

    pieces: tuple[str, ...]
    order: tuple[str, ...]


def markdown_files() -> dict[str, str]:
    """The shell pages to hand to the generator: source path → text, one for each depth."""
    return {"/".join([FOLDER, *"abcd"[: depth - 1], "index.md"]): MARKDOWN for depth in DEPTHS}


def bake(html: str) -> Shell:
    """The generator's page → a shell. Raises ShellError where a slot is missing."""
    html = replace_once(html, r'<link rel="canonical" href="[^"]*">', HEAD)
    html = replace_once(html, r'(?s)<h2 id="toc-mark">.*?</h2>\s*<p>' + re.escape(BODY) + "</p>", BODY)
    contents = f'<ul class="md-nav__list" data-md-component="toc" data-md-scrollfix>{TOC}</ul>'
    html = replace_once(html, r'(?s)<ul class="md-nav__list" data-md-component="toc"[^>]*>.*?</ul>', contents)
    html = replace_once(html, r'<h1 id="content">', f'{CRUMBS}<h1 id="content">')
    # the templates of the theme leave half a kilobyte of blanks
    html = re.sub(r"(?<!\s)\s*\n\s*", "\n", html)
    parts = re.split("(" + "|".join(re.escape(slot) for slot in SLOTS) + ")", html)
    shell = Shell(tuple(parts[0::2]), tuple(parts[1::2]))
    missing = [slot for slot in SLOTS if slot not in shell.order]
    if missing:
        raise ShellError(f"外壳页缺少插槽 {' '.join(missing)}：主题可能已经改版，请检查 build_tools/web/shell.py")
    return shell


def replace_once(html: str, pattern: str, text: str) -> str:
    """Replace the one place where a pattern fits; anything else means that the theme has changed."""
    result, count = re.subn(pattern, lambda _: text, html)
    if count != 1:
        raise ShellError(f"外壳页里“{pattern}”应出现一次，实际 {count} 次：主题可能已经改版")
    return result


def fill(shell: Shell, texts: Mapping[str, str], blocks: Mapping[str, str]) -> str:
    """A finished page with the scripts that it needs. `texts` are escaped, `blocks` are HTML; both by slot."""
    values = {slot: escape(text) for slot, text in texts.items()} | dict(blocks)
    first, *rest = pieces_with(shell, tuple(needed(*blocks.values())))
    out = [first]
    for slot, piece in zip(shell.order, rest, strict=True):
        out += (values[slot], piece)
    return "".join(out)


@lru_cache(maxsize=len(DEPTHS) << len(ON_DEMAND))
def pieces_with(shell: Shell, scripts: tuple[str, ...]) -> tuple[str, ...]:
    """What stands between the slots on pages that need these scripts: a page is long, and its shell need not be
    searched for each.
    """
    return tuple(with_scripts(piece, scripts) for piece in shell.pieces)


def with_needed_scripts(html: str) -> str:
    """A finished page without the scripts that would find nothing to do on it."""
    return with_scripts(html, needed(html))


def with_scripts(html: str, scripts: Sequence[str]) -> str:
    """HTML with no others of the scripts on demand than these."""
    return SCRIPT.sub(lambda match: match[0] if match[1] in scripts else "", html)


def needed(*html: str) -> list[str]:
    """The scripts on demand that find something to do in one of these."""
    return [name for name, mark in ON_DEMAND.items() if any(mark in one for one in html)]


def mend(html: str) -> str:
    """What the theme writes against the HTML standard (the Nu checker refuses it), put right: `autocomplete` on a
    checkbox, a label for what is not there. The heads of Markdown tables head columns, and the switch of the drawer has
    a name for those who hear it.
    """
    html = re.sub(r"<th(?=[ >])(?![^>]*scope)", '<th scope="col"', html)
    html = re.sub(r'(<input class="md-toggle"[^>]*?) autocomplete="off">', r"\1>", html)
    html = html.replace(' id="__drawer">', ' id="__drawer" aria-label="栏目菜单">', 1)
    return html if 'id="__toc"' in html else html.replace(' for="__toc"', "")


def relocate_inline_scripts(html: str, base: str, folder: Path) -> str:
    """Executable inline scripts become files, named by their content, so that a strict policy can forbid inline
    code.
    """

    def move(match: re.Match[str]) -> str:
        code = match[1]
        name = f"inline.{hashlib.sha256(code.encode()).hexdigest()[:12]}.js"
        target = folder / "assets" / "javascripts" / name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(code, encoding="utf-8")
        return f'<script src="{base}assets/javascripts/{name}"></script>'

    return INLINE_SCRIPT.sub(move, html)
