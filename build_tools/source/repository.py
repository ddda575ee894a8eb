"""What git says about a folder, as bytes: for those who ask where a file comes from and what it said before.

The environment that git hands down to a hook says which repository called it; here the folder itself is asked.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

SECONDS = 60
# contents that are asked for at once, so that a long history does not fill the memory
AT_ONCE = 200


def blobs(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Each of these contents by its name in git's store; those that are not there are left out."""
    asked = list(names)
    for start in range(0, len(asked), AT_ONCE):
        some = asked[start : start + AT_ONCE]
        told, at = git(folder, "cat-file", "--batch", given="".join(f"{one}\n" for one in some).encode()) or b"", 0
        for name in some:
            head, _, _ = told[at : at + 200].partition(b"\n")
            at += len(head) + 1
            words = head.split()
            if len(words) == 3:
                size = int(words[2])
                yield name, told[at : at + size]
                at += size + 1


def git(folder: Path, *arguments: str, given: bytes | None = None) -> bytes | None:
    """What a git command prints when it is `given` this to read; None where the folder is in no repository, there is no
    git, or git says no.
    """
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    command = [
        "git",
        "--no-optional-locks",
        "--no-replace-objects",
        "--literal-pathspecs",
        "-C",
        str(folder),
        *arguments,
    ]
    try:
        return subprocess.run(
            command, env=environment, input=given, capture_output=True, timeout=SECONDS, check=True
        ).stdout
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
