"""The files beside a disclosure: every table in every format, and the certificate line by line."""

from __future__ import annotations

from itertools import chain

from build_tools.accounts.corpus import Disclosure
from build_tools.accounts.statement import Statement
from build_tools.checks import Report
from build_tools.web.certificate.checks_file import checks_csv
from build_tools.web.certificate.lines import Part
from build_tools.web.exports import Download, Origin, write_tables
from build_tools.web.pages.cells import View

# the certificate among the files of the tables
PROOFS = "checks"


def files_of(
    disclosure: Disclosure, report: Report, url: str, proofs: tuple[Part, ...], view: View
) -> tuple[Download, ...]:
    """In the order of the page; the instances of a repeated form share theirs. `url` is the address of the page."""
    department = report.department
    origin = Origin(department.district.name, department.name_in(disclosure.year), disclosure.year, disclosure.kind)
    by_form: dict[str, list[Statement]] = {}
    for one in disclosure.statements.values():
        by_form.setdefault(one.form.slug, []).append(one)
    tables = chain.from_iterable(write_tables(found, origin, url) for found in by_form.values())
    if not proofs:
        return tuple(tables)
    lines = checks_csv(proofs, view, origin).encode()
    return (*tables, Download("勾稽核对逐条结果", f"{url}{PROOFS}.csv", lines))


def by_stem(files: tuple[Download, ...]) -> dict[str, list[Download]]:
    """The files that say the same in several formats together, by the address of their table."""
    found: dict[str, list[Download]] = {}
    for one in files:
        found.setdefault(one.stem, []).append(one)
    return found
