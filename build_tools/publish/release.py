"""The line from a filled folder to the public: proved, named, switched; the last releases kept, any of them a way back.

Every step leaves the public release as it was until the one rename that changes it. A run that dies leaves only names
that the next one clears away.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from build_tools.calendar_china import china_now
from build_tools.engine.staging import MARK
from build_tools.publish.manifest import NAME, Manifest, ManifestError, Source, fingerprint, write
from build_tools.publish.pack import Release, pack, settle
from build_tools.publish.place import (
    OLD,
    STAMP,
    Place,
    PublishError,
    existing,
    held,
    moment,
    prepare,
    remove,
    switch,
    sync,
    tidy,
    why,
    workshop,
)
from build_tools.publish.shared import share, unshare
from build_tools.publish.verifying import HOME, loaded, verify_folder

KEEP = 10
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication came to: the public release, the one before, whether it was written now, what went, what could
    not go.
    """

    name: str
    before: str | None
    manifest: Manifest
    fresh: bool
    removed: tuple[str, ...] = ()
    untidy: str | None = None

    @property
    def moved(self) -> bool:
        """True where another release is public than before."""
        return self.name != self.before


def publish(
    root: Path, fill: Callable[[Path], bool], source: Source, waiting: Told, keep: int = KEEP
) -> Published | None:
    """`fill` writes a site into an empty folder; it becomes public, or nothing changes. None where `fill` had nothing
    to publish.

    `waiting` is told who holds the lock. Raises PublishError, OSError and whatever `fill` raises; the public release is
    then as it was.
    """
    place = prepare(root)
    with held(place, waiting):
        tidy(place)
        before = place.public()
        work = workshop(place)
        try:
            if not fill(work):
                return None
            (work / MARK).unlink(missing_ok=True)
            release = complete(place, work, source, before)
        finally:
            fresh = not work.exists()
            if not fresh:
                remove(work)
        share(place, release)
        name = release.folder.name
        if name != before:
            switch(place, name)
        removed, untidy = prune(place, {*place.names()[-keep:], name, before or name})
        return Published(name, before, release.manifest, fresh, removed, untidy)


def complete(place: Place, work: Path, source: Source, before: str | None) -> Release:
    """The filled folder under the name of a release, proved; or one that says the same and still is what its manifest
    says.
    """
    now = moment(place)
    if not (work / HOME).is_file():
        raise PublishError(f"没有首页 {HOME}，没有发布：新建 content/index.md，再发布一次")
    entries = pack(work, now.timestamp(), loaded(place, before) if before else None)
    manifest = Manifest(china_now().isoformat(timespec="seconds"), source, entries)
    for name in reversed(place.names()):
        other = loaded(place, name)
        if other and other.manifest.same(manifest) and verify_folder(other.folder).sound:
            return other
    data = write(manifest)
    (work / NAME).write_bytes(data)
    (work / NAME).chmod(0o644)
    os.utime(work / NAME, (now.timestamp(), now.timestamp()))
    sync(work / NAME)
    settle(work)
    if not verify_folder(work).sound:
        raise PublishError("写到磁盘上的文件读回来不一样，没有发布：磁盘或内存可能有故障，换一台机器或磁盘再发布")
    final = place.releases / f"{now:{STAMP}}-{fingerprint(data)}"
    work.rename(final)
    sync(place.releases)
    return Release(final, manifest)


def prune(place: Place, kept: set[str]) -> tuple[tuple[str, ...], str | None]:
    """Away with all other releases and with assets that no kept one has; what could not be removed, and why, is not
    fatal.
    """
    removed = []
    try:
        for name in place.names():
            if name not in kept:
                old = (place.releases / name).rename(place.releases / f"{OLD}{name}")
                remove(old)
                removed.append(name)
        unshare(place, [one.manifest for name in place.names() if (one := loaded(place, name))])
    except OSError as error:
        return tuple(removed), why(error)
    return tuple(removed), None


def rollback(root: Path, wanted: str | None, waiting: Told) -> Published:
    """Another release becomes public: the one asked for, else the one before the public one. It must be whole.

    Raises PublishError and OSError; the public release is then as it was.
    """
    place = existing(root)
    with held(place, waiting):
        tidy(place)
        before = place.public()
        name = chosen(place, wanted, before)
        try:
            differences = verify_folder(place.releases / name)
        except ManifestError as error:
            raise PublishError(f"{name} 不能用，没有回退：{error}") from error
        if not differences.sound:
            raise PublishError(
                f"{name} 已经不完整或被改动，没有回退：运行 mingzhang verify {place.releases / name} 查看，换一版回退"
            )
        share(place, Release(place.releases / name, differences.manifest))
        if name != before:
            switch(place, name)
        return Published(name, before, differences.manifest, fresh=False)


def chosen(place: Place, wanted: str | None, public: str | None) -> str:
    """The release that is meant. Raises PublishError."""
    names = place.names()
    if wanted is None:
        older = [name for name in names if public is None or name < public]
        if not older:
            raise PublishError("没有更早的一版可以回退" if names else "这里还没有发布过")
        return older[-1]
    found = [name for name in names if wanted and (name.startswith(wanted) or name.split("-")[1].startswith(wanted))]
    if len(found) != 1:
        raise PublishError(f"{'有几版' if found else '没有一版'}叫“{wanted}”：用 mingzhang releases 列出，写完整的名称")
    return found[0]
