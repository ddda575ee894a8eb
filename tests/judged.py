"""Disclosures with the identities that were judged and the tables they reach: all real data, and fictional districts.

The fictional ones are few, but chosen so that every identity of every declared form runs somewhere in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.district import make
from benchmarks.emit import Pen
from benchmarks.names import THEMES, Unit, unit_of
from build_tools.accounts.corpus import Disclosure, ledgers, read_project
from build_tools.accounts.statement import Ledger
from build_tools.checks import Report, check_project
from build_tools.diagnostics import Finding, Outcome, Verdict
from build_tools.forms import Form, Instance
from tests.helpers import ROOT, builtin

SEED = 1
# region → departments (theme, and which of its units) and years: funds, state capital, 参公, 事业, money of all sources
CAST = {
    "湖南": ((("civil-affairs", 0), ("state-assets", 4), ("housing", 2), ("data", 1)), range(2020, 2024)),
    "上海": ((("civil-affairs", 0), ("state-assets", 4), ("housing", 2), ("data", 1)), range(2022, 2025)),
}


@dataclass(frozen=True, eq=False)
class Judged:
    """A disclosure, what its rules can see, and every identity with its verdict. `like` = the region whose forms it is
    in.
    """

    like: str
    disclosure: Disclosure
    ledger: Ledger
    pairs: tuple[tuple[Instance, Verdict], ...]

    def holding(self) -> list[Instance]:
        """The identities that were run and hold."""
        return [one for one, verdict in self.pairs if verdict.outcome in (Outcome.PASSED, Outcome.ROUNDING)]

    def form_of(self, instance: Instance) -> Form:
        """The declared form that an identity belongs to."""
        return self.disclosure.statements[instance.identity.table].form


def of_regions() -> list[Form]:
    """Every form that a region has without a district's choice."""
    used = {form.variant for one in builtin().templates if not one.optional for form in one.forms}
    return [form for form in builtin().forms if form.variant in used]


def cast(like: str) -> tuple[list[Unit], range]:
    """The departments of a fictional district, and its years."""
    chosen, years = CAST[like]
    themes = {one.slug: one for one in THEMES}
    return [unit_of(themes[slug], number, Random(f"{SEED}/{slug}/{number}")) for slug, number in chosen], years


@cache
def generated(like: str) -> tuple[tuple[Judged, ...], tuple[Finding, ...]]:
    """A fictional district in the forms of a region, with every total written, and everything that was found in it."""
    with TemporaryDirectory() as name:
        found, years = cast(like)
        make(Path(name), found, years, Pen(), SEED, like)
        project = read_project(Path(name))
        reports, findings = check_project(project)
    return tuple(judged(reports, like)), (
        *findings,
        *(finding for report in reports for finding in report.all_findings),
    )


def of_kind(like: str, slug: str) -> list[Judged]:
    """The fictional disclosures of a kind."""
    return [one for one in generated(like)[0] if one.disclosure.slug == slug]


@cache
def real_data() -> tuple[Judged, ...]:
    """Every real disclosure."""
    project = read_project(ROOT)
    reports, _ = check_project(project)
    return tuple(judged(reports))


def judged(reports: list[Report], like: str = "") -> list[Judged]:
    """The disclosures of some departments."""
    found = []
    for report in reports:
        held = [one.disclosure for one in report.checked if one.held]
        for one in report.checked:
            region, ledger = like or report.department.district.region, ledgers(report.department, one.disclosure, held)
            found.append(Judged(region, one.disclosure, ledger, tuple(zip(one.instances, one.verdicts, strict=True))))
    return found
