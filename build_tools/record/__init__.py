"""What changed after it was published: read from git's history, told by `check`, shown on the pages.

Git is the only witness that staff cannot forget to write to. What it cannot know (a shallow clone, a rewritten
history) is said.
"""

from build_tools.record.lost import lost_departments, lost_disclosures
from build_tools.record.past import past_of
from build_tools.record.project import check_published, trails_of, unknowable
from build_tools.record.public import public_view
from build_tools.record.report import Recorded, with_record
from build_tools.record.trails import NO_TRAILS, Trails, read_trails

__all__ = [
    "NO_TRAILS",
    "Recorded",
    "Trails",
    "check_published",
    "lost_departments",
    "lost_disclosures",
    "past_of",
    "public_view",
    "read_trails",
    "trails_of",
    "unknowable",
    "with_record",
]
