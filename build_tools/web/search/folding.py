"""The stubs of a whole site, unfolded one by one: a city has fifty thousand.

They share what is the same in many: the rows of a department's tables are those of the year before, and of its
neighbour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from build_tools.fast import unfold
from build_tools.web.pages.model import About, Named
from build_tools.web.search.stub import Stub

Names = dict[tuple[Named, ...], tuple[Named, ...]]


def unfolded(parts: Iterable[bytes]) -> Iterator[Stub]:
    """The stubs of many pages, in order."""
    rows: dict[Named, Named] = {}
    lists: Names = {}
    for part in parts:
        found: list[Stub | None] = unfold(part, list[Stub | None])
        for stub in found:
            if stub:
                yield replace(stub, about=shared(stub.about, rows, lists))


def shared(about: About, rows: dict[Named, Named], lists: Names) -> About:
    """The same, made of tables and rows that others have as well."""
    return replace(
        about,
        tables=lists.setdefault(about.tables, about.tables),
        rows=tuple([rows.setdefault(row, row) for row in about.rows]),
    )
