"""What a department is read and made into is freed with it: nothing holds itself, so the collector of cycles has nothing to do.

A macro that is defined in a page's own template holds the page's values, and is held by them; macros stand in files of their own.
"""

from __future__ import annotations

import gc
from pathlib import Path

from benchmarks.district import LAST, LIKE, make
from benchmarks.emit import Pen
from benchmarks.names import units
from build_tools.build.compile import compile_site
from build_tools.build.generator import generate, site_settings
from build_tools.corpus import read_project
from build_tools.memory import patient_collector

# the templates of a build, which are freed together; a few pages hold more
FEW = 1500


def left_over(root: Path, out: Path) -> int:
    """How many objects only the collector could free after a district was compiled, as one process compiles it."""
    generated, settings, project = generate(root), site_settings(root), read_project(root)
    out.mkdir()
    gc.collect()
    with patient_collector():
        built = compile_site(project, generated, out, settings)
        assert built.pages > 10
        return gc.collect()


def test_pages_are_freed_without_the_collector(tmp_path: Path) -> None:
    """The first time reads templates and forms, which is not counted."""
    make(tmp_path / "district", units(2, 1), range(LAST - 1, LAST + 1), Pen(True), 1, LIKE)
    left_over(tmp_path / "district", tmp_path / "first")
    assert left_over(tmp_path / "district", tmp_path / "second") < FEW


def test_the_collector_is_back_afterwards() -> None:
    """Also after a mistake; who had it standing still keeps it so."""
    try:
        with patient_collector():
            assert not gc.isenabled()
            with patient_collector():
                pass
            assert not gc.isenabled()
            raise ValueError
    except ValueError:
        assert gc.isenabled()
