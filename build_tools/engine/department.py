"""One department is one task: read, checked, derived, rendered and written, and no more than a summary of it kept.

The function stands in a module and takes plain data, so that any executor may run it: this process, a pool, a cluster.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from build_tools.accounts.corpus import read_department
from build_tools.checks import Checked, Report, check_department
from build_tools.checks.copies import prints_of
from build_tools.diagnostics import count_outcomes
from build_tools.engine.task import Compiled, Task, kept
from build_tools.engine.timing import phase
from build_tools.engine.writing import workshop, write_group
from build_tools.fast import patient_collector
from build_tools.inputs import key_of
from build_tools.record import lost_disclosures, past_of, public_view, with_record
from build_tools.record.project import CACHE
from build_tools.web.pages.sitemap import department_pages
from build_tools.web.pages.status import visible
from build_tools.web.pages.summary import parts_of, summary_of


@patient_collector()
def compile_department(task: Task) -> Compiled:
    """Write the pages and files of a department, all that the shown site does not have so. Raises OSError where that
    cannot be done.
    """
    setup, tools = task.setup, workshop(task.setup)
    district = next(one for one in tools.project.districts if one.slug == task.district)
    with phase("读文件"):
        department = read_department(setup.root / "data" / task.district / task.department, district, tools.project)
    with phase("核对"):
        checked = check_department(department, tools.project.reference)
        past = past_of(checked, tools.project, task.trails, setup.root / CACHE)
        recorded = with_record(checked, past, tools.project)
        report = recorded.report
        found = report if setup.preview else without_drafts(public_view(recorded, tools.project))
        shown = replace(of_known_kinds(found), own=tools.site.own)
    before = kept(task, task.shown)
    keys = group_keys(task, shown) if setup.shown else {}
    groups = {}
    for year, pages in department_pages(shown, tools.site):
        key, known = keys.get(year, ""), before.groups.get(year) if before else None
        groups[year] = known if known and key and known.key == key else write_group(pages(), key, setup, tools)
    held = tuple(one.disclosure.file for one in report.checked if one.held and not one.disclosure.draft)
    drafts = tuple(one.disclosure.file for one in report.checked if one.disclosure.draft)
    counts = count_outcomes(chain.from_iterable([one.verdicts for one in report.checked]))
    with phase("汇总"):
        summary = parts_of(summary_of(shown, task.years, tools.site))
    prints = tuple(prints_of(report.department))
    lost = () if setup.preview else tuple(lost_disclosures(report, task.trails, tools.project))
    return Compiled(
        tuple(report.all_findings), counts, len(report.checked), held, drafts, groups, summary, prints, lost
    )


def group_keys(task: Task, shown: Report) -> dict[int, str]:
    """What the disclosures of a year depend on: the files of that year and of the year before, those of the department
    and its district, and which other disclosures there are. A year that shows an earlier version has none, nor has the
    next: git has no key.
    """
    # data, district, department, and then the year or a file of the department's own
    parts = [(name.split("/"), (name, data)) for name, data in task.files]
    there = repr([(one.disclosure.file, one.disclosure.draft, visible(one)) for one in shown.checked])
    doubtful = {one.disclosure.year for one in shown.checked if one.version or one.held}
    keys = {}
    told = {
        year: repr([(file, steps) for file, steps in task.trails.steps.items() if f"/{year}/" in file])
        for year in shown.department.years
    }
    for year in shown.department.years:
        if not doubtful & {year - 1, year}:
            years = (str(year - 1), str(year))
            near = [one for path, one in parts if len(path) < 5 or path[3] in years]
            words = (task.setup.common, repr(task.years), there, *(told.get(one, "") for one in (year - 1, year)))
            keys[year] = key_of(words, near)
    return keys


def of_known_kinds(report: Report) -> Report:
    """The department without files whose names are no kind of disclosure: such a name would become a title."""
    return with_checked(report, tuple(one for one in report.checked if one.disclosure.template))


def without_drafts(report: Report) -> Report:
    """The department as the public may know it: what is not released has no page, no year and no count, nor has a file
    that does not say whether it is.
    """
    return with_checked(
        report, tuple(one for one in report.checked if one.disclosure.released or one.disclosure.withdrawal)
    )


def with_checked(report: Report, checked: tuple[Checked, ...]) -> Report:
    """The department with no other disclosures than these."""
    return replace(
        report,
        checked=checked,
        department=replace(report.department, disclosures=tuple(one.disclosure for one in checked)),
    )
