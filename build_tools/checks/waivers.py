"""The known differences of a disclosure (已知差异) held against what does not hold in it.

A waiver is a hole in the fence: it must be no wider than the difference that staff saw when they wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from build_tools.accounts.corpus import Waiver
from build_tools.accounts.statement import Ledger
from build_tools.checks.judging import Waivers, figure
from build_tools.diagnostics import Finding, Outcome, Verdict
from build_tools.forms import did_you_mean
from build_tools.source import bounded

WORDS = {"==": "应为", "<=": "不应大于", ">=": "不应小于"}


def check_waivers(waivers: Waivers, verdicts: Iterable[Verdict], ledger: Ledger) -> list[Finding]:
    """A waiver is used wholly, for one row, and names its figures; anything else is an error: what is left over would
    cover the next mistake.
    """
    if not waivers:
        return []
    relations = {
        identity.id: identity.rule.relation for statement in ledger[""].values() for identity in statement.form.rules
    }
    differing: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.outcome in (Outcome.EXPLAINED, Outcome.FAILED):
            differing.setdefault(verdict.rule, []).append(verdict)
    found = (check_waiver(key, one, differing, relations) for key, one in waivers.items())
    return bounded([finding for finding in found if finding])


def check_waiver(
    key: str, waiver: Waiver, differing: dict[str, list[Verdict]], relations: Mapping[str, str]
) -> Finding | None:
    """What is wrong with one waiver."""
    rule, _, row = key.partition(" ")
    if rule not in relations:
        hint = did_you_mean(rule, sorted(relations), "编号照检查结果方括号里的写")
        return Finding("waiver-unknown", f"没有编号为“{rule[:40]}”的勾稽关系", waiver.place, hint=hint)
    mine = [one for one in differing.get(rule, ()) if not row or one.cells[0].row == row]
    covered = [one for one in mine if one.outcome is Outcome.EXPLAINED]
    rows = list(dict.fromkeys(one.cells[0].row for one in covered))
    if not mine:
        return Finding(
            "waiver-unused", f"已知差异“{key}”没有对应的差异：这条勾稽现在没有不符", waiver.place, hint="删去这一行"
        )
    if len(rows) > 1:
        by_row = [(row, pairs([one for one in covered if one.cells[0].row == row], relations[rule])) for row in rows]
        return Finding(
            "waiver-too-wide",
            f"已知差异“{rule}”盖住了 {len(rows)} 行的差异，以后再错也看不出来",
            waiver.place,
            hint=f"逐行写明：{'、'.join(f'“{rule} {one}: {said}：原因”' for one, said in by_row[:4])}",
        )
    if not waiver.figures:
        return Finding(
            "waiver-without-figures",
            f"已知差异“{key}”没有写明是哪两个数的差异，不作数",
            waiver.place,
            hint=f"在原因前面写上“{pairs(mine, relations[rule])}：”",
        )
    if not covered:
        return Finding(
            "waiver-moved",
            (
                f"已知差异“{key}”是为“{spelled(waiver.figures, relations[rule])}”写的，"
                f"现在是“{pairs(mine, relations[rule])}”"
            ),
            waiver.place,
            hint=f"核对改动过的数；差异仍然有原因的，把前面的数改为“{pairs(mine, relations[rule])}”",
        )
    sides = {(figure(one.left), figure(one.right)) for one in covered}
    if unused := [pair for pair in waiver.figures if pair not in sides]:
        return Finding(
            "waiver-unused",
            f"已知差异“{key}”里的“{spelled(unused, relations[rule])}”没有对应的差异",
            waiver.place,
            hint=f"删去多写的数，只留“{pairs(covered, relations[rule])}”",
        )
    return None


def pairs(verdicts: Sequence[Verdict], relation: str) -> str:
    """The sides that differ, as they are written in front of a reason."""
    return spelled(tuple(dict.fromkeys((figure(one.left), figure(one.right)) for one in verdicts)), relation)


def spelled(figures: Sequence[tuple[Decimal, Decimal]], relation: str) -> str:
    """Some pairs of figures in words; more than ten are not read."""
    return "；".join(f"填 {left:f}，{WORDS[relation]} {right:f}" for left, right in figures[:10])
