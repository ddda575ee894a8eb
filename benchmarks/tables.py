"""The nine tables of the final accounts, summed from a year's flows: leaves first, totals from leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.accounts import Accounts, Flow
from benchmarks.emit import Pen, amount
from benchmarks.money import APPROPRIATED, CAPITAL, FUND, GENERAL, OFFICE, OWN, USES
from build_tools.accounts.statement import Codebook
from build_tools.forms import Form

Table = dict[str, Any]
# column → its figure from the flows of a row
Columns = Mapping[str, Callable[[list[Flow]], int]]


def summed(
    field: str, sources: Iterable[str] = (*APPROPRIATED, *OWN), uses: Iterable[str] = USES
) -> Callable[[list[Flow]], int]:
    """A column: a field summed over the flows of these sources and uses."""

    def figure(flows: list[Flow]) -> int:
        return sum(getattr(flow, field) for flow in flows if flow.source in sources and flow.use in uses)

    return figure


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of one year. Names of rows come from the forms and the codebook."""

    accounts: Accounts
    forms: Mapping[str, Form]
    book: Codebook
    pen: Pen

    def all(self) -> Table:
        """Every table by its key, in official order."""
        return {
            "收入支出决算总表": self.summary(),
            "收入决算表": self.revenue(),
            "支出决算表": self.expenditure(),
            "财政拨款收入支出决算总表": self.appropriations(),
            "一般公共预算财政拨款支出决算表": self.coded(
                self.flows(GENERAL, "spent"), {"小计": summed("spent"), **parts(2)}, "小计"
            ),
            "基本支出决算表": self.basic(),
            "三公经费": self.watched(),
            "政府性基金": self.funds(),
            "国有资本经营": self.capital(),
        }

    def name(self, code: str) -> str:
        """A code with its name, as rows are keyed."""
        return f"{code} {self.book.name(code, self.accounts.year) or '事业运行'}"

    def flows(self, source: str | None, *fields: str) -> list[Flow]:
        """The flows of a source that have a figure in one of these fields."""
        return [
            flow
            for flow in self.accounts.flows
            if source in (None, flow.source) and any(getattr(flow, field) for field in fields)
        ]

    def coded(self, flows: list[Flow], columns: Columns, *derived: str) -> Table:
        """Rows by code with the total above; totals and the `derived` columns may be left to the compiler."""
        leaves = {flow.code for flow in flows}
        table: Table = {}
        for code in ["", *sorted({code[:length] for code in leaves for length in (3, 5, 7)})]:
            of_row = [flow for flow in flows if flow.code.startswith(code)]
            table[self.name(code) if code else "合计"] = {
                key: amount(figure(of_row)) if code in leaves and key not in derived else self.pen.total(figure(of_row))
                for key, figure in columns.items()
            }
        return table

    def classes(self, key: str) -> dict[str, str]:
        """The rows of a summary table that stand for a class of spending, with their codes."""
        block = self.forms[key].block("支出")
        assert block is not None
        return {row.key: row.code for row in block.rows if row.code}

    def summary(self) -> Table:
        """收入支出决算总表."""
        total, pen = self.accounts.total, self.pen
        return {
            "收入": {
                "一般公共预算财政拨款收入": amount(total("income", GENERAL)),
                "政府性基金预算财政拨款收入": amount(total("income", FUND)),
                "国有资本经营预算财政拨款收入": amount(total("income", CAPITAL)),
                **{key: amount(total("income", key)) for key in OWN},
                "本年收入合计": pen.total(total("income")),
                "使用非财政拨款结余": amount(0),
                "年初结转和结余": amount(total("opening")),
                "总计": pen.total(self.accounts.available()),
            },
            "支出": {
                **{row: amount(total("spent", code=code)) for row, code in self.classes("收入支出决算总表").items()},
                "本年支出合计": pen.total(total("spent")),
                "结余分配": amount(0),
                "年末结转和结余": amount(total("closing")),
                "总计": pen.total(self.accounts.available()),
            },
        }

    def revenue(self) -> Table:
        """收入决算表."""
        columns = {
            "本年收入合计": summed("income"),
            "财政拨款收入": summed("income", APPROPRIATED),
            **{key: summed("income", [key]) for key in OWN},
        }
        return self.coded(self.flows(None, "income"), columns, "本年收入合计")

    def expenditure(self) -> Table:
        """支出决算表."""
        return self.coded(self.flows(None, "spent"), {"本年支出合计": summed("spent"), **parts()}, "本年支出合计")

    def appropriations(self) -> Table:
        """财政拨款收入支出决算总表."""
        total, pen = self.accounts.total, self.pen

        def sums(field: str) -> int:
            return total(field, *APPROPRIATED)

        def row(figures: list[int], derived: bool = False) -> Table:
            keys = [f"{source}财政拨款" for source in APPROPRIATED]
            return {
                "合计": pen.total(sum(figures)),
                **{key: pen.total(one) if derived else amount(one) for key, one in zip(keys, figures, strict=True)},
            }

        return {
            "收入": {
                **{f"{source}财政拨款": amount(total("income", source)) for source in APPROPRIATED},
                "本年收入合计": pen.total(sums("income")),
                "年初财政拨款结转和结余": pen.total(sums("opening")),
                **{f"年初{source}": amount(total("opening", source)) for source in APPROPRIATED},
                "总计": pen.total(sums("income") + sums("opening")),
            },
            "支出": {
                **{
                    key: row([total("spent", source, code=code) for source in APPROPRIATED])
                    for key, code in self.classes("财政拨款收入支出决算总表").items()
                },
                "本年支出合计": row([total("spent", source) for source in APPROPRIATED], derived=True),
                "年末财政拨款结转和结余": row([total("closing", source) for source in APPROPRIATED]),
                "总计": row(
                    [total("spent", source) + total("closing", source) for source in APPROPRIATED], derived=True
                ),
            },
        }

    def basic(self) -> Table:
        """基本支出决算表: every code that the form lists, used or not, and what else was spent under."""
        listed, of = self.forms["基本支出决算表"].blocks[0].listed or {}, self.accounts.under
        used = {code[:length] for code, cents in self.accounts.economic.items() if cents for length in (3, 5)}
        names = {**{code: self.book.name(code, self.accounts.year) for code in used}, **listed}
        rows = {
            f"{code} {name}": amount(of(code)) if len(code) == 5 else self.pen.total(of(code))
            for code, name in sorted(names.items())
        }
        return {
            **rows,
            "人员经费合计": self.pen.total(self.accounts.people()),
            "公用经费合计": self.pen.total(of(*OFFICE)),
        }

    def watched(self) -> Table:
        """“三公”经费."""
        three, pen = self.accounts.three, self.pen
        cars = ("公务用车购置费", "公务用车运行费")

        def row(keys: Iterable[str], derived: bool = True) -> Table:
            planned, spent = (sum(three[key][index] for key in keys) for index in (0, 1))
            return {
                "预算数": pen.total(planned) if derived else amount(planned),
                "决算数": pen.total(spent) if derived else amount(spent),
            }

        return {
            "合计": row(three),
            "因公出国（境）费": row(["因公出国（境）费"], False),
            "公务用车购置及运行费": row(cars),
            **{key: row([key], False) for key in cars},
            "公务接待费": row(["公务接待费"], False),
        }

    def funds(self) -> Table:
        """政府性基金, or why there is none."""
        return self.carried(FUND, "小计") or empty("政府性基金预算财政拨款收入支出", self.accounts.year)

    def capital(self) -> Table:
        """国有资本经营, or why there is none. Where the form shows only spending there is neither opening nor
        closing.
        """
        if self.forms["国有资本经营"].blocks[0].column("本年收入"):
            return self.carried(CAPITAL, "合计") or empty("国有资本经营预算财政拨款收入支出", self.accounts.year)
        flows = self.flows(CAPITAL, "spent")
        found = self.coded(flows, {"合计": summed("spent"), **parts(2)}, "合计")
        return found if flows else empty("国有资本经营预算财政拨款支出", self.accounts.year)

    def carried(self, source: str, whole: str) -> Table | None:
        """Income, spending and what is carried over of one source, under its codes."""
        flows = self.flows(source, "opening", "income", "spent")
        columns = {
            "年初结转和结余": summed("opening"),
            "本年收入": summed("income"),
            whole: summed("spent"),
            **parts(2),
            "年末结转和结余": summed("closing"),
        }
        return self.coded(flows, columns, whole, "年末结转和结余") if flows else None


def parts(first: int = len(USES)) -> Columns:
    """What was spent by use, each in its column."""
    return {use: summed("spent", uses=[use]) for use in USES[:first]}


def empty(what: str, year: int) -> Table:
    """A table without anything in it."""
    return {"状态": "无", "注": f"{year}年度没有{what}。"}
