"""Stubs as bytes while nobody asks for them: a city has fifty thousand, and the process that waits for its departments holds them all.

Unfolded they share what is the same in many: the rows of a department's tables are those of the year before, and of its neighbour.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import msgspec

from build_tools.pages.model import About, Named
from build_tools.search.stub import Stub

# a seventh of the size at little cost; more effort saves little more
EFFORT = 1
Names = dict[tuple[Named, ...], tuple[Named, ...]]


def fold(stubs: Sequence[Stub | None]) -> bytes:
    """What the search keeps of some pages; None for a page that is not found."""
    return zlib.compress(msgspec.msgpack.encode(stubs), EFFORT)


def unfold(parts: Iterable[bytes]) -> Iterator[Stub]:
    """The stubs of many pages, in order."""
    rows: dict[Named, Named] = {}
    lists: Names = {}
    for part in parts:
        for stub in msgspec.msgpack.decode(zlib.decompress(part), type=list[Stub | None]):
            if stub:
                yield replace(stub, about=shared(stub.about, rows, lists))


def shared(about: About, rows: dict[Named, Named], lists: Names) -> About:
    """The same, made of tables and rows that others have as well."""
    return replace(about, tables=lists.setdefault(about.tables, about.tables), rows=tuple([rows.setdefault(row, row) for row in about.rows]))
