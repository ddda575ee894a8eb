"""All checks of a department, and of a project: what the build publishes and what the command line tells.

A department is the unit of work: everything its checks need is in its own folder and in the reference data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain

from build_tools.accounts.corpus import Department, Disclosure, Project, Reference, departments_of, read_department
from build_tools.accounts.statement import run_all
from build_tools.checks.absences import check_absences, unproved
from build_tools.checks.changes import check_changes
from build_tools.checks.classification_codes import check_codes
from build_tools.checks.context import Context, FunctionCheck
from build_tools.checks.copies import check_copies, check_twins, prints_of
from build_tools.checks.counts import check_counts
from build_tools.checks.dates import check_dates
from build_tools.checks.directions import check_directions
from build_tools.checks.identities import findings_of
from build_tools.checks.judging import judge_all
from build_tools.checks.mentions import check_mentions
from build_tools.checks.prose import Prose, prose_findings, read_prose
from build_tools.checks.scale import check_scale
from build_tools.checks.scores import check_scores
from build_tools.checks.units import check_units
from build_tools.checks.waivers import check_waivers
from build_tools.checks.zero_base import baseless_findings, find_baseless
from build_tools.diagnostics import CellRef, Finding, Verdict, count_outcomes
from build_tools.diagnostics.finding import in_reading_order
from build_tools.fast import patient_collector
from build_tools.forms import Instance

# checks that look at more than figures; none of them holds anything back
FUNCTIONS: tuple[FunctionCheck, ...] = (
    check_scores,
    check_codes,
    check_units,
    check_changes,
    check_counts,
    check_mentions,
    check_directions,
    check_dates,
    check_copies,
)


@dataclass(frozen=True)
class Checked:
    """A disclosure with its verdicts and all findings about it. `held` = it has an error and is not published.

    `instances` are the identities that were judged, one for each verdict and in the same order. `prose` is what its
    texts say, read against what the public may see; `baseless` are the cells that state a percentage of nothing.
    `version` is the day of an earlier version that stands for one that is held back, '' for the file as it is;
    `earlier` are the editions that the public could read before; `unproved` counts by table the rules that are not
    checked because nothing is told of it.
    """

    disclosure: Disclosure
    instances: tuple[Instance, ...]
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    prose: Prose
    baseless: tuple[CellRef, ...] = ()
    version: str = ""
    earlier: tuple[Checked, ...] = ()
    unproved: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def held(self) -> bool:
        """True where an error holds the disclosure back."""
        return any(finding.blocks for finding in self.findings)


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """A department checked. `findings` are those that concern no single disclosure. A report is itself and no other, so
    that what was worked out of it can be kept. `own` = it is told on the site of those who publish, which alone may say
    that something is not public.
    """

    department: Department
    checked: tuple[Checked, ...]
    findings: tuple[Finding, ...]
    own: bool = False

    @property
    def all_findings(self) -> list[Finding]:
        """Everything found in the department's folder, in reading order."""
        return in_reading_order([*self.findings, *(finding for one in self.checked for finding in one.findings)])


def check_department(department: Department, reference: Reference) -> Report:
    """Judge every disclosure of a department."""
    judged = judge_department(department, reference)
    return Report(department, tuple(check_judged(one) for one in judged), department.findings)


def judge_department(department: Department, reference: Reference) -> list[Context]:
    """Every disclosure with its identities judged. Figures that are held back are no measure for those that are not."""
    judged = [judge_identities(Context(one, department, reference)) for one in department.disclosures]
    held = tuple(one.disclosure for one in judged if any(finding.blocks for finding in one.findings))
    return [judge_identities(replace(one, held=held)) for one in judged] if held else judged


def sound_disclosures(department: Department, reference: Reference) -> frozenset[str]:
    """The files that no error holds back."""
    judged = judge_department(department, reference)
    return frozenset(one.disclosure.file for one in judged if not any(finding.blocks for finding in one.findings))


def check_disclosure(context: Context) -> Checked:
    """Verdicts, and the findings of shape, arithmetic and the other checks together."""
    return check_judged(judge_identities(context))


def judge_identities(context: Context) -> Context:
    """The same with its identities, their verdicts, and what is found of shape and arithmetic."""
    disclosure, ledger = context.disclosure, context.ledger
    # bound anew: when the disclosure was read alone, names of other years and kinds had no cells yet
    bound = run_all(disclosure.statements, ledger, context.department.nature)
    instances, verdicts = judge_all(bound, ledger, disclosure.waivers)
    findings = (
        *disclosure.findings,
        *findings_of(instances, verdicts, ledger, disclosure.waivers),
        *check_waivers(disclosure.waivers, verdicts, ledger),
        *check_scale(context),
        *check_absences(context),
    )
    return replace(context, instances=instances, verdicts=verdicts, findings=findings)


def check_judged(context: Context) -> Checked:
    """The other checks of a disclosure whose identities are judged. Its texts are read here and nowhere else."""
    prose, baseless = read_prose(context), find_baseless(context)
    findings = [
        *context.findings,
        *(finding for check in FUNCTIONS for finding in check(context)),
        *prose_findings(prose, context),
        *baseless_findings(baseless, context),
    ]
    return Checked(
        context.disclosure,
        context.instances,
        context.verdicts,
        tuple(in_reading_order(findings)),
        prose,
        tuple(baseless),
        unproved=unproved(context.disclosure),
    )


@patient_collector()
def check_project(project: Project) -> tuple[list[Report], list[Finding]]:
    """Every department of every district, and the findings that belong to none of them."""
    findings = list(project.findings)
    reports = []
    for district in project.districts:
        findings += district.findings
        for path in departments_of(district, project.root, findings):
            reports.append(check_department(read_department(path, district, project), project.reference))
    findings += check_twins(chain.from_iterable(prints_of(one.department) for one in reports))
    return reports, findings


def totals(reports: list[Report]) -> tuple[dict[str, int], int, int]:
    """Verdicts by outcome, departments, disclosures: the numbers of the summary line."""
    counts = count_outcomes(verdict for report in reports for one in report.checked for verdict in one.verdicts)
    return counts, len(reports), sum(len(report.checked) for report in reports)
