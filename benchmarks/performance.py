"""Targets, self-evaluation and evaluation report of a year, from its flows and from goals that all three share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import Any

from benchmarks.accounts import Accounts, Flow
from benchmarks.emit import Pen, amount, percent, score, summary
from benchmarks.names import CAPITAL, FUND, GENERAL, OTHER, Project

Part = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Goal:
    """An indicator: where it stands, what was aimed at and reached, full marks and marks. `why` = the reason of lost marks."""

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
    done, felt = many + random.randint(-8, 20), share + random.randint(-3, 4)
    short, cool = done < many, felt < share
    return (
        Goal("产出指标", "数量指标", f"{subject}完成数量", f"≥{many}项", f"{done}项", 20, 18 if short else 20, "年末尚有少数未完成，次年一季度补齐" if short else ""),
        Goal("产出指标", "质量指标", f"{subject}验收合格率", "100%", "100%", 10, 10),
        Goal("产出指标", "时效指标", f"{subject}完成时间", f"{year}年12月31日前", f"{year}年12月20日", 10, 10),
        Goal("产出指标", "成本指标", f"{subject}支出控制", f"≤{amount(budget)}万元", "未超过", 10, 10),
        Goal("效益指标", "社会效益指标", f"{subject}受益面", "稳步扩大", "稳步扩大", 20, 19, "宣传还不够广，下年增加乡镇宣传"),
        Goal("效益指标", "可持续影响指标", f"{subject}长效管理", "制度健全", "制度健全", 10, 10),
        Goal("满意度指标", "服务对象满意度指标", "服务对象满意度", f"≥{share}%", f"{felt}%", 10, 9 if cool else 10, "个别事项办理偏慢，已改进流程" if cool else ""),
    )


def grouped(found: Iterable[Goal], columns: Any, satisfaction_apart: bool) -> Part:
    """Indicators under their levels; the form of targets counts satisfaction among the effects."""
    levels: Part = {}
    for goal in found:
        first, second = (goal.first, goal.second) if satisfaction_apart or goal.first != "满意度指标" else ("效益指标", "满意度指标")
        levels.setdefault(first, {}).setdefault(second, []).append({"指标": goal.name, **columns(goal)})
    return levels


@dataclass(frozen=True, slots=True)
class Performance:
    """The performance documents of a year."""

    accounts: Accounts
    pen: Pen
    seed: int

    def goals(self, project: Project | None = None) -> tuple[Goal, ...]:
        """The goals of the department or of a project: the same in every document of the year."""
        unit, year = self.accounts.unit, self.accounts.year
        random = Random(f"{self.seed}/goals/{unit.slug}/{year}/{project.slug if project else ''}")
        budget = self.accounts.of(project).budget if project else self.accounts.total("budget")
        return goals(project.name if project else unit.theme.work, budget, year, random)

    def targets(self) -> Part:
        """绩效目标: the department, the list of special funds, each direction of spending."""
        accounts = self.accounts
        name = accounts.unit.name(accounts.year)
        planned = [(project, accounts.of(project).budget) for project in accounts.unit.projects]
        return {
            "整体支出绩效目标表": {
                "表头": {"填报单位": name, "部门名称": name}, "年度预算申请": self.application(),
                "部门职责概述": summary(f"负责全县的{accounts.unit.theme.work}。"),
                "年度重点工作计划": [
                    {"事项": project.name, "责任单位": "业务室", "工作目标": summary(f"按期完成{project.name}，资金按进度支付。")} for project, _ in planned
                ],
                "年度绩效指标": grouped(self.goals(), lambda goal: {"指标值": goal.target}, satisfaction_apart=False),
            },
            "专项资金绩效目标汇总表": {
                "表头": {"填报单位": name},
                "合计": {"金额": amount(sum(cents for _, cents in planned)), **aims("各项目")},
                "明细": [{"序号": number, "名称": project.name, "金额": amount(cents), **aims(project.name)} for number, (project, cents) in enumerate(planned, 1)],
            },
            "支出方向绩效目标表": {project.slug: self.direction(project, cents) for project, cents in planned},
        }

    def application(self) -> Part:
        """年度预算申请, by source and by nature."""
        total = self.accounts.total
        return {
            "资金总额": self.pen.total(total("budget")), "一般公共预算拨款": amount(total("budget", GENERAL)), "政府性基金拨款": amount(total("budget", FUND)),
            "其他资金": amount(total("budget", OTHER) + total("budget", CAPITAL)), "基本支出": amount(total("budget", basic=True)),
            "项目支出": amount(total("budget", basic=False)),
        }

    def direction(self, project: Project, budget: int) -> Part:
        """支出方向绩效目标表 of a project."""
        works = budget * 7 // 10
        details = (("实施", works, "按工程量和单价测算"), ("管理和验收", budget - works, "按合同和往年支出测算"))
        return {
            "支出方向": {
                "填报单位": self.accounts.unit.name(self.accounts.year), "支出方向": project.name, "项目金额": amount(budget), "所属专项名称": project.name,
                "所属专项金额": amount(budget), "项目实施期": f"{self.accounts.year}年", **aims(project.name),
            },
            "年度绩效指标": grouped(self.goals(project), lambda goal: {"指标值": goal.target, "绩效标准": "计划标准"}, satisfaction_apart=False),
            "支出明细": [
                {"支出内容简介": f"{project.name}{what}", "支出明细": what, "金额": amount(cents), "测算依据": basis} for what, cents, basis in details
            ],
            "支出合计": {"金额": self.pen.total(budget)},
        }

    def self_evaluation(self) -> Part:
        """绩效自评: the department and each project."""
        accounts, total = self.accounts, self.accounts.total
        name = accounts.unit.name(accounts.year)
        money, marks = funding(total("budget"), accounts.turnover, total("spent"))
        return {
            "整体支出绩效自评表": {
                "表头": {"填报单位": name, "预算部门名称": name}, "资金": {"年度资金总额": money}, "资金构成": self.sources(),
                **self.assessed(self.goals(), marks, accounts.unit.theme.work),
            },
            "项目支出绩效自评表": {project.slug: self.project_table(project, accounts.of(project), name) for project in accounts.unit.projects},
        }

    def sources(self) -> Part:
        """资金构成: the whole year's budget, that is everything that could be spent, by source and by nature."""
        pen, whole = self.pen, self.accounts.turnover

        def available(*sources: str) -> str:
            return amount(sum(self.accounts.total(field, source) for source in sources for field in ("opening", "income")))

        projects = sum(self.accounts.total(field, basic=False) for field in ("opening", "income"))
        return {
            "按收入性质分": pen.total(whole), "一般公共预算": available(GENERAL), "政府性基金拨款": available(FUND),
            "纳入专户管理的非税收入拨款": amount(0), "其他资金": available(OTHER, CAPITAL),
            "按支出性质分": pen.total(whole), "基本支出": amount(whole - projects), "项目支出": amount(projects),
        }

    def project_table(self, project: Project, flow: Flow, name: str) -> Part:
        """项目支出绩效自评表 of a project. What was carried over is spent first."""
        money, marks = funding(flow.budget, flow.opening + flow.income, flow.spent)
        carried = min(flow.opening, flow.spent)
        rows = {
            "年度资金总额": money,
            "当年财政拨款": {"年初预算数": amount(flow.budget), "全年预算数": amount(flow.income), "全年执行数": amount(flow.spent - carried)},
            "上年结转资金": {"年初预算数": amount(0), "全年预算数": amount(flow.opening), "全年执行数": amount(carried)},
            "其他资金": {"年初预算数": amount(0), "全年预算数": amount(0), "全年执行数": amount(0)},
        }
        return {
            "项目": {"填报单位": name, "项目支出名称": project.name, "主管部门": name, "实施单位": name}, "资金": rows,
            **self.assessed(self.goals(project), marks, project.name),
        }

    def assessed(self, found: tuple[Goal, ...], marks: int, subject: str) -> Part:
        """Aims, indicators and marks; `marks` (in hundredths) are those for spending as planned."""
        def columns(goal: Goal) -> Part:
            return {"年度指标值": goal.target, "实际完成值": goal.done, "分值": goal.full, "得分": goal.marks, "偏差原因": goal.why or None}

        full, got = 10 + sum(goal.full for goal in found), marks + 100 * sum(goal.marks for goal in found)
        return {
            "年度总体目标": {"预期目标": summary(f"按计划完成{subject}。"), "实际完成情况": summary(f"{subject}按计划推进，完成情况见各项指标。")},
            "完成数量": [{"事项": goal.name, "数量": goal.done} for goal in found[:1]],
            "绩效指标": grouped(found, columns, satisfaction_apart=True),
            "总分": {"分值": full if self.pen.totals else None, "得分": score(got) if self.pen.totals else None},
        }

    def evaluation_report(self) -> Part:
        """绩效评价: a report on the whole department."""
        accounts, total = self.accounts, self.accounts.total
        other, planned = total("income", OTHER), total("budget") - total("budget", OTHER)
        return {"整体支出绩效评价报告": {
            "单位概况": {
                "职能": summary(f"负责全县的{accounts.unit.theme.work}。"), "单位性质": "行政" if accounts.unit.administrative else "事业",
                "编制人数": accounts.unit.size + 2, "实有人数": accounts.unit.size, "在职人数": accounts.unit.size,
                "内设机构数": 3 if accounts.unit.administrative else 2,
            },
            "预算收支": {
                "收入": self.pen.total(accounts.turnover), "年初预算": amount(planned), "调整追加": amount(accounts.turnover - planned - other),
                "其他资金来源": amount(other),
                "支出": self.pen.total(total("spent")), "基本支出": amount(total("spent", basic=True)), "项目支出": amount(total("spent", basic=False)),
                "结余结转": amount(total("closing")),
            },
            "整体绩效": summary(f"{accounts.unit.theme.work}按年初计划推进，各项目完成情况见下。"),
            "项目绩效": [self.reported(project, accounts.of(project)) for project in accounts.unit.projects],
            "问题和措施": summary("问题：个别项目年末支付集中。措施：按季度调度支付进度。"),
            "其他情况": "收入含上年结转和结余",
        }}

    def reported(self, project: Project, flow: Flow) -> Part:
        """A project in the report."""
        return {
            "项目": project.name, "来源": "年初预算和上年结转" if flow.opening else "年初预算", "预算数": amount(flow.opening + flow.income),
            "支出数": amount(flow.spent), "结余结转": amount(flow.closing), "用途": summary(f"用于{project.name}。"),
        }


def aims(subject: str) -> Part:
    """实施期 and 年度 aims."""
    return {"实施期绩效目标": summary(f"{subject}按规划建成并持续发挥作用。"), "年度绩效目标": summary(f"完成{subject}本年度的任务。")}


def funding(planned: int, available: int, spent: int) -> tuple[Part, int]:
    """年度资金总额 with its rate and marks, and the marks in hundredths: ten marks times the rate."""
    marks = (2000 * spent + available) // (2 * available)
    row = {
        "年初预算数": amount(planned), "全年预算数": amount(available), "全年执行数": amount(spent), "分值": 10,
        "执行率": percent(spent, available), "得分": score(marks),
    }
    return row, marks
