"""What the public sees of a department: its files as they are, in their last public edition where they may not be
shown, and a word in the place of what was taken back.

The public does not lose what it could read yesterday because of today's slip.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from build_tools.accounts.corpus import Disclosure, Project, Withdrawal
from build_tools.accounts.corpus.disclosure import read_version
from build_tools.checks import Checked, Context, Report
from build_tools.checks.check import check_disclosure
from build_tools.record.ledger import Folded
from build_tools.record.report import Recorded
from build_tools.record.trails import FILE
from build_tools.source.repository import git


def public_view(recorded: Recorded, project: Project) -> Report:
    """The department with every disclosure as the public may know it; what was never public stays as it is."""
    report = recorded.report
    # whose figures they are cannot be said of older ones either, where the department has no name
    if not report.department.names:
        return report
    held = tuple(one.disclosure for one in report.checked if one.held)
    checked = [_as_public(one, recorded, held, project) for one in report.checked]
    there = {one.disclosure.file for one in report.checked}
    for file, folded in recorded.past.folded.items():
        if file not in there and folded.public:
            empty = _placeholder(file, report, project)
            why = recorded.withdrawn.get(file)
            shown = _taken_back(empty, why, folded) if why else _edition(empty, folded, recorded, held, project)
            checked += [shown] if shown else []
    ordered = tuple(sorted(checked, key=lambda one: one.disclosure.file))
    department = replace(report.department, disclosures=tuple(one.disclosure for one in ordered))
    return replace(report, checked=ordered, department=department)


def _as_public(checked: Checked, recorded: Recorded, held: tuple[Disclosure, ...], project: Project) -> Checked:
    """A file that is there, as the public may know it."""
    disclosure = checked.disclosure
    folded = recorded.past.folded.get(disclosure.file, Folded())
    if why := recorded.withdrawn.get(disclosure.file):
        return _taken_back(_placeholder(disclosure.file, recorded.report, project), why, folded)
    shown = _edition(checked, folded, recorded, held, project) or checked if checked.held else checked
    if shown.held or not shown.disclosure.history.amendments:
        return shown
    return replace(shown, earlier=tuple(_earlier(shown.disclosure, recorded, project)))


def _earlier(disclosure: Disclosure, recorded: Recorded, project: Project) -> Iterator[Checked]:
    """The editions that came before the one that is shown, oldest first; one that today's forms cannot read is left
    out.
    """
    history = disclosure.history
    for number, edition in enumerate(history.editions[:-1], 1):
        found = read_edition(recorded.past.root, edition.blob, disclosure, recorded.report, (), project)
        if found and found.disclosure.released:
            then = replace(history, editions=history.editions[:number], amendments=history.amendments[: number - 1])
            yield replace(found, disclosure=replace(found.disclosure, history=then), findings=(), version=edition.day)


def _edition(
    checked: Checked, folded: Folded, recorded: Recorded, held: tuple[Disclosure, ...], project: Project
) -> Checked | None:
    """The last public version of a disclosure in the place of what is there now; older ones where today's rules or the
    other files do not let it pass.
    """
    newest = [(folded.public.day, folded.public.blob)] if folded.public else []
    older = [(one.day, one.blob) for one in reversed(folded.history.editions) if one.blob]
    for day, blob in dict.fromkeys((*newest, *older)):
        found = read_edition(recorded.past.root, blob, checked.disclosure, recorded.report, held, project)
        if found and not found.held and found.disclosure.released:
            disclosure = replace(found.disclosure, history=folded.history)
            # what staff are told is about the file as it is now
            return replace(found, disclosure=disclosure, findings=(), version=day)
    return None


def read_edition(
    root: Path, blob: str, now: Disclosure, report: Report, held: tuple[Disclosure, ...], project: Project
) -> Checked | None:
    """A version in the place of the disclosure `now`, checked beside the other files of today."""
    data = git(root, "cat-file", "blob", blob)
    if data is None:
        return None
    # the PDF that lies beside the file now is not the one of that day
    earlier = replace(
        read_version(data, project.root / now.file, now.year, report.department.district, project), original=None
    )
    others = tuple(one for one in report.department.disclosures if one.file != now.file)
    department = replace(report.department, disclosures=(*others, earlier))
    beside = tuple(one for one in held if one.file != now.file)
    return check_disclosure(Context(earlier, department, project.reference, beside))


def _taken_back(empty: Checked, why: Withdrawal, folded: Folded) -> Checked:
    """What stands in the place of a disclosure that was taken back."""
    return replace(empty, disclosure=replace(empty.disclosure, withdrawal=why, history=folded.history))


def _placeholder(file: str, report: Report, project: Project) -> Checked:
    """A disclosure of which nothing may be shown."""
    found = FILE.fullmatch(file)
    slug, year = (found["kind"], int(found["year"])) if found else (Path(file).stem, 0)
    template = project.template(slug, report.department.district, year)
    disclosure = Disclosure(slug, year, file, template, {}, None, {}, ())
    department = replace(report.department, disclosures=(disclosure,))
    return check_disclosure(Context(disclosure, department, project.reference))
