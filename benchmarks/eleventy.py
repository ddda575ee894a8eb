"""The same pages through Eleventy, which checks nothing: one JSON file for each page, one template, no search, no files
beside the page.

It comes from npm with the locked packages of `benchmarks/eleventy_site`; where node is missing, `available` says so.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.running import FailedError, Run, run

HERE = Path(__file__).parent / "eleventy_site"
LOCK = "package-lock.json"


def available(cache: Path) -> str:
    """'' where Eleventy is ready in `cache` or could be made so, else why not."""
    if not shutil.which("node") or not shutil.which("npm"):
        return "node and npm are not installed"
    lock = cache / LOCK
    if lock.is_file() and lock.read_bytes() == (HERE / LOCK).read_bytes() and (cache / "node_modules").is_dir():
        return ""
    cache.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", ".npmrc"):
        shutil.copy(HERE / name, cache)
    try:
        # --ignore-scripts: nothing of what comes is run while it is installed; the lock is copied last, when all is
        # there
        shutil.copy(HERE / LOCK, lock)
        run(["npm", "ci", "--ignore-scripts"], cache)
    except FailedError as error:
        lock.unlink()
        return f"npm could not install Eleventy: {error}"
    return ""


def write_eleventy(pages: Path, folder: Path) -> None:
    """A project for Eleventy. `pages` is a folder as `pages.extract` writes it."""
    shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns("package*.json", ".npmrc", "node_modules"))
    shutil.copytree(pages, folder / "pages")


def build_eleventy(folder: Path, cache: Path) -> Run:
    """The build, from nothing."""
    return run(["node", cache / "node_modules/@11ty/eleventy/cmd.cjs", "--quiet"], folder)
