"""Two commits compared figure by figure: what a reader of the site will see change, and which checks turn.

For a merge request and for who has pushed; both sides are read with today's forms.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from build_tools.accounts.corpus import Change, Department, Disclosure, Project, read_department
from build_tools.accounts.corpus.disclosure import read_version
from build_tools.checks import Context
from build_tools.checks.check import judge_identities
from build_tools.diagnostics import Outcome
from build_tools.record.facts import facts_of
from build_tools.record.ledger import compare
from build_tools.record.trails import FILE
from build_tools.source.repository import git

# what a check says when nobody asks for more
WORDS = {Outcome.FAILED: 0, Outcome.ROUNDING: 1, Outcome.PASSED: 2}


class Turned(NamedTuple):
    """A check that says something else: the rule, the cell that it stands at, before and after."""

    rule: str
    says: str
    cell: str
    before: str
    after: str


class Difference(NamedTuple):
    """One disclosure: its file, its department, both versions (None = not there), what changed in figures, whether
    words changed, and which checks turned.
    """

    file: str
    department: Department
    before: Disclosure | None
    after: Disclosure | None
    changes: tuple[Change, ...]
    reworded: bool
    turned: tuple[Turned, ...]


def differences(root: Path, base: str, head: str, project: Project) -> Iterator[Difference]:
    """Every disclosure that differs between two commits, in order of files. `base` and `head` are names of commits."""
    told = (
        git(root, "diff", "--raw", "-z", "--no-abbrev", "--no-renames", "--relative", base, head, "--", "data") or b""
    )
    fields = told.decode("utf-8", "surrogateescape").split("\0")
    for head_, file in zip(fields[::2], fields[1::2], strict=False):
        words, found = head_.split(" "), FILE.fullmatch(file)
        if found and len(words) == 5 and (one := _difference(root, file, words[2], words[3], project)):
            yield one


def _difference(root: Path, file: str, before: str, after: str, project: Project) -> Difference | None:
    """One file by its contents on both sides; None where nobody knows its district."""
    _, district_name, department_name, year, _ = file.split("/")
    district = next((one for one in project.districts if one.slug == district_name), None)
    if district is None:
        return None
    department = read_department(root / "data" / district_name / department_name, district, project)
    old, new = (_version(root, file, blob, int(year), department, project) for blob in (before, after))
    shown = new or old
    if shown is None:
        return None
    nothing = replace(shown, statements={}, corrections=())
    left, right = (facts_of(one or nothing) for one in (old, new))
    turned = tuple(_turned(_verdicts(old, department, project), _verdicts(new, department, project)))
    return Difference(file, department, old, new, tuple(compare(left, right)), left.rest != right.rest, turned)


def _version(
    root: Path, file: str, blob: str, year: int, department: Department, project: Project
) -> Disclosure | None:
    """A version by the name of its contents; None where the file was not there."""
    data = git(root, "cat-file", "blob", blob) if blob.strip("0") else None
    return None if data is None else read_version(data, root / file, year, department.district, project)


def _verdicts(
    disclosure: Disclosure | None, department: Department, project: Project
) -> dict[tuple[str, str], tuple[str, Outcome]]:
    """What every rule says at every place, by its id and cell."""
    if disclosure is None:
        return {}
    alone = replace(department, disclosures=(disclosure,))
    judged = judge_identities(Context(disclosure, alone, project.reference))
    return {
        (one.identity.id, " ".join(filter(None, one.cells[0][:4]))): (one.identity.says, verdict.outcome)
        for one, verdict in zip(judged.instances, judged.verdicts, strict=True)
        if one.cells
    }


def _turned(
    old: dict[tuple[str, str], tuple[str, Outcome]], new: dict[tuple[str, str], tuple[str, Outcome]]
) -> Iterator[Turned]:
    """The checks whose word is another, those that fail now first."""
    for key in sorted({*old, *new}, key=lambda one: (WORDS.get(new.get(one, ("", Outcome.NOT_RUN))[1], 3), one)):
        before, after = old.get(key), new.get(key)
        if before and after and before[1] is not after[1]:
            yield Turned(key[0], after[0], key[1], before[1].value, after[1].value)
