"""A disclosure that is held back keeps its last good version: the newest in git's history that can be published.

The public does not lose what it could read yesterday because of today's slip. What staff have taken back themselves (a
later version that is a draft again) stays taken back.
"""

from __future__ import annotations

from dataclasses import replace

from build_tools.accounts.corpus import Disclosure, Project
from build_tools.accounts.corpus.disclosure import read_version
from build_tools.accounts.corpus.read import records
from build_tools.accounts.statement import read_statement
from build_tools.checks import Checked, Context, Report
from build_tools.checks.check import check_disclosure
from build_tools.engine.history import versions
from build_tools.forms import Concept
from build_tools.source import parse


def with_last_good(report: Report, project: Project) -> Report:
    """The department with every held disclosure in its last good version, where there is one; the others as
    they are.
    """
    held = tuple(one.disclosure for one in report.checked if one.held)
    # whose figures they are cannot be said of older ones either, where the department has no name
    named = bool(report.department.names)
    found = {
        one.disclosure.file: last_good(one, report, held, project)
        for one in report.checked
        if named and one.held and not one.disclosure.draft
    }
    checked = tuple(found.get(one.disclosure.file) or one for one in report.checked)
    return replace(
        report,
        checked=checked,
        department=replace(report.department, disclosures=tuple(one.disclosure for one in checked)),
    )


def last_good(checked: Checked, report: Report, held: tuple[Disclosure, ...], project: Project) -> Checked | None:
    """The newest committed version without errors; None where there is none, or where staff took it back since."""
    now = checked.disclosure
    for day, data in versions(project.root, now.file, lambda data: named_alike(data, report, project)):
        # the PDF that lies beside the file now is not the one of that day
        earlier = replace(
            read_version(data, project.root / now.file, now.year, report.department.district, project), original=None
        )
        if earlier.draft:
            return None
        department = replace(
            report.department,
            disclosures=tuple(earlier if one is now else one for one in report.department.disclosures),
        )
        found = check_disclosure(
            Context(earlier, department, project.reference, tuple(one for one in held if one is not now))
        )
        if not found.held:
            # what staff are told is about the file as it is now
            return replace(found, findings=(), version=day) if earlier.released else None
    return None


def named_alike(data: bytes, report: Report, project: Project) -> bool:
    """True where an earlier department.yaml has a name that the department still bears or says that it bore: it is the
    same unit.
    """
    root = parse(data, "department.yaml").root
    told = read_statement(root, project.forms.common("department"), 0, project.reference.codebook, []) if root else None
    return bool(
        {name for (name,) in records(told, Concept.DEPARTMENT_NAME)} & {one.name for one in report.department.names}
    )
