"""Words and where they lead: what a paragraph or a cell says, cut where a link to a page of the site begins and ends.

A text without such a link is a plain string, because nearly every paragraph is one; another is a list of strings and of
`[words, href]`. Links to files (CSV, the portable page, feeds), to outside, and those without words are not kept: the
others have no such files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urljoin, urlsplit

Text = str | list[str | list[str]]


def leading(href: str) -> str:
    """The href where it leads to a page, '' where it does not. Pages are folders to whoever reads them, so files can be
    told by the address.
    """
    parts = urlsplit(href.strip())
    folder = parts.path.rsplit("/", 1)[-1] in ("", ".", "..")
    return href.strip() if folder and not (parts.scheme or parts.netloc or parts.query) else ""


def target(url: str, href: str) -> str:
    """Where an href on a page leads: path from the top of the site and fragment, however their characters were
    encoded.
    """
    parts = urlsplit(urljoin(quote(f"/{url.strip('/')}/").replace("//", "/"), href))
    return f"{quote(unquote(parts.path))}#{quote(unquote(parts.fragment))}".rstrip("#")


def words(text: Text) -> str:
    """All that a text says."""
    return text if isinstance(text, str) else "".join(part if isinstance(part, str) else part[0] for part in text)


def links(text: Text) -> Iterator[tuple[str, str]]:
    """The links of a text: words and href."""
    yield from ((part[0], part[1]) for part in text if not isinstance(part, str))


def tidied(parts: list[tuple[str, str]]) -> Text:
    """Parts (words, href) as a text: blanks in a row are one, none stands at either end of the text or of a link."""
    found: list[str | list[str]] = []
    blank = False
    for said, href in parts:
        kept = " ".join(said.split())
        blank = blank or said[:1].isspace()
        if kept:
            between = " " if blank and found else ""
            found += [between, [kept, href]] if href else [between + kept]
            blank = said[-1].isspace()
    return joined(found)


def joined(parts: list[str | list[str]]) -> Text:
    """The shortest form: no strings side by side, no empty one, no list where nothing is a link."""
    found: list[str | list[str]] = [""]
    for part in parts:
        if isinstance(part, str) and isinstance(found[-1], str):
            found[-1] += part
        else:
            found.append(part)
    return found[0] if len(found) == 1 and isinstance(found[0], str) else [part for part in found if part]


@dataclass(slots=True)
class Line:
    """A text while it is read."""

    parts: list[tuple[list[str], str]] = field(default_factory=lambda: [([], "")])

    def say(self, said: str | None) -> None:
        """Further words."""
        if said:
            self.parts[-1][0].append(said)

    def lead(self, href: str) -> None:
        """What follows is a link to there, or with '' no link."""
        self.parts.append(([], href))

    def taken(self) -> Text:
        """What was read; a link that is not over goes on in the next text."""
        text = tidied([("".join(said), href) for said, href in self.parts])
        self.parts = [([], self.parts[-1][1])]
        return text
