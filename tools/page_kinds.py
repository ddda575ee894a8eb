"""Which pages have to be looked at so that everything a site shows has been looked at.

Page kinds come and go, so they are found and not listed: one page of each shape of address; then pages are added until
every element of the site (its tag, classes, role, and the same of its parent) stands on a chosen one; then the longest
of all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from lxml import html

# a folder's name that stands in as many places is a word of the site (final-accounts, projects) and no name of a
# district or department
PLACES = 3
LONGEST = 2
# the pages of the first level (guide/index.html) are each their own kind
TOP = 2
Shape = tuple[str, ...]
Markup = frozenset[tuple[str, str]]


def pages_of(site: Path) -> list[Path]:
    """Every HTML file of a built site, in order."""
    return sorted(site.rglob("*.html"))


def shapes(site: Path, pages: list[Path]) -> dict[Path, Shape]:
    """The address of each page with names and years left out: `*/*/年/final-accounts/index.html`."""
    parts = {page: page.relative_to(site).parts for page in pages}
    parents: dict[str, set[Shape]] = defaultdict(set)
    for one in parts.values():
        for depth, name in enumerate(one):
            parents[name].add(one[:depth])
    words = {name for name, found in parents.items() if len(found) >= PLACES}
    return {
        page: tuple(
            "年" if re.fullmatch(r"\d{4}", name) else name if name in words or len(one) <= TOP else "*" for name in one
        )
        for page, one in parts.items()
    }


def outline(element: html.HtmlElement) -> str:
    """What decides how an element looks and what it is: tag, classes, role."""
    return " ".join((str(element.tag), *sorted(element.get("class", "").split()), element.get("role", "")))


def markup(page: Path) -> Markup:
    """Every element of a page with its parent."""
    return frozenset(
        (outline(parent), outline(child)) for parent in html.parse(page).iter("*") for child in parent.iterchildren("*")
    )


def cover(pages: dict[Path, Markup], chosen: list[Path]) -> list[Path]:
    """`chosen` and as many more as a greedy choice needs until they hold all there is to see; of two that show as much
    the smaller.
    """
    left = frozenset().union(*pages.values()) - frozenset().union(*(pages[one] for one in chosen))
    while left:
        best = max(pages, key=lambda page: (len(pages[page] & left), -page.stat().st_size, page.as_posix()))
        chosen = [*chosen, best]
        left -= pages[best]
    return chosen


def chosen_pages(*sites: Path) -> list[tuple[Path, Path]]:
    """The pages to look at, each with its site, so that all of these sites has been looked at; in order of address."""
    home = {page: site for site in sites for page in pages_of(site)}
    shaped = {
        page: shape
        for site in sites
        for page, shape in shapes(site, [one for one in home if home[one] == site]).items()
    }
    by_size = sorted(home, key=lambda page: (page.stat().st_size, page.as_posix()))
    # the longest page of a shape, which asks most of a screen
    of_shape = {shaped[page]: page for page in by_size}
    found = cover({page: markup(page) for page in home}, [*of_shape.values(), *by_size[-LONGEST:]])
    return [(home[page], page) for page in sorted(set(found))]
