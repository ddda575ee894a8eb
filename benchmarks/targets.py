"""绩效目标 of a year: the department, its special fund, each direction of spending."""

from __future__ import annotations

from typing import Any

from benchmarks.emit import amount, summary
from benchmarks.goals import Performance, grouped
from benchmarks.money import CAPITAL, FUND, GENERAL, OWN, PROJECT
from benchmarks.names import Project

Part = dict[str, Any]


def targets(one: Performance) -> Part:
    """The whole disclosure."""
    accounts = one.accounts
    return {
        "整体支出绩效目标表": {
            "表头": {"填报单位": one.name, "部门名称": one.name},
            "年度预算申请": application(one),
            "部门职责概述": summary(f"负责全县的{accounts.unit.theme.work}。"),
            "年度重点工作计划": [
                {
                    "事项": project.name,
                    "责任单位": "业务室",
                    "工作目标": summary(f"按期完成{project.name}，资金按进度支付。"),
                }
                for project in one.projects
            ],
            "年度绩效指标": grouped(one.goals(), lambda goal: {"指标值": goal.target}, satisfaction_apart=False),
        },
        "专项资金绩效目标汇总表": special_funds(one),
        "支出方向绩效目标表": {project.slug: direction(one, project) for project in one.projects},
    }


def application(one: Performance) -> Part:
    """年度预算申请, by source and by nature; what is no project is 基本支出 here."""
    total, whole, projects = one.accounts.total, one.accounts.total("budget"), one.accounts.total("budget", use=PROJECT)
    return {
        "资金总额": one.pen.total(whole),
        "一般公共预算拨款": amount(total("budget", GENERAL)),
        "政府性基金拨款": amount(total("budget", FUND)),
        "其他资金": amount(total("budget", CAPITAL, *OWN)),
        "基本支出": amount(whole - projects),
        "项目支出": amount(projects),
    }


def fund_of(one: Performance) -> tuple[str, int]:
    """The special fund that a department's projects are directions of, and its money."""
    return f"{one.accounts.unit.theme.name}专项资金", one.accounts.total("budget", use=PROJECT)


def special_funds(one: Performance) -> Part:
    """专项资金绩效目标汇总表: the fund (一), below it its directions (1, 2 …)."""
    name, whole = fund_of(one)
    directions = ((project.name, one.accounts.of(project).budget) for project in one.projects)
    lines = [("一", name, whole), *((number, *found) for number, found in enumerate(directions, 1))]
    return {
        "表头": {"填报单位": one.name},
        "合计": {"金额": amount(whole), **aims("各项目")},
        "明细": [
            {"序号": number, "名称": subject, "金额": amount(cents), **aims(subject)}
            for number, subject, cents in lines
        ],
    }


def direction(one: Performance, project: Project) -> Part:
    """支出方向绩效目标表 of a project."""
    (name, whole), budget = fund_of(one), one.accounts.of(project).budget
    works = budget * 7 // 10
    details = (("实施", works, "按工程量和单价测算"), ("管理和验收", budget - works, "按合同和往年支出测算"))
    return {
        "支出方向": {
            "填报单位": one.name,
            "支出方向": project.name,
            "项目金额": amount(budget),
            "所属专项名称": name,
            "所属专项金额": amount(whole),
            "项目实施期": f"{one.accounts.year}年",
            **aims(project.name),
        },
        "年度绩效指标": grouped(
            one.goals(project), lambda goal: {"指标值": goal.target, "绩效标准": "计划标准"}, satisfaction_apart=False
        ),
        "支出明细": [
            {"支出内容简介": f"{project.name}的{what}", "支出明细": what, "金额": amount(cents), "测算依据": basis}
            for what, cents, basis in details
        ],
        "支出合计": {"金额": one.pen.total(budget)},
    }


def aims(subject: str) -> Part:
    """实施期 and 年度 aims."""
    return {
        "实施期绩效目标": summary(f"{subject}按规划建成并持续发挥作用。"),
        "年度绩效目标": summary(f"完成{subject}本年度的任务。"),
    }
