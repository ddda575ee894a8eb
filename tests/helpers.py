"""What several tests need: the real disclosure, small documents read without a folder, whole projects to spoil.

Nothing here asserts anything; a test that reads these helpers knows what it stands on.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from build_tools.accounts.corpus import Disclosure, Reference, read_department, read_project
from build_tools.accounts.statement import Statement, derive, own, read_statement, run_all
from build_tools.checks import judge
from build_tools.checks.identities import findings_of
from build_tools.diagnostics import CellRef, Finding, Verdict
from build_tools.forms import Form, Forms, Instance, load_forms
from build_tools.source import Mapping, parse

ROOT = Path(__file__).parents[1]
CENTRE = Path("shifeng/business-environment-centre")
REAL = ROOT / "data" / CENTRE / "2020" / "final-accounts.yaml"
FILE = "data/x/y/2020/final-accounts.yaml"
# what stands beside the tables of a file
BESIDE = ("公开信息", "已知差异", "原文出入")


@dataclass(frozen=True)
class Small:
    """A few tables read, derived and judged, with everything that was found."""

    statements: dict[str, Statement]
    instances: tuple[Instance, ...]
    verdicts: tuple[Verdict, ...]
    findings: list[Finding]

    def outcomes(self, rule: str) -> list[str]:
        """The outcomes of one rule, instance by instance."""
        return [verdict.outcome.value for verdict in self.verdicts if verdict.rule == rule]


@cache
def builtin() -> Forms:
    """The tool's own forms."""
    return load_forms()[0]


@cache
def reference() -> Reference:
    """Codebook and glossary of this project."""
    return read_project(ROOT).reference


@cache
def real() -> Disclosure:
    """The one real document, as the compiler reads it."""
    project = read_project(ROOT)
    district = next(one for one in project.districts if one.slug == CENTRE.parts[0])
    department = read_department(ROOT / "data" / CENTRE, district, project)
    return next(one for one in department.disclosures if one.year == 2020)


@cache
def bound() -> tuple[Instance, ...]:
    """Every identity inside the one real document, bound to its cells."""
    return run_all(real().statements, own(real().statements))


def tree(text: str, findings: list[Finding]) -> Mapping:
    """YAML text as a tree."""
    parsed = parse(text.encode(), FILE)
    findings += parsed.findings
    assert parsed.root is not None, parsed.findings
    return parsed.root


def small(text: str, forms: Forms | None = None, region: str = "湖南", year: int = 2020) -> Small:
    """The tables of a data file, by their keys; read, derived and judged as the compiler does."""
    findings: list[Finding] = []
    read = {}
    for entry in tree(text, findings).entries:
        if entry.key.text in BESIDE:
            continue
        form = (forms or builtin()).form(entry.key.text, region, year)
        assert form is not None, entry.key.text
        read[form.key] = read_statement(entry.value, form, year, reference().codebook, findings)
    statements = derive(read)
    ledger = own(statements)
    instances = run_all(statements, ledger)
    verdicts = judge(instances, ledger, {})
    return Small(statements, instances, verdicts, [*findings, *findings_of(instances, verdicts, ledger, {})])


def one_disclosure(target: Path) -> Path:
    """A project folder that holds the one real document and nothing else, so that a test knows all that is in it."""
    shutil.copytree(ROOT / "content", target / "content")
    shutil.copytree(ROOT / "data/reference", target / "data/reference")
    shutil.copy(ROOT / "mkdocs.yml", target)
    for name in (CENTRE.parent / "district.yaml", CENTRE / "department.yaml", CENTRE / "2020/final-accounts.yaml"):
        (target / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "data" / name, target / "data" / name)
    return target


def moved(statement: Statement, ref: CellRef, by: Decimal) -> Statement:
    """The same table with one of its figures off by an amount."""
    cell = statement.cell(ref)
    assert cell.amount is not None, ref
    return replace(statement, cells={**statement.cells, ref: cell._replace(amount=cell.amount + by)})


def declare(folder: Path, *texts: str) -> tuple[Forms, list[Finding]]:
    """The forms of the tool and those written here, in a folder named as a district's own: `forms`."""
    folder = folder / "forms"
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(texts, 1):
        (folder / f"form-{number}.yaml").write_text(text, encoding="utf-8")
    return load_forms([folder])


def sound(folder: Path, *texts: str) -> Forms:
    """The same, where they must be free of mistakes."""
    forms, findings = declare(folder, *texts)
    assert not findings, findings
    return forms


def of_template(forms: Forms, region: str = "湖南", year: int = 2020) -> list[Form]:
    """The forms of the final accounts of a region and year, in official order."""
    template = forms.template("final-accounts", region, year)
    assert template is not None
    found = [forms.form(key, region, year) for key in template.tables]
    return [form for form in found if form is not None]


def without_lines(text: str, lines: Sequence[int]) -> str:
    """The text without these lines (from 1), and without keys that have lost everything under them."""
    gone = set(lines)
    rows = [row for number, row in enumerate(text.split("\n"), 1) if number not in gone]
    while True:
        bare = [i for i, row in enumerate(rows) if row.rstrip().endswith(":") and not deeper(rows, i)]
        if not bare:
            return "\n".join(rows)
        rows = [row for i, row in enumerate(rows) if i not in bare]


def deeper(rows: Sequence[str], index: int) -> bool:
    """True where the next line stands under this one."""

    def indent(row: str) -> int:
        return len(row) - len(row.lstrip())

    return index + 1 < len(rows) and indent(rows[index + 1]) > indent(rows[index])


def without_totals() -> str:
    """The real document as staff may write it: every total that the compiler can derive is left out."""
    disclosure = real()
    lines = [
        place.line
        for instance in run_all(disclosure.statements, own(disclosure.statements))
        if instance.gives and (place := disclosure.statements[instance.gives.table].cell(instance.gives).place)
    ]
    return without_lines(REAL.read_text(encoding="utf-8"), lines)
