"""The mutation tests can fail: an engine that is weaker than ours in any way lets moves go unnoticed, and is found out
by them.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from build_tools.accounts.statement import Ledger
from build_tools.checks import judge
from build_tools.diagnostics import CellRef, Outcome
from build_tools.forms import Instance
from build_tools.forms.instances import Refs
from build_tools.formula import Rule
from tests.judged import Judged, of_kind
from tests.mutation import GOOD, Engine, Survivor, engine, moves

pytestmark = pytest.mark.slow


@cache
def sample() -> Judged:
    """A department's accounts of one year, with those of the year before in sight."""
    return next(one for one in of_kind("湖南", "final-accounts") if "上年.部门决算" in one.ledger)


def unnoticed(weaker: Engine, instance: Instance) -> list[Survivor]:
    """What a weaker engine lets through."""
    return [survivor for move in moves(instance, sample().ledger, weaker) for survivor in move.survivors]


def forgiving(instance: Instance, ledger: Ledger) -> Outcome:
    """Takes for rounding what is twice as much."""
    verdict = judge([instance], ledger, {})[0]
    if (
        verdict.outcome is Outcome.FAILED
        and verdict.difference is not None
        and abs(verdict.difference) <= 2 * verdict.slack
    ):
        return Outcome.ROUNDING
    return verdict.outcome


def unforgiving(instance: Instance, ledger: Ledger) -> Outcome:
    """Takes no difference for rounding."""
    outcome = engine(instance, ledger)
    return Outcome.FAILED if outcome is Outcome.ROUNDING else outcome


def one_sided(instance: Instance, ledger: Ledger) -> Outcome:
    """Takes an equation for a bound."""
    rule = instance.identity.rule
    return engine(
        instance._replace(identity=replace(instance.identity, rule=Rule("<=", rule.left, rule.right))), ledger
    )


def test_an_engine_with_more_tolerance_is_found_out() -> None:
    rounded = [one for one, verdict in sample().pairs if verdict.outcome in GOOD and verdict.slack >= Decimal("0.01")]
    assert len({one.identity.id for one in rounded}) > 60
    assert [one.identity.id for one in rounded if not unnoticed(forgiving, one)] == []


def test_an_engine_without_tolerance_is_found_out() -> None:
    sums = [
        one
        for one, verdict in sample().pairs
        if verdict.outcome in GOOD and verdict.slack >= Decimal("0.01") and one.identity.signs[1]
    ]
    assert len({one.identity.id for one in sums}) > 30
    assert [one.identity.id for one in sums if not unnoticed(unforgiving, one)] == []


def test_an_engine_that_takes_equations_for_bounds_is_found_out() -> None:
    equations = [one for one in sample().holding() if one.rule.relation == "=="]
    assert len({one.identity.id for one in equations}) > 60
    assert [one.identity.id for one in equations if not unnoticed(one_sided, one)] == []


def test_an_engine_that_looks_at_nothing_else_is_found_out() -> None:
    """It sees last year's figures as they were, whatever is moved there."""

    def short_sighted(instance: Instance, ledger: Ledger) -> Outcome:
        return engine(instance, {**sample().ledger, "": ledger[""]})

    across = [one for one in sample().holding() if any(ref.scope for ref in one.cells)]
    assert len({one.identity.id for one in across}) > 5
    for one in across:
        assert {survivor.ref for survivor in unnoticed(short_sighted, one)} == {ref for ref in one.cells if ref.scope}


def forgetting(ref: CellRef) -> Engine:
    """An engine whose rules have forgotten one cell."""

    def rest(refs: Refs) -> Refs:
        return tuple(one for one in refs if one != ref)

    def forgetful(whole: Instance, ledger: Ledger) -> Outcome:
        return engine(whole._replace(names=tuple(map(rest, whole.names)), cells=rest(whole.cells)), ledger)

    return forgetful


def test_a_rule_that_forgets_any_of_its_cells_is_found_out() -> None:
    """It no longer holds, or, where there is nothing in that cell, a move goes unnoticed."""
    still = 0
    for instance in sample().holding():
        for ref in instance.cells if len(instance.cells) > 2 and instance.identity.signs[1] else ():
            if forgetting(ref)(instance, sample().ledger) in GOOD:
                assert any(survivor.ref == ref for survivor in unnoticed(forgetting(ref), instance)), (
                    instance.identity.id,
                    ref,
                )
                still += 1
    assert still > 100
