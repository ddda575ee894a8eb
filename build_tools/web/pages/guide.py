"""What the guide for readers explains with: the figures of one disclosure of the site itself, each with the way to its
cell.

A guide with figures of its own would be true nowhere; so every office's guide speaks of that office's newest accounts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from build_tools.accounts.key_figures import key_figures
from build_tools.amount import parse_figure, round_half_up
from build_tools.checks import Report
from build_tools.forms import Concept
from build_tools.web.pages.status import url_of, visible

KIND = "final-accounts"
# the figures that the guide cannot do without
TOTAL, PARTS = Concept.TOTAL_EXPENDITURE, (Concept.BASIC_EXPENDITURE, Concept.PROJECT_EXPENDITURE)


@dataclass(frozen=True, slots=True)
class Told:
    """A figure as it is printed, its unit, the address of its cell; `exact` has every digit."""

    text: str
    unit: str
    url: str
    exact: str


@dataclass(frozen=True, slots=True)
class Example:
    """The final accounts that the guide speaks of: whose, of which year, where, and their key figures by key."""

    name: str
    year: int
    url: str
    figures: Mapping[str, Told]

    def of_hundred(self, key: str) -> Decimal | None:
        """How much of every hundred yuan spent went to this, in whole yuan; None where it cannot be said (no figure,
        nothing spent).
        """
        part, total = amount(self.figures.get(key)), amount(self.figures.get(TOTAL))
        if part is None or total is None or total <= 0 or not 0 <= part <= total:
            return None
        return round_half_up(100 * part / total, 0)


def amount(told: Told | None) -> Decimal | None:
    """The number that a figure is, in its unit; None where it is none."""
    return parse_figure(told.exact) if told else None


def example_of(report: Report) -> Example | None:
    """The newest final accounts of a department that hold what the guide needs; None where there are none."""
    shown = (one.disclosure for one in report.checked if one.disclosure.slug == KIND and visible(one))
    for disclosure in sorted(shown, key=lambda one: -one.year):
        url = url_of(report, disclosure.year, KIND)
        figures = {
            figure.key: Told(figure.text, figure.unit, f"{url}#{figure.anchor}", figure.amount.exact)
            for figure in key_figures(disclosure)
            if figure.text
        }
        if {TOTAL, *PARTS} <= figures.keys():
            return Example(report.department.name_in(disclosure.year), disclosure.year, url, figures)
    return None


def chosen(examples: Iterable[Example | None]) -> Example | None:
    """The newest of all departments; of one year the first by address."""
    return min((one for one in examples if one), key=lambda one: (-one.year, one.url), default=None)
