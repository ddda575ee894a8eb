"""Devices that trade clarity for speed or memory: what each does, what it gains, where that was measured.

Whatever gains too little to stand here goes. Larger ones have modules of their own: plain YAML read without the library
(`source/plain`, half the time of reading), a table drawn once for all of its shape (`web/tables/outline`, a tenth of a
build), identities bound once for a shape (`forms/instances`).
"""

from __future__ import annotations

import gc
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")
# a third to a fifth of the size at little cost; more effort saves little more
EFFORT = 1

# a named tuple without its own constructor, which takes half of the time (a district has tens of millions):
# `make(CellRef, (table, block, row, column, scope))`, every field given, in order
make = tuple.__new__


@contextmanager
def patient_collector() -> Iterator[None]:
    """Python's collector of cycles stands still inside: what is read and made here is kept until the work is done and
    holds no cycles. Left to itself it walks everything again and again and finds nothing: an eighth of a build
    (`tests/test_memory.py`).
    """
    wanted = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if wanted:
            gc.enable()


def fold(value: object) -> bytes:
    """A value of plain data as packed bytes while nobody asks for it: the process that waits for the departments of a
    city holds something of each; 60,580 pages took 832 MB, now 486 (docs/performance.md).
    """
    # a build with nothing to do imports this module and folds nothing
    import msgspec

    return zlib.compress(msgspec.msgpack.encode(value), EFFORT)


def unfold(data: bytes, kind: type[T] | Any) -> T:
    """The same again, as a value of this kind."""
    import msgspec

    found: T = msgspec.msgpack.decode(zlib.decompress(data), type=kind)
    return found
