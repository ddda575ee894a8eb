"""Classification codes held against the dated codebook and against the disclosure's own 支出决算表.

Shape, missing parents and two names for one code are told while reading. Here nothing blocks: the codebook is partial,
and a year's edition may be newer than it (regulation: 财政部每年修订政府收支分类科目).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from build_tools.accounts.corpus import Disclosure
from build_tools.accounts.statement import Codebook, State, Statement, find_table, normal
from build_tools.accounts.statement.names import parents_of
from build_tools.checks.context import Context
from build_tools.checks.figures import limited
from build_tools.diagnostics import Finding, Place, Severity
from build_tools.fast import make
from build_tools.forms import Block, Concept, Row

# a code may stand in a table of a fund for what was carried over or received, and nothing spent
NOT_SPENT = (Concept.OPENING_BALANCE, Concept.RECEIPTS, Concept.CLOSING_BALANCE)
# 支出功能分类 begins with 2; 部门预算支出经济分类 with 3, 政府预算支出经济分类 with 5
FIRST_DIGITS = {"functional": "2", "economic": "35"}
KINDS = {"functional": "不是功能分类科目，{table}按功能分类填写", "economic": "不是经济分类科目，{table}按经济分类填写"}
SHOWN = 5


class Written(NamedTuple):
    """A row that staff wrote with a code."""

    statement: Statement
    block: Block
    row: Row
    place: Place

    @property
    def name(self) -> str:
        """Code and name as written."""
        return f"{self.row.code} {self.row.label[:30]}"


def check_codes(context: Context) -> list[Finding]:
    """Names of other years, codes that nobody knows or that belong to the other classification, codes that 支出决算表
    lacks.
    """
    rows = list(written(context.disclosure))
    first: dict[tuple[str, str], Written] = {}
    for one in rows:
        first.setdefault((one.block.codes, one.row.code), one)
    # what a form prints itself is no one's mistake
    own = [one for one in first.values() if one.row.code not in (one.block.listed or {})]
    misplaced = [one for one in own if one.row.code[0] not in FIRST_DIGITS[one.block.codes]]
    rest = [one for one in own if one.row.code[0] in FIRST_DIGITS[one.block.codes]]
    codebook, year = context.reference.codebook, context.disclosure.year
    return [
        *limited([other_classification(one) for one in misplaced]),
        *limited([finding for one in rest if (finding := other_name(one, codebook, year))]),
        *unknown([one for one in rest if one.row.code not in codebook.names], codebook),
        *limited(list(not_spent(rows, context.disclosure))),
    ]


def written(disclosure: Disclosure) -> Iterator[Written]:
    """Every row with a code that stands in the file, table by table."""
    for statement in disclosure.statements.values():
        for axes in statement.axes.values():
            for row in axes.rows if axes.block.kind == "coded" else ():
                place = statement.places.get((axes.block.key, row.key))
                if row.code and place and not row.derived:
                    yield make(Written, (statement, axes.block, row, place))


def other_classification(one: Written) -> Finding:
    """基本工资 in a table by function, 行政运行 in a table by economic nature."""
    return Finding(
        "code-other-classification",
        f"“{one.name}”" + KINDS[one.block.codes].format(table=one.statement.form.key),
        one.place,
        Severity.WARNING,
        hint="功能分类编码以 2 开头，如 2010301；经济分类编码以 3 开头，如 30101",
    )


def other_name(one: Written, codebook: Codebook, year: int) -> Finding | None:
    """A name that is not the codebook's of that year; of another year's name, when it was valid."""
    held = codebook.name(one.row.code, year)
    if held and normal(held) == normal(one.row.label):
        return None
    dated = [
        (first, last)
        for first, last, name in codebook.names.get(one.row.code, ())
        if normal(name) == normal(one.row.label)
    ]
    if not held and not dated:
        return None
    said = f"，这是{span(*dated[0])}的名称" if dated else ""
    message = f"科目 {one.row.code} 写作“{one.row.label[:30]}”{said}；科目库里 {year} 年" + (
        f"的名称是“{held[:30]}”" if held else "没有这个科目"
    )
    return Finding(
        "code-name-codebook",
        message,
        one.place,
        Severity.HINT,
        expected=held or None,
        actual=one.row.label[:30],
        hint="对照当年的政府收支分类科目核对名称",
    )


def span(first: int, last: int) -> str:
    """The years in which a name was valid, in words."""
    if first <= 1900:
        return f" {last} 年及以前" if last < 2999 else "各年"
    return f" {first}—{last} 年" if last < 2999 else f" {first} 年起"


def unknown(rows: list[Written], codebook: Codebook) -> list[Finding]:
    """One hint for all codes that the codebook does not know: it is partial, so that they are common and mostly
    right.
    """
    if not rows:
        return []
    shown = "、".join(f"“{one.name}”" for one in rows[:SHOWN]) + (f"等 {len(rows)} 个科目" if len(rows) > 1 else "")
    # a 类 of which nothing but its own name is known cannot be checked at all
    known = {code[:3] for code in codebook.names if len(code) > 3}
    bare = sorted({one.row.code[:3] for one in rows} - known)
    message = f"科目库里没有{shown}"
    if bare:
        message += f"；{'、'.join(bare[:SHOWN])} 类科目库还没有收录，可以装入本地的政府收支分类科目"
    hint = "核对编码；编码无误的，把科目写进 data/reference/ 里的 CSV（第一行写“编码,名称”），以后就能核对"
    return [Finding("code-unknown", message, rows[0].place, Severity.HINT, hint=hint)]


def not_spent(rows: Iterable[Written], disclosure: Disclosure) -> Iterator[Finding]:
    """Codes under which a table of a fund or the 说明 has spending, and 支出决算表 has none; of a branch only
    its top.
    """
    whole = find_table(disclosure.statements, Concept.EXPENDITURE_BY_FUNCTION)
    axes = whole.axes_of(Concept.EXPENDITURE_BY_FUNCTION) if whole else None
    if whole is None or axes is None or whole.doubtful or not any(row.code for row in axes.rows):
        return
    known = {row.code for row in axes.rows}
    told: set[str] = set()
    for one in rows:
        code = one.row.code
        if (
            one.block.codes != "functional"
            or one.statement is whole
            or Concept.REVENUE_BY_FUNCTION in one.statement.form.concepts
            or code in known
            or code in told
            or code[0] != "2"
        ):
            continue
        if spending(one):
            if not told.intersection(parents_of(code)):
                yield Finding(
                    "code-not-spent",
                    f"{one.statement.form.key}有科目“{one.name}”，{whole.form.key}里没有",
                    one.place,
                    Severity.WARNING,
                    hint=f"核对编码；确有这项支出的，补进{whole.form.key}",
                )
            told.add(code)


def spending(one: Written) -> bool:
    """True where the row says that something was spent. A budget that was not used may stand in the 说明 alone, with
    its reason.
    """
    form, block, row = one.statement.form, one.block.key, one.row.key
    if not form.column_of(Concept.ITEM_BUDGET, block):
        other = {column.key for concept in NOT_SPENT if (column := form.column_of(concept, block))}
        columns = (column.key for column in one.block.columns if column.key not in other)
        return any(one.statement.at(block, row, key).amount for key in columns)
    budget, compared, completed = (
        one.statement.cell_in(block, row, concept)
        for concept in (Concept.ITEM_BUDGET, Concept.BUDGET_COMPARISON, Concept.STATED_COMPLETION)
    )
    explained = any(one.statement.at(block, row, key).state is State.WRITTEN for key in form.reasons_in(block))
    unused = explained or compared.text == "小于" or completed.amount == 0
    return not (budget.amount and unused)
