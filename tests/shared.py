"""What a run makes once, whichever of its workers needs it first: sites that many tests read and none changes.

The workers of pytest-xdist are processes; they meet in the folder of the run, under a lock.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """The folder that all workers of this run have in common."""
    own = factory.getbasetemp()
    folder = (own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


def make_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder `name`, filled by `make` in the first worker that asks; the others wait and find it there.

    Where `make` fails the folder does not count, and the next one who asks begins anew, in another.
    """
    home = shared_folder(factory)
    ready = home / f"{name}.ready"
    with FileLock(home / f"{name}.lock"):
        if not ready.exists():
            folder = factory.mktemp(name)
            make(folder)
            ready.write_text(str(folder), encoding="utf-8")
    return Path(ready.read_text(encoding="utf-8"))
