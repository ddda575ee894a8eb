"""The kinds of claims, one declaration each: by what rule a claim holds, what it is a percentage of, how it is told.

A rule is written in the language of the forms (`build_tools.formula`); its names are those that `reading` finds figures for.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """`key` is the kind's English name; `says` tells the reader, with what is stated, computed and the word that says which way.

    `percent` says that the left side is a percentage of the right one; `basis` is what must not be zero.
    """

    key: str
    rule: str
    says: str
    percent: bool = False
    basis: str = ""


WRITTEN = "按文中的数计算是{computed}"
SHARE = Kind("share", "占比 == 部分 / 全部", f"原文写占{{stated}}，{WRITTEN}", percent=True, basis="全部")
MULTIPLE = Kind("share", "倍数 == 部分 / 全部", f"原文写是它的{{stated}}，{WRITTEN}", percent=True, basis="全部")
GROWTH = Kind("growth", "增减率 == 增减额 / (本期 - 增减额)", f"原文写{{word}}{{stated}}，{WRITTEN}", percent=True, basis="本期 - 增减额")
RATE = Kind("growth", "增减率 == (本期 - 上期) / 上期", f"原文写{{word}}{{stated}}，{WRITTEN}", percent=True, basis="上期")
TIMES = Kind("growth", "倍数 == 本期 / 上期", f"原文写是上年的{{stated}}，{WRITTEN}", percent=True, basis="上期")
POINTS = Kind("growth", "增减点 == 本期率 - 上期率", f"原文写{{word}}{{stated}}，{WRITTEN}")
CHANGE = Kind("growth", "增减额 == 本期 - 上期", f"原文写{{word}}{{stated}}，{WRITTEN}")
COMPLETION = Kind("completion", "完成率 == 决算 / 预算", f"原文写完成预算的{{stated}}，{WRITTEN}", percent=True, basis="预算")
SUM = Kind("sum", "合计 == sum(各项)", "原文写合计{stated}，所列各项加起来是{computed}")
LEFT = Kind("carry-over", "结余 == 预算 - 支出", f"原文写结余{{stated}}，{WRITTEN}")
CARRIED = Kind("carry-over", "结余 == 年初 + 收入 - 支出", f"原文写结余{{stated}}，{WRITTEN}")
BALANCE = Kind("carry-over", "结余 == 收入 - 支出", f"原文写结余{{stated}}，{WRITTEN}")
DIRECTION = Kind("direction", "决算 == 预算", "原文写决算{stated}预算，按文中的数是决算{computed}预算")
AGAINST_LAST = Kind("direction", "本年 == 上年", "原文写本年{stated}上年，按文中的数是本年{computed}上年")
ITEMS = Kind("direction", "前项 == 后项", "原文写前项{stated}后项，按文中的数是前项{computed}后项")
EXCESS = Kind("direction", "相差 == 前项 - 后项", "原文写{word}{stated}，按文中的数相差{computed}")
KINDS = (SHARE, MULTIPLE, GROWTH, RATE, TIMES, POINTS, CHANGE, COMPLETION, SUM, LEFT, CARRIED, BALANCE, DIRECTION, AGAINST_LAST, ITEMS, EXCESS)
# names of parts that make up a whole and leave nothing out; where all of one line are listed, they must add up
WHOLES: tuple[tuple[str, ...], ...] = (
    ("基本支出", "项目支出"), ("人员经费", "公用经费"), ("货物", "工程", "服务"), ("公务用车购置", "公务用车运行"),
    ("因公出国", "公务用车", "公务接待"), ("年初预算", "追加"), ("一般公共预算", "政府性基金", "国有资本经营"),
    ("本年收入", "结转"), ("当年收入", "结转"), ("本年支出", "结转"), ("财政拨款收入", "其他收入"), ("财政拨款", "结转", "其他"),
)
# what else may stand in such a list and counts as well
COMPANIONS = {
    "项目支出": ("上缴上级", "经营支出", "附属单位"), "追加": ("调减", "其他资金"), "其他收入": ("上级补助", "事业收入", "经营收入", "附属单位"),
    "本年收入": ("使用", "动用", "弥补"), "当年收入": ("使用", "动用", "弥补"), "本年支出": ("结余分配", "提取", "交纳"),
}
# what a whole is called where its parts follow without 其中
CALLED: dict[tuple[str, ...], tuple[str, ...]] = {
    ("基本支出", "项目支出"): ("总支出",), ("人员经费", "公用经费"): ("基本支出",), ("货物", "工程", "服务"): ("政府采购", "政府采购支出"),
    ("因公出国", "公务用车", "公务接待"): ("三公经费", "三公经费支出"),
}
