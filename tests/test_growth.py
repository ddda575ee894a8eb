"""Twice the departments cost twice the work, and years that come on top no more than their share: counted, not timed.

What is counted are calls of functions (cProfile counts C's as well), so that a busy machine changes nothing. What
everybody shares (forms, templates, the generator's shell, the index of the search) is set apart: only what comes on top
is compared.
"""

from __future__ import annotations

import cProfile
import pstats
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

# a little more than in proportion: longer lists cost a comparison more here and there
ROOM = 1.1


def calls(folder: Path, departments: int, years: int) -> int:
    """How many functions are called to check and write a district."""
    root = folder / f"{departments}-{years}"
    make(root, units(departments, 1), range(LAST - years + 1, LAST + 1), Pen(True), 1, LIKE)
    generated, settings, project = generate(root), site_settings(root), read_project(root)
    (out := folder / f"{departments}-{years}-site").mkdir()
    profile = cProfile.Profile()
    profile.enable()
    built = compile_site(project, Setup(root, generated, out, settings, project.today))
    profile.disable()
    assert built.pages > departments * years
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[int, int], int]:
    """The work for three sizes of each kind; the first run of all fills what is remembered."""
    folder = tmp_path_factory.mktemp("growth")
    calls(folder / "first", 1, 1)
    return {size: calls(folder, *size) for size in ((1, 1), (2, 1), (4, 1), (1, 2), (1, 4))}


@pytest.mark.slow
def test_departments(counted: dict[tuple[int, int], int]) -> None:
    """Two more after one more."""
    first, second = counted[2, 1] - counted[1, 1], counted[4, 1] - counted[2, 1]
    assert 0 < second <= 2 * first * ROOM, counted


@pytest.mark.slow
def test_years(counted: dict[tuple[int, int], int]) -> None:
    """Each year is held against the one before it, and named on the pages of the others: in proportion all the same."""
    first, second = counted[1, 2] - counted[1, 1], counted[1, 4] - counted[1, 2]
    assert 0 < second <= 2 * first * ROOM, counted
