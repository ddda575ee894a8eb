"""A disclosure that is held back keeps its last good version: the newest in git's history that can be published.

The public does not lose what it could read yesterday because of today's slip. What staff have taken back themselves (a later
version that is a draft again) stays taken back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from build_tools.checks import Checked, Context, Report
from build_tools.checks.check import check_disclosure
from build_tools.corpus import Disclosure, Project
from build_tools.corpus.disclosure import read_version
from build_tools.source.repository import git

# a file that was wrong in so many commits is better read by a person
MOST = 20


def with_last_good(report: Report, project: Project) -> Report:
    """The department with every held disclosure in its last good version, where there is one; the others as they are."""
    held = tuple(one.disclosure for one in report.checked if one.held)
    if not report.department.names:
        # whose figures they are cannot be said of older ones either
        return report
    found = {one.disclosure.file: last_good(one, report, held, project) for one in report.checked if one.held and not one.disclosure.draft}
    checked = tuple(found.get(one.disclosure.file) or one for one in report.checked)
    return replace(report, checked=checked, department=replace(report.department, disclosures=tuple(one.disclosure for one in checked)))


def last_good(checked: Checked, report: Report, held: tuple[Disclosure, ...], project: Project) -> Checked | None:
    """The newest committed version without errors; None where there is none, or where it is not public."""
    now = checked.disclosure
    for day, data in versions(project.root, now.file):
        earlier = read_version(data, project.root / now.file, now.year, report.department.district, project)
        department = replace(report.department, disclosures=tuple(earlier if one is now else one for one in report.department.disclosures))
        found = check_disclosure(Context(earlier, department, project.reference), tuple(one for one in held if one is not now))
        if not found.held:
            # what staff are told is about the file as it is now
            return replace(found, findings=(), version=day) if earlier.released else None
    return None


def versions(root: Path, file: str) -> Iterator[tuple[str, bytes]]:
    """The committed versions of a file, newest first: the day and the bytes."""
    told = git(root, "log", f"--max-count={MOST}", "--format=%H %cs", "--", file) or b""
    for line in told.decode().splitlines():
        commit, _, day = line.partition(" ")
        data = git(root, "show", "--no-textconv", "--no-ext-diff", f"{commit}:./{file}")
        if data is not None:
            yield day, data
