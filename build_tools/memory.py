"""Python's collector of cycles, told to wait: what is read and made here is kept until the work is done, and holds no cycles.

Left to itself it walks everything that was read again and again and finds nothing (`tests/test_memory.py`).
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def patient_collector() -> Iterator[None]:
    """The collector stands still inside."""
    wanted = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if wanted:
            gc.enable()
