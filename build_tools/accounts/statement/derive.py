"""Blank totals computed from the identities that give them, and where the names of identities lead.

A written figure is never touched. A total is derived only where everything it is made of is known; a sum of blanks
stays blank.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from build_tools.accounts.statement.cell import Cell, State
from build_tools.accounts.statement.figures import Figures, Ledger, scaled, unit_of_amount, value_in
from build_tools.accounts.statement.model import UNSAID, Statement
from build_tools.amount import CENTS, convert, round_half_up
from build_tools.diagnostics import CellRef
from build_tools.forms import DECIMALS, Identity, Instance, Selector, Tables
from build_tools.forms.instances import bound_together, places_of, rules_for
from build_tools.formula import Value, evaluate, leaves


def own(statements: Mapping[str, Statement]) -> Ledger:
    """The tables of one disclosure alone, as names without a scope see them."""
    return {"": statements}


def derive(statements: Mapping[str, Statement]) -> dict[str, Statement]:
    """The same statements with their blank totals filled."""
    ledger = own(statements)
    blank = (State.BLANK, State.OMITTED)
    given = {
        one.gives: one
        for one in run_all(statements, ledger, filling=True)
        if one.gives is not None and statements[one.gives.table].cell(one.gives).state in blank
    }
    if not given:
        return dict(statements)
    filled: dict[CellRef, Cell] = {}
    figures = Figures(ledger)

    def look(ref: CellRef, home: str) -> Value:
        statement = statements.get(ref.table)
        if statement and ref not in filled and ref in given:
            filled[ref] = fill(given[ref], statement.cell(ref), statement, ledger, lambda other: look(other, ref.table))
        unit = figures.unit(home)
        if ref in filled and statement:
            column = statement.column(ref)
            value = value_in(filled[ref], column, ref.block in statement.doubtful)
            return scaled(value, unit_of_amount(statement, column), unit)
        return figures.of(ref, unit)

    for ref in given:
        look(ref, ref.table)
    added: dict[str, dict[CellRef, Cell]] = {}
    for ref, cell in filled.items():
        if cell.state is not State.OMITTED:
            added.setdefault(ref.table, {})[ref] = cell
    return {
        key: replace(one, cells={**one.cells, **added[key]}) if key in added else one for key, one in statements.items()
    }


def run_all(
    statements: Mapping[str, Statement], ledger: Ledger, nature: str = "", filling: bool = False
) -> tuple[Instance, ...]:
    """Every instance of the identities of these tables. `nature` is the unit's 性质: some identities hold for some
    units only.

    With `filling` only of those that may fill a blank.
    """
    found: list[Instance] = []
    for one in statements.values():
        # in a repeated form they mean the same instance
        rules = rules_for(one.form.rules, one.key, nature, filling)
        found += bound_together(rules, tuple([look_up(name, one.key, ledger) for name in places_of(rules)]))
    return tuple(found)


def look_up(name: Selector, home: str, ledger: Ledger) -> Tables | str:
    """The tables that a name stands for, as seen from the table `home`; or why there is nothing to look at.

    From an instance of a repeated form the name of another repeated form means the same project; from elsewhere, all.
    """
    if name.scope not in ledger:
        year, _, kind = name.scope.rpartition(".")
        return f"没有{'上年' if year else '同年'}的{kind}可以对照"
    tables = ledger[name.scope]
    statement = tables.get(name.table)
    if statement and not statement.absence:
        return ((statement.key, statement.axes.get(name.block)),)
    found = (
        [statement] if statement else [one for one in tables.values() if one.form.key == name.table and one.instance]
    )
    project = home.partition("#")[2]
    if project and not statement:
        found = [one for one in found if one.instance == project]
    if not found:
        return f"没有填写“{name.table}”" + ("里的这个项目" if project and not statement else "")
    unsaid = next((one.absence for one in found if one.absence in UNSAID), "")
    return f"“{name.table}”写明“{unsaid}”" if unsaid else tuple((one.key, one.axes.get(name.block)) for one in found)


def open_ended(identity: Identity, ledger: Ledger) -> bool:
    """True where the identity sums the rows of a code tree in which a row could not be recognised."""
    for side in (identity.rule.left, identity.rule.right):
        for name, summed in leaves(side):
            statement = ledger.get(name.scope, {}).get(name.table)
            if (
                statement
                and statement.doubtful
                and name.block in statement.doubtful
                and ((summed and name.row[0] in ("children", "level")) or name.row[0] == "same")
            ):
                return True
    return False


def fill(
    instance: Instance, before: Cell, statement: Statement, ledger: Ledger, look: Callable[[CellRef], Value]
) -> Cell:
    """The derived cell: computed, or as blank or doubtful as what it would be computed from."""
    if open_ended(instance.identity, ledger):
        return before._replace(state=State.DOUBTFUL)
    result = evaluate(instance.rule.right, lambda refs: [look(ref) for ref in refs])
    if not result.known:
        return before._replace(state=State.DOUBTFUL)
    if result.amount is None:
        return before
    ref = instance.cells[0]
    column = statement.axes[ref.block].block.column(ref.column)
    # both sides were computed in the unit of the table
    amount = convert(result.amount, statement.unit, unit_of_amount(statement, column))
    places = DECIMALS.get(column.type, CENTS) if column else CENTS
    return Cell(State.DERIVED, before.place, round_half_up(amount, places), rule=instance.identity.id)
