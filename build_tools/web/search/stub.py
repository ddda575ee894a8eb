"""What the search keeps of a page: its address, its title and what it is about. Text only, small enough to come from
another process.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from build_tools.web.escaping import escape
from build_tools.web.pages.model import About, Page

# what stands in an article without being its text
UNREAD = ("script", "style", "nav", "form", "button")
BLOCKS = ("p", "li", "dt", "dd", "td", "th", "h2", "h3", "h4", "div", "section", "br")


@dataclass(frozen=True, slots=True)
class Stub:
    """One page. `url` is from the site's root: `shifeng/`."""

    url: str
    title: str
    about: About = field(default_factory=About)

    @property
    def everything(self) -> str:
        """All its texts in one, to be compared."""
        one = self.about
        parts = (
            self.url,
            self.title,
            one.district,
            one.folder,
            one.department,
            str(one.year),
            one.kind,
            one.answer,
            *one.names,
        )
        return "\0".join(("\0".join(parts), *map("\0".join, one.tables), "", *map("\0".join, one.rows), "\n"))


def stub_of(page: Page) -> Stub | None:
    """The stub of a compiled page; None for a copy of a page that has another address of record."""
    return None if page.canonical else Stub(page.url, page.title, page.about)


def stub_of_written(url: str, html: str) -> Stub | None:
    """The stub of a hand-written page as the generator made it: its first heading and its words; None where it has no
    heading.
    """
    reader = Article()
    reader.feed(html)
    reader.close()
    title = " ".join("".join(reader.title).replace("¶", "").split())
    return Stub(url, title, About(answer=" ".join("".join(reader.text).replace("¶", "").split()))) if title else None


class Article(HTMLParser):
    """The text of a page's `<article>`, its first heading apart."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.title: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Into the article, its heading, or what is not read."""
        if tag in ("article", "h1", *UNREAD):
            self.open.append(tag)
        elif tag in BLOCKS and self.text:
            self.text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Out again; a heading that is over is not begun a second time."""
        if tag in self.open:
            del self.open[self.open.index(tag) :]

    def handle_data(self, data: str) -> None:
        """Words."""
        if "article" not in self.open or any(tag in UNREAD for tag in self.open):
            return
        if self.text or data.strip():
            (self.title if "h1" in self.open and not self.text else self.text).append(data)


def has_text(stub: Stub) -> bool:
    """True where there is more to be found than where the page belongs: a year, a department, a section are found by
    the jump list.
    """
    return stub.about == About() or bool(stub.about.answer or stub.about.rows)


def stub_html(stub: Stub) -> str:
    """A page for Pagefind: the title weighs most, then follow what it does not say of the place, the plain answer, the
    rows.
    """
    about = stub.about
    place = [name for name in dict.fromkeys((about.district, *about.names)) if name and name not in stub.title]
    lines = (" ".join(place), about.answer, " ".join(dict.fromkeys(one.title for one in about.rows)))
    body = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    return (
        f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{escape(stub.title)}</title></head>'
        f"<body><h1>{escape(stub.title)}</h1>{body}</body></html>"
    )
