"""A file of `data/` to set a text against: found and read, with its department and the tables of the year before."""

from __future__ import annotations

from pathlib import Path

from build_tools.accounts.corpus import ledgers, read_department, read_project
from build_tools.checks.outside import Given


class NoTables(Exception):
    """The disclosure could not be read; says why."""


def given_by(root: Path, path: Path) -> Given:
    """One file of `data/`. Raises NoTables."""
    found = (root / path).resolve()
    parts = found.relative_to(root).parts if found.is_relative_to(root) else ()
    if len(parts) != 5 or parts[0] != "data" or not found.is_file():
        raise NoTables(f"--against 要写 data/ 里的一份公开文件，如 data/…/2020/final-accounts.yaml：{path}")
    project = read_project(root)
    district = next((one for one in project.districts if one.slug == parts[1]), None)
    department = read_department(root / "data" / parts[1] / parts[2], district, project) if district else None
    disclosure = (
        next((one for one in department.disclosures if one.file == "/".join(parts)), None) if department else None
    )
    if department is None or disclosure is None or not disclosure.statements:
        raise NoTables(f"这份文件读不出来，先运行 mingzhang check：{path}")
    return Given(disclosure, department, ledgers(department, disclosure).get(f"上年.{disclosure.kind}"))
