"""The figures of a department, year by year, as flows of money from which every table is summed.

What is left of a project's money at the end of a year is what it begins the next year with; nothing else links years.
Amounts are cents of 万元, so sums are exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from benchmarks.money import BASIC, GENERAL, PROJECT
from benchmarks.names import Project, Unit


@dataclass(frozen=True, slots=True)
class Flow:
    """Money of one source under one code in one year, and what it is spent on; `project` names the project it belongs
    to.
    """

    code: str
    source: str
    use: str
    budget: int
    opening: int
    income: int
    spent: int
    project: str = ""

    @property
    def closing(self) -> int:
        """What is left at the end of the year."""
        return self.opening + self.income - self.spent


@dataclass(frozen=True, slots=True)
class Accounts:
    """A year of a department. `economic` = basic spending of the general budget by economic code.

    `three` = planned and spent for the three kinds of expenses that the public watches, by their row in the form.
    """

    unit: Unit
    year: int
    flows: tuple[Flow, ...]
    economic: Mapping[str, int]
    three: Mapping[str, tuple[int, int]]

    def total(self, field: str, *sources: str, use: str = "", code: str = "") -> int:
        """The sum of a field over the flows of some sources (all where none is named), of one use, under a code."""
        return sum(
            getattr(flow, field)
            for flow in self.flows
            if (not sources or flow.source in sources) and use in ("", flow.use) and flow.code.startswith(code)
        )

    def available(self, *sources: str, use: str = "") -> int:
        """Everything that could be spent: 收入总计, or the part of some sources and one use."""
        return self.total("opening", *sources, use=use) + self.total("income", *sources, use=use)

    def people(self) -> int:
        """人员经费 of the general budget."""
        return self.under("301", "303")

    def under(self, *codes: str) -> int:
        """Basic spending of the general budget under economic codes."""
        return sum(cents for code, cents in self.economic.items() if code.startswith(codes))

    def natures(self) -> dict[str, int]:
        """Everything that is no project by economic code; what comes from own income is one code."""
        own = sum(flow.spent for flow in self.flows if not flow.project and flow.source != GENERAL)
        return {**self.economic, "30299": self.economic["30299"] + own}

    def of(self, project: Project) -> Flow:
        """The flow of a project."""
        return next(flow for flow in self.flows if flow.project == project.slug)

    def left(self, source: str, use: str, project: str = "") -> int:
        """What is left of a flow."""
        return sum(
            flow.closing for flow in self.flows if (flow.source, flow.use, flow.project) == (source, use, project)
        )


def history(unit: Unit, years: range, seed: int) -> Iterator[tuple[Accounts, Accounts | None]]:
    """Every year with the year before it. One year more is made than is asked for, so that the first has one too."""
    random = Random(f"{seed}/accounts/{unit.slug}")
    bases = {project.slug: random.randint(2_000, 40_000) for project in unit.projects}
    before: Accounts | None = None
    for year in range(max(years.start - 1, unit.since), years.stop):
        accounts = make_year(unit, year, bases, before, random)
        if year in years:
            yield accounts, before
        before = accounts


def make_year(unit: Unit, year: int, bases: Mapping[str, int], before: Accounts | None, random: Random) -> Accounts:
    """A year that begins with what the year before left."""
    three = watched(unit, random)
    economic = basic_spending(unit, three, before, random)
    projects = (project_flow(one, bases[one.slug], before, random) for one in unit.projects)
    flows = (*basic_flows(unit, economic, random), *projects, *own_flows(unit, before, random))
    return Accounts(unit, year, flows, economic, three)


def watched(unit: Unit, random: Random) -> dict[str, tuple[int, int]]:
    """“三公”: planned (as adjusted, so never less than spent) and spent."""
    spent = {
        "因公出国（境）费": random.choice([0, 0, random.randint(250, 450)]) if unit.administrative else 0,
        "公务用车购置费": 1_798 if unit.cars and random.random() < 0.08 else 0,
        "公务用车运行费": unit.cars * random.randint(210, 290),
        "公务接待费": unit.size * random.randint(1, 8),
    }
    return {key: (-(-one * random.randint(100, 120) // 1000) * 10 if one else 0, one) for key, one in spent.items()}


def basic_spending(
    unit: Unit, three: Mapping[str, tuple[int, int]], before: Accounts | None, random: Random
) -> dict[str, int]:
    """Basic spending by economic code: pay follows the number of people and last year's pay, the rest follows both."""
    last = before.economic["30101"] if before else unit.size * random.randint(340, 460)
    pay = last * random.randint(1_000, 1_060) // 1_000
    people = {
        "30101": pay,
        "30102": pay * 52 // 100 if unit.administrative else 0,
        "30103": pay * 35 // 100,
        "30107": 0 if unit.administrative else pay * 61 // 100,
        "30108": pay * 27 // 100,
        "30109": pay * 13 // 100,
        "30110": pay * 14 // 100,
        "30113": pay * 21 // 100,
        "30112": pay // 100,
        "30309": random.randint(0, unit.size * 4),
    }
    office = {
        code: unit.size * random.randint(1, most)
        for code, most in (
            ("30201", 40),
            ("30202", 12),
            ("30205", 3),
            ("30206", 12),
            ("30207", 10),
            ("30209", 25),
            ("30211", 30),
            ("30213", 15),
            ("30215", 5),
            ("30216", 9),
            ("30226", 20),
            ("30228", 18),
            ("30239", 60),
            ("30299", 15),
            ("31002", 25),
        )
    }
    rare = {code: unit.size * random.randint(1, 12) for code in unit.theme.rare}
    drawn = {
        code: three[key][1]
        for code, key in (
            ("30212", "因公出国（境）费"),
            ("30217", "公务接待费"),
            ("30231", "公务用车运行费"),
            ("31013", "公务用车购置费"),
        )
    }
    return {**people, **office, **rare, **drawn}


def basic_flows(unit: Unit, economic: Mapping[str, int], random: Random) -> Iterator[Flow]:
    """Insurance and housing under their own codes, the rest under the code of running the department."""
    own = {
        "2080505": economic["30108"],
        "2080506": economic["30109"],
        "2101101" if unit.administrative else "2101102": economic["30110"],
        "2210201": economic["30113"],
    }
    for code, spent in {unit.running: sum(economic.values()) - sum(own.values()), **own}.items():
        yield Flow(code, GENERAL, BASIC, spent * random.randint(930, 1_020) // 1_000, 0, spent, spent)


def project_flow(project: Project, base: int, before: Accounts | None, random: Random) -> Flow:
    """A project's year: often spent to the last cent, else the rest is carried over."""
    opening = before.left(project.source, PROJECT, project.slug) if before else 0
    budget = base * random.randint(70, 130) // 100
    income = budget * random.choice([100, 100, 100, 95, 108, 115]) // 100
    spent = (opening + income) * random.choice([100, 100, 100, 97, 92, 85]) // 100
    return Flow(project.code, project.source, PROJECT, budget, opening, income, spent, project.slug)


def own_flows(unit: Unit, before: Accounts | None, random: Random) -> Iterator[Flow]:
    """Income that is not appropriated, mostly spent in its year."""
    for source, use in unit.shape.own:
        opening = before.left(source, use) if before else 0
        budget = unit.size * random.randint(20, 90)
        income = budget * random.choice([100, 100, 96, 107]) // 100
        yield Flow(
            unit.running,
            source,
            use,
            budget,
            opening,
            income,
            (opening + income) * random.choice([100, 100, 97]) // 100,
        )
