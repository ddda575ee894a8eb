"""The same pages through MkDocs with Material as they come: Markdown, the built-in search, sections alone in the
navigation.

What is taken for stock is the cheapest that still is a site: every further entry in the navigation would cost time on
every page. Links are written as an author would for MkDocs: from source file to source file.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from posixpath import relpath
from urllib.parse import quote, unquote

from benchmarks.links import Text, target
from benchmarks.pages import Block, Content
from benchmarks.running import Run, run

# characters that Python-Markdown would take for its own
SPECIAL = re.compile(r"[\\`*_\[\]!#]")
# characters that would end the address of a link, be read as code or an entity, or divide cells
UNSAFE = re.compile(r"[\s()\[\]<>\"'`|\\&]")
# what makes a list, a heading or a quotation of a paragraph
BEGINNING = re.compile(r"^(?=[-+>])|^(\d+)(?=\.\s)")
SETTINGS = """site_name: {name}
docs_dir: docs
site_dir: site
theme:
  name: material
  language: zh
  font: false
plugins:
  - search
nav:
{nav}
"""


def markdown(page: Content) -> str:
    """A page as one would write it."""
    return "\n\n".join((f"# {escaped(page.title)}", *(block_text(block, page.url) for block in page.blocks))) + "\n"


def block_text(block: Block, url: str) -> str:
    """One block of a page; a table has one line of heads, so that further ones stand among its rows."""
    kind = block["kind"]
    if kind == "table":
        head, *rows = block["head"] + block["rows"]
        return "\n".join((line(head, url), "|" + " --- |" * len(head), *(line(row, url) for row in rows)))
    text = BEGINNING.sub(lambda found: f"{found[1]}\\" if found[1] else "\\", written(block["text"], url))
    if kind == "p":
        return text
    return f"- {text}" if kind == "li" else f"{'#' * int(kind[1])} {text}"


def line(cells: Sequence[Text], url: str) -> str:
    """One row of a table."""
    return f"| {' | '.join(written(cell, url).replace('|', '&#124;') for cell in cells)} |"


def written(text: Text, url: str) -> str:
    """Text with its links."""
    if isinstance(text, str):
        return escaped(text)
    return "".join(
        escaped(part) if isinstance(part, str) else f"[{escaped(part[0])}]({source(url, part[1])})" for part in text
    )


def source(url: str, href: str) -> str:
    """An href of a page as its source has it: the other page's file seen from this one, a place on the same page by its
    fragment alone.
    """
    path, mark, _ = target(url, href).partition("#")
    # the fragment as it was written, Chinese readable
    fragment = UNSAFE.sub(lambda found: quote(found[0]), f"#{href.partition('#')[2]}") if mark else ""
    here = f"/{url}"
    if path == quote(here) and fragment:
        return fragment
    return quote(relpath(f"{unquote(path)}index.md", here)) + fragment


def escaped(text: str) -> str:
    """Text that means itself."""
    # a bracket before a colon at the beginning of a paragraph would define a link
    plain = text.replace("&", "&amp;").replace("<", "&lt;")
    return SPECIAL.sub(r"\\\g<0>", plain).replace("]:", "]&#58;")


def sections(urls: Sequence[str]) -> Iterator[str]:
    """The first page and those of the folders below it."""
    yield from (f"{url}index.md" for url in urls if url.count("/") < 2)


def write_stock(pages: Iterator[Content], folder: Path) -> None:
    """A project for MkDocs."""
    urls = []
    for page in pages:
        target = folder / "docs" / page.url / "index.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(markdown(page), encoding="utf-8")
        urls.append(page.url)
    nav = "\n".join(f"  - {name}" for name in sections(urls))
    (folder / "mkdocs.yml").write_text(SETTINGS.format(name="stock", nav=nav), encoding="utf-8")


def build_stock(folder: Path) -> Run:
    """The build, from nothing."""
    return run([sys.executable, "-W", "ignore", "-m", "mkdocs", "build", "--quiet", "--clean"], folder)
