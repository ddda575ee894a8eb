"""The identities that fail, told as few, well-placed findings; and the known differences held against them.

One wrong cell breaks its row, its column and every total above; staff need to be told once, at the cell that
explains most of what fails.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set

from build_tools.checks.judging import Origins, figure, origins_of
from build_tools.checks.waivers import WORDS
from build_tools.diagnostics import CellRef, Finding, Outcome, Place, Severity, Verdict
from build_tools.forms import Instance
from build_tools.formula import leaves
from build_tools.statement import Cell, Ledger, State, Statement
from build_tools.statement.cell import OMITTED

# nobody mends more at a sitting, and looking for the suspect of each costs a pass over all that fail
MOST = 100
HOLDS = (Outcome.PASSED, Outcome.ROUNDING)


def findings_of(instances: Sequence[Instance], verdicts: Sequence[Verdict], ledger: Ledger) -> list[Finding]:
    """Failing verdicts as findings, one for each cell that explains several of them; errors choose their cells first."""
    order = list(Severity)
    failing = [(one, verdict) for one, verdict in zip(instances, verdicts, strict=True) if verdict.outcome is Outcome.FAILED]
    if not failing:
        return []
    failing.sort(key=lambda pair: order.index(pair[1].severity))
    origins = origins_of(instances, ledger)
    failing = [(one, verdict._replace(cells=reached(verdict.cells, origins))) for one, verdict in failing]
    # only an equation speaks for its cells: a bound may hold although one of them is wrong
    equal = (verdict for one, verdict in zip(instances, verdicts, strict=True) if one.identity.rule.relation == "==" and verdict.outcome in HOLDS)
    passing = Counter(ref for verdict in equal for ref in verdict.cells)
    typed = {ref for _, verdict in failing for ref in verdict.cells if state(ref, ledger) is State.WRITTEN}
    findings: list[Finding] = []
    while failing and len(findings) < MOST:
        worst = [verdict for _, verdict in failing if verdict.severity is failing[0][1].severity]
        suspect = most_suspect(worst, Counter(ref for _, verdict in failing for ref in verdict.cells), passing, typed)
        group = [pair for pair in failing if suspect in pair[1].cells]
        failing = [pair for pair in failing if suspect not in pair[1].cells]
        findings.append(tell(group, suspect, ledger))
    if failing:
        message, severity = f"还有 {len(failing)} 条勾稽不符没有列出", failing[0][1].severity
        findings.append(Finding("file-too-many-findings", message, findings[-1].place, severity, hint="先改正列出的，再检查一次"))
    return findings


def reached(cells: Sequence[CellRef], origins: Origins) -> tuple[CellRef, ...]:
    """The cells of an identity and those that its derived ones were computed from: the mistake was written in one of them."""
    found = dict.fromkeys(cells)
    left = [ref for ref in cells if ref in origins]
    while left:
        parts = [ref for names, _ in leaves(origins[left.pop()].rule.right) for ref in names if ref not in found]
        found |= dict.fromkeys(parts)
        left += [ref for ref in parts if ref in origins]
    return tuple(found)


def most_suspect(failing: list[Verdict], all_failing: Counter[CellRef], passing: Counter[CellRef], typed: Set[CellRef]) -> CellRef:
    """The cell in most of the gravest failing verdicts, in most of all, and in fewest that hold; then one that stands on a left side.

    Where the figures do not tell which of several it is, it is the left side: a total that its parts do not make. One failing
    identity accuses nobody else.
    """
    count = Counter(ref for verdict in failing for ref in verdict.cells)
    left = {verdict.cells[0] for verdict in failing}
    near = [ref for ref in count if not ref.scope] or list(count)
    written = [ref for ref in near if ref in typed] or near

    def rank(ref: CellRef) -> tuple[int, int, int, bool]:
        return count[ref], all_failing[ref], -passing[ref], ref in left

    best = max(written, key=rank)
    explained = [verdict for verdict in failing if best in verdict.cells]
    alike = [ref for ref in written if rank(ref) == rank(best) and all(ref in verdict.cells for verdict in explained)]
    first = explained[0].cells[0]
    # a left side that stands in another file, or in none, cannot be mended here
    sure = len(alike) == 1 and (all_failing[best] > 1 or bool(first.scope) or first not in typed)
    return best if sure else first


def tell(group: list[tuple[Instance, Verdict]], suspect: CellRef, ledger: Ledger) -> Finding:
    """One finding for the verdicts that share a suspect; of the most severe, the one with it on its left speaks for them."""
    worst = [pair for pair in group if pair[1].severity is group[0][1].severity]
    instance, verdict = next((pair for pair in worst if pair[1].cells[0] == suspect), worst[0])
    identity = instance.identity
    left, right = figure(verdict.left), figure(verdict.right)
    wanted = WORDS[instance.identity.rule.relation]
    whose = "" if verdict.cells[0] == suspect else left_side(instance, ledger)
    message = f"{where(instance, ledger)}：{identity.says}：{whose}填 {left:f}，{wanted} {right:f}，相差 {left - right:+f}"
    others = tuple(dict.fromkeys(one.identity.id for one, _ in group if one.identity.id != identity.id))
    return Finding(
        identity.id, message, place_of(suspect, verdict, ledger), identity.severity, expected=f"{right:f}", actual=f"{left:f}",
        difference=left - right, hint=advice(instance, suspect, verdict, len(group), ledger), citation=identity.citation, also=others,
    )


def left_side(instance: Instance, ledger: Ledger) -> str:
    """Which figure is told, where the finding stands at another one: its name and its line."""
    if not isinstance(instance.rule.left, tuple):
        return "左边各数合计"
    ref = instance.cells[0]
    place = None if ref.scope else cell_at(ref, ledger).place
    return f"“{name_of(ref, ledger)}”{f'（第 {place.line} 行）' if place else ''}"


def advice(instance: Instance, suspect: CellRef, verdict: Verdict, fails: int, ledger: Ledger) -> str:
    """What to look at first."""
    said = "核对本行各数"
    if verdict.cells[0] != suspect:
        amount, many = cell_at(suspect, ledger).amount, f"它牵连的 {fails} 条勾稽都不符" if fails > 1 else "这里标出的是它"
        said = f"先核对“{name_of(suspect, ledger)}”{f'（填 {amount:f}）' if amount is not None else ''}：{many}"
    if instance.gives is not None:
        return said + "；合计可以不填，由系统计算"
    return said + "；确有原因的，在“已知差异”里写明"


def place_of(suspect: CellRef, verdict: Verdict, ledger: Ledger) -> Place:
    """Where the suspect is written, or else the nearest thing that is."""
    for ref in (suspect, *verdict.cells):
        statement = None if ref.scope else statement_of(ref, ledger)
        cell = statement.cell(ref) if statement else None
        if cell and cell.place:
            return cell.place
        if statement and (ref.block, ref.row) in statement.places:
            return statement.places[ref.block, ref.row]
    return ledger[""][verdict.cells[0].table].place


def where(instance: Instance, ledger: Ledger) -> str:
    """Which row and column the identity stands at, or else which table."""
    left = instance.cells[0]
    name = instance.identity.rule.left
    each_row = getattr(name, "row", ("",))[0] in ("each", "parents", "classes")
    each_column = getattr(name, "column", ("",))[0] == "each"
    statement = statement_of(left, ledger)
    title = statement.form.title if statement else left.table
    row = row_label(left, statement) if each_row else title
    return f"{row}（{column_label(left, statement)}）" if each_column else row


def name_of(ref: CellRef, ledger: Ledger) -> str:
    """A cell's name for people: row and column as printed."""
    statement = statement_of(ref, ledger)
    row, column = row_label(ref, statement), column_label(ref, statement)
    axes = statement.axes.get(ref.block) if statement else None
    single = axes is not None and len(axes.block.columns) == 1
    return row if single else " ".join(filter(None, (row, column)))


def row_label(ref: CellRef, statement: Statement | None) -> str:
    """A row as printed."""
    axes = statement.axes.get(ref.block) if statement else None
    return next((row.label for row in axes.rows if row.key == ref.row), ref.row) if axes else ref.row


def column_label(ref: CellRef, statement: Statement | None) -> str:
    """A column as printed."""
    axes = statement.axes.get(ref.block) if statement else None
    column = axes.block.column(ref.column) if axes else None
    return column.label if column else ref.column


def statement_of(ref: CellRef, ledger: Ledger) -> Statement | None:
    """The table that a cell belongs to."""
    return ledger.get(ref.scope, {}).get(ref.table)


def cell_at(ref: CellRef, ledger: Ledger) -> Cell:
    """A cell of any table; omitted where there is no such table."""
    statement = statement_of(ref, ledger)
    return statement.at(ref.block, ref.row, ref.column) if statement else OMITTED


def state(ref: CellRef, ledger: Ledger) -> State:
    """A cell's state."""
    return cell_at(ref, ledger).state
