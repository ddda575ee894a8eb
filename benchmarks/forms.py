"""The forms of a region made to serve the fictional region 示例 in every year: one line in the generated project.

No real region is said to use a form longer than it does: the line holds for 示例 only. What changed between two years
still changes there; the oldest template of each kind has no beginning and the newest no end.
"""

from __future__ import annotations

from benchmarks.emit import document
from build_tools.forms import EVER, FOREVER, load_forms

REGION, LIKE = "示例", "湖南"
# every region whose forms a district can follow
LIKES = (LIKE, "上海")
KINDS = ("final-accounts", "performance-targets", "self-evaluation", "evaluation-report")
FILE = "forms/region.yaml"


def region_file(like: str = LIKE) -> str:
    """The declaration that 示例 has the forms of a region."""
    return document(
        {
            "region": REGION,
            "same_as": like,
            "from": str(EVER),
            "known": str(FOREVER),
            "provenance": f"虚构的示例县沿用{like}的样式，年度不限；不是任何地区的规定",
        }
    )


def kinds_of(like: str) -> set[str]:
    """The kinds of disclosure, by file name, that a region has forms for."""
    return {one.slug for one in load_forms()[0].templates if one.region == like}
