"""No check is vacuous: whatever cell an identity names, moving that cell by more than rounding explains breaks it.

Every cell of every identity that holds is moved, both ways, in all real data and in fictional districts in which every
identity of every form runs with every total written: a total that the system computed could not be wrong. What must
come of a move is worked out by `tests.mutation`, apart from the engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from build_tools.accounts.statement import Ledger, Statement, derive, own, run_all
from build_tools.checks import judge
from build_tools.diagnostics import CellRef, Outcome
from build_tools.forms import Instance
from build_tools.formula import leaves
from tests.helpers import ROOT, bound, moved, real, small, without_totals
from tests.judged import CAST, Judged, generated, of_kind, of_regions, real_data
from tests.mutation import GOOD, Move, Survivor, engine, figure_at, moves, worth, written_over

FILES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("data/*/*/*/*.yaml"))
KINDS = [
    ("湖南", "final-accounts"),
    ("湖南", "performance-targets"),
    ("湖南", "self-evaluation"),
    ("湖南", "evaluation-report"),
    ("上海", "final-accounts"),
]
# what a cell is to a rule: the form and rule, which of its names it stands for, at which level of rows, in which column
Role = tuple[object, ...]


def tried(one: Judged) -> list[tuple[Instance, list[Move]]]:
    """Every identity that holds in a disclosure, with each of its cells moved both ways."""
    return [(instance, list(moves(instance, one.ledger))) for instance in one.holding()]


def survivors(found: Iterable[tuple[Instance, list[Move]]]) -> list[Survivor]:
    """What went unnoticed."""
    return [survivor for _, each in found for move in each for survivor in move.survivors]


def roles(instance: Instance, one: Judged) -> Iterator[tuple[CellRef, Role]]:
    """Every cell of an identity with what it is to the rule."""
    form = one.form_of(instance)
    names = [refs for side in (instance.rule.left, instance.rule.right) for refs, _ in leaves(side)]
    for number, refs in enumerate(names):
        for ref in refs:
            level = next(
                row.level for row in one.ledger[ref.scope][ref.table].axes[ref.block].rows if row.key == ref.row
            )
            yield ref, (form.variant, instance.identity.id, number, level, ref.column)


@pytest.mark.slow
@pytest.mark.parametrize(("like", "slug"), KINDS)
def test_moving_any_cell_of_any_identity_of_any_form_breaks_it(like: str, slug: str) -> None:
    """An equation breaks both ways, a bound one way. Where nothing was spent its share of any total is nothing, so a
    cell need not break a share everywhere, but somewhere.
    """
    broke: dict[Role, bool] = {}
    for one in of_kind(like, slug):
        found = tried(one)
        assert survivors(found) == []
        for instance, each in found:
            equation = instance.rule.relation == "=="
            for ref, role in roles(instance, one):
                for move in each:
                    if move.ref == ref:
                        key = (*role, move.sign if equation else "")
                        broke[key] = broke.get(key, False) or move.broke
    assert len(broke) > 20
    assert [role for role, did in broke.items() if not did] == []


def test_every_name_of_every_rule_stands_for_cells_that_are_moved() -> None:
    declared = {
        (form.variant, identity.id, number)
        for form in of_regions()
        for identity in form.rules
        for number, _ in enumerate(name for side in (identity.rule.left, identity.rule.right) for name in leaves(side))
    }
    found = {
        role[:3]
        for like in CAST
        for one in generated(like)[0]
        for instance in one.holding()
        for _, role in roles(instance, one)
    }
    assert declared
    assert found == declared


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES)
def test_moving_any_cell_that_is_bound_in_the_real_data_is_noticed(file: str) -> None:
    found = tried(next(one for one in real_data() if one.disclosure.file == file))
    assert survivors(found) == []
    bound, broke = (
        {move.ref for _, each in found for move in each if move.broke or not only} for only in (False, True)
    )
    assert bound
    assert bound == broke


def mended(instance: Instance, ledger: Ledger) -> Ledger:
    """The tables with the left side of an identity that does not hold written as its right side says."""
    ref = instance.cells[0]
    figures = {one: figure_at(one, instance.identity.table, ledger) for one in instance.cells}
    left, right = (worth(side, figures)[0] for side in (instance.rule.left, instance.rule.right))
    return written_over(ledger, ref, (figures[ref].written + right - left).quantize(figures[ref].step))


def test_known_differences_would_be_held_to_their_rules_had_they_agreed() -> None:
    known = [
        (one, instance)
        for one in real_data()
        for instance, verdict in one.pairs
        if verdict.outcome is Outcome.EXPLAINED
    ]
    assert known
    for one, instance in known:
        ledger = mended(instance, one.ledger)
        assert engine(instance, one.ledger) is Outcome.FAILED
        assert engine(instance, ledger) in GOOD
        found = list(moves(instance, ledger))
        assert survivors([(instance, found)]) == []
        assert instance.cells[0] in {move.ref for move in found if move.broke}


def test_every_written_figure_of_the_nine_tables_is_named_by_an_identity() -> None:
    statements = real().statements
    named = {ref for one in bound() for ref in one.cells}
    written = {
        ref
        for one in statements.values()
        if one.form.number
        for ref, cell in one.cells.items()
        if cell.amount is not None
    }
    assert written - named == set()


def as_written(statements: dict[str, Statement]) -> dict[str, Statement]:
    """The same tables before anything was derived."""
    return {
        key: replace(one, cells={ref: cell for ref, cell in one.cells.items() if not cell.rule})
        for key, one in statements.items()
    }


def shaken(statements: dict[str, Statement], sign: int) -> dict[str, Statement]:
    """Every written figure moved by an amount of its own."""
    for number, ref in enumerate(
        ref for one in statements.values() for ref, cell in one.cells.items() if cell.amount is not None
    ):
        statements = {**statements, ref.table: moved(statements[ref.table], ref, sign * Decimal(number * number + 7))}
    return statements


def test_what_passes_with_the_totals_left_out_could_have_failed() -> None:
    """A total computed from figures agrees with them by itself; only an identity that other figures would break has
    passed.
    """
    found = small(without_totals())
    unbroken = {(one.rule, one.cells) for one in found.verdicts if one.outcome in GOOD}
    assert unbroken
    for sign in (1, -1):
        statements = derive(shaken(as_written(found.statements), sign))
        instances = run_all(statements, own(statements))
        unbroken -= {
            (one.rule, one.cells) for one in judge(instances, own(statements), {}) if one.outcome is Outcome.FAILED
        }
    assert unbroken == set()
