"""Where a department's money comes from and what it goes to, in the words of the forms: every table is a sum over
these.
"""

# where money comes from: three budgets, or income of one's own by its column in 收入决算表
GENERAL, FUND, CAPITAL = "一般公共预算", "政府性基金预算", "国有资本经营预算"
APPROPRIATED = (GENERAL, FUND, CAPITAL)
GRANT, SERVICES, TRADE, DUES, REST = OWN = ("上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")
# 公用经费 by class of the economic classification
OFFICE = ("302", "307", "309", "310", "311", "312", "399")
# what it is spent on, by its column in 支出决算表
BASIC, PROJECT, UPWARDS, TRADING, SUBSIDY = USES = (
    "基本支出",
    "项目支出",
    "上缴上级支出",
    "经营支出",
    "对附属单位补助支出",
)
