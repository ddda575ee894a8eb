"""The same figures under two heads: a disclosure that was begun as a copy of another and left so, and two departments
that bear one name.

No office spends the same to the cent twice, so that one of the two is not what it says it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from build_tools.accounts.corpus import Department, Disclosure
from build_tools.accounts.statement import normal
from build_tools.checks.context import Context
from build_tools.diagnostics import Finding, Place, Severity
from build_tools.forms import Concept

# amounts that are not zero; fewer may well be the same by chance
ENOUGH = 12


class Print(NamedTuple):
    """What is compared of a department or of one of its disclosures: its district, its name or a hash of its figures,
    how to call it, and where it is told.
    """

    district: str
    mark: str
    words: str
    place: Place


def fingerprint(disclosure: Disclosure) -> str:
    """A hash of every written amount with its address; '' where there are too few to tell anything."""
    amounts = sorted(
        (ref[:4], f"{amount.normalize():f}")
        for statement in disclosure.statements.values()
        for ref, amount in statement.amounts.items()
        if amount
    )
    return hashlib.sha256(repr(amounts).encode()).hexdigest()[:32] if len(amounts) >= ENOUGH else ""


def check_copies(context: Context) -> list[Finding]:
    """A warning where all amounts are those of the year before."""
    disclosure, before = context.disclosure, context.before
    mark = fingerprint(disclosure) if before else ""
    if not before or not mark or fingerprint(before) != mark:
        return []
    message = f"全部金额和 {before.year} 年的{before.kind}一模一样：多半是照上年的文件填的，还没有改"
    place = Place(disclosure.file)
    return [Finding("figures-copied", message, place, Severity.WARNING, hint="对照本年的决算报表，填本年的数")]


def prints_of(department: Department) -> Iterator[Print]:
    """The name of a department, and the figures of its disclosures."""
    district, information = department.district.slug, department.information
    axes = information.axes_of(Concept.DEPARTMENT_NAME) if information else None
    # a unit that is no more may have handed its name on
    if information and axes and axes.rows and department.names and not department.fact(Concept.DISSOLUTION_DATE):
        cell = information.cell_of(Concept.DEPARTMENT_NAME, row=axes.rows[-1].key)
        yield Print(district, normal(department.name), department.slug, cell.place or information.place)
    for one in department.disclosures:
        if mark := fingerprint(one):
            words = f"{department.name_in(one.year)} {one.year} 年的{one.kind}"
            yield Print("", f"{one.slug} {mark}", words, Place(one.file))


def check_twins(prints: Iterable[Print]) -> list[Finding]:
    """A warning at the later of two departments of a district with one name, and of two departments with the same
    figures.
    """
    first: dict[tuple[str, str], Print] = {}
    findings = []
    for one in prints:
        other = first.setdefault((one.district, one.mark), one)
        if other is one or other.place.file.split("/")[:3] == one.place.file.split("/")[:3]:
            continue
        if one.district:
            message = f"和 data/{one.district}/{other.words}/ 名称相同，读的人分不清是哪一个"
            hint = "写各自的全称；同一个部门的，合成一个文件夹"
            findings.append(Finding("department-twin", message, one.place, Severity.WARNING, hint=hint))
        else:
            message = f"全部金额和{other.words}（{other.place.file}）一模一样：其中一份多半是照另一份填的"
            hint = "对照各自的决算报表，填各自的数"
            findings.append(Finding("figures-copied", message, one.place, Severity.WARNING, hint=hint))
    return findings
