"""A duty to publish: one kind of disclosure of one department for one year, and where it stands on a given day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# 预算法第十四条第二款: 批复后二十日内; calendar days
LIMIT = 20


class Stage(StrEnum):
    """In the order in which a bureau asks: what is out, what stands in the way, what is not there."""

    PUBLISHED = "已公开"
    WAITING = "待公开"
    UNSIGNED = "待审签"
    REVIEW = "待审"
    DRAFT = "草稿"
    HELD = "更正中"
    MISSING = "未公开"


@dataclass(frozen=True, slots=True)
class Gap:
    """A table of the form that holds no figures: 没有填写, or the word of absence; `note` is the reason or article that stands with it."""

    table: str
    word: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """`file` is '' where nothing has been handed in. `approved` and `published` are as written; `deadline` follows from the first.

    `day` is the day on which all this was looked at. `collected` = the site has promised this kind for this year (收录范围).
    """

    district: str
    department: str
    year: int
    kind: str
    stage: Stage
    file: str
    collected: bool
    approved: date | None
    published: date | None
    day: date
    gaps: tuple[Gap, ...] = ()

    @property
    def deadline(self) -> date | None:
        """The last day; None where nothing says when the figures were approved."""
        return self.approved + timedelta(LIMIT) if self.approved else None

    @property
    def late(self) -> int:
        """How many days past the deadline it came out, or is by now; 0 where in time or unknown."""
        out = self.published if self.stage in (Stage.PUBLISHED, Stage.WAITING) and self.published else self.day
        known = self.deadline and (self.stage is not Stage.PUBLISHED or self.published)
        return max(0, (out - self.deadline).days) if known and self.deadline else 0

    @property
    def contradicts(self) -> bool:
        """True where it is said to have been public before it was approved."""
        return bool(self.approved and self.published and self.published < self.approved)

    @property
    def ahead(self) -> bool:
        """True where there is still time."""
        return self.stage is not Stage.PUBLISHED and self.deadline is not None and self.deadline >= self.day
