"""The committed versions of a data file, newest first, across the renaming of a file or of a department's folder.

Only a true rename is followed: the old path is gone with the same commit. A copy (this year's file begun from last
year's), a file that moved to another year, and one of another department that git takes for similar are other
disclosures.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from build_tools.source.repository import git

# a file that was wrong in so many commits is better read by a person
MOST = 20
SECONDS = 30.0
# paths that are compared when a commit renames and edits at once; beyond that git still pairs what is unchanged
RENAMES = 1000
PLACE = re.compile(rb"data/([a-z0-9-]+/[a-z0-9-]+)/([0-9]{4})/[a-z0-9-]+\.yaml")
LINE = re.compile(rb"([0-9a-f]{40,64}) ([0-9]{4}-[0-9]{2}-[0-9]{2})")
# whether the department.yaml with these bytes names the department that the file belongs to now
Same = Callable[[bytes], bool]


def versions(root: Path, file: str, same: Same) -> Iterator[tuple[str, bytes]]:
    """The day and the bytes of each commit of a file, newest first; at most `MOST`, and none after `SECONDS`.

    What has been renamed but not committed has no history yet; a shallow clone has as much as it holds.
    """
    start, left, end = "HEAD", MOST, time.monotonic() + SECONDS
    while left > 0 and time.monotonic() < end:
        added = commits(root, start, file, 1, "--diff-filter=A", "--no-renames", "--diff-merges=first-parent")
        found = (
            [*commits(root, f"{added[0][0]}..{start}", file, left), *added][:left]
            if added
            else commits(root, start, file, left)
        )
        for commit, day in found:
            data = blob(root, commit, file)
            if data is not None:
                yield day, data
        if not added:
            return
        # what came from nowhere may have been there before under the same name
        start, file, left = f"{added[0][0]}^", renamed_from(root, added[0][0], file, same) or file, left - len(found)


def commits(root: Path, start: str, file: str, most: int, *how: str) -> list[tuple[str, str]]:
    """The commits that changed a file, newest first, each with its day."""
    told = git(root, "log", "--no-follow", f"--max-count={most}", "--format=%H %cs", *how, start, "--", file) or b""
    return [(found[1].decode(), found[2].decode()) for line in told.splitlines() if (found := LINE.fullmatch(line))]


def blob(root: Path, commit: str, file: str) -> bytes | None:
    """A file as it was committed, byte for byte; None where there was none."""
    return git(root, "cat-file", "blob", f"{commit}:./{file}")


def renamed_from(root: Path, commit: str, file: str, same: Same) -> str | None:
    """The path that a file had before the commit that brought it; None where it came from nowhere or from somebody
    else.
    """
    told = (
        git(
            root,
            "diff-tree",
            "-r",
            "-z",
            "--find-renames",
            f"-l{RENAMES}",
            "--diff-filter=R",
            "--name-status",
            "--relative",
            f"{commit}^",
            commit,
        )
        or b""
    )
    fields = told.split(b"\0")
    old = next((old for old, new in zip(fields[1::3], fields[2::3], strict=False) if new == file.encode()), b"")
    was, now = PLACE.fullmatch(old), PLACE.fullmatch(file.encode())
    if not was or not now or was[2] != now[2]:
        return None
    if was[1] != now[1]:
        folder = f"data/{was[1].decode()}/department.yaml"
        named = None if blob(root, commit, folder) is not None else blob(root, f"{commit}^", folder)
        if named is None or not same(named):
            return None
    return old.decode()
