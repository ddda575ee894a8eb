"""Who there is in a fictional district: what a department is for, its codes, its projects. All of it stays over the
years.

Every name begins with 示例县; addresses are plain ASCII.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from benchmarks.money import (
    BASIC,
    CAPITAL,
    DUES,
    FUND,
    GENERAL,
    GRANT,
    REST,
    SERVICES,
    SUBSIDY,
    TRADE,
    TRADING,
    UPWARDS,
)

DISTRICT, FULL_NAME, CODE, SLUG = "示例县", "虚构省示例市示例县", "000000", "example-county"


@dataclass(frozen=True, slots=True)
class Project:
    """Something that money is set aside for: its address, its name, the code it is spent under, the budget it comes
    from.
    """

    slug: str
    name: str
    code: str
    source: str = GENERAL


@dataclass(frozen=True, slots=True)
class Theme:
    """A field of work: `running` is the code of its day-to-day spending, `since` the first year in which there is such
    a code.

    `rare` = economic codes that few departments spend under day by day.
    """

    slug: str
    name: str
    work: str
    running: str
    projects: tuple[Project, ...]
    since: int = 0
    rare: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of organisation. `running` = how many hundredths of 公用经费 are 机关运行经费; `own` = income that is not
    appropriated, and what it is spent on.
    """

    slug: str
    word: str
    nature: str
    running: int
    own: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A department (部门) or a unit under it (单位). `size` = people; `since` = the year in which it was founded.

    `names` = the names it bore, each with the dates from and until which it did.
    """

    slug: str
    names: tuple[tuple[str, str, str], ...]
    theme: Theme
    shape: Shape
    running: str
    size: int
    cars: int
    projects: tuple[Project, ...]
    since: int = 0

    @property
    def administrative(self) -> bool:
        """True of 行政 and 参公, whose staff are paid as civil servants."""
        return self.shape.nature != "事业"

    @property
    def plain(self) -> bool:
        """True where everything is 基本支出 or 项目支出: a report that knows only these two agrees with the
        accounts.
        """
        return all(use == BASIC for _, use in self.shape.own)

    def name(self, year: int) -> str:
        """The name that it bore at the end of a year."""
        return [name for name, since, _ in self.names if not since or int(since[:4]) <= year][-1]


def theme(
    slug: str,
    name: str,
    work: str,
    running: str,
    *projects: tuple[str, ...],
    since: int = 0,
    rare: tuple[str, ...] = (),
) -> Theme:
    """A theme with its projects."""
    return Theme(slug, name, work, running, tuple(Project(*one) for one in projects), since, rare)


THEMES = (
    theme(
        "education",
        "教育",
        "学校建设和义务教育",
        "2050101",
        ("school-canteens", "学校食堂改造", "2050202"),
        ("teacher-training", "教师培训", "2050203"),
    ),
    theme(
        "civil-affairs",
        "民政",
        "社会救助和养老服务",
        "2080201",
        ("elderly-care", "社区养老服务", "2080299"),
        ("welfare-lottery", "福利彩票公益金养老设施", "2296002", FUND),
    ),
    theme(
        "agriculture",
        "农业农村",
        "农业生产和乡村建设",
        "2130101",
        ("high-standard-fields", "高标准农田建设", "2130122"),
        ("farm-machinery", "农机推广", "2130122"),
    ),
    theme(
        "transport",
        "交通运输",
        "公路建设养护和运输管理",
        "2140101",
        ("county-roads", "县道建设", "2140104"),
        ("road-maintenance", "公路养护", "2140106"),
    ),
    theme(
        "data",
        "数据",
        "政务服务平台和数据管理",
        "2010301",
        ("service-platform", "政务服务平台运行", "2010302"),
        ("data-sharing", "数据共享", "2010399"),
    ),
    theme(
        "finance",
        "财政",
        "预算管理和财政监督",
        "2010601",
        ("budget-system", "预算管理系统运行", "2010607"),
        ("outsourced-audits", "委托审核", "2010608"),
    ),
    theme(
        "health",
        "卫生健康",
        "公共卫生和基层医疗",
        "2100101",
        ("public-health", "基本公共卫生服务", "2100408"),
        ("health-education", "健康教育", "2100408"),
    ),
    theme(
        "housing",
        "住房和城乡建设",
        "城乡规划和市政建设",
        "2120101",
        ("urban-planning", "城乡规划编制", "2120201"),
        ("urban-works", "城市道路改造", "2120803", FUND),
    ),
    theme(
        "industry",
        "工业和信息化",
        "企业服务和产业发展",
        "2150501",
        ("small-firms", "中小企业服务", "2150510"),
        ("industry-support", "工业扶持", "2150510"),
    ),
    theme(
        "commerce",
        "商务",
        "商贸流通和市场建设",
        "2160201",
        ("market-halls", "农贸市场改造", "2160299"),
        ("e-commerce", "电子商务推广", "2160299"),
    ),
    theme(
        "natural-resources",
        "自然资源",
        "土地和矿产资源管理",
        "2200101",
        ("land-survey", "土地调查", "2200199"),
        ("mine-restoration", "矿山修复", "2200199"),
    ),
    theme(
        "culture",
        "文化旅游",
        "公共文化和旅游推广",
        "2070101",
        ("mass-culture", "群众文化活动", "2070109"),
        ("village-libraries", "农家书屋", "2070109"),
    ),
    theme(
        "emergency",
        "应急管理",
        "安全生产和防灾减灾",
        "2240101",
        ("safety-inspection", "安全检查", "2240106"),
        ("rescue-drills", "应急演练", "2240106"),
        since=2019,
    ),
    theme(
        "ecology",
        "生态环境",
        "污染防治和环境监测",
        "2110101",
        ("air-quality", "大气监测", "2110301"),
        ("dust-control", "扬尘治理", "2110301"),
    ),
    theme(
        "social-work",
        "社会工作",
        "志愿服务和基层治理",
        "2013901",
        ("volunteers", "志愿服务", "2013999"),
        ("community-work", "社区治理", "2013999"),
    ),
    theme(
        "science",
        "科学技术",
        "科技创新和成果转化",
        "2060101",
        ("technology-transfer", "科技成果转化", "2060404"),
        ("science-fairs", "科普活动", "2060404"),
    ),
    theme(
        "water",
        "水利",
        "水利工程和防汛抗旱",
        "2130301",
        ("reservoirs", "水库加固", "2130305"),
        ("irrigation", "灌区改造", "2130305"),
    ),
    theme(
        "state-assets",
        "国有资产管理",
        "国有资产监督和企业改革",
        "2150701",
        ("asset-register", "资产清查", "2150510"),
        ("retiree-services", "国企退休人员社会化管理", "2230105", CAPITAL),
        rare=("30701", "30905", "31199", "31204", "39999"),
    ),
    theme(
        "grain",
        "粮食和物资储备",
        "粮食储备和市场供应",
        "2220101",
        ("grain-reserve", "储备粮管理", "2220115"),
        ("granaries", "粮库维修", "2220115"),
    ),
    theme(
        "veterans",
        "退役军人",
        "优抚安置和双拥工作",
        "2082801",
        ("veteran-support", "拥军优属", "2082804"),
        ("veteran-training", "退役军人培训", "2082804"),
    ),
)
# of each theme first the department itself, then units under it
SHAPES = (
    Shape("bureau", "局", "行政", 100, ((REST, BASIC),)),
    Shape("service-centre", "服务中心", "事业", 0, ((SERVICES, BASIC), (GRANT, BASIC))),
    Shape("affairs-centre", "事务中心", "参公", 100, ((REST, BASIC), (DUES, SUBSIDY))),
    Shape("research-office", "研究室", "事业", 30, ((SERVICES, BASIC),)),
    Shape("training-station", "培训站", "事业", 45, ((SERVICES, UPWARDS), (TRADE, TRADING))),
)


def unit_of(theme: Theme, number: int, random: Random) -> Unit:
    """The department of a theme (number 0) or one of the units under it."""
    turn, index = divmod(number, len(SHAPES))
    shape, first = SHAPES[index], number == 0
    return Unit(
        slug=f"{theme.slug}-{shape.slug}" + (f"-{turn + 1}" if turn else ""),
        names=((f"{DISTRICT}{theme.name}{shape.word}" + (f"（{turn + 1}）" if turn else ""), "", ""),),
        theme=theme,
        shape=shape,
        running=f"{theme.running[:5]}50" if shape.nature == "事业" else theme.running,
        size=random.randint(18, 60) if first else random.randint(6, 30),
        cars=random.randint(1, 5) if first else random.randint(0, 2),
        projects=theme.projects,
        since=theme.since,
    )


def units(number: int, seed: int) -> list[Unit]:
    """The first so many departments: every theme's bureau, then every theme's first unit, and so on."""
    return [
        unit_of(THEMES[index % len(THEMES)], index // len(THEMES), Random(f"{seed}/unit/{index}"))
        for index in range(number)
    ]
