"""Atom feeds (RFC 4287): what was published, newest first, with nothing in them that another build would write
differently.

Only what declares its day is in a feed; the time of the build is not, so a feed changes when its contents do. An entry
is known by its address, which never changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree

ATOM = "http://www.w3.org/2005/Atom"
# a day as the moment it begins in China, because Atom asks for a moment
MIDNIGHT = "T00:00:00+08:00"
MOST = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """One disclosure. `url` is absolute; `published` and `updated` (of the last correction, '' = none) are days:
    2024-09-20.
    """

    title: str
    url: str
    author: str
    published: str
    updated: str = ""

    @property
    def changed(self) -> str:
        """The day of the last change."""
        return max(self.published, self.updated)


def atom(title: str, page: str, feed: str, entries: Iterable[Entry]) -> str:
    """The feed of a page, '' where it would be empty. `page` and `feed` are absolute addresses."""
    found = sorted(sorted(entries, key=lambda one: one.url), key=lambda one: one.changed, reverse=True)[:MOST]
    if not found:
        return ""
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "zh-CN"})
    put(root, "id", feed)
    put(root, "title", title)
    put(root, "updated", found[0].changed + MIDNIGHT)
    put(root, "link", rel="self", type="application/atom+xml", href=feed)
    put(root, "link", rel="alternate", type="text/html", href=page)
    for one in found:
        entry = put(root, "entry")
        put(entry, "id", one.url)
        put(entry, "title", one.title)
        put(entry, "link", rel="alternate", type="text/html", href=one.url)
        put(put(entry, "author"), "name", one.author)
        put(entry, "published", one.published + MIDNIGHT)
        put(entry, "updated", one.changed + MIDNIGHT)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def put(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    """One element more."""
    element = ElementTree.SubElement(parent, name, attributes)
    element.text = text or None
    return element
