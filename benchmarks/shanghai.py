"""概况 and 说明 as the form of Shanghai has them: what differs from Hunan's, from the same figures.

Totals are printed beside the changes, items are compared with their budget in a word, purchases are told by what was
set aside for small firms, and projects by their self-evaluation.
"""

from __future__ import annotations

from typing import Any

from benchmarks.accounts import Accounts
from benchmarks.emit import Pen, amount, percent, stated, summary
from benchmarks.explanation import against, change, general_budget, of_three, three_row, turnover, watched
from benchmarks.matters import bought, cars_of, running_costs
from benchmarks.money import APPROPRIATED, CAPITAL, FUND, GENERAL
from build_tools.accounts.statement import Codebook

Part = dict[str, Any]
RATES = {"增长": "增长", "降低": "下降", "占本年支出合计": "占本年支出合计"}
VEHICLES = "公务用车购置费及运行维护费", "公务用车购置及运行维护费"


def overview(accounts: Accounts) -> Part:
    """概况."""
    unit = accounts.unit
    return {
        "部门职责": summary(
            f"负责全县的{unit.theme.work}：拟订计划并组织实施；监督资金使用；承办县人民政府交办的其他事项。"
        ),
        "决算单位构成": [{"单位名称": f"{unit.name(accounts.year)}（本级）"}],
        "内设机构": ["办公室", "计划财务科", "业务科"][: 3 if unit.administrative else 2],
    }


def explanation(accounts: Accounts, before: Accounts | None, book: Codebook, pen: Pen) -> Part:
    """说明, in official order."""
    whole, general = turnover(accounts, before), general_budget(accounts, before, book, pen)
    return {
        "收入支出总体": in_total(whole["收入支出总体"], accounts.available()),
        "收入情况": whole["收入情况"],
        "支出情况": whole["支出情况"],
        "财政拨款总体": in_total(whole["财政拨款总体"], accounts.available(*APPROPRIATED)),
        "一般公共预算总体": in_total(general["一般公共预算总体"]),
        "一般公共预算结构": general["一般公共预算结构"],
        "具体支出": {key: compared(accounts, GENERAL, key, item) for key, item in general["具体支出"].items()},
        "基本支出": {key: names for key, names in general["基本支出"].items() if key != "载明"},
        **three(accounts, before),
        **other_budgets(accounts, book),
        "预算绩效管理": management(accounts),
        **matters(accounts, before, pen),
    }


def in_total(told: Part, cents: int | None = None) -> Part:
    """A change with the total itself where it is printed, and its rate under the name it has here."""
    rates = {RATES[key]: rate for key, rate in told.get("载明", {}).items()}
    return {**told, **stated(总计=None if cents is None else amount(cents), **rates)}


def compared(accounts: Accounts, source: str, row: str, item: Part) -> Part:
    """An item with its purpose and how its spending compares with its budget; all items together have no one
    purpose.
    """
    code, _, name = row.partition(" ")
    planned, spent = (accounts.total(field, source, code=code if name else "") for field in ("budget", "spent"))
    word = "持平" if spent == planned else "大于" if spent > planned else "小于"
    return {
        "用途": (name if name.startswith("用于") else f"用于{name}") if name else None,
        "年初预算": item["年初预算"],
        "相比": word,
        **item,
    }


def three(accounts: Accounts, before: Accounts | None) -> Part:
    """七: “三公”, with rates against last year and guests from abroad apart."""
    rows, details = {}, watched(accounts, before)["三公经费具体"]
    for key in ("合计", "因公出国（境）费", "公务接待费", VEHICLES[0]):
        row, last = three_row(accounts, before, key), of_three(before, key, 1)
        move = of_three(accounts, key, 1) - last
        rate = {"增长" if move > 0 else "降低": percent(move, last)} if move else {}
        rows[VEHICLES[1] if key == VEHICLES[0] else key] = {**row, "载明": {**row["载明"], **rate}}
    guests = of_three(accounts, "公务接待费", 1)
    foreign = guests * 15 // 100 if accounts.unit.administrative else 0
    abroad = {key: details[key] for key in ("因公出国（境）团组", "因公出国（境）人次")}
    return {
        "三公经费总体": rows,
        "三公经费具体": {
            **abroad,
            "公务接待批次": details["接待来访团组"],
            "公务接待人次": details["接待来宾人次"],
            "公务用车购置数量": details["更新公务用车"],
            "公务用车保有量": details["公务用车保有量"],
            "国内公务接待支出": amount(guests - foreign),
            "外宾接待支出": amount(foreign),
            "接待外宾批次": 1 if foreign else 0,
            "接待外宾人次": 3 if foreign else 0,
            "载明": {
                "公务用车购置及运行维护费占比" if key == "公务用车占比" else key: share
                for key, share in details["载明"].items()
            },
        },
    }


def other_budgets(accounts: Accounts, book: Codebook) -> Part:
    """八 and 九: funds and state capital, as a whole and by item."""
    return {
        **budget("政府性基金预算", "政府性基金具体", accounts, FUND, book),
        **budget("国有资本经营预算", "国有资本经营具体", accounts, CAPITAL, book),
    }


def budget(whole: str, items: str, accounts: Accounts, source: str, book: Codebook) -> Part:
    """Income and spending of one source, or that there was none."""
    total, codes = accounts.total, sorted({flow.code for flow in accounts.flows if flow.source == source})
    if not codes:
        return {whole: {"情况": f"{accounts.year}年度没有{whole}财政拨款收入和支出"}}
    rows = {f"{code} {book.name(code, accounts.year)}": against(accounts, code, source) for code in codes}
    return {
        whole: {"收入": amount(total("income", source)), "支出": amount(total("spent", source))},
        items: {row: {**compared(accounts, source, row, item), "载明": None} for row, item in rows.items()},
    }


def management(accounts: Accounts) -> Part:
    """十: how many projects were evaluated, how well, and what was mended since."""
    projects = accounts.unit.projects
    money, best = (
        amount(sum(accounts.of(one).budget for one in projects)),
        sum(1 for one in projects if accounts.of(one).closing == 0),
    )
    return {
        "管理制度": [f"{accounts.unit.name(accounts.year)}预算绩效管理办法"],
        "工作机制": ["年初编目标、年中跟踪、年末自评"],
        "编报目标项目": len(projects),
        "编报目标金额": money,
        "跟踪评价项目": len(projects),
        "跟踪评价金额": money,
        "自评项目": len(projects),
        "自评金额": money,
        "平均得分": amount((9600 * best + 8800 * (len(projects) - best)) // len(projects)),
        "评为优": best,
        "评为良": len(projects) - best,
        "评为合格": 0,
        "评为不合格": 0,
        "发现问题": len(projects),
        "完成整改": len(projects) - 1,
        "正在整改": 1,
    }


def matters(accounts: Accounts, before: Accounts | None, pen: Pen) -> Part:
    """十一: running costs against last year, purchases by what was set aside, cars of eight kinds."""
    goods, works, services = bought(accounts)
    whole = goods + works + services
    reserved, small = services + works // 2, services * 7 // 10
    spent = in_total(change(accounts, before, running_costs, "办公用房和人员变化")) if running_costs(accounts) else {}
    cars = cars_of(accounts, pen)
    return {
        "机关运行经费": {"支出": amount(running_costs(accounts)), **spent} if spent else {"情况": "不涉及"},
        "政府采购": {
            "总额": pen.total(whole),
            "货物": amount(goods),
            "工程": amount(works),
            "服务": amount(services),
            "预留中小企业": amount(reserved),
            "预留小微企业": amount(small),
            "预留项目中小企业成交": amount(reserved * 96 // 100),
            "预留项目小微企业成交": amount(small * 95 // 100),
            "其他项目中小企业成交": amount((whole - reserved) * 6 // 10),
        },
        "国有资产": {
            "截止日期": cars["截止日期"],
            "车辆": cars["车辆"],
            "部级领导干部用车": 0,
            **{key: cars[key] for key in list(cars)[2:-1]},
            "离退休干部用车": 0,
            "其他用车": 0,
            "单价100万元（含）以上设备（不含车辆）": accounts.unit.size // 25,
        },
    }
