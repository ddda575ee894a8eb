"""What the compiler has to say: a place in a file, a finding, a verdict.

Everything that can go wrong with a user's file is a value of these types, collected and shown together; an
exception means that the tool itself is broken. The renderings stand beside this file, one each.
"""

from build_tools.diagnostics.finding import Finding, Place, Severity
from build_tools.diagnostics.verdict import OUTCOMES, CellRef, Outcome, Verdict, added, count_outcomes, occurring

__all__ = [
    "OUTCOMES",
    "CellRef",
    "Finding",
    "Outcome",
    "Place",
    "Severity",
    "Verdict",
    "added",
    "count_outcomes",
    "occurring",
]
