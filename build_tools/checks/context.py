"""What a check that is a function may look at: the disclosure, its department, the reference data.

Identities see cells by name; these checks also see texts, codes and years.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from build_tools.corpus import Department, Disclosure, Reference
from build_tools.diagnostics import Finding, Verdict
from build_tools.forms import Instance


@dataclass(frozen=True)
class Context:
    """One disclosure where it stands, and what became of its identities (one verdict for each instance)."""

    disclosure: Disclosure
    department: Department
    reference: Reference
    instances: tuple[Instance, ...] = ()
    verdicts: tuple[Verdict, ...] = ()

    @cached_property
    def before(self) -> Disclosure | None:
        """The same kind of disclosure of the year before, where there is one."""
        found = (one for one in self.department.disclosures if one.kind == self.disclosure.kind and one.year == self.disclosure.year - 1)
        return next(found, None)


FunctionCheck = Callable[[Context], list[Finding]]
