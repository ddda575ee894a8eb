"""Publishing while everything goes wrong: killed at every step, a full disk, a crowd.

Killed at random, by a push, before a reader's eyes: tests/test_pushes_killed.py.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from build_tools.publish import rollback, why
from build_tools.publish.place import Place
from tests.conftest import require
from tests.helpers import ROOT
from tests.publisher import leftovers
from tests.sites import Sites, built, in_memory, run, start, three, whole

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three projects whose pages and styles all differ."""
    return three(tmp_path_factory.mktemp("projects"))


@pytest.fixture(scope="module")
def expected(projects: list[Path]) -> Sites:
    """Every file of every project's site, as the build writes it."""
    return built(projects)


def test_killed_at_every_step() -> None:
    """Of a first publication, of a later one that removes old releases, of a rollback: the next run puts everything
    right.
    """
    with in_memory() as work:
        done = subprocess.run(
            [sys.executable, "-m", "tests.publisher", work], cwd=ROOT, capture_output=True, text=True, check=True
        )
    told = json.loads(done.stdout)
    assert [wrong for _, wrong in told.values()] == [[], [], []]
    assert told["first"][0] > 100
    assert told["later"][0] > 100
    assert told["rollback"][0] > 10


def test_two_at_once(projects: list[Path], expected: Sites, tmp_path: Path) -> None:
    """The second waits for the first and says so; both are published, one after the other."""
    to = tmp_path / "public"
    first = start("--root", projects[0], "publish", "--to", to)
    while not leftovers(to):
        time.sleep(0.001)
    first.send_signal(signal.SIGSTOP)
    second = start("--root", projects[1], "publish", "--to", to)
    assert second.stderr is not None
    told = second.stderr.readline()
    assert "另一次发布正在进行" in told
    assert f"进程 {first.pid}" in told
    first.send_signal(signal.SIGCONT)
    assert "已发布" in first.communicate()[0]
    assert "已发布" in second.communicate()[0]
    assert len(Place(to).names()) == 2
    assert whole(Place(to), expected) == "乙"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few dozen megabytes, which a few releases fill."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64m", "none", str(folder)], capture_output=True, text=True
    )
    require("tmpfs", None if mount.returncode else "mount")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk(projects: list[Path], expected: Sites, small_disk: Path) -> None:
    """Refused in words, nothing lost, nothing left lying about; with room again everything goes on."""
    to = small_disk / "public"
    assert run("--root", projects[0], "publish", "--to", to).returncode == 0
    before = Place(to).public()
    ballast = small_disk / "ballast"
    for room in (6_000_000, 3_000_000, 1_000_000, 100_000, 4096, 0):
        ballast.write_bytes(b"")
        with ballast.open("r+b") as file:
            os.posix_fallocate(file.fileno(), 0, max(shutil.disk_usage(small_disk).free - room, 1))
        refused = run("--root", projects[1], "publish", "--to", to)
        assert refused.returncode == 2, room
        assert refused.stderr.startswith("没有发布，公开的网站没有改动。\n磁盘已满：清理空间"), refused.stderr
        assert Place(to).public() == before
        assert leftovers(to) == []
        whole(Place(to), expected)
    ballast.unlink()
    assert run("--root", projects[1], "publish", "--to", to).returncode == 0
    ballast.touch()
    with ballast.open("r+b") as file:
        os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(small_disk).free)
    assert shutil.disk_usage(small_disk).free == 0
    assert rollback(to, None, lambda _: None).name == before
    whole(Place(to), expected)


def limit() -> None:
    """No file may grow past a hundred thousand bytes, which one script of the theme does."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))


def test_a_disk_that_refuses(projects: list[Path], expected: Sites, tmp_path: Path) -> None:
    """The same where nothing can be mounted: the system refuses one write in the middle."""
    to = tmp_path / "public"
    assert run("--root", projects[0], "publish", "--to", to).returncode == 0
    before = Place(to).public()
    refused = run("--root", projects[1], "publish", "--to", to, preexec_fn=limit)
    assert refused.returncode == 2
    assert "文件超过了系统允许的大小" in refused.stderr
    assert Place(to).public() == before
    assert leftovers(to) == []
    whole(Place(to), expected)


def test_why_in_words() -> None:
    """What the system says, also in a copied tree."""
    assert why(OSError(errno.ENOSPC, "No space left on device")) == "磁盘已满：清理空间（或减少 --keep）后重新发布"
    assert why(shutil.Error([("a", "b", f"[Errno {errno.ENOSPC}] No space left on device: 'b'")])).startswith(
        "磁盘已满"
    )
    assert why(PermissionError(errno.EACCES, "Permission denied", "/srv/x")).endswith("（/srv/x）")
    assert why(OSError("?")) == "?"
