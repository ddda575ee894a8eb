"""A self-evaluation's marks: weights, marks within them, the grade, deductions with a reason.

That the marks add up is an identity of the form; here stands what an identity cannot say. Nothing here holds a
disclosure back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from build_tools.accounts.statement import Cell, State, Statement
from build_tools.accounts.statement.cell import OMITTED
from build_tools.accounts.statement.model import NOTHING
from build_tools.checks.context import Context
from build_tools.checks.indicators import Indicator, Told, indicators_of, place, quoted, told_once, unexplained
from build_tools.checks.targets_met import check_targets, funds_of
from build_tools.diagnostics import Finding, Severity
from build_tools.forms import Axes, Concept

# of one disclosure, which may hold very many projects
MOST = 100
MARKS = (Concept.WEIGHT, Concept.SCORE)
HUNDRED = Decimal(100)
# the law, and where a form prints from how many marks each grade holds
RULE, PRINTED = "财预〔2020〕10号", "{table}备注"


def check_scores(context: Context) -> list[Finding]:
    """Warnings and hints on every table with indicators, warnings first where there are more than `MOST`."""
    found = [finding for statement in context.disclosure.statements.values() for finding in check_table(statement)]
    if len(found) <= MOST:
        return found
    found.sort(key=lambda one: one.severity is Severity.HINT)
    message = f"绩效表还有 {len(found) - MOST} 处提示没有列出"
    rest = Finding("file-too-many-findings", message, found[MOST].place, Severity.HINT, hint="先核对列出的，再检查一次")
    return [*found[:MOST], rest]


def check_table(statement: Statement) -> list[Finding]:
    """One table; nothing where it has no indicators or is absent."""
    blocks = [axes for axes in statement.axes.values() if axes.block.kind == "indicators"]
    told: list[tuple[str, Finding]] = []
    for axes in blocks:
        indicators, funds = indicators_of(statement, axes), funds_of(statement)
        told += check_weights(axes, indicators, statement)
        for one in indicators:
            told += check_reason(one, axes, statement)
            told += check_targets(one, statement, funds)
    if blocks:
        told += check_marks(statement)
        for axes in statement.axes.values():
            rate = statement.form.column_of(Concept.EXECUTION_RATE, axes.block.key)
            for row in axes.rows if axes.block.kind == "lines" and rate else ():
                told += check_rate(quoted(row.label), axes.block.key, row.key, statement)
    return [*told_once(told), *check_grade(statement)]


def check_weights(axes: Axes, indicators: Sequence[Indicator], statement: Statement) -> Told:
    """The weights of every first level are those of the form, and together 100.

    Where a level has no indicators its weight goes to another (财预〔2020〕10号: without 满意度 to 效益).
    """
    weights: dict[str, list[Cell]] = {}
    for one in indicators:
        weights.setdefault(one.level, []).append(one.weight)
    sums = {
        level: sum((cell.amount for cell in cells if cell.amount is not None), Decimal(0))
        for level, cells in weights.items()
        if all(map(known, cells))
    }
    spare = sum(level.full or 0 for level in axes.block.levels if level.key not in weights or sums.get(level.key) == 0)
    wrong = False
    for level in axes.block.levels:
        written = sums.get(level.key, Decimal(0))
        if (
            axes.block.key in statement.doubtful
            or not level.full
            or not written
            or written in (level.full, level.full + spare)
        ):
            continue
        wrong = True
        first = next(cell for cell in weights[level.key] if cell.amount is not None)
        message = f"“{level.label}”各项分值合计 {written:f}，本表定为 {level.full}"
        yield (
            level.label,
            Finding(
                "score-weight-level",
                message,
                place(first, statement),
                Severity.HINT,
                expected=str(level.full),
                actual=f"{written:f}",
                hint="核对各项分值；当地另有规定的，用当地的表样",
                citation=f"{statement.form.title}：一级指标的分值；{RULE}",
            ),
        )
    if not wrong:
        yield from check_total_weight(statement)


def check_total_weight(statement: Statement) -> Told:
    """All weights of a table are 100."""
    for axes in statement.axes.values():
        cell = statement.cell_in(axes.block.key, "", Concept.WEIGHT) if axes.block.kind == "fields" else OMITTED
        if cell.amount and cell.amount != HUNDRED:
            message, advice = (
                f"“{statement.form.title}”的总分值是 {cell.amount:f}，应为 100",
                "核对各项分值：预算执行率和各项指标合计 100 分",
            )
            yield (
                axes.block.key,
                Finding(
                    "score-weight-total", message, place(cell, statement), Severity.HINT, hint=advice, citation=RULE
                ),
            )


def known(cell: Cell) -> bool:
    """False for what could not be read or was not said: it may hold a figure."""
    return cell.amount is not None or cell.state in (State.OMITTED, State.BLANK) or cell.text in NOTHING


def check_marks(statement: Statement) -> list[tuple[str, Finding]]:
    """Marks are at most their weight (that they are not negative is seen when they are read); the total is told only
    where no part explains it.
    """
    parts: list[tuple[str, Finding]] = []
    totals: list[tuple[str, Finding]] = []
    for axes in statement.axes.values():
        for row in axes.rows if all(statement.form.column_of(one, axes.block.key) for one in MARKS) else ():
            name = quoted(row.label or axes.block.key)
            weight, score = (statement.cell_in(axes.block.key, row.key, one) for one in MARKS)
            if weight.amount is None or score.amount is None or score.amount <= weight.amount:
                continue
            message, advice = f"“{name}”得 {score.amount:f} 分，超过了分值 {weight.amount:f}", "核对得分和分值"
            (totals if axes.block.kind == "fields" else parts).append(
                (
                    name,
                    Finding(
                        "score-above-weight",
                        message,
                        place(score, statement),
                        Severity.WARNING,
                        expected=f"{weight.amount:f}",
                        actual=f"{score.amount:f}",
                        difference=score.amount - weight.amount,
                        hint=advice,
                    ),
                )
            )
    return parts or totals


def check_reason(one: Indicator, axes: Axes, statement: Statement) -> Told:
    """Every deduction has its reason, where the form asks for one."""
    weight, score = one.weight.amount, one.score.amount
    if (
        statement.form.column_of(Concept.DEVIATION_REASON, axes.block.key)
        and weight is not None
        and score is not None
        and score < weight
        and unexplained(one.reason)
    ):
        message, advice = (
            f"“{one.name}”分值 {weight:f}，得 {score:f} 分，没有写扣分的原因",
            "在偏差原因栏写明原因和改进措施",
        )
        yield (
            one.name,
            Finding(
                "score-unexplained", message, place(one.score, statement), Severity.HINT, hint=advice, citation=RULE
            ),
        )


def check_rate(name: str, block: str, row: str, statement: Statement) -> Told:
    """Without a budget there is no 执行率; that it follows from the two amounts, and its marks from it, are identities
    of the form.
    """
    wanted = (Concept.ANNUAL_BUDGET, Concept.EXECUTION_RATE, Concept.SCORE)
    budget, rate, score = (statement.cell_in(block, row, one) for one in wanted)
    if budget.amount == 0 and (rate.amount is not None or score.amount):
        cell, concept = (rate, Concept.EXECUTION_RATE) if rate.amount is not None else (score, Concept.SCORE)
        column = statement.form.column_of(concept, block)
        what = column.key if column else ""
        message, advice = (
            f"“{name}”的全年预算数是 0，算不出执行率，{what}却填了 {cell.text}",
            "核对全年预算数；确实没有预算的，执行率留空",
        )
        yield name, Finding("score-rate-undefined", message, place(cell, statement), Severity.HINT, hint=advice)


def check_grade(statement: Statement) -> Iterator[Finding]:
    """The grade is that of the total marks, by the thresholds of the form."""
    score, grade = statement.cell_of(Concept.SELF_EVALUATION_SCORE), statement.cell_of(Concept.GRADE)
    if score.amount is None or grade.state is not State.WRITTEN:
        return
    marks = score.amount
    right = next((word for word, least in statement.form.grades if marks >= least), "")
    if right and not grade.text.startswith(right):
        spans = "、".join(f"{least} 分起为{word}" for word, least in statement.form.grades)
        yield Finding(
            "score-grade",
            f"总分 {marks:f} 应为“{right}”，等级填的是“{quoted(grade.text)}”",
            place(grade, statement),
            Severity.WARNING,
            right,
            quoted(grade.text),
            hint=f"本表的等级：{spans}",
            citation=PRINTED.format(table=statement.form.title),
        )
