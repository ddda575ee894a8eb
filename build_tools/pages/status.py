"""What can be said of a disclosure that one expects to find: published, empty, held back, not published, not collected.

"Not there" has several meanings, and the public is told which.
"""

from __future__ import annotations

from dataclasses import dataclass

from build_tools.checks import Checked, Report
from build_tools.duties import lifetime
from build_tools.forms import Forms

ORDER = ("budget", "final-accounts", "performance-targets", "self-evaluation", "evaluation-report")
PUBLISHED, HELD, DRAFT, MISSING, UNCOLLECTED = "已公开", "更正中", "未公开", "未公开", "未收录"


@dataclass(frozen=True, slots=True)
class Status:
    """One square of a matrix year × kind. `url` is empty where there is no page."""

    year: int
    kind: str
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
    if checked is None and (word := lifetime(report, year, kind)):
        return Status(year, kind, word)
    if checked is None:
        collected = kind in report.department.district.collected.get(year, ())
        return Status(year, kind, MISSING if collected else UNCOLLECTED)
    if checked.disclosure.draft:
        return Status(year, kind, DRAFT)
    return Status(year, kind, HELD if checked.held else PUBLISHED, url_of(report, year, checked.disclosure.slug))


def kinds(forms: Forms) -> tuple[str, ...]:
    """The kinds of disclosure that this site knows, by Chinese name, in the order in which a year produces them."""
    return tuple(dict.fromkeys(one.kind for one in sorted(forms.templates, key=lambda one: rank(one.slug))))


def rank(slug: str) -> int:
    """The place of a kind of disclosure in the order of a year; an unknown kind comes last."""
    return ORDER.index(slug) if slug in ORDER else len(ORDER)
