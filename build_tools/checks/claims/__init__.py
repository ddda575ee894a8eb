"""Prose read for what it claims: shares, growth, completion, sums, balances, comparisons, dates, years.

`claims_in` is the one entry. It needs no tables: claims whose figures stand in the text are judged by the text itself.
"""

from build_tools.checks.claims.document import Page, claims_in
from build_tools.checks.claims.kinds import KINDS, Kind
from build_tools.checks.claims.model import Claim, Judged, Outcome, count

__all__ = ["KINDS", "Claim", "Judged", "Kind", "Outcome", "Page", "claims_in", "count"]
