"""Our own build as a user starts it: from nothing, with nothing changed, with one file changed; each in a process of
its own.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path
from statistics import median

from benchmarks.running import FailedError, Run, run

FIELD = "  内容概述: "
TIMES = 3
JOBS = 2


def build(root: Path) -> Run:
    """`mingzhang build` as it finds the folder."""
    return run([Path(sys.executable).with_name("mingzhang"), "--root", root, "build", "--jobs", str(JOBS)], root)


def from_nothing(root: Path) -> Run:
    """Neither a site nor a cache is there."""
    for name in ("site", ".cache"):
        shutil.rmtree(root / name, ignore_errors=True)
    return build(root)


def nothing_changed(root: Path) -> Run:
    """The middle of several."""
    return middle([build(root) for _ in range(TIMES)])


def one_changed(root: Path) -> Run:
    """The middle of several: each changes what a disclosure is said to be about, which its page shows and no index of
    the search holds.

    Raises FailedError where the page did not change or the search did.
    """
    file = newest_accounts(root)
    page = root / "site" / file.relative_to(root / "data").with_suffix("") / "index.html"
    runs, search = [], fingerprint(root / "site" / "search")
    for number in range(1, TIMES + 1):
        text = file.read_text(encoding="utf-8").replace(FIELD, f"{FIELD}改{number}", 1)
        file.write_text(text, encoding="utf-8")
        runs.append(build(root))
        if f"改{number}" not in page.read_text(encoding="utf-8") or fingerprint(root / "site" / "search") != search:
            raise FailedError(f"{file}: the page should have changed, and nothing of the search")
    return middle(runs)


def newest_accounts(root: Path) -> Path:
    """The last final accounts of the last department."""
    return sorted((root / "data").glob("*/*/*/final-accounts.yaml"))[-1]


def middle(runs: list[Run]) -> Run:
    """The run whose time is the median."""
    wanted = median(one.seconds for one in runs)
    return next(one for one in runs if one.seconds == wanted)


def fingerprint(folder: Path) -> str:
    """Names and bytes of all files."""
    digest = hashlib.sha256()
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
