"""What is about to be committed: blobs from git's index, never the working tree, which may already say something else.

Inside a hook git hands down which index it means (`commit -a` and `commit FILE` use one of their own), so its
environment is kept and the command runs where the hook runs.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from build_tools.privacy.shared import MAX_BYTES

ORDINARY = ("100644", "100755")
SECONDS = 600


class GitError(Exception):
    """Git is missing, or said why it cannot answer."""


@dataclass(frozen=True, slots=True)
class Blob:
    """A file in the index: its path from the top of the repository, its name in git's store, its size in bytes."""

    path: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Repository:
    """Where git runs, and the top folder of the working tree."""

    cwd: Path
    top: Path


def repository(root: Path) -> Repository:
    """The repository that holds a project folder, or the one whose hook is running. Raises GitError."""
    cwd = Path.cwd() if "GIT_INDEX_FILE" in os.environ or "GIT_DIR" in os.environ else root
    top = os.fsdecode(git(cwd, "rev-parse", "--show-toplevel")).rstrip("\n")
    return Repository(cwd, Path(top))


def git(cwd: Path, *arguments: str, data: bytes = b"") -> bytes:
    """What git prints. Raises GitError."""
    command = ["git", "--no-optional-locks", "--literal-pathspecs", *arguments]
    try:
        done = subprocess.run(command, cwd=cwd, input=data, capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.SubprocessError) as error:
        raise GitError("没有找到 git，或 git 没有回答；--staged 检查 git 暂存区里的文件") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().split("\n")[-1]
        raise GitError(f"这里不是可用的 git 仓库；--staged 检查 git 暂存区里的文件（git：{said[:200]}）")
    return done.stdout


def staged(where: Repository) -> list[Blob]:
    """Added and changed files of the index, without links, submodules and what was deleted; the old name of a renamed
    file is a deletion.
    """
    base = "HEAD"
    try:
        git(where.cwd, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    except GitError:
        # nothing has been committed yet
        base = git(where.cwd, "hash-object", "-t", "tree", "--stdin").decode().strip()
    parts = git(
        where.cwd, "diff-index", "--cached", "--raw", "-z", "--no-renames", "--no-abbrev", "--diff-filter=d", base
    ).split(b"\0")
    found = []
    for head, path in zip(parts[::2], parts[1::2], strict=False):
        _, mode, _, name, _ = head.decode().removeprefix(":").split()
        if mode in ORDINARY and name.strip("0"):
            found.append((os.fsdecode(path), name))
    return sized(where, found)


def indexed(where: Repository, paths: Iterable[str]) -> list[Blob]:
    """Every ordinary file of the index at or below these paths, changed or not; paths from the top."""
    listed = git(where.top, "ls-files", "--stage", "-z", "--", *paths).split(b"\0")
    entries = [(head.decode().split(), path) for head, _, path in (one.partition(b"\t") for one in listed if one)]
    return sized(
        where, [(os.fsdecode(path), name) for (mode, name, stage), path in entries if mode in ORDINARY and stage == "0"]
    )


def sized(where: Repository, files: list[tuple[str, str]]) -> list[Blob]:
    """The files with their sizes. A file that was only announced (`git add -N`) has no contents yet."""
    if not files:
        return []
    told = (
        git(
            where.cwd,
            "cat-file",
            "--batch-check=%(objectsize)",
            data="".join(f"{name}\n" for _, name in files).encode(),
        )
        .decode()
        .split("\n")
    )
    return [Blob(path, name, int(size)) for (path, name), size in zip(files, told, strict=False) if size.isdecimal()]


def contents(where: Repository, blobs: Iterable[Blob]) -> Iterator[tuple[Blob, bytes]]:
    """The bytes of each, of large ones the beginning: one byte more than is looked at."""
    every = list(blobs)
    for group in batches(blob for blob in every if blob.size <= MAX_BYTES):
        data, at = (
            git(
                where.cwd,
                "cat-file",
                "--batch=%(objectsize)",
                data="".join(f"{blob.name}\n" for blob in group).encode(),
            ),
            0,
        )
        for blob in group:
            at = data.index(b"\n", at) + 1
            yield blob, data[at : at + blob.size]
            at += blob.size + 1
    for blob in (blob for blob in every if blob.size > MAX_BYTES):
        with subprocess.Popen(
            ["git", "cat-file", "blob", blob.name], cwd=where.cwd, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process:
            yield blob, process.stdout.read(MAX_BYTES + 1) if process.stdout else b""
            process.kill()


def batches(blobs: Iterable[Blob]) -> Iterator[list[Blob]]:
    """As many at a time as fit into memory well."""
    group: list[Blob] = []
    size = 0
    for blob in blobs:
        if group and size + blob.size > MAX_BYTES:
            yield group
            group, size = [], 0
        group.append(blob)
        size += blob.size
    if group:
        yield group
