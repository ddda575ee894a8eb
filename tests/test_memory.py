"""What a department is read and made into is freed with it: nothing holds itself, so the collector of cycles has
nothing to do.

A macro that is defined in a page's own template holds the page's values, and is held by them; macros stand in files of
their own.
"""

from __future__ import annotations

import gc
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from benchmarks.district import LAST, LIKE, make
from benchmarks.emit import Pen
from benchmarks.names import units
from build_tools.accounts.corpus import read_project
from build_tools.engine.compile import compile_site
from build_tools.engine.generator import generate
from build_tools.engine.settings import site_settings
from build_tools.engine.task import Setup
from build_tools.fast import patient_collector

pytestmark = pytest.mark.slow

# imports and the like; a department with one year holds ten times as many
FEW = 1500


def left_over(root: Path, out: Path) -> int:
    """How many objects only the collector could free after a district was compiled, as one process compiles it."""
    generated, settings, project = generate(root), site_settings(root), read_project(root)
    out.mkdir()
    gc.collect()
    with patient_collector():
        built = compile_site(project, Setup(root, generated, out, settings, project.today))
        assert built.pages > 10
        return gc.collect()


def test_pages_are_freed_without_the_collector(tmp_path: Path) -> None:
    """What is found belongs to the build before, whose templates and outlines are freed together: no more for many
    departments than for one.
    """
    for number in (1, 4):
        make(tmp_path / str(number), units(number, 1), range(LAST - 1, LAST + 1), Pen(True), 1, LIKE)
    # in a process of its own: what other tests have left behind is not counted
    with ProcessPoolExecutor(1, get_context("spawn")) as alone:
        found = [
            alone.submit(left_over, tmp_path / name, tmp_path / f"site-{turn}").result()
            for turn, name in enumerate(("1", "1", "4"))
        ]
    assert found[2] < found[1] + FEW


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
