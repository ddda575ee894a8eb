"""Two builds in one folder at once: the second says whom it waits for, both end well, and the site is whole."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from build_tools.engine import GeneratorError, build_site, site
from tests.helpers import CENTRE, one_disclosure

pytestmark = pytest.mark.slow

PROGRAM = Path(sys.executable).with_name("mingzhang")
LOCK = ".cache/lock"


def begin(root: Path) -> subprocess.Popen[str]:
    """A build in a process of its own."""
    return subprocess.Popen(
        [PROGRAM, "build", "--root", root], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@contextmanager
def somebody_builds(root: Path) -> Iterator[None]:
    """The lock is held."""
    (root / LOCK).parent.mkdir(exist_ok=True)
    (root / LOCK).write_text("某台机器 进程 1\n", encoding="utf-8")
    with (root / LOCK).open("r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def test_two_builds_at_once(tmp_path: Path) -> None:
    """From an empty cache, and again over the site that is there."""
    root = one_disclosure(tmp_path)
    for _ in range(2):
        processes = [begin(root), begin(root)]
        told = [process.communicate(timeout=300) for process in processes]
        assert [process.returncode for process in processes] == [0, 0], told
        assert all(not err or err.startswith("另一次生成正在进行（") for _, err in told)
        assert (root / "site" / CENTRE / "2020/final-accounts/index.html").is_file()
        assert [path.name for path in root.iterdir() if path.name.startswith(".site")] == []
        assert len(list((root / ".cache/shell").iterdir())) == 1


def test_the_second_waits_for_the_first(tmp_path: Path) -> None:
    """And reads what it publishes only when its turn has come."""
    root = one_disclosure(tmp_path)
    with somebody_builds(root):
        process = begin(root)
        assert process.stderr is not None
        assert process.stderr.readline() == "另一次生成正在进行（某台机器 进程 1），等它结束……\n"
        assert not (root / "site").exists()
        (root / "data" / CENTRE / "department.yaml").write_text("名称:\n  - 名称: 刚改的名称\n", encoding="utf-8")
    assert process.wait(timeout=300) == 0
    assert "刚改的名称" in (root / "site" / CENTRE / "2020/final-accounts/index.html").read_text(encoding="utf-8")
    process.communicate()


def test_it_does_not_wait_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the end it says who is in the way; nothing has changed."""
    root = one_disclosure(tmp_path)
    monkeypatch.setattr(site, "WAIT", 0.2)
    with somebody_builds(root), pytest.raises(GeneratorError, match="另一次生成还没有结束（某台机器 进程 1）"):
        build_site(root)
    assert not (root / "site").exists()


def test_a_lock_that_is_a_link_is_not_written_to(tmp_path: Path) -> None:
    """It could come with a clone and lead anywhere."""
    root = one_disclosure(tmp_path / "project")
    (tmp_path / "precious").write_text("原来的内容", encoding="utf-8")
    (root / ".cache").mkdir()
    (root / LOCK).symlink_to(tmp_path / "precious")
    with pytest.raises(OSError, match="symbolic link"):
        build_site(root)
    assert (tmp_path / "precious").read_text(encoding="utf-8") == "原来的内容"


def test_where_there_is_no_project_nothing_is_left(tmp_path: Path) -> None:
    """Not even a lock."""
    assert build_site(tmp_path).site is None
    assert list(tmp_path.iterdir()) == []
