"""What a check that is a function may look at: the disclosure, its department, the reference data.

Identities see cells by name; these checks also see texts, codes and years.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from build_tools.accounts.corpus import Department, Disclosure, Reference, ledgers
from build_tools.accounts.statement import Ledger
from build_tools.diagnostics import Finding, Verdict
from build_tools.forms import Instance


@dataclass(frozen=True)
class Context:
    """One disclosure where it stands, and what became of its identities (one verdict for each instance).

    `held` are the department's disclosures that are held back: no measure for those that are not. `findings` are those
    of shape and arithmetic, of which alone an error holds the disclosure back.
    """

    disclosure: Disclosure
    department: Department
    reference: Reference
    held: tuple[Disclosure, ...] = ()
    instances: tuple[Instance, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    findings: tuple[Finding, ...] = ()

    @cached_property
    def ledger(self) -> Ledger:
        """The tables that the disclosure may be held against: those that the public may see beside it."""
        return ledgers(self.department, self.disclosure, self.held)

    @cached_property
    def before(self) -> Disclosure | None:
        """The same kind of disclosure of the year before, where there is one."""
        found = (
            one
            for one in self.department.disclosures
            if one.kind == self.disclosure.kind and one.year == self.disclosure.year - 1
        )
        return next(found, None)


FunctionCheck = Callable[[Context], list[Finding]]
