"""Who has to publish what by when, and how far they are: for the bureau that answers for it.

预算法第十四条: budgets and final accounts are public within twenty days of their approval (批复). Nothing here holds
anything back.
"""

from build_tools.checks.duties.assess import duties_of, lifetime
from build_tools.checks.duties.model import LIMIT, Duty, Part, Stage, Standing

__all__ = ["LIMIT", "Duty", "Part", "Stage", "Standing", "duties_of", "lifetime"]
