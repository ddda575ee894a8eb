"""Other important matters of the final accounts: running costs, meetings, purchases, cars.

The figures behind them are the same in every region; `benchmarks.shanghai` puts them into other words.
"""

from __future__ import annotations

from typing import Any

from benchmarks.accounts import Accounts
from benchmarks.emit import Pen, amount, percent, stated, summary
from benchmarks.money import OFFICE, PROJECT

Part = dict[str, Any]


def running_costs(accounts: Accounts) -> int:
    """机关运行经费: all of 公用经费 where staff are civil servants; elsewhere a part of it, or nothing."""
    return accounts.under(*OFFICE) * accounts.unit.shape.running // 100


def running(accounts: Accounts) -> Part:
    """十: running costs against the budget."""
    spent = running_costs(accounts)
    if not spent:
        return {"机关运行经费": "不涉及"}
    planned = spent * (104 if (accounts.year + accounts.unit.size) % 3 else 97) // 100
    word, rate, reason = ("增加", "增长", "办公用房搬迁") if spent > planned else ("减少", "降低", "压减办公开支")
    return {
        "机关运行经费": {
            "支出": amount(spent),
            word: amount(abs(spent - planned)),
            "原因": reason,
            **stated(**{rate: percent(spent - planned, planned)}),
        }
    }


def events(accounts: Accounts) -> Part:
    """十一: meetings and training."""
    meetings, training = accounts.economic["30215"], accounts.economic["30216"]
    return {
        "一般性支出": {
            "会议费": amount(meetings),
            "培训费": amount(training),
            "节庆活动费": amount(0),
            "用途": summary("会议费用于年度工作会议；培训费用于业务培训。"),
        },
        "一般性支出相关数量": [{"事项": "业务培训", "数量": f"{training // 60 + 1}期"}],
    }


def bought(accounts: Accounts) -> tuple[int, int, int]:
    """Goods, works and services."""
    projects = accounts.total("spent", use=PROJECT)
    return accounts.economic["31002"], projects * 12 // 100, projects * 9 // 100


def purchases(accounts: Accounts, pen: Pen) -> Part:
    """十二: what was bought, and from whom."""
    goods, works, services = bought(accounts)
    whole = goods + works + services
    medium, small = whole * 78 // 100, whole * 41 // 100
    return {
        "政府采购": {
            "总额": pen.total(whole),
            "货物": amount(goods),
            "工程": amount(works),
            "服务": amount(services),
            "中小企业": amount(medium),
            "小微企业": amount(small),
            **stated(中小企业占比=percent(medium, whole), 小微企业占比=percent(small, whole)),
        }
    }


def property_of(accounts: Accounts, pen: Pen) -> Part:
    """十三: cars and equipment."""
    return {"国有资产": {**cars_of(accounts, pen), "单位价值50万元以上通用设备": 0, "单位价值100万元以上专用设备": 0}}


def cars_of(accounts: Accounts, pen: Pen) -> Part:
    """Cars by what they are for; four kinds of service share those that are not for couriers."""
    cars = accounts.unit.cars
    couriers = min(cars, 1)
    urgent, law = (cars - couriers + 1) // 2, (cars - couriers) // 2
    return {
        "截止日期": f"{accounts.year}-12-31",
        "车辆": cars if pen.totals else None,
        "主要领导干部用车": 0,
        "机要通信用车": couriers,
        "应急保障用车": urgent,
        "执法执勤用车": law,
        "特种专业技术用车": 0,
        "其他用车": 0,
    }
