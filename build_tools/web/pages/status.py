"""What there is of a disclosure that one expects to find: every page and file asks here, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from build_tools.checks import Checked, Report
from build_tools.checks.duties import lifetime
from build_tools.forms import Forms
from build_tools.web.pages.states import State, states_of

ORDER = ("budget", "final-accounts", "performance-targets", "self-evaluation", "evaluation-report")
TITLE = "{unit}{year}年度{kind}"


@dataclass(frozen=True, slots=True)
class Status:
    """One square of a matrix year × kind, with the word that this site has for its state. `url` is empty where there is
    no page.
    """

    year: int
    kind: str
    state: State
    word: str
    url: str = ""


def visible(checked: Checked) -> bool:
    """True where the disclosure's figures may be shown to the public."""
    return checked.disclosure.released and not checked.held


def url_of(report: Report, year: int | None = None, slug: str = "") -> str:
    """Addresses are short and permanent: district/department/year/kind/."""
    department = report.department
    return f"{department.district.slug}/{department.slug}/{f'{year}/' if year else ''}{f'{slug}/' if slug else ''}"


def status(report: Report, year: int, kind: str) -> Status:
    """What there is of a kind (Chinese name) for a year."""
    checked = next((one for one in report.checked if one.disclosure.year == year and one.disclosure.kind == kind), None)
    state = state_of(checked, report, year, kind)
    there = checked is not None and state in (State.HELD, State.PUBLISHED, State.WITHDRAWN)
    url = url_of(report, year, checked.disclosure.slug) if checked and there else ""
    return Status(year, kind, state, states_of(report.own)[state], url)


def state_of(checked: Checked | None, report: Report, year: int, kind: str) -> State:
    """The state of a disclosure, or of one that is not there."""
    if checked is None:
        collected = kind in report.department.district.collected.get(year, ())
        return State(lifetime(report, year, kind) or (State.MISSING if collected else State.UNCOLLECTED))
    if checked.disclosure.withdrawal:
        return State.WITHDRAWN
    if not checked.disclosure.released:
        return State.DRAFT
    return State.HELD if checked.held else State.PUBLISHED


def full_title(unit: str, year: int, kind: str) -> str:
    """A disclosure by its full title: 单位全称 + 年度 + 名称; without the unit where `unit` is ''."""
    return TITLE.format(unit=unit, year=year, kind=kind)


def kinds(forms: Forms) -> tuple[str, ...]:
    """The kinds of disclosure that this site knows, by Chinese name, in the order in which a year produces them."""
    return tuple(dict.fromkeys(one.kind for one in sorted(forms.templates, key=lambda one: rank(one.slug))))


def rank(slug: str) -> int:
    """The place of a kind of disclosure in the order of a year; an unknown kind comes last."""
    return ORDER.index(slug) if slug in ORDER else len(ORDER)
