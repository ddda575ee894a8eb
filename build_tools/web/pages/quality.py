"""How the figures of the whole site stand: verdicts by department and year, every known difference, every
contradiction.

Only what is public; a disclosure that is held back is named and nothing of it is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain

from build_tools.accounts.corpus import Remark
from build_tools.amount import STANDARD, format_exact
from build_tools.checks import Checked, Report
from build_tools.checks.duties import Stage, Standing, duties_of
from build_tools.diagnostics import Outcome, added, count_outcomes
from build_tools.forms import Instance
from build_tools.web.certificate.lines import Line, lines_of, part_anchor, title_of, view_of
from build_tools.web.pages.model import Link, Page, Site, TocItem, link_to_kind
from build_tools.web.pages.states import State
from build_tools.web.pages.status import full_title, url_of, visible
from build_tools.web.pages.texts import TEXTS
from build_tools.web.pages.wording import sentence_of

ROOT = link_to_kind("quality")
TOLD = (Outcome.EXPLAINED, Outcome.ROUNDING, Outcome.NOT_RUN)
Lines = list[tuple[Instance, Line]]
PROGRESS = TocItem("公开进度", "progress")
CONTENTS = tuple(TocItem(title, anchor) for anchor, title in TEXTS.contents["quality"].items())


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a department: its verdicts, and the kinds of disclosure that are being corrected."""

    link: Link
    files: int
    counts: dict[str, int]
    held: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """A disclosure that is not out, or came out late; `late` in days past the deadline."""

    link: Link
    word: str
    deadline: date | None
    late: int


@dataclass(frozen=True, slots=True)
class Complete:
    """How much of what the template demands a public disclosure holds: `out` of `asked` tables and sections, and what
    is said of the others.
    """

    link: Link
    asked: int
    out: int
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A difference that is explained: the disclosure, the table, the rule and what it asks for, the line of the
    certificate, the cell. `unit` is that of the table where it is not 万元.
    """

    where: Link
    table: str
    rule: str
    sentence: str
    line: Line
    url: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Rounded:
    """The differences within rounding of one table of a disclosure, in one unit, and the line with the greatest."""

    where: Link
    table: str
    unit: str
    number: int
    greatest: Line

    @property
    def limit(self) -> str:
        """The difference that rounding would have explained there."""
        return format_exact(self.greatest.verdict.slack, False, 4)


@dataclass(frozen=True, slots=True)
class Quality:
    """How the figures of one department stand. `idle` = for each disclosure how many verdicts were not run, by
    reason.
    """

    years: tuple[Year, ...]
    known: tuple[Known, ...]
    remarks: tuple[tuple[Link, tuple[tuple[str, str, Remark], ...]], ...]
    rounded: tuple[Rounded, ...]
    idle: tuple[dict[str, int], ...]
    progress: tuple[Progress, ...]
    complete: tuple[Complete, ...]


def quality_of(report: Report, site: Site) -> Quality:
    """What the page tells of one department."""
    shown = [one for one in report.checked if visible(one)]
    lines = [(one, list(lines_of(one, view_of(one, report, site), TOLD))) for one in shown]
    return Quality(
        tuple(years_of(report)),
        tuple(item for one, found in lines for item in known_of(report, one, found)),
        tuple((link_to(report, one), tuple(found)) for one in shown if (found := remarks_of(one))),
        tuple(item for one, found in lines for item in rounded_of(report, one, found)),
        tuple(
            dict(Counter(line.reason for _, line in found if line.verdict.outcome is Outcome.NOT_RUN))
            for _, found in lines
        ),
        tuple(progress_of(report, site)) if site.progress else (),
        tuple(completeness_of(report, site)) if site.progress else (),
    )


def quality_pages(departments: Sequence[tuple[Link, Quality]], site: Site) -> Iterator[Page]:
    """The page, from what every department tells; the departments by their newest names."""
    every = [one for _, one in departments]
    yield Page(
        url=ROOT.url,
        title=ROOT.title,
        description="各部门各年度的勾稽核对结果、已知差异和原文出入",
        template="quality.html.j2",
        crumbs=site.root_crumbs,
        toc=(CONTENTS[0], PROGRESS, *CONTENTS[1:]) if site.progress else CONTENTS,
        values={
            "departments": [(link, one.years) for link, one in departments if one.years],
            "counts": added(year.counts for one in every for year in one.years),
            "files": sum(year.files for one in every for year in one.years),
            "known": [item for one in every for item in one.known],
            "remarks": [item for one in every for item in one.remarks],
            "rounded": [item for one in every for item in one.rounded],
            "progress": [item for one in every for item in one.progress] if site.progress else None,
            "completeness": [item for one in every for item in one.complete],
            "reasons": not_run([reasons for one in every for reasons in one.idle]),
        },
    )


def link_to(report: Report, checked: Checked, anchor: str = "") -> Link:
    """A disclosure by the name that the department bore, and where in it."""
    disclosure = checked.disclosure
    title = full_title(report.department.name_in(disclosure.year), disclosure.year, disclosure.kind)
    return Link(title, url_of(report, disclosure.year, disclosure.slug) + (f"#{anchor}" if anchor else ""))


def years_of(report: Report) -> list[Year]:
    """The years of a department, newest first; what is not yet released is not counted."""
    found = []
    for year in sorted(report.department.years, reverse=True):
        ones = [one for one in report.checked if one.disclosure.year == year and not one.disclosure.draft]
        shown = [one for one in ones if visible(one)]
        held = tuple(one.disclosure.kind for one in ones if not visible(one))
        if ones:
            counts = count_outcomes(chain.from_iterable([one.verdicts for one in shown]))
            found.append(Year(Link(f"{year}年", url_of(report, year)), len(shown), counts, held))
    return found


def progress_of(report: Report, site: Site) -> Iterator[Progress]:
    """What a department still owes, and what came out late, of the kinds that the site collects."""
    for one in duties_of(report, site.project):
        if one.collected and (one.stage is not Stage.PUBLISHED or one.late):
            url = url_of(report, one.year) if one.file else url_of(report)
            yield Progress(
                Link(full_title(one.department, one.year, one.kind), url),
                site.states[State.HELD] if one.stage is Stage.HELD else one.stage.value,
                one.deadline,
                one.late,
            )


def completeness_of(report: Report, site: Site) -> Iterator[Complete]:
    """The public disclosures of a department against their templates."""
    for one in duties_of(report, site.project):
        if one.stage is Stage.PUBLISHED and one.parts:
            named = (
                (standing.value, one.standing_so(standing))
                for standing in Standing
                if standing is not Standing.PUBLISHED
            )
            others = tuple((word, "；".join(part.told for part in parts)) for word, parts in named if parts)
            slug = next(checked.disclosure.slug for checked in report.checked if checked.disclosure.file == one.file)
            link = Link(full_title(one.department, one.year, one.kind), url_of(report, one.year, slug))
            yield Complete(link, len(one.parts), len(one.standing_so(Standing.PUBLISHED)), others)


def known_of(report: Report, checked: Checked, lines: Lines) -> Iterator[Known]:
    """The known differences of a disclosure."""
    for instance, line in lines:
        if line.verdict.outcome is not Outcome.EXPLAINED:
            continue
        statement = checked.disclosure.statements[line.verdict.table]
        where = link_to(report, checked)
        url = (
            where.url + line.place.url
            if line.place.url.startswith("#")
            else line.place.url or f"{where.url}#{part_anchor(statement)}"
        )
        unit = "" if statement.unit == STANDARD else statement.unit
        yield Known(where, title_of(statement), instance.identity.id, sentence_of(instance.identity), line, url, unit)


def rounded_of(report: Report, checked: Checked, lines: Lines) -> Iterator[Rounded]:
    """The differences within rounding of a disclosure, table by table; shares are in points, not in the unit of the
    table.
    """
    alike: dict[tuple[str, str], list[Line]] = {}
    for _, line in lines:
        if line.verdict.outcome is Outcome.ROUNDING:
            share = any(piece.text.endswith("%") for piece in line.left.pieces)
            unit = "个百分点" if share else checked.disclosure.statements[line.verdict.table].unit
            alike.setdefault((line.verdict.table, unit), []).append(line)
    for (key, unit), found in alike.items():
        statement = checked.disclosure.statements[key]
        greatest = max(found, key=lambda line: abs(line.difference or Decimal(0)))
        yield Rounded(link_to(report, checked, part_anchor(statement)), title_of(statement), unit, len(found), greatest)


def remarks_of(checked: Checked) -> list[tuple[str, str, Remark]]:
    """Where a document contradicts itself: the anchor of the table, its title, what is noted."""
    statements = checked.disclosure.statements
    found = [
        (next((one for key, one in statements.items() if remark.table in (key, one.form.key)), None), remark)
        for remark in checked.disclosure.remarks
    ]
    return [(f"#{one.anchor}" if one else "", title_of(one) if one else remark.table, remark) for one, remark in found]


def not_run(disclosures: list[dict[str, int]]) -> list[tuple[str, int, int]]:
    """Why identities were not run: the reason, how many verdicts, in how many disclosures; the most frequent first."""
    verdicts: Counter[str] = Counter()
    files: Counter[str] = Counter()
    for reasons in disclosures:
        verdicts.update(reasons)
        files.update(reasons.keys())
    return [(reason, number, files[reason]) for reason, number in verdicts.most_common()]
