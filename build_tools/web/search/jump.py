"""The jump list: every page by department, year, kind, tables and codes, in a form that stays small and loses nothing.

Titles and addresses of a department's pages differ by name and year alone, so one shape serves hundreds of pages. The
browser (`search.js`) makes the list whole again and ranks it before anything that Pagefind finds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from build_tools.web.pages.model import About, Named
from build_tools.web.search.stub import Stub

# stand for name and year in a shape; no text that we read can hold them
NAME, YEAR = "\x01", "\x02"
CODE = re.compile("[0-9]{3,7}")
GROUP = 3
LETTERS = re.compile("[a-z0-9]+")
MAX_READ = 80
T = TypeVar("T")
# title, key and anchor of a table; a kind of disclosure has a title alone
Topic = tuple[str, str, str]
Shape = tuple[str, str, int, tuple[int, ...]]


class Interned(dict[T, int]):
    """Values that are written once, in the order in which they come, and then called by their number."""

    def __call__(self, value: T) -> int:
        """Its number, a new one where it is new."""
        return self.setdefault(value, len(self))


@dataclass(slots=True)
class Drawer:
    """What is collected for one department: its names, and by year and name the shapes of its pages."""

    district: int
    names: Interned[str] = field(default_factory=Interned)
    pages: dict[tuple[int, int], list[tuple[int, Stub]]] = field(default_factory=dict)


def initials(text: str) -> str:
    """The first letters of a Chinese name as people type them: 石峰区 → sfq; digits and Latin letters stay."""
    # a quarter of a second, which a build without changes need not spend
    from pypinyin import Style, lazy_pinyin

    return "".join(
        LETTERS.findall(
            "".join(lazy_pinyin(text[:MAX_READ], style=Style.FIRST_LETTER, errors=lambda other: other.lower()))
        )
    )


def jump_files(stubs: Sequence[Stub], full: bool) -> dict[str, str]:
    """File name → JSON: `jump.json` for the pages, `codes-201.json` for every code that begins with 201. `full` =
    Pagefind's index is there.
    """
    districts, topics, shapes = Interned[str](), Interned[Topic](), Interned[Shape]()
    drawers: dict[str, Drawer] = {}
    others: list[Stub] = []
    for stub in stubs:
        shape = shape_of(stub, topics)
        if shape is None:
            others.append(stub)
            continue
        drawer = drawers.setdefault(stub.about.folder, Drawer(districts(stub.about.district)))
        drawer.pages.setdefault((stub.about.year, drawer.names(stub.about.department)), []).append(
            (shapes(shape), stub)
        )
        for name in stub.about.names:
            drawer.names(name)
    order = [stub for drawer in drawers.values() for pages in drawer.pages.values() for _, stub in pages] + others
    folders = {folder: number for number, folder in enumerate(drawers)}
    # first, because they may name districts and kinds that no department has
    apart = [other(stub, districts, topics, folders) for stub in others]
    whole = {
        "full": full,
        "districts": [[name, initials(name)] for name in districts],
        "topics": [[title, key, anchor, initials(title), initials(key)] for title, key, anchor in topics],
        "shapes": list(shapes),
        "departments": [
            [
                folder,
                drawer.district,
                [[name, initials(name)] for name in drawer.names],
                [[year, name, [shape for shape, _ in pages]] for (year, name), pages in drawer.pages.items()],
            ]
            for folder, drawer in drawers.items()
        ],
        "others": apart,
        "codes": sorted({(row.key, row.title) for stub in stubs for row in coded(stub)}),
    }
    return {
        "jump.json": dumped(whole),
        **{f"codes-{group}.json": dumped(codes) for group, codes in codes_of(order).items()},
    }


def shape_of(stub: Stub, topics: Interned[Topic]) -> Shape | None:
    """Title and address with their name and year left out, kind and tables; None for a page that is not of this
    sort.
    """
    about = stub.about
    if (
        not about.folder
        or not stub.url.startswith(about.folder)
        or not about.department
        or not stub.title.startswith(about.department)
    ):
        return None
    year = str(about.year)
    title, url = stub.title.removeprefix(about.department), stub.url.removeprefix(about.folder)
    if about.year:
        title, url = title.replace(year, YEAR, 1), url.replace(year, YEAR, 1)
    kind = topics((about.kind, "", "")) if about.kind else -1
    return NAME + title, url, kind, tuple(topics((one.title, one.key, one.anchor)) for one in about.tables)


def other(stub: Stub, districts: Interned[str], topics: Interned[Topic], folders: dict[str, int]) -> list[object]:
    """Any other page: title, address, initials, year, kind, district, department."""
    about = stub.about
    kind = topics((about.kind, "", "")) if about.kind else -1
    # a rule is found by its title and by nothing shorter
    letters = "" if about == About() else initials(stub.title)
    return [
        stub.title,
        stub.url,
        letters,
        about.year,
        kind,
        districts(about.district) if about.district else -1,
        folders.get(about.folder, -1),
    ]


def codes_of(order: Sequence[Stub]) -> dict[str, dict[str, list[list[object]]]]:
    """Group → code → its names and anchors, each with the pages that have it, by the steps from one to the next in
    `order`.
    """
    found: dict[str, dict[tuple[str, str], list[int]]] = {}
    for number, stub in enumerate(order):
        for row in coded(stub):
            found.setdefault(row.key, {}).setdefault((row.title, row.anchor), []).append(number)
    groups: dict[str, dict[str, list[list[object]]]] = {}
    for code, named in sorted(found.items()):
        groups.setdefault(code[:GROUP], {})[code] = [
            [title, anchor, steps(numbers)] for (title, anchor), numbers in named.items()
        ]
    return groups


def steps(numbers: list[int]) -> list[int]:
    """The first number, then the differences: the same few numbers again and again, which compress well."""
    return [number - before for before, number in zip([0, *numbers], numbers, strict=False)]


def coded(stub: Stub) -> Iterable[Named]:
    """The rows of a page that have a classification code."""
    return (row for row in stub.about.rows if CODE.fullmatch(row.key))


def dumped(value: object) -> str:
    """Compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
