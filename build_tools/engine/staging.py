"""What is new is laid out beside the site and then moved into it, file by file, by a plan that a later run can finish.

Only what differs is moved, so a change to one figure touches a few files of thousands. Publication on a server, with
whole releases and one atomic link, is the business of `publish`.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

# lies in every site that we have built, so that no other folder is ever replaced; says which record is about it, '' =
# none
MARK = ".mingzhang"
PLAN = ".plan.json"


def staging_for(site: Path) -> Path:
    """An empty folder beside the site, after finishing what an interrupted run had begun to move."""
    new = beside(site, "new")
    if (new / PLAN).is_file():
        carry_out(new, site)
    if new.exists():
        shutil.rmtree(new)
    new.mkdir(parents=True)
    return new


def move_in(new: Path, site: Path, gone: Iterable[str], mark: str) -> None:
    """The files of `new` become those of the site, those that are `gone` leave it, and `mark` tells which record is
    about it.
    """
    if not site.exists():
        (new / MARK).write_text(mark, encoding="utf-8")
        new.rename(site)
        return
    part = new / f"{PLAN}.part"
    part.write_text(json.dumps({"gone": sorted(gone), "mark": mark}), encoding="utf-8")
    # from here on the next run goes on where this one may be stopped
    part.rename(new / PLAN)
    carry_out(new, site)


def carry_out(new: Path, site: Path) -> None:
    """The plan of `new`, from its beginning or from where it was stopped. In between the site says that no record is
    about it.
    """
    plan = json.loads((new / PLAN).read_text(encoding="utf-8"))
    (site / MARK).write_text("", encoding="utf-8")
    for name in plan["gone"]:
        leave(site / name, site)
    for folder, _, names in os.walk(new):
        for name in names:
            path = Path(folder, name)
            if path != new / PLAN:
                place(path, site / path.relative_to(new), site)
    (site / MARK).write_text(plan["mark"], encoding="utf-8")
    shutil.rmtree(new)


def leave(path: Path, site: Path) -> None:
    """A file goes, and with it the folders that held nothing else."""
    path.unlink(missing_ok=True)
    for folder in path.parents:
        if folder == site or not folder.is_dir() or any(folder.iterdir()):
            return
        folder.rmdir()


def place(path: Path, target: Path, site: Path) -> None:
    """A file takes its place, also where a folder stood, or a file where now a folder has to."""
    for folder in (one for one in target.parents if one.is_relative_to(site) and one != site):
        if folder.is_symlink() or folder.is_file():
            folder.unlink()
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    path.replace(target)


def beside(site: Path, word: str) -> Path:
    """A hidden neighbour of the site folder."""
    return site.parent / f".{site.name}.{word}"
