"""The nine tables of the final accounts, summed from a year's flows: leaves first, totals from leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.accounts import Accounts, Flow
from benchmarks.emit import Pen, amount
from benchmarks.names import APPROPRIATED, CAPITAL, FUND, GENERAL, OTHER
from build_tools.forms import Form
from build_tools.statement import Codebook

Table = dict[str, Any]
# column → its figure from the flows of a row
Columns = Mapping[str, Callable[[list[Flow]], int]]


def summed(field: str, sources: Iterable[str] = (*APPROPRIATED, OTHER), basic: bool | None = None) -> Callable[[list[Flow]], int]:
    """A column: a field summed over the flows of these sources."""
    def figure(flows: list[Flow]) -> int:
        return sum(getattr(flow, field) for flow in flows if flow.source in sources and (basic is None or basic is not bool(flow.project)))

    return figure


def nothing(flows: list[Flow]) -> int:
    """A column that nothing ever stands in."""
    return 0


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
            "收入支出决算总表": self.summary(), "收入决算表": self.revenue(), "支出决算表": self.expenditure(),
            "财政拨款收入支出决算总表": self.appropriations(),
            "一般公共预算财政拨款支出决算表": self.coded(self.flows(GENERAL, "spent"), {"小计": summed("spent"), **parts("spent")}, "小计"),
            "基本支出决算表": self.basic(), "三公经费": self.watched(), "政府性基金": self.funds(), "国有资本经营": self.capital(),
        }

    def name(self, code: str) -> str:
        """A code with its name, as rows are keyed."""
        return f"{code} {self.book.name(code, self.accounts.year) or '事业运行'}"

    def flows(self, source: str | None, *fields: str) -> list[Flow]:
        """The flows of a source that have a figure in one of these fields."""
        return [flow for flow in self.accounts.flows if source in (None, flow.source) and any(getattr(flow, field) for field in fields)]

    def coded(self, flows: list[Flow], columns: Columns, *derived: str) -> Table:
        """Rows by code with the total above; totals and the `derived` columns may be left to the compiler."""
        leaves = {flow.code for flow in flows}
        table: Table = {}
        for code in ["", *sorted({code[:length] for code in leaves for length in (3, 5, 7)})]:
            of_row = [flow for flow in flows if flow.code.startswith(code)]
            table[self.name(code) if code else "合计"] = {
                key: amount(figure(of_row)) if code in leaves and key not in derived else self.pen.total(figure(of_row)) for key, figure in columns.items()
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
        other = total("income", OTHER)
        earned = 0 if self.accounts.unit.administrative else other
        return {
            "收入": {
                "一般公共预算财政拨款收入": amount(total("income", GENERAL)), "政府性基金预算财政拨款收入": amount(total("income", FUND)),
                "国有资本经营预算财政拨款收入": amount(total("income", CAPITAL)), "上级补助收入": amount(0), "事业收入": amount(earned), "经营收入": amount(0),
                "附属单位上缴收入": amount(0), "其他收入": amount(other - earned), "本年收入合计": pen.total(total("income")), "使用非财政拨款结余": amount(0),
                "年初结转和结余": amount(total("opening")), "总计": pen.total(self.accounts.turnover),
            },
            "支出": {
                **{row: amount(total("spent", code=code)) for row, code in self.classes("收入支出决算总表").items()},
                "本年支出合计": pen.total(total("spent")), "结余分配": amount(0), "年末结转和结余": amount(total("closing")), "总计": pen.total(self.accounts.turnover),
            },
        }

    def revenue(self) -> Table:
        """收入决算表."""
        earned, other = (nothing, summed("income", [OTHER])) if self.accounts.unit.administrative else (summed("income", [OTHER]), nothing)
        return self.coded(self.flows(None, "income"), {
            "本年收入合计": summed("income"), "财政拨款收入": summed("income", APPROPRIATED), "上级补助收入": nothing, "事业收入": earned, "经营收入": nothing,
            "附属单位上缴收入": nothing, "其他收入": other,
        }, "本年收入合计")

    def expenditure(self) -> Table:
        """支出决算表."""
        none = dict.fromkeys(("上缴上级支出", "经营支出", "对附属单位补助支出"), nothing)
        return self.coded(self.flows(None, "spent"), {"本年支出合计": summed("spent"), **parts("spent"), **none}, "本年支出合计")

    def appropriations(self) -> Table:
        """财政拨款收入支出决算总表."""
        total, pen = self.accounts.total, self.pen

        def sums(field: str) -> int:
            return sum(total(field, source) for source in APPROPRIATED)

        def row(figures: list[int], derived: bool = False) -> Table:
            keys = [f"{source}财政拨款" for source in APPROPRIATED]
            return {"合计": pen.total(sum(figures)), **{key: pen.total(one) if derived else amount(one) for key, one in zip(keys, figures, strict=True)}}

        return {
            "收入": {
                **{f"{source}财政拨款": amount(total("income", source)) for source in APPROPRIATED}, "本年收入合计": pen.total(sums("income")),
                "年初财政拨款结转和结余": pen.total(sums("opening")), **{f"年初{source}": amount(total("opening", source)) for source in APPROPRIATED},
                "总计": pen.total(sums("income") + sums("opening")),
            },
            "支出": {
                **{key: row([total("spent", source, code=code) for source in APPROPRIATED]) for key, code in self.classes("财政拨款收入支出决算总表").items()},
                "本年支出合计": row([total("spent", source) for source in APPROPRIATED], derived=True),
                "年末财政拨款结转和结余": row([total("closing", source) for source in APPROPRIATED]),
                "总计": row([total("spent", source) + total("closing", source) for source in APPROPRIATED], derived=True),
            },
        }

    def basic(self) -> Table:
        """基本支出决算表: every code that the form lists, used or not."""
        listed = self.forms["基本支出决算表"].blocks[0].listed or {}
        found = self.accounts.economic

        def of(*codes: str) -> int:
            return sum(cents for code, cents in found.items() if code.startswith(codes))

        rows = {f"{code} {name}": amount(of(code)) if len(code) == 5 else self.pen.total(of(code)) for code, name in sorted(listed.items())}
        return {**rows, "人员经费合计": self.pen.total(of("301", "303")), "公用经费合计": self.pen.total(of("302", "307", "310", "399"))}

    def watched(self) -> Table:
        """“三公”经费."""
        three, pen = self.accounts.three, self.pen
        cars = ("公务用车购置费", "公务用车运行费")

        def row(keys: Iterable[str], derived: bool = True) -> Table:
            planned, spent = (sum(three[key][index] for key in keys) for index in (0, 1))
            return {"预算数": pen.total(planned) if derived else amount(planned), "决算数": pen.total(spent) if derived else amount(spent)}

        return {
            "合计": row(three), "因公出国（境）费": row(["因公出国（境）费"], False), "公务用车购置及运行费": row(cars), **{key: row([key], False) for key in cars},
            "公务接待费": row(["公务接待费"], False),
        }

    def funds(self) -> Table:
        """政府性基金, or why there is none."""
        flows = self.flows(FUND, "opening", "income", "spent")
        columns = {"年初结转和结余": summed("opening"), "本年收入": summed("income"), "小计": summed("spent"), **parts("spent"), "年末结转和结余": summed("closing")}
        return self.coded(flows, columns, "小计", "年末结转和结余") if flows else empty("政府性基金预算财政拨款收入支出", self.accounts.year)

    def capital(self) -> Table:
        """国有资本经营, or why there is none."""
        flows = self.flows(CAPITAL, "spent")
        return self.coded(flows, {"合计": summed("spent"), **parts("spent")}, "合计") if flows else empty("国有资本经营预算财政拨款支出", self.accounts.year)


def parts(field: str) -> Columns:
    """Basic and project spending apart."""
    return {"基本支出": summed(field, basic=True), "项目支出": summed(field, basic=False)}


def empty(what: str, year: int) -> Table:
    """A table without anything in it."""
    return {"状态": "无", "注": f"{year}年度没有{what}。"}
