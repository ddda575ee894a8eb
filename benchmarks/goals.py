"""What a department aims at in a year, and how far it gets: the goals that its targets and evaluations share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import Any

from benchmarks.accounts import Accounts
from benchmarks.emit import Pen, amount
from benchmarks.names import Project
from build_tools.accounts.statement import Codebook

Part = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Goal:
    """An indicator: where it stands, what was aimed at and reached, full marks and marks. `why` = the reason of lost
    marks.
    """

    first: str
    second: str
    name: str
    target: str
    done: str
    full: int
    marks: int
    why: str = ""


def goals(subject: str, budget: int, year: int, random: Random) -> tuple[Goal, ...]:
    """The indicators of a department or project: 50 marks for output, 30 for effects, 10 for satisfaction."""
    many, share = random.randint(20, 400), random.randint(88, 96)
    done, felt = many + random.randint(-8, many // 5), share + random.randint(-3, 4)
    short, cool = done < many, felt < share
    return (
        Goal(
            "产出指标",
            "数量指标",
            f"{subject}完成数量",
            f"≥{many}项",
            f"{done}项",
            20,
            18 if short else 20,
            "年末尚有少数未完成，次年一季度补齐" if short else "",
        ),
        Goal("产出指标", "质量指标", f"{subject}验收合格率", "100%", "100%", 10, 10),
        Goal("产出指标", "时效指标", f"{subject}完成时间", f"{year}年12月31日前", f"{year}年12月20日", 10, 10),
        Goal("产出指标", "成本指标", f"{subject}支出控制", f"≤{amount(budget)}万元", "未超过", 10, 10),
        Goal(
            "效益指标",
            "社会效益指标",
            f"{subject}受益面",
            "稳步扩大",
            "稳步扩大",
            20,
            19,
            "宣传还不够广，下年增加乡镇宣传",
        ),
        Goal("效益指标", "可持续影响指标", f"{subject}长效管理", "制度健全", "制度健全", 10, 10),
        Goal(
            "满意度指标",
            "服务对象满意度指标",
            "服务对象满意度",
            f"≥{share}%",
            f"{felt}%",
            10,
            9 if cool else 10,
            "个别事项办理偏慢，已改进流程" if cool else "",
        ),
    )


def grouped(found: Iterable[Goal], columns: Any, satisfaction_apart: bool) -> Part:
    """Indicators under their levels; the form of targets counts satisfaction among the effects."""
    levels: Part = {}
    for goal in found:
        first, second = (
            (goal.first, goal.second)
            if satisfaction_apart or goal.first != "满意度指标"
            else ("效益指标", "满意度指标")
        )
        levels.setdefault(first, {}).setdefault(second, []).append({"指标": goal.name, **columns(goal)})
    return levels


@dataclass(frozen=True, slots=True)
class Performance:
    """What the performance documents of a year are written from."""

    accounts: Accounts
    before: Accounts | None
    book: Codebook
    pen: Pen
    seed: int

    @property
    def name(self) -> str:
        """Whose documents they are."""
        return self.accounts.unit.name(self.accounts.year)

    @property
    def projects(self) -> tuple[Project, ...]:
        """What they are about, apart from the whole."""
        return self.accounts.unit.projects

    def goals(self, project: Project | None = None) -> tuple[Goal, ...]:
        """The goals of the department or of a project: the same in every document of the year."""
        unit, year = self.accounts.unit, self.accounts.year
        random = Random(f"{self.seed}/goals/{unit.slug}/{year}/{project.slug if project else ''}")
        budget = self.accounts.of(project).budget if project else self.accounts.total("budget")
        return goals(project.name if project else unit.theme.work, budget, year, random)
