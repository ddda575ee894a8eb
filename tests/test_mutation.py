"""No check is vacuous: whatever cell an identity names, moving that cell by more than rounding explains breaks it.

The real document exercises most rules; tables that are empty there are filled here, complete and with every total
written, because a total that the system computed could not be wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from build_tools.checks import judge
from build_tools.diagnostics import CellRef, Outcome, Verdict
from build_tools.forms import Instance
from build_tools.statement import Statement, derive, own
from tests.helpers import builtin, moved, of_template, real, small, without_totals

Case = Callable[[], tuple[dict[str, Statement], tuple[Instance, ...]]]
CENT = Decimal("0.01")
GOOD = (Outcome.PASSED, Outcome.ROUNDING)
# codes with two items under one parent and two parents under one class, and a second class
FUNDS = """\
政府性基金:
  合计: {年初结转和结余: 9.00, 本年收入: 40.00, 小计: 33.00, 基本支出: 13.00, 项目支出: 20.00, 年末结转和结余: 16.00}
  212 城乡社区支出: {年初结转和结余: 6.00, 本年收入: 30.00, 小计: 23.00, 基本支出: 8.00, 项目支出: 15.00, 年末结转和结余: 13.00}
  21208 国有土地使用权出让收入安排的支出: {年初结转和结余: 3.00, 本年收入: 20.00, 小计: 13.00, 基本支出: 5.00, 项目支出: 8.00, 年末结转和结余: 10.00}
  2120801 征地和拆迁补偿支出: {年初结转和结余: 1.00, 本年收入: 12.00, 小计: 7.00, 基本支出: 2.00, 项目支出: 5.00, 年末结转和结余: 6.00}
  2120803 城市建设支出: {年初结转和结余: 2.00, 本年收入: 8.00, 小计: 6.00, 基本支出: 3.00, 项目支出: 3.00, 年末结转和结余: 4.00}
  21213 城市基础设施配套费安排的支出: {年初结转和结余: 3.00, 本年收入: 10.00, 小计: 10.00, 基本支出: 3.00, 项目支出: 7.00, 年末结转和结余: 3.00}
  2121301 城市公共设施: {年初结转和结余: 3.00, 本年收入: 10.00, 小计: 10.00, 基本支出: 3.00, 项目支出: 7.00, 年末结转和结余: 3.00}
  229 其他支出: {年初结转和结余: 3.00, 本年收入: 10.00, 小计: 10.00, 基本支出: 5.00, 项目支出: 5.00, 年末结转和结余: 3.00}
  22960 彩票公益金安排的支出: {年初结转和结余: 3.00, 本年收入: 10.00, 小计: 10.00, 基本支出: 5.00, 项目支出: 5.00, 年末结转和结余: 3.00}
  2296002 用于社会福利的彩票公益金支出: {年初结转和结余: 3.00, 本年收入: 10.00, 小计: 10.00, 基本支出: 5.00, 项目支出: 5.00, 年末结转和结余: 3.00}
国有资本经营:
  合计: {合计: 12.00, 基本支出: 5.00, 项目支出: 7.00}
  223 国有资本经营预算支出: {合计: 12.00, 基本支出: 5.00, 项目支出: 7.00}
  22301 解决历史遗留问题及改革成本支出: {合计: 7.00, 基本支出: 3.00, 项目支出: 4.00}
  2230105 国有企业退休人员社会化管理补助支出: {合计: 7.00, 基本支出: 3.00, 项目支出: 4.00}
  22302 国有企业资本金注入: {合计: 5.00, 基本支出: 2.00, 项目支出: 3.00}
  2230299 其他国有企业资本金注入: {合计: 5.00, 基本支出: 2.00, 项目支出: 3.00}
"""


def real_case() -> tuple[dict[str, Statement], tuple[Instance, ...]]:
    """The real document: its tables and the identities on them."""
    return dict(real().statements), real().instances


def funds_case() -> tuple[dict[str, Statement], tuple[Instance, ...]]:
    """The two tables that are empty in the real document."""
    found = small(FUNDS)
    assert not found.findings
    return found.statements, found.instances


def verdict_after(instance: Instance, statements: dict[str, Statement], ref: CellRef, by: Decimal) -> Verdict:
    """The verdict of one identity when one cell is off."""
    return judge([instance], own({**statements, ref.table: moved(statements[ref.table], ref, by)}), {})[0]


def survivors(instance: Instance, ref: CellRef, statements: dict[str, Statement]) -> list[str]:
    """In which ways this cell could move without the identity noticing, or be told off for mere rounding."""
    nudged = verdict_after(instance, statements, ref, CENT / 10)
    explained, room = nudged.slack, abs(nudged.difference or CENT) if instance.rule.relation != "==" else Decimal(0)
    broken = [verdict_after(instance, statements, ref, sign * (room + explained + CENT)).outcome is Outcome.FAILED for sign in (-1, 1)]
    # at most and at least break on one side only, and only where the room between the two is used up
    noticed = all(broken) if instance.rule.relation == "==" else any(broken)
    within = verdict_after(instance, statements, ref, explained).outcome in GOOD
    return [words for words, right in (("moved beyond the slack and nobody noticed", noticed), ("moved within the slack and was told", within)) if not right]


@pytest.mark.parametrize("case", [real_case, funds_case])
def test_moving_any_cell_that_an_identity_names_breaks_it(case: Case) -> None:
    statements, instances = case()
    assert {verdict.outcome for verdict in judge(instances, own(statements), {})} == {Outcome.PASSED}
    found = [(one.identity.id, ref, words) for one in instances for ref in one.cells for words in survivors(one, ref, statements)]
    assert found == []


def test_every_rule_of_the_template_is_exercised() -> None:
    rules = {rule.id for form in of_template(builtin()) for rule in form.rules}
    instances = [*real_case()[1], *funds_case()[1]]
    assert {one.identity.id for one in instances} == rules
    assert all(len(one.cells) > 1 for one in instances)


def test_every_written_figure_of_the_nine_tables_is_named_by_an_identity() -> None:
    statements, instances = real_case()
    named = {ref for one in instances for ref in one.cells}
    written = {ref for one in statements.values() if one.form.number for ref, cell in one.cells.items() if cell.amount is not None}
    assert written - named == set()


def as_written(statements: dict[str, Statement]) -> dict[str, Statement]:
    """The same tables before anything was derived."""
    return {key: replace(one, cells={ref: cell for ref, cell in one.cells.items() if not cell.rule}) for key, one in statements.items()}


def shaken(statements: dict[str, Statement], sign: int) -> dict[str, Statement]:
    """Every written figure moved by an amount of its own."""
    for number, ref in enumerate(ref for one in statements.values() for ref, cell in one.cells.items() if cell.amount is not None):
        statements = {**statements, ref.table: moved(statements[ref.table], ref, sign * Decimal(number * number + 7))}
    return statements


def test_what_passes_with_the_totals_left_out_could_have_failed() -> None:
    """A total computed from figures agrees with them by itself; only an identity that other figures would break has passed."""
    found = small(without_totals())
    unbroken = {(one.rule, one.cells) for one in found.verdicts if one.outcome in GOOD}
    assert unbroken
    for sign in (1, -1):
        statements, instances = derive(shaken(as_written(found.statements), sign))
        unbroken -= {(one.rule, one.cells) for one in judge(instances, own(statements), {}) if one.outcome is Outcome.FAILED}
    assert unbroken == set()
