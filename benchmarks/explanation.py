"""The words of the final accounts: 概况, 说明 and 名词解释, with every change and share computed from the figures.

As the form of Hunan has them; `benchmarks.shanghai` says what differs there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.accounts import Accounts
from benchmarks.emit import Pen, amount, percent, stated, summary
from benchmarks.matters import events, property_of, purchases, running
from benchmarks.money import APPROPRIATED, BASIC, CAPITAL, FUND, GENERAL, OWN, PROJECT, USES
from build_tools.accounts.statement import Codebook

Part = dict[str, Any]
Figure = Callable[[Accounts], int]
TERMS = (
    "财政拨款收入",
    "事业收入",
    "其他收入",
    "年初结转和结余",
    "基本支出",
    "项目支出",
    "年末结转和结余",
    "三公经费",
    "机关运行经费",
)
THREE = {
    "合计": ("因公出国（境）费", "公务用车购置费", "公务用车运行费", "公务接待费"),
    "因公出国（境）费": ("因公出国（境）费",),
    "公务接待费": ("公务接待费",),
    "公务用车购置费及运行维护费": ("公务用车购置费", "公务用车运行费"),
}


def overview(accounts: Accounts) -> Part:
    """概况."""
    unit, name = accounts.unit, accounts.unit.name(accounts.year)
    return {
        "部门职责": summary(
            f"负责全县的{unit.theme.work}：拟订计划并组织实施；监督资金使用；承办县人民政府交办的其他事项。"
        ),
        "内设机构": ["办公室", "计划财务室", "业务室"][: 3 if unit.administrative else 2],
        "决算单位构成": [f"{name}本级"],
    }


def change(accounts: Accounts, before: Accounts | None, figure: Figure, reason: str) -> Part:
    """增加, 减少 or 持平 against last year, with the percentage; a first year has nothing to be held against."""
    now = figure(accounts)
    if before is None:
        return {"增加": amount(now), "原因": f"{accounts.year}年新成立，上年没有收支"}
    last = figure(before)
    if now == last:
        return {"持平": "是"}
    word, rate = ("增加", "增长") if now > last else ("减少", "降低")
    return {word: amount(abs(now - last)), "原因": reason, "载明": {rate: percent(abs(now - last), last)}}


def explanation(accounts: Accounts, before: Accounts | None, book: Codebook, pen: Pen) -> Part:
    """说明, in official order."""
    return {
        **turnover(accounts, before),
        **general_budget(accounts, before, book, pen),
        **watched(accounts, before),
        **other_budgets(accounts),
        **running(accounts),
        **events(accounts),
        **purchases(accounts, pen),
        **property_of(accounts, pen),
        "绩效评价": {
            "预算绩效管理": summary(f"{len(accounts.unit.projects)}个项目全部编制了绩效目标，年末组织了自评。"),
            "绩效目标": summary("见同年度的绩效目标。"),
            "完成情况": summary("见同年度的绩效自评。"),
        },
        "其他事项": "无",
    }


def turnover(accounts: Accounts, before: Accounts | None) -> Part:
    """一 to 四: income, spending and appropriations as a whole."""
    income, spent = accounts.total("income"), accounts.total("spent")
    sources = {"财政拨款收入": APPROPRIATED, **{source: (source,) for source in OWN}}
    return {
        "收入支出总体": change(accounts, before, lambda one: one.available(), "人员经费和项目安排有变化"),
        "收入情况": stated(
            **{f"{key}占比": percent(accounts.total("income", *found), income) for key, found in sources.items()}
        ),
        "支出情况": stated(**{f"{use}占比": percent(accounts.total("spent", use=use), spent) for use in USES}),
        "财政拨款总体": change(accounts, before, lambda one: one.available(*APPROPRIATED), "人员经费和项目安排有变化"),
    }


def general_budget(accounts: Accounts, before: Accounts | None, book: Codebook, pen: Pen) -> Part:
    """五 and 六: spending of the general budget."""
    total, year = accounts.total, accounts.year
    spent = total("spent", GENERAL)
    whole = change(accounts, before, lambda one: one.total("spent", GENERAL), "工资标准调整和项目进度")
    whole["载明"] = {"占本年支出合计": percent(spent, total("spent")), **whole.get("载明", {})}
    codes = sorted({flow.code for flow in accounts.flows if flow.source == GENERAL})
    planned = {code: total("budget", GENERAL, code=code) for code in codes}
    items = {f"{code} {book.name(code, year) or '事业运行'}": against(accounts, code) for code in codes}
    people, basic = accounts.people(), accounts.under("3")
    return {
        "一般公共预算总体": whole,
        "一般公共预算结构": {
            f"{code} {book.name(code, year)}": stated(占比=percent(total("spent", GENERAL, code=code), spent))
            for code in sorted({code[:3] for code in codes})
        },
        "具体支出": {
            "合计": {
                "年初预算": pen.total(sum(planned.values())),
                **stated(完成年初预算=percent(spent, sum(planned.values()))),
            },
            **items,
        },
        "基本支出": {
            "人员经费主要包括": [
                "基本工资",
                "津贴补贴" if accounts.unit.administrative else "绩效工资",
                "奖金",
                "住房公积金",
            ],
            "公用经费主要包括": ["办公费", "差旅费", "其他交通费用"],
            **stated(人员经费占比=percent(people, basic), 公用经费占比=percent(basic - people, basic)),
        },
    }


def against(accounts: Accounts, code: str, source: str = GENERAL) -> Part:
    """One item of spending against its budget."""
    planned, spent = (accounts.total(field, source, code=code) for field in ("budget", "spent"))
    basic = accounts.total("spent", source, use=BASIC, code=code)
    more, less = (
        ("工资和缴费标准调整", "人员变动，按实际支付")
        if basic
        else ("年中追加或动用上年结转", "项目未完工，余款结转下年")
    )
    reason = None if spent == planned else more if spent > planned else less
    return {"年初预算": amount(planned), "原因": reason, **stated(完成年初预算=percent(spent, planned))}


def of_three(one: Accounts | None, row: str, index: int) -> int:
    """Planned (0) or spent (1) of a row of “三公”; nothing in a year that was not."""
    return sum(one.three[key][index] for key in THREE[row]) if one else 0


def watched(accounts: Accounts, before: Accounts | None) -> Part:
    """七: “三公”."""
    spent = {key: of_three(accounts, key, 1) for key in THREE}
    guests, abroad = spent["公务接待费"], spent["因公出国（境）费"]
    return {
        "三公经费总体": {key: three_row(accounts, before, key) for key in THREE},
        "三公经费具体": {
            "因公出国（境）团组": 1 if abroad else 0,
            "因公出国（境）人次": 1 if abroad else 0,
            "接待来访团组": guests // 12,
            "接待来宾人次": guests // 2,
            "更新公务用车": 1 if accounts.three["公务用车购置费"][1] else 0,
            "公务用车保有量": accounts.unit.cars,
            "保有量截止日期": f"{accounts.year}-12-31",
            **stated(
                公务接待费占比=percent(guests, spent["合计"]),
                因公出国境费占比=percent(abroad, spent["合计"]),
                公务用车占比=percent(spent["公务用车购置费及运行维护费"], spent["合计"]),
            ),
        },
    }


def three_row(accounts: Accounts, before: Accounts | None, key: str) -> Part:
    """A row of “三公” against its budget and last year."""
    planned, spent, last = of_three(accounts, key, 0), of_three(accounts, key, 1), of_three(before, key, 1)
    moved = {
        "比上年增加" if spent > last else "比上年减少": amount(abs(spent - last)),
        "变动原因": "公务活动安排有变化",
    }
    move = {"与上年相比": "持平"} if spent == last else moved
    return {"原因": "厉行节约" if spent < planned else None, **move, **stated(完成预算=percent(spent, planned))}


def other_budgets(accounts: Accounts) -> Part:
    """八 and 九: funds and state capital."""
    total = accounts.total
    figures = {
        "收入": total("income", FUND),
        "年初结转和结余": total("opening", FUND),
        "支出": total("spent", FUND),
        "基本支出": total("spent", FUND, use=BASIC),
        "项目支出": total("spent", FUND, use=PROJECT),
        "年末结转和结余": total("closing", FUND),
    }
    capital = total("spent", CAPITAL)
    told = "见政府性基金预算财政拨款收入支出决算表" if any(figures.values()) else "本年度没有政府性基金收支"
    return {
        "政府性基金预算": {**{key: amount(cents) for key, cents in figures.items()}, "情况": told},
        "国有资本经营预算": f"支出{amount(capital)}万元，用于国有企业退休人员社会化管理"
        if capital
        else "本年度没有使用国有资本经营预算安排的支出",
    }
