"""The reports beside the tables of a self-evaluation, and the report of an evaluation: the year's figures in words.

These forms know 基本支出 and 项目支出 only; here everything that is no project is 基本支出.
"""

from __future__ import annotations

from typing import Any

from benchmarks.accounts import Flow
from benchmarks.emit import amount, percent, score, stated, summary
from benchmarks.goals import Performance
from benchmarks.money import CAPITAL, FUND, GENERAL, OWN, PROJECT
from benchmarks.names import Project

Part = dict[str, Any]


def moved(now: int, last: int | None, reason: str | None = None) -> Part:
    """A figure against last year's and why; nothing where it stayed, or where there was none."""
    if not last or now == last:
        return {}
    word, rate = ("比上年增加", "增长") if now > last else ("比上年减少", "降低")
    return {word: amount(abs(now - last)), "原因": reason, **stated(**{rate: percent(now - last, last)})}


def department_report(one: Performance, marks: int) -> Part:
    """整体支出绩效自评报告; `marks` in hundredths."""
    accounts, before, unit = one.accounts, one.before, one.accounts.unit
    planned, spent = accounts.total("budget"), accounts.total("spent")
    return {
        "部门职能": {"职能": summary(f"负责全县的{unit.theme.work}。")},
        "机构情况": {"内设机构数": 2, "内设机构": ["办公室", "业务室"], "所属事业单位数": 0},
        "人员情况": [
            {"范围": "本单位", "项目": "编制", "人数": unit.size + 2},
            {"范围": "本单位", "项目": "在职", "人数": unit.size},
        ],
        "年初安排": {
            "本年收入": amount(planned),
            "本年支出": amount(planned),
            **moved(planned, before.total("budget") if before else None),
        },
        "预决算执行": {
            "决算数": amount(spent),
            **moved(spent, before.total("spent") if before else None, "年中按程序调整"),
        },
        "收支构成": composition(one),
        "经济分类": by_nature(one),
        "项目支出": [
            {
                "项目": project.name,
                "来源": source(accounts.of(project)),
                "预算数": amount(accounts.of(project).budget),
                "决算数": amount(accounts.of(project).spent),
                "项目代号": project.slug,
            }
            for project in one.projects
        ],
        "绩效情况": summary(f"{unit.theme.work}按年初计划推进。"),
        "指标完成": [{"指标": goal.name, "目标": goal.target, "完成": goal.done} for goal in one.goals()],
        "问题": [{"问题": summary("个别项目年末支付集中。")}],
        "措施": [{"措施": summary("按季度调度支付进度。")}],
        "应用和公开": {
            "得分": score(marks),
            "应用": summary("结果用于下年预算安排。"),
            "公开": summary("随部门决算公开。"),
        },
    }


def composition(one: Performance) -> Part:
    """收支构成: what was spent, by source and by nature."""
    accounts = one.accounts
    whole, general, projects = (
        accounts.total("spent"),
        accounts.total("spent", GENERAL),
        accounts.total("spent", use=PROJECT),
    )
    return {
        "决算支出": one.pen.total(whole),
        "一般公共预算支出": amount(general),
        "其他支出": amount(whole - general),
        "基本支出": amount(whole - projects),
        "项目支出": amount(projects),
    }


def by_nature(one: Performance) -> Part:
    """经济分类: everything that is no project, each class and item against last year."""
    now, last = one.accounts.natures(), one.before.natures() if one.before else {}

    def row(under: str, total: bool = False) -> Part:
        spent, before = (sum(cents for code, cents in found.items() if code.startswith(under)) for found in (now, last))
        return {
            "决算数": one.pen.total(spent) if total else amount(spent),
            **moved(spent, before, "人员和工作安排有变化"),
        }

    rows: Part = {"基本支出": row("3", total=True)}
    for head in sorted({code[:3] for code in now}):
        for code in (head, *sorted(code for code, cents in now.items() if code.startswith(head) and cents)):
            rows[f"{code} {one.book.name(code, one.accounts.year)}"] = row(code, total=code == head)
    return rows


def project_report(one: Performance, project: Project) -> Part:
    """项目支出绩效自评报告."""
    flow, year = one.accounts.of(project), one.accounts.year
    return {
        "工作开展": {"项目名称": project.name, "自评时间": f"{year + 1}-03-20", "组织": "由业务室组织自评"},
        "资金投入": {
            "到位金额": amount(flow.opening + flow.income),
            "年初预算": amount(flow.budget),
            "全年决算": amount(flow.spent),
            "执行率": percent(flow.spent, flow.opening + flow.income),
            "管理情况": "专款专用，按进度支付",
        },
        "目标完成": [{"指标": goal.name, "目标": goal.target, "完成": goal.done} for goal in one.goals(project)],
        "偏离原因和措施": summary("个别指标未达目标，次年补齐。"),
        "应用和公开": {"应用": summary("结果用于下年预算安排。"), "公开": summary("随部门决算公开。")},
    }


def evaluation_report(one: Performance, since_2022: bool = True) -> Part:
    """整体支出绩效评价报告: where the money came from is told by budget and addition, until 2021 by appropriation."""
    accounts, unit = one.accounts, one.accounts.unit
    total, whole = accounts.total, accounts.available()
    own = total("budget", CAPITAL, *OWN)
    added = {
        "年初预算": amount(total("budget", GENERAL, FUND)),
        "调整追加": amount(whole - total("budget")),
        "其他资金来源": amount(own),
    }
    given = {"财政拨款收入": amount(whole - total("income", *OWN)), "其他资金来源": amount(total("income", *OWN))}
    return {
        "整体支出绩效评价报告": {
            "单位概况": {
                "职能": summary(f"负责全县的{unit.theme.work}。"),
                "单位性质": unit.shape.nature,
                "编制人数": unit.size + 2,
                "实有人数": unit.size,
                "在职人数": unit.size,
                "内设机构数": 3 if unit.administrative else 2,
            },
            "预算收支": {
                "收入": one.pen.total(whole),
                **(added if since_2022 else given),
                "支出": one.pen.total(total("spent")),
                "基本支出": amount(total("spent") - total("spent", use=PROJECT)),
                "项目支出": amount(total("spent", use=PROJECT)),
                "结余结转": amount(total("closing")),
            },
            "整体绩效": summary(f"{unit.theme.work}按年初计划推进，各项目完成情况见下。"),
            "项目绩效": [evaluated(project, accounts.of(project)) for project in one.projects],
            "问题和措施": summary("问题：个别项目年末支付集中。措施：按季度调度支付进度。"),
            "其他情况": "收入含上年结转和结余",
        }
    }


def evaluated(project: Project, flow: Flow) -> Part:
    """A project in the report."""
    return {
        "项目": project.name,
        "来源": source(flow),
        "预算数": amount(flow.opening + flow.income),
        "支出数": amount(flow.spent),
        "结余结转": amount(flow.closing),
        "用途": summary(f"用于{project.name}。"),
        "项目代号": project.slug,
    }


def source(flow: Flow) -> str:
    """Where a project's money came from."""
    return "年初预算和上年结转" if flow.opening else "年初预算"
