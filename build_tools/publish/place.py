"""The folder that holds the releases: whose it is, who may write now, which release is public, what a killed run left.

A name says what state a thing is in: what begins with `.new-`, `.old-` or `.current-` is unfinished and belongs to
nobody once the lock is free; a release gets its own name only after it has been proved.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from build_tools.engine.lock import BusyError, locked

NEW, OLD, LINK = ".new-", ".old-", ".current-"
RELEASE = re.compile(r"(\d{8}T\d{6}Z)-[0-9a-f]{12}")
STAMP = "%Y%m%dT%H%M%SZ"
# a folder of its own on a disk of its own has this by itself
IGNORED = {"lost+found"}
OURS = {"lock", "current", "releases", "shared"}
WAIT = 600.0
REASONS = {
    errno.ENOSPC: "磁盘已满：清理空间（或减少 --keep）后重新发布",
    errno.EDQUOT: "磁盘配额已用完：清理空间后重新发布",
    errno.EFBIG: "文件超过了系统允许的大小：检查 ulimit -f 和磁盘",
    errno.EROFS: "磁盘是只读的：检查挂载和磁盘是否出错",
    errno.EACCES: "没有权限：用发布账号运行，或检查文件夹的所有者",
    errno.EPERM: "没有权限：用发布账号运行，或检查文件夹的所有者",
    errno.EIO: "磁盘读写出错：检查磁盘",
}


class PublishError(Exception):
    """Nothing was published; the message says why and what to do, in Chinese."""


def why(error: OSError) -> str:
    """What the operating system refused, for whoever is on duty."""
    number = error.errno
    if isinstance(error, shutil.Error):
        # copying a tree goes on after a refusal and tells them all as text in the end
        number = next((int(found[1]) for found in re.finditer(r"\[Errno (\d+)\]", str(error))), None)
    reason = REASONS.get(number or 0, error.strerror or str(error)[:200])
    return f"{reason}（{error.filename}）" if error.filename else reason


@dataclass(frozen=True, slots=True)
class Place:
    """The folder by its path."""

    root: Path

    @property
    def releases(self) -> Path:
        """Where releases stand."""
        return self.root / "releases"

    @property
    def shared(self) -> Path:
        """Assets named by content, of every release that is kept."""
        return self.root / "shared"

    @property
    def current(self) -> Path:
        """The link that the web server follows."""
        return self.root / "current"

    def names(self) -> list[str]:
        """Complete releases, oldest first."""
        return (
            sorted(one.name for one in self.releases.iterdir() if RELEASE.fullmatch(one.name))
            if self.releases.is_dir()
            else []
        )

    def public(self) -> str | None:
        """The release that is public."""
        name = self.current.readlink().name if self.current.is_symlink() else None
        return name if name in self.names() else None


def existing(root: Path) -> Place:
    """A folder of releases that is there already. Raises PublishError."""
    place = Place(root.resolve())
    if not place.releases.is_dir() or foreign(place):
        raise PublishError(f"{root} 里没有发布过：用 mingzhang publish --to 发布，或检查路径")
    return place


def prepare(root: Path) -> Place:
    """The folder, made where it is not there yet. Raises PublishError where it holds what is not ours."""
    place = Place(root.resolve())
    if not place.root.parent.is_dir():
        raise PublishError(f"没有文件夹 {place.root.parent}：检查 --to 的路径，或先建好它")
    if not place.root.exists():
        place.root.mkdir(exist_ok=True)
        place.root.chmod(0o755)
    found = foreign(place)
    if found:
        some = "、".join(found[:5]) + ("等" if len(found) > 5 else "")
        raise PublishError(f"{place.root} 里有别的文件（{some}），没有动它：换一个空文件夹，如 /srv/mingzhang")
    for folder in (place.releases, place.shared):
        if not folder.exists():
            folder.mkdir()
            folder.chmod(0o755)
    return place


def foreign(place: Place) -> list[str]:
    """What speaks against the folder being ours. Once it is, what else people lay into it is left alone."""
    if not place.root.is_dir():
        return [place.root.name]
    names = {one.name for one in place.root.iterdir()} - IGNORED
    if place.current.exists() and not place.current.is_symlink():
        return ["current"]
    if {"lock", "releases"} <= names and place.releases.is_dir() and (place.root / "lock").is_file():
        return []
    return sorted(one for one in names - OURS if not one.startswith(LINK))


@contextmanager
def held(place: Place, waiting: Callable[[str], None]) -> Iterator[None]:
    """The lock; another publisher is waited for, who says in the lock who it is. Raises PublishError after `WAIT`
    seconds.
    """
    if find_spec("fcntl") is None:
        raise PublishError("发布要在 Linux 服务器上运行；在 Windows 上用 mingzhang build 生成网站")
    try:
        with locked(place.root / "lock", waiting, WAIT):
            yield
    except BusyError as error:
        raise PublishError(f"等了 {WAIT:.0f} 秒，另一次发布还没有结束（{error}）：查看那个进程，或稍后再试") from None


def busy(place: Place) -> bool:
    """True while somebody publishes."""
    import fcntl

    with (place.root / "lock").open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def tidy(place: Place) -> None:
    """Away with what an interrupted run left. Only under the lock."""
    for folder in (place.root, place.releases):
        for one in folder.iterdir():
            if one.name.startswith((NEW, OLD, LINK)):
                remove(one)
    for one in sorted(place.shared.rglob(f"{NEW}*")):
        remove(one)


def remove(path: Path) -> None:
    """A file, link or folder, whichever it is."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def workshop(place: Place) -> Path:
    """An empty folder among the releases, under a name that says that it is none."""
    return Path(tempfile.mkdtemp(prefix=NEW, dir=place.releases))


def moment(place: Place) -> datetime:
    """Now in whole seconds, but always after the newest release: order by name, and no two releases with one
    Last-Modified.
    """
    now = int(time.time())
    last = [datetime.strptime(one.split("-")[0], STAMP).replace(tzinfo=UTC).timestamp() for one in place.names()[-1:]]
    return datetime.fromtimestamp(max([now, *(int(one) + 1 for one in last)]), UTC)


def switch(place: Place, name: str) -> None:
    """Readers see this release from now on: one rename, so that there is no instant without a site."""
    fresh = place.root / f"{LINK}{os.getpid()}"
    fresh.symlink_to(Path("releases") / name)
    fresh.replace(place.current)
    sync(place.root)


def sync(path: Path) -> None:
    """What was written to a file or folder is on the disk."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
