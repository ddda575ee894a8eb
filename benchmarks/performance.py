"""绩效自评 and 绩效评价 of a year, as the form of that year has them.

Until 2021 the department's table shows where its money came from as a project's does, both have a grade, and the
report beside them is the evaluation report; since 2022 there are reports of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from benchmarks.accounts import Flow
from benchmarks.emit import amount, percent, score, summary
from benchmarks.goals import Goal, Performance, grouped
from benchmarks.money import APPROPRIATED, CAPITAL, FUND, GENERAL, OWN, PROJECT
from benchmarks.names import Project
from benchmarks.reports import department_report, evaluation_report, project_report

Part = dict[str, Any]
GRADES = ((9000, "优"), (8000, "良"), (6000, "中"), (0, "差"))


def self_evaluation(one: Performance) -> Part:
    """The tables and reports since 2022."""
    rows, marks = funding(one.accounts.flows)
    return {
        "整体支出绩效自评表": {
            "表头": {"填报单位": one.name, "预算部门名称": one.name},
            "资金": {"年度资金总额": rows["年度资金总额"]},
            "资金构成": sources(one),
            **assessed(one, one.goals(), marks, one.accounts.unit.theme.work),
        },
        "整体支出绩效自评报告": department_report(one, total_marks(one.goals(), marks)),
        "项目支出绩效自评表": {
            project.slug: {
                "项目": {
                    "填报单位": one.name,
                    "项目支出名称": project.name,
                    "主管部门": one.name,
                    "实施单位": one.name,
                },
                **project_part(one, project),
            }
            for project in one.projects
        },
        "项目支出绩效自评报告": {project.slug: project_report(one, project) for project in one.projects},
    }


def self_evaluation_2020(one: Performance) -> Part:
    """The tables and the report until 2021."""
    rows, marks = funding(one.accounts.flows)
    return {
        "整体支出绩效自评表": {
            "表头": {"预算部门名称": one.name},
            "资金": rows,
            **assessed(one, one.goals(), marks, one.accounts.unit.theme.work, graded=True),
            "填报栏": {"填报单位": one.name},
        },
        "整体支出绩效评价报告": evaluation_report(one, since_2022=False)["整体支出绩效评价报告"]
        if one.accounts.unit.plain
        else "无",
        "项目支出绩效自评表": {
            project.slug: {
                "项目": subject(one, project),
                **project_part(one, project, graded=True),
                "填报栏": {"填报单位": one.name},
            }
            for project in one.projects
        },
    }


def subject(one: Performance, project: Project) -> Part:
    """What a project is, as the older form asks."""
    whole = one.accounts.available(use=PROJECT)
    return {
        "部门名称": one.name,
        "专项名称": project.name,
        "支出方向名称": project.name,
        "项目总投资": amount(whole),
        "财政拨款": amount(whole),
        "项目总实施期": f"{one.accounts.year}年",
    }


def project_part(one: Performance, project: Project, graded: bool = False) -> Part:
    """Money, goals and marks of a project."""
    rows, marks = funding([one.accounts.of(project)])
    return {"资金": rows, **assessed(one, one.goals(project), marks, project.name, graded)}


def sources(one: Performance) -> Part:
    """资金构成: the whole year's budget, that is everything that could be spent, by source and by nature."""
    available = one.accounts.available
    whole, projects = available(), available(use=PROJECT)
    return {
        "按收入性质分": one.pen.total(whole),
        "一般公共预算": amount(available(GENERAL)),
        "政府性基金拨款": amount(available(FUND)),
        "纳入专户管理的非税收入拨款": amount(0),
        "其他资金": amount(available(CAPITAL, *OWN)),
        "按支出性质分": one.pen.total(whole),
        "基本支出": amount(whole - projects),
        "项目支出": amount(projects),
    }


def funding(flows: Iterable[Flow]) -> tuple[Part, int]:
    """年度资金总额 and where it came from, and the marks in hundredths: ten marks times the rate.

    What was carried over is spent first.
    """
    flows = tuple(flows)

    def row(found: list[tuple[int, int, int]]) -> Part:
        planned, whole, spent = (sum(one[index] for one in found) for index in range(3))
        return {"年初预算数": amount(planned), "全年预算数": amount(whole), "全年执行数": amount(spent)}

    def current(sources: tuple[str, ...]) -> list[tuple[int, int, int]]:
        return [
            (flow.budget, flow.income, flow.spent - min(flow.opening, flow.spent))
            for flow in flows
            if flow.source in sources
        ]

    carried = [(0, flow.opening, min(flow.opening, flow.spent)) for flow in flows]
    whole, spent = (
        sum(found) for found in zip(*((flow.opening + flow.income, flow.spent) for flow in flows), strict=True)
    )
    marks = (2000 * spent + whole) // (2 * whole)
    rows = {"当年财政拨款": current(APPROPRIATED), "上年结转资金": carried, "其他资金": current(OWN)}
    total = row([one for found in rows.values() for one in found])
    return {
        "年度资金总额": {**total, "分值": 10, "执行率": percent(spent, whole), "得分": score(marks)},
        **{key: row(found) for key, found in rows.items()},
    }, marks


def total_marks(found: tuple[Goal, ...], marks: int) -> int:
    """All marks in hundredths; `marks` are those for spending as planned."""
    return marks + 100 * sum(goal.marks for goal in found)


def assessed(one: Performance, found: tuple[Goal, ...], marks: int, work: str, graded: bool = False) -> Part:
    """Aims, indicators and marks."""

    def columns(goal: Goal) -> Part:
        return {
            "年度指标值": goal.target,
            "实际完成值": goal.done,
            "分值": goal.full,
            "得分": goal.marks,
            "偏差原因": goal.why or None,
        }

    full, got = 10 + sum(goal.full for goal in found), total_marks(found, marks)
    grade = next(word for least, word in GRADES if got >= least) if graded else None
    return {
        "年度总体目标": {
            "预期目标": summary(f"按计划完成{work}。"),
            "实际完成情况": summary(f"{work}按计划推进，完成情况见各项指标。"),
        },
        "完成数量": [{"事项": goal.name, "数量": goal.done} for goal in found[:1]],
        "绩效指标": grouped(found, columns, satisfaction_apart=True),
        "总分": {
            "分值": full if one.pen.totals else None,
            "得分": score(got) if one.pen.totals else None,
            "等级": grade,
        },
    }
