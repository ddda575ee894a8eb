"""What our own pages say, taken from their HTML, so that other generators can be given the same content and be held to it.

Every text inside `<article>` is taken once and in order: headings, paragraphs, list items, tables cell by cell. Left out are breadcrumbs,
forms and the captions of tables that only a screen reader reads; links, spans and addresses of cells are not part of the text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from lxml import html

UNREAD = ("script", "style", "nav", "form", "button", "caption", "template")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# where a text begins anew
APART = ("p", "li", "div", "section", "dt", "dd", "dl", "ul", "ol", "details", "summary", "figure", "figcaption", "blockquote", "br", "pre", *HEADINGS)
Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Content:
    """One page. `blocks` are `{"kind": "h2" | "p" | "li", "text": …}` and `{"kind": "table", "head": [[…]], "rows": [[…]]}`, ready for JSON."""

    url: str
    title: str
    blocks: list[Block]

    @property
    def text(self) -> str:
        """All that it says, without blanks, so that it can be compared."""
        rows = (row for block in self.blocks if block["kind"] == "table" for row in (*block["head"], *block["rows"]))
        words = (*(block["text"] for block in self.blocks if block["kind"] != "table"), *(cell for row in rows for cell in row))
        return "".join("".join((self.title, *words)).split())


@dataclass(slots=True)
class Reader:
    """What was read so far of one article."""

    blocks: list[Block] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def close(self, kind: str) -> None:
        """What was read is one block."""
        text = " ".join("".join(self.words).split())
        self.words.clear()
        if text:
            self.blocks.append({"kind": kind, "text": text})

    def read(self, element: html.HtmlElement, kind: str = "p") -> None:
        """An element with everything in it, and what stands behind it."""
        if not isinstance(element.tag, str) or element.tag in UNREAD:
            pass
        elif element.tag == "table":
            self.close(kind)
            self.blocks.append(table(element))
        elif element.tag in APART:
            self.close(kind)
            own = element.tag if element.tag in ("li", *HEADINGS) else "p"
            self.inside(element, own)
            self.close(own)
        else:
            self.inside(element, kind)
        self.words.append(element.tail or "")

    def inside(self, element: html.HtmlElement, kind: str) -> None:
        """The text of an element and of those in it."""
        self.words.append(element.text or "")
        for one in element:
            self.read(one, kind)


def table(element: html.HtmlElement) -> Block:
    """A table as a grid: a cell that spans others is followed by blank ones."""
    grid: dict[tuple[int, int], str] = {}
    lines = element.findall(".//tr")
    for down, line in enumerate(lines):
        right = 0
        for cell in line:
            while (down, right) in grid:
                right += 1
            wide, tall = int(cell.get("colspan", "1")), int(cell.get("rowspan", "1"))
            grid |= {(down + one, right + other): "" for one in range(tall) for other in range(wide)}
            grid[down, right] = " ".join(cell.text_content().split())
    wide = max((right for _, right in grid), default=-1) + 1
    rows = [[grid.get((down, right), "") for right in range(wide)] for down in range(len(lines))]
    heads = len(element.findall("thead/tr"))
    return {"kind": "table", "head": rows[:heads], "rows": rows[heads:]}


def content_of(text: str, url: str) -> Content:
    """A page as it was written by any of the generators. Raises ValueError where it has no article with a title."""
    found = html.fromstring(text).find(".//article")
    if found is None:
        raise ValueError(f"{url}: no article")
    reader = Reader()
    reader.inside(found, "p")
    reader.close("p")
    titles = [block["text"] for block in reader.blocks if block["kind"] == "h1"]
    if len(titles) != 1:
        raise ValueError(f"{url}: {len(titles)} titles")
    return Content(url, titles[0], [block for block in reader.blocks if block["kind"] != "h1"])


def urls_of(site: Path) -> list[str]:
    """The addresses of all pages, `''` for the first."""
    return sorted(path.parent.relative_to(site).as_posix().removeprefix(".") for path in site.rglob("index.html"))


def read_page(site: Path, url: str) -> Content:
    """One page of a site."""
    return content_of((site / url / "index.html").read_text(encoding="utf-8"), url)


def write_page(site: Path, into: Path, numbered: tuple[int, str]) -> int:
    """The content of a page as JSON; how many bytes of text it has."""
    found = read_page(site, numbered[1])
    data = {"url": f"{found.url}/".lstrip("/"), "title": found.title, "blocks": found.blocks}
    (into / f"{numbered[0]:06}.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return len(found.text.encode())


def extract(site: Path, into: Path) -> tuple[int, int]:
    """The content of every page of a site as a JSON file each; how many, and how many bytes of text."""
    into.mkdir(parents=True)
    urls = urls_of(site)
    with ProcessPoolExecutor() as pool:
        return len(urls), sum(pool.map(partial(write_page, site, into), enumerate(urls), chunksize=50))


def extracted(folder: Path) -> Iterator[Content]:
    """What `extract` has written."""
    for path in sorted(folder.iterdir()):
        data = json.loads(path.read_text(encoding="utf-8"))
        yield Content(data["url"], data["title"], data["blocks"])


def differing(sites: tuple[Path, Path], url: str) -> int:
    """1 where a page does not say the same in both sites."""
    return int(read_page(sites[0], url).text != read_page(sites[1], url).text)


def compare(ours: Path, theirs: Path, urls: Iterable[str]) -> int:
    """How many of these pages do not say the same, character by character, in another site. Raises OSError where one is missing there."""
    with ProcessPoolExecutor() as pool:
        return sum(pool.map(partial(differing, (ours, theirs)), urls, chunksize=50))
