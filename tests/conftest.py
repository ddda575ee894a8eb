"""What several test files share: a project folder to change freely, the built site, and what the machine offers.

A missing browser or office program is a skip that says so; where MINGZHANG_REQUIRE names it (as .ci/run does) it is a
failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import WorkStealingScheduling

from build_tools.accounts.corpus import read
from build_tools.cli import commands
from build_tools.diagnostics import Finding
from build_tools.engine import build_site, generator
from build_tools.forms import Forms, load_forms
from examples.make_demo import DEMO
from tests.recorded import give_a_past
from tests.shared import make_once

REPOSITORY = Path(__file__).parents[1]
# tests write and delete hundreds of thousands of small files, which takes minutes on a disk: in memory where there is room
MEMORY, ROOM = Path("/dev/shm"), 8 * 2**30
WINDOWED = ("chromium", "chromium-browser", "google-chrome")


def pytest_configure() -> None:
    """Temporary folders lie in memory, unless somebody says where they shall be."""
    said = {"TMPDIR", "PYTEST_DEBUG_TEMPROOT", "PYTEST_XDIST_WORKER"} & os.environ.keys()
    if not said and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM and free_memory() > ROOM:
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(MEMORY)


def free_memory() -> int:
    """Bytes that programs may still ask for; none where the system does not say so."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")), 0)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> WorkStealingScheduling | None:
    """Each worker goes through files that lie together, so that what a file makes is made once; who is done early
    takes over from the others. Another way of dealing tests out can still be asked for.
    """
    return WorkStealingScheduling(config, log) if config.getoption("dist") == "load" else None


def first_of(*names: str) -> str | None:
    """The first of these programs that this machine has."""
    return next((found for name in names if (found := shutil.which(name))), None)


def require(what: str, program: str | None) -> str:
    """The program's path, or a loud skip, or a failure where this machine is meant to have it."""
    if program:
        return program
    message = f"这台机器上没有 {what}：相关测试没有运行"
    if what in os.environ.get("MINGZHANG_REQUIRE", "").split(","):
        pytest.fail(message)
    pytest.skip(message)


def copy_project(target: Path) -> Path:
    """A copy of everything that a root folder holds."""
    for name in ("content", "data"):
        shutil.copytree(REPOSITORY / name, target / name)
    shutil.copy(REPOSITORY / "mkdocs.yml", target / "mkdocs.yml")
    return target


@pytest.fixture(scope="session", autouse=True)
def own_forms_read_once() -> Iterator[None]:
    """The tool's own forms are read and proved once for each worker, not anew by every command that a test runs in its
    own process: they are frozen, and most of such a command's time went there. A folder of forms beside them is read
    as ever, and so is everything in a process of its own.
    """
    own = cache(load_forms)

    def read_once(folders: Iterable[Path] = (), sound: bool = False) -> tuple[Forms, list[Finding]]:
        if beside := list(folders):
            return load_forms(beside, sound)
        forms, findings = own()
        return forms, list(findings)

    with pytest.MonkeyPatch.context() as patch:
        for module in (commands, read):
            patch.setattr(module, "load_forms", read_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def generator_runs_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """MkDocs runs once for the same content and settings, by the key that the cache of a project has too; most projects
    of tests differ in their data alone. A process of its own runs it anew.
    """
    run = generator.run_mkdocs

    def run_once(config_file: Path, target: Path) -> None:
        name = f"generated-{generator.key(config_file.parent)}"
        made = make_once(tmp_path_factory, name, lambda folder: run(config_file, folder))
        shutil.copytree(made, target, dirs_exist_ok=True)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(generator, "run_mkdocs", run_once)
        yield


@pytest.fixture(scope="session")
def chromium() -> str:
    """A system Chromium. Where the system has it, that without a window: the same engine, at a quarter of the time."""
    return require("browser", first_of("chromium-headless-shell", *WINDOWED))


@pytest.fixture(scope="session")
def windowed() -> str:
    """A system Chromium as people have it."""
    return require("browser", first_of(*WINDOWED))


@pytest.fixture
def project_root(tmp_path: Path) -> Path:
    """A project folder that a test may change."""
    return copy_project(tmp_path)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the real data, built once for the run; a test that changes anything copies it."""

    def build(folder: Path) -> None:
        assert build_site(copy_project(folder)).site == folder / "site"

    return make_once(tmp_path_factory, "real", build) / "site"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the fictional district, built once for the run; a test that changes anything copies it."""

    def build(folder: Path) -> None:
        shutil.copytree(DEMO, folder, ignore=shutil.ignore_patterns("site", ".cache"), dirs_exist_ok=True)
        give_a_past(folder)
        assert build_site(folder).site == folder / "site"

    return make_once(tmp_path_factory, "demo", build) / "site"
