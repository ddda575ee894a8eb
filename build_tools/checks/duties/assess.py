"""The duties of a department: what its district collects, what its files hold, and what is missing of either.

A duty begins with the founding of the unit and ends with it. What a site does not collect (收录范围) is no duty here,
but a file that is there is told of all the same.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from build_tools.accounts.corpus import Disclosure, District, Project
from build_tools.accounts.corpus.release import RELEASABLE
from build_tools.accounts.statement import State, as_date
from build_tools.accounts.statement.scalars import DATE
from build_tools.checks import Checked, Report
from build_tools.checks.duties.completeness import parts_of
from build_tools.checks.duties.model import Duty, Stage
from build_tools.forms import Concept, Template

# the site has the words for these
UNFOUNDED, ENDED = "unfounded", "ended"
# kinds that look forward: they are approved early in their own year
FORWARD = ("budget", "performance-targets")
# 监督法第十五条: final accounts of a year go to the standing committee from June of the next; nobody can owe them
# earlier
JUNE = 6


def duties_of(report: Report, project: Project) -> Iterator[Duty]:
    """Every duty of a department, newest year first, in the order in which a year produces its documents."""
    files = {(one.disclosure.year, one.disclosure.kind): one for one in report.checked}
    district = report.department.district
    asked = {
        (year, kind) for year, kinds in district.collected.items() for kind in kinds if not lifetime(report, year, kind)
    }
    kinds = [template.kind for template in project.forms.templates]
    for year, kind in sorted(
        {*files, *asked}, key=lambda one: (-one[0], kinds.index(one[1]) if one[1] in kinds else len(kinds))
    ):
        checked = files.get((year, kind))
        collected = (year, kind) in asked
        name = report.department.name_in(year)
        if checked is None:
            asks = parts_of(template_of(project, kind, district, year), None)
            yield Duty(
                district.name, name, year, kind, Stage.MISSING, "", collected, None, None, project.today, tuple(asks)
            )
        else:
            one = checked.disclosure
            dates = (day_of(one, Concept.APPROVAL_DATE), day_of(one, Concept.PUBLICATION_DATE))
            yield Duty(
                district.name,
                name,
                year,
                kind,
                stage_of(checked),
                one.file,
                collected,
                *dates,
                project.today,
                tuple(parts_of(one.template, one)),
            )


def lifetime(report: Report, year: int, kind: str) -> str:
    """`unfounded` before the unit was founded, `ended` where it had ended when the disclosure fell due: then there
    is nothing to publish. '' otherwise.

    A unit founded within the year answers for the rest of it. One that ended has no duty for what could not have been
    due before: budgets and targets fall due from 1 January of their year, everything else from 1 June of the next. Of a
    month or a year as 撤销 the last day counts, so that nobody is let off for want of a date.
    """
    begun = as_date(report.department.fact(Concept.FOUNDING_DATE))
    last = last_day(report.department.fact(Concept.DISSOLUTION_DATE))
    if begun and begun.year > year:
        return UNFOUNDED
    due = (year, 1) if report.department.district.slugs.get(kind) in FORWARD else (year + 1, JUNE)
    return ENDED if last and (last.year, last.month) < due else ""


def last_day(text: str) -> date | None:
    """The last day that a written date can mean; None where it is none."""
    first, match = as_date(text), DATE.fullmatch(text.strip())
    if not first or not match or match[3] or match[5]:
        return first
    month = first.month if match[2] or match[4] else 12
    return first.replace(month=month, day=monthrange(first.year, month)[1])


def stage_of(checked: Checked) -> Stage:
    """Where a file stands. What stops it first is told."""
    one = checked.disclosure
    word = one.information.cell_of(Concept.STATUS) if one.information else None
    if word is not None and word.text != RELEASABLE and word.state is not State.DOUBTFUL:
        return Stage.REVIEW if word.text == Stage.REVIEW else Stage.DRAFT
    if checked.held:
        return Stage.HELD
    if one.unsigned:
        return Stage.UNSIGNED
    return Stage.WAITING if one.embargoed else Stage.PUBLISHED


def day_of(disclosure: Disclosure, field: Concept) -> date | None:
    """A date of 公开信息 that names a day; None for 未载明, a month, a year: a deadline is counted from a day."""
    match = DATE.fullmatch(disclosure.fact(field).strip())
    return as_date(match[0]) if match and (match[3] or match[5]) else None


def template_of(project: Project, kind: str, district: District, year: int) -> Template | None:
    """The template that a kind (Chinese name) would be filled in by."""
    slug = next((one.slug for one in project.forms.templates if one.kind == kind), "")
    return project.template(slug, district, year)
