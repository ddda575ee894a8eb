"""What our own pages say, taken from their HTML, so that other generators can be given the same content and be held to
it.

Every text inside `<article>` is taken once and in order: headings, paragraphs, list items, tables cell by cell, each
with its links to pages. Left out are breadcrumbs, forms and the captions of tables that only a screen reader reads;
spans, ids and links to anything but a page too.
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

from benchmarks.links import Line, Text, leading, links, target, words

UNREAD = ("script", "style", "nav", "form", "button", "caption", "template")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# where a text begins anew
APART = (
    "p",
    "li",
    "div",
    "section",
    "dt",
    "dd",
    "dl",
    "ul",
    "ol",
    "details",
    "summary",
    "figure",
    "figcaption",
    "blockquote",
    "br",
    "pre",
    *HEADINGS,
)
Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Content:
    """One page. `blocks` are `{"kind": "h2" | "p" | "li", "text": …}` and `{"kind": "table", "head": [[…]], "rows":
    [[…]]}`, ready for JSON.

    What stands for … is a `Text` of `benchmarks.links`: a string, or a list of strings and links.
    """

    url: str
    title: str
    blocks: list[Block]

    @property
    def texts(self) -> Iterator[Text]:
        """All of them but the title; those of tables after those of other blocks."""
        yield from (block["text"] for block in self.blocks if block["kind"] != "table")
        yield from (
            cell
            for block in self.blocks
            if block["kind"] == "table"
            for row in (*block["head"], *block["rows"])
            for cell in row
        )

    @property
    def text(self) -> str:
        """All that it says, without blanks, so that it can be compared."""
        return unspaced("".join((self.title, *map(words, self.texts))))

    @property
    def links(self) -> list[tuple[str, str]]:
        """Every link in order, so that it can be compared: its words without blanks, and where it leads from the top of
        the site.
        """
        return [(unspaced(said), target(self.url, href)) for text in self.texts for said, href in links(text)]


def unspaced(text: str) -> str:
    """A text without blanks."""
    return "".join(text.split())


@dataclass(slots=True)
class Reader:
    """What was read so far of one article."""

    blocks: list[Block] = field(default_factory=list)
    line: Line = field(default_factory=Line)

    def close(self, kind: str) -> None:
        """What was read is one block."""
        text = self.line.taken()
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
        elif element.tag == "a":
            self.line.lead(leading(element.get("href", "")))
            self.inside(element, kind)
            self.line.lead("")
        else:
            self.inside(element, kind)
        self.line.say(element.tail)

    def inside(self, element: html.HtmlElement, kind: str) -> None:
        """The text of an element and of those in it."""
        self.line.say(element.text)
        for one in element:
            self.read(one, kind)


def cell_text(cell: html.HtmlElement) -> Text:
    """All that stands in a cell."""
    line = Line()
    say_all(cell, line)
    return line.taken()


def say_all(element: html.HtmlElement, line: Line) -> None:
    """The words of an element and of those in it, whatever these are."""
    line.say(element.text)
    for one in element:
        if one.tag == "a":
            line.lead(leading(one.get("href", "")))
        if isinstance(one.tag, str):
            say_all(one, line)
        if one.tag == "a":
            line.lead("")
        line.say(one.tail)


def table(element: html.HtmlElement) -> Block:
    """A table as a grid: a cell that spans others is followed by blank ones."""
    grid: dict[tuple[int, int], Text] = {}
    lines = element.findall(".//tr")
    for down, line in enumerate(lines):
        right = 0
        for cell in line:
            while (down, right) in grid:
                right += 1
            wide, tall = int(cell.get("colspan", "1")), int(cell.get("rowspan", "1"))
            grid |= {(down + one, right + other): "" for one in range(tall) for other in range(wide)}
            grid[down, right] = cell_text(cell)
    wide = max((right for _, right in grid), default=-1) + 1
    rows = [[grid.get((down, right), "") for right in range(wide)] for down in range(len(lines))]
    heads = len(element.findall("thead/tr"))
    return {"kind": "table", "head": rows[:heads], "rows": rows[heads:]}


def content_of(text: str, url: str) -> Content:
    """A page as it was written by any of the generators. Raises ValueError where it has no article with a title, which
    is no link: browsers show it too.
    """
    found = html.fromstring(text).find(".//article")
    if found is None:
        raise ValueError(f"{url}: no article")
    reader = Reader()
    reader.inside(found, "p")
    reader.close("p")
    titles = [block["text"] for block in reader.blocks if block["kind"] == "h1"]
    if len(titles) != 1 or not isinstance(titles[0], str):
        raise ValueError(f"{url}: the titles are {titles}")
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
    """1 where a page does not say the same in both sites or does not link the same words to the same places."""
    one, other = (read_page(site, url) for site in sites)
    return int(one.text != other.text or one.links != other.links)


def compare(ours: Path, theirs: Path, urls: Iterable[str]) -> int:
    """How many of these pages differ in another site: in text, character by character, or in links. Raises OSError
    where one is missing there.
    """
    with ProcessPoolExecutor() as pool:
        return sum(pool.map(partial(differing, (ours, theirs)), urls, chunksize=50))
