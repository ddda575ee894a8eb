"""The identities that fail, told as few, well-placed findings.

One wrong cell breaks its row, its column and every total above; staff need to be told once, at the figure whose change
would settle it, or where something is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from build_tools.accounts.statement import Cell, Figures, Ledger, State, Statement
from build_tools.accounts.statement.cell import OMITTED
from build_tools.checks.blame import Blamed, blame
from build_tools.checks.equations import HOLDS, Pair, Trial
from build_tools.checks.judging import Waivers, figure, origins_of
from build_tools.checks.omissions import Omission, find_empty, find_omissions
from build_tools.checks.waivers import WORDS
from build_tools.diagnostics import CellRef, Finding, Outcome, Place, Severity, Verdict
from build_tools.forms import Instance

# nobody mends more at a sitting
MOST = 100
# so many suspects are named, and a finding stands at the first of no more
NAMED = 3


def findings_of(
    instances: Sequence[Instance], verdicts: Sequence[Verdict], ledger: Ledger, waivers: Waivers
) -> list[Finding]:
    """Failing verdicts as findings, one for all that a single change would settle; errors are explained first."""
    judged = list(zip(instances, verdicts, strict=True))
    failing = [pair for pair in judged if pair[1].outcome is Outcome.FAILED]
    if not failing:
        return []
    omissions = find_omissions(failing, ledger)
    rest = without(failing, omissions)
    holding = [pair for pair in judged if pair[1].outcome in HOLDS]
    blamed = blame(rest, holding, Trial(Figures(ledger), origins_of(instances, ledger), waivers), MOST)
    empty = find_empty(rest, [pair for one in blamed if not one.suspects for pair in one.pairs], ledger)
    # what is left of each group without those that a table of nothing explains
    blamed = [replace(one, pairs=pairs) for one in blamed if (pairs := tuple(without(one.pairs, empty)))]
    omissions = [*omissions, *empty][:MOST]
    findings = [*(tell_omission(one, ledger) for one in omissions), *(tell(one, ledger) for one in blamed)]
    if left := without(without(failing, omissions), blamed):
        severity = min((verdict.severity for _, verdict in left), key=list(Severity).index)
        findings.append(
            Finding(
                "file-too-many-findings",
                f"还有 {len(left)} 条勾稽不符没有列出",
                findings[-1].place,
                severity,
                hint="先改正列出的，再检查一次",
            )
        )
    return findings


def without(pairs: Sequence[Pair], told: Sequence[Omission | Blamed]) -> list[Pair]:
    """Those that fail for another reason."""
    explained = {id(pair) for one in told for pair in one.pairs}
    return [pair for pair in pairs if id(pair) not in explained]


def tell_omission(omission: Omission, ledger: Ledger) -> Finding:
    """One finding for all that fails because something is not there, where it should stand."""
    pairs = sorted(omission.pairs, key=lambda pair: list(Severity).index(pair[1].severity))
    instance, verdict = pairs[0]
    identity, left, right = instance.identity, figure(verdict.left), figure(verdict.right)
    others = dict.fromkeys(pair[0].identity.id for pair in pairs if pair[0].identity.id != identity.id)
    return Finding(
        identity.id,
        f"{omission.says}：{where(instance, ledger)}：{identity.says}：{left_side(instance, ledger)}"
        f"{left:f}，{WORDS[identity.rule.relation]} {right:f}，相差 {left - right:+f}",
        omission.place,
        identity.severity,
        expected=f"{right:f}",
        actual=f"{left:f}",
        difference=left - right,
        hint=omission.hint,
        citation=identity.citation,
        also=tuple(others),
    )


def tell(blamed: Blamed, ledger: Ledger) -> Finding:
    """One finding for the verdicts that share their suspects; of the most severe, the one with a suspect on its left
    speaks for them.
    """
    worst = [pair for pair in blamed.pairs if pair[1].severity is blamed.pairs[0][1].severity]
    instance, verdict = next((pair for pair in worst if pair[1].cells[0] in blamed.suspects), worst[0])
    suspect = suspect_of(blamed.suspects, verdict, ledger)
    identity = instance.identity
    left, right = figure(verdict.left), figure(verdict.right)
    wanted = WORDS[instance.identity.rule.relation]
    whose = "填 " if verdict.cells[0] == suspect else left_side(instance, ledger)
    message = f"{where(instance, ledger)}：{identity.says}：{whose}{left:f}，{wanted} {right:f}，相差 {left - right:+f}"
    others = tuple(dict.fromkeys(one.identity.id for one, _ in blamed.pairs if one.identity.id != identity.id))
    return Finding(
        identity.id,
        message,
        place_of(suspect, verdict, ledger),
        identity.severity,
        expected=f"{right:f}",
        actual=f"{left:f}",
        difference=left - right,
        hint=advice(instance, suspect, verdict, blamed, ledger),
        citation=identity.citation,
        also=others,
    )


def suspect_of(suspects: Sequence[CellRef], verdict: Verdict, ledger: Ledger) -> CellRef:
    """The cell at which the finding stands: the only suspect, or the first of a few; the left side where it is one of
    them, or where there are many or none and it was written here; else what was.
    """
    first = verdict.cells[0]
    here = not first.scope and state(first, ledger) is State.WRITTEN
    if first in suspects or (here and (not suspects or len(suspects) > NAMED)):
        return first
    near = (ref for ref in verdict.cells if not ref.scope and state(ref, ledger) is State.WRITTEN)
    return suspects[0] if suspects else next(near, first)


def left_side(instance: Instance, ledger: Ledger) -> str:
    """Which figure is told, where the finding stands at another one: its name and its line, and whether staff wrote it
    or the system added it up.
    """
    if not isinstance(instance.rule.left, tuple):
        return "左边各数合计 "
    ref = instance.cells[0]
    place = None if ref.scope else cell_at(ref, ledger).place
    how = "算得 " if state(ref, ledger) is State.DERIVED else "填 "
    return f"“{name_of(ref, ledger)}”{f'（第 {place.line} 行）' if place else ''}{how}"


def advice(instance: Instance, suspect: CellRef, verdict: Verdict, blamed: Blamed, ledger: Ledger) -> str:
    """What to look at first."""
    said, fails = "核对本行各数", len(blamed.pairs)
    if len(blamed.suspects) > 1 and verdict.cells[0] not in blamed.suspects:
        named = [
            f"“{name_of(ref, ledger)}”（第 {cell_at(ref, ledger).place.line} 行）"  # type: ignore[union-attr]
            for ref in blamed.suspects[:NAMED]
        ]
        more = f"等 {len(blamed.suspects)} 个数" if len(blamed.suspects) > NAMED else ""
        said = f"下面任何一个数填错都会这样，逐个核对：{'、'.join(named)}{more}"
    elif verdict.cells[0] != suspect and (blamed.suspects or alone(suspect, verdict, ledger)):
        amount, many = (
            cell_at(suspect, ledger).amount,
            f"它牵连的 {fails} 条勾稽都不符" if fails > 1 else "这里标出的是它",
        )
        said = f"先核对“{name_of(suspect, ledger)}”{f'（填 {amount:f}）' if amount is not None else ''}：{many}"
    if instance.gives is not None:
        return said + "；合计可以不填，由系统计算"
    return said + "；确有原因的，在“已知差异”里写明"


def alone(suspect: CellRef, verdict: Verdict, ledger: Ledger) -> bool:
    """True for the one cell of an identity that was written in this file."""
    return [ref for ref in verdict.cells if not ref.scope and state(ref, ledger) is State.WRITTEN] == [suspect]


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
