"""What a disclosure reaches from where it stands: the tables that its rules may name, the forms that a file is written
in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from build_tools.accounts.corpus.disclosure import YEAR
from build_tools.accounts.corpus.model import Department, Disclosure, Project
from build_tools.accounts.corpus.notes import WAIVERS
from build_tools.accounts.statement import Ledger, Statement
from build_tools.forms import Form, Forms
from build_tools.privacy import ACKNOWLEDGED


def ledgers(department: Department, disclosure: Disclosure, held: Iterable[Disclosure] = ()) -> Ledger:
    """The tables that names in this disclosure's rules can reach: its own, the same year's, last year's.

    What the public may not see (a draft, a disclosure that is held back) is not set against what it may see.
    """
    found: dict[str, Mapping[str, Statement]] = {"": disclosure.statements}
    for other in department.disclosures:
        if not near(disclosure, other) or other is disclosure or (disclosure.released and not other.released):
            continue
        if not any(other is one for one in held):
            found[other.kind if other.year == disclosure.year else f"上年.{other.kind}"] = other.statements
    return found


def near(disclosure: Disclosure, other: Disclosure) -> bool:
    """True where names in a disclosure's rules may mean another one: of its year, or of the year before."""
    return disclosure.year - other.year in (0, 1)


def top_keys(tables: Iterable[str], forms: Forms) -> tuple[str, ...]:
    """The keys that a disclosure's file can have, in the order in which they are written."""
    about, corrections, remarks = (forms.common(slug).key for slug in ("disclosure", "corrections", "remarks"))
    return (about, *tables, corrections, WAIVERS, remarks, ACKNOWLEDGED)


def forms_for(path: Path, project: Project) -> dict[str, Form]:
    """The forms that a file under `data/` is written in, by key; none for a file that is no disclosure."""
    data = project.root / "data"
    parts = path.relative_to(data).parts if path.is_relative_to(data) else ()
    if len(parts) != 4 or not YEAR.fullmatch(parts[2]):
        return {}
    district = next((one for one in project.districts if one.slug == parts[0]), None)
    template = project.template(path.stem, district, int(parts[2])) if district else None
    return dict(template.by_key) if template else {}
