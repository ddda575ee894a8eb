"""Departments whose folder is gone while something of theirs is public: a build of the rest would take it off the site.

A folder that was renamed and not committed yet is recognised by the disclosures in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from build_tools.accounts.corpus import Project
from build_tools.accounts.corpus.information import read_information
from build_tools.accounts.corpus.release import RELEASABLE, unsigned
from build_tools.checks import Report
from build_tools.diagnostics import Finding, Place
from build_tools.forms import Concept
from build_tools.record.trails import FILE, Trails
from build_tools.source import parse
from build_tools.source.repository import git


def with_pending_moves(trails: Trails, root: Path) -> Trails:
    """The trails of folders that lie under another name now go on there, where that has all their years and kinds and
    no trail of its own.
    """
    found = {path: match for path in trails.steps if (match := FILE.fullmatch(path))}
    known = {match["place"] for match in found.values()}
    gone = {place for place in known if not (root / "data" / place / "department.yaml").exists()}
    if not gone:
        return trails
    new = [
        path.parent
        for path in sorted((root / "data").glob("*/*/department.yaml"))
        if f"{path.parent.parent.name}/{path.parent.name}" not in known
    ]
    steps = dict(trails.steps)
    for place in sorted(gone):
        files = [path for path, match in found.items() if match["place"] == place and steps[path][-1].blob]
        inner = [path.removeprefix(f"data/{place}/") for path in files]
        there = [folder for folder in new if inner and all((folder / one).is_file() for one in inner)]
        if len(there) == 1:
            now = there[0].relative_to(root).as_posix()
            steps |= {f"{now}/{one}": steps.pop(f"data/{place}/{one}") for one in inner}
    return replace(trails, steps=steps)


def lost_departments(trails: Trails, project: Project) -> Iterator[Finding]:
    """An error for each department that was public and has no folder."""
    lost: dict[str, list[str]] = {}
    for path, steps in trails.steps.items():
        place = path.rpartition("/")[0].rpartition("/")[0]
        if (project.root / place).is_dir():
            continue
        public = [one for one in trails.counted(steps) if _was_public(one.blob, path, trails, project)]
        if public:
            lost.setdefault(place, []).append(public[-1].commit)
    for place, commits in sorted(lost.items()):
        yield Finding(
            "department-lost",
            f"{place} 有 {len(commits)} 份文件已经公开，现在部门的文件夹不在了；恢复以前，网站不更新",
            Place(f"{place}/department.yaml"),
            hint=f"恢复：git checkout {commits[-1][:10]} -- {place}；撤销的单位写撤销日期，要撤回的写撤回",
        )


def lost_disclosures(report: Report, trails: Trails, project: Project) -> Iterator[Finding]:
    """An error for each file that was public and has no form any more: its page would vanish without a word."""
    for one in report.checked:
        file, steps = one.disclosure.file, trails.counted(trails.steps.get(one.disclosure.file, ()))
        if not one.disclosure.template and any(_was_public(step.blob, file, trails, project) for step in steps):
            message = f"{file} 已经公开，现在没有适用的表样，网页会消失；改正以前，网站不更新"
            hint = "核对 district.yaml 的模板地区和 forms/ 里的文件，恢复原来的表样"
            yield Finding("disclosure-lost", message, Place(file), hint=hint)


def _was_public(blob: str, path: str, trails: Trails, project: Project) -> bool:
    """True where staff had marked a version public and signed it."""
    data = git(trails.root, "cat-file", "blob", blob) if blob else None
    if data is None:
        return False
    said = read_information(data, parse(data, path).root, path, 0, project)
    return said is not None and said.text_of(Concept.STATUS) == RELEASABLE and not unsigned(said)
