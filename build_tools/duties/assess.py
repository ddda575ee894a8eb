"""The duties of a department: what its district collects, what its files hold, and what is missing of either.

A duty begins with the founding of the unit and ends with it. What a site does not collect (收录范围) is no duty here, but a file
that is there is told of all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from build_tools.checks import Checked, Report
from build_tools.corpus import Disclosure, Project
from build_tools.corpus.release import RELEASABLE
from build_tools.duties.model import Duty, Gap, Stage
from build_tools.forms import Template
from build_tools.statement import State, as_date
from build_tools.statement.scalars import DATE

LEFT_OUT, UNFOUNDED, ENDED = "没有填写", "未设立", "已撤销"


def duties_of(report: Report, project: Project) -> Iterator[Duty]:
    """Every duty of a department, newest year first, in the order in which a year produces its documents."""
    files = {(one.disclosure.year, one.disclosure.kind): one for one in report.checked}
    district = report.department.district
    asked = {(year, kind) for year, kinds in district.collected.items() for kind in kinds if not lifetime(report, year)}
    kinds = [template.kind for template in project.forms.templates]
    for year, kind in sorted({*files, *asked}, key=lambda one: (-one[0], kinds.index(one[1]) if one[1] in kinds else len(kinds))):
        checked = files.get((year, kind))
        collected = (year, kind) in asked
        name = report.department.name_in(year)
        if checked is None:
            yield Duty(district.name, name, year, kind, Stage.MISSING, "", collected, None, None, project.today)
        else:
            one = checked.disclosure
            dates = (day_of(one, "批复日期"), day_of(one, "公开日期"))
            yield Duty(district.name, name, year, kind, stage_of(checked), one.file, collected, *dates, project.today, tuple(gaps(one)))


def lifetime(report: Report, year: int) -> str:
    """未设立 before the unit was founded, 已撤销 after its end: then there is nothing to publish. '' in between."""
    information = report.department.information
    founded, ended = ((information.at("基本信息", "", field).text if information else "") for field in ("成立", "撤销"))
    if founded[:4].isdigit() and year < int(founded[:4]):
        return UNFOUNDED
    return ENDED if ended[:4].isdigit() and year > int(ended[:4]) else ""


def stage_of(checked: Checked) -> Stage:
    """Where a file stands. What stops it first is told."""
    one = checked.disclosure
    word = one.information.at("", "", "状态") if one.information else None
    if word is not None and word.text != RELEASABLE and word.state is not State.DOUBTFUL:
        return Stage.REVIEW if word.text == Stage.REVIEW else Stage.DRAFT
    if checked.held:
        return Stage.HELD
    if one.unsigned:
        return Stage.UNSIGNED
    return Stage.WAITING if one.embargoed else Stage.PUBLISHED


def day_of(disclosure: Disclosure, field: str) -> date | None:
    """A date of 公开信息 that names a day; None for 未载明, a month, a year: a deadline is counted from a day."""
    match = DATE.fullmatch(disclosure.fact(field).strip())
    return as_date(match[0]) if match and (match[3] or match[5]) else None


def gaps(disclosure: Disclosure) -> Iterator[Gap]:
    """The tables of the template without figures, in official order."""
    for table in tables(disclosure.template):
        found = [one for one in disclosure.statements.values() if one.form.key == table]
        if not found:
            yield Gap(table, LEFT_OUT)
        elif all(one.absence for one in found):
            yield Gap(table, found[0].absence, found[0].note)


def tables(template: Template | None) -> tuple[str, ...]:
    """What the template demands."""
    return template.tables if template else ()
