"""Departments are mapped over whatever runs them, and the site is the same: one process, several, threads, another's
executor.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest
from distributed import LocalCluster

from build_tools.cli import cluster, main
from build_tools.engine import BuildRequest, GeneratorError, build_site, compile
from build_tools.engine.department import Compiled, Task
from tests.conftest import copy_project
from tests.helpers import ROOT
from tests.office import tree
from tests.support import contents

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def repository_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real data, to be built again and again."""
    return copy_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def alone(repository_copy: Path) -> dict[str, bytes]:
    """The site as one process writes it."""
    site = build_site(repository_copy).site
    assert site is not None
    return contents(site)


def test_several_processes_write_the_same_bytes(repository_copy: Path, alone: dict[str, bytes], tmp_path: Path) -> None:
    """However many there are: fewer than departments, or more."""
    for jobs in (2, 64):
        (into := tmp_path / str(jobs)).mkdir()
        assert build_site(repository_copy, into, BuildRequest(jobs)).built
        assert contents(into) == alone


def test_the_caller_may_bring_an_executor(repository_copy: Path, alone: dict[str, bytes], tmp_path: Path) -> None:
    """Threads, or processes that have built before and must not go on with what they read then."""
    executors: list[Executor] = [ThreadPoolExecutor(1), ProcessPoolExecutor(2)]
    for number, executor in enumerate(executors):
        with executor:
            (into := tmp_path / str(number)).mkdir()
            assert build_site(repository_copy, into, BuildRequest(executor=executor)).built
            assert contents(into) == alone
            told = repository_copy / "data" / "shifeng" / "business-environment-centre" / "department.yaml"
            before = told.read_text(encoding="utf-8")
            try:
                told.write_text(before.replace("株洲市石峰区", "株洲市试名区"), encoding="utf-8")
                (again := tmp_path / f"{number}-again").mkdir()
                assert build_site(repository_copy, again, BuildRequest(executor=executor)).built
            finally:
                told.write_text(before, encoding="utf-8")
            assert "试名区" in (again / "shifeng/business-environment-centre/index.html").read_text(encoding="utf-8")


def test_a_cluster_of_two_workers_writes_the_same_bytes(
    repository_copy: Path, alone: dict[str, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    """The real scheduler and real worker processes, reached by address as from another machine."""
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as found:
        shutil.rmtree(repository_copy / "site")
        assert main(["--root", str(repository_copy), "build", "--cluster", found.scheduler_address]) == 0, (
            capsys.readouterr()
        )
    assert contents(repository_copy / "site") == alone


def test_a_cluster_that_is_not_there_is_told(
    repository_copy: Path, alone: dict[str, bytes], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The site stays as it was."""
    monkeypatch.setattr(cluster, "SECONDS", 1)
    for address in ("tcp://127.0.0.1:9", "nonsense://x"):
        assert main(["--root", str(repository_copy), "build", "--cluster", address]) == 2
        assert f"连不上 Dask 调度器 {address}" in capsys.readouterr().err
    assert contents(repository_copy / "site") == alone


def ended(task: Task) -> Compiled:
    """What the system does to a process that takes too much memory."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError(task)


def test_a_worker_that_is_killed_stops_the_build_in_words(
    repository_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The site stays as it was, and the reader is told what to try."""
    monkeypatch.setattr(compile, "compile_department", ended)
    with pytest.raises(GeneratorError, match="内存"):
        build_site(repository_copy, tmp_path, BuildRequest(2))


def test_workers_do_not_outlive_a_parent_that_was_killed(tmp_path: Path) -> None:
    """Nobody is left who waits for work for ever."""
    program = (
        "import time\nfrom concurrent.futures import ProcessPoolExecutor\nfrom build_tools.engine.compile import follow_parent\n"
        "with ProcessPoolExecutor(2, initializer=follow_parent) as pool:\n"
        "    list(pool.map(time.sleep, [0.1] * 4))\n    print('ready', flush=True)\n    time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    assert parent.stdout.readline() == "ready\n"
    _, *workers = tree(parent.pid)
    assert workers
    parent.kill()
    parent.wait()
    end = time.monotonic() + 20
    while alive := [
        pid
        for pid in workers
        if Path(f"/proc/{pid}").exists() and "Z" not in Path(f"/proc/{pid}/stat").read_text().split()[2]
    ]:
        assert time.monotonic() < end, alive
        time.sleep(0.05)
