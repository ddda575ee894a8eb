"""A duty to publish: one kind of disclosure of one department for one year, and where it stands on a given day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# 预算法第十四条第二款: 批复后二十日内; calendar days
LIMIT = 20
# characters of a note that a report shows
NOTE = 60


class Stage(StrEnum):
    """In the order in which a bureau asks: what is out, what stands in the way, what is not there."""

    PUBLISHED = "已公开"
    WAITING = "待公开"
    UNSIGNED = "待审签"
    REVIEW = "待审"
    DRAFT = "草稿"
    HELD = "更正中"
    MISSING = "未公开"


class Standing(StrEnum):
    """What the public gets of one table or section, in the order in which a bureau asks."""

    PUBLISHED = "已公开"
    EMPTY = "空表"
    INAPPLICABLE = "不适用"
    WITHHELD = "依法不公开"
    ELSEWHERE = "另行公开"
    HELD = "更正中"
    MISSING = "未公开"


# the words of absence that say by themselves what the public gets; what is 未载明 or was left out is 未公开
SAID = {
    "": Standing.PUBLISHED,
    "无": Standing.EMPTY,
    "不涉及": Standing.INAPPLICABLE,
    "依法不公开": Standing.WITHHELD,
    "另行公开": Standing.ELSEWHERE,
}


@dataclass(frozen=True, slots=True)
class Part:
    """What the template demands: a table, a heading of one that is text, or a section that has no table of its own.

    `word` is '' where it has contents; else 没有填写, the word of absence, or 另行公开. `note` is the reason or article
    that stands with it.
    """

    section: str
    table: str = ""
    heading: str = ""
    word: str = ""
    note: str = ""

    @property
    def name(self) -> str:
        """As people call it: 说明（十二、关于政府采购支出说明）."""
        return f"{self.table}（{self.heading}）" if self.heading else self.table or self.section

    @property
    def told(self) -> str:
        """With the reason or article; what is withheld without one says so."""
        why = self.note[:NOTE].rstrip("。") or {Standing.WITHHELD: "没有在“注”里写依据", "未载明": "未载明"}.get(
            self.word, ""
        )
        return f"{self.name}——{why}" if why else self.name


@dataclass(frozen=True, slots=True)
class Duty:
    """`file` is '' where nothing has been handed in. `approved` and `published` are as written; `deadline` follows from
    the first.

    `day` is the day on which all this was looked at. `collected` = the site has promised this kind for this year
    (收录范围).
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
    parts: tuple[Part, ...] = ()

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
    def gaps(self) -> tuple[Part, ...]:
        """The tables and sections without contents."""
        return tuple(part for part in self.parts if part.word)

    def standing(self, part: Part) -> Standing:
        """What the public gets of it: of a file that is not out, nothing."""
        if self.stage is not Stage.PUBLISHED:
            return Standing.HELD if self.stage is Stage.HELD else Standing.MISSING
        return SAID.get(part.word, Standing.MISSING)

    def standing_so(self, standing: Standing) -> list[Part]:
        """The tables and sections of which the public gets this."""
        return [part for part in self.parts if self.standing(part) is standing]

    @property
    def ahead(self) -> bool:
        """True where there is still time."""
        return self.stage is not Stage.PUBLISHED and self.deadline is not None and self.deadline >= self.day
