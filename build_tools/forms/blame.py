"""Whose mistake it is that a rule of the tool no longer holds: the district's, whose variant took away what it needs.

The tool's own forms are proved by its tests, so that what is wrong in one of its files has been caused by a file that a
district laid over it. The finding leads there, because nobody can mend a file of the tool.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from build_tools.diagnostics import Finding, Place
from build_tools.forms.read_rules import RuleText


def blame_changes(
    findings: list[Finding], rules: Iterable[RuleText], changed: Mapping[str, Place], own: Collection[str]
) -> list[Finding]:
    """The findings, each in a file of the district (`own`). `changed` are the places of its forms and templates by
    their names, `rules` those of all forms.

    As long as its files have mistakes of their own, what follows from them elsewhere is not told.
    """
    mine = [one for one in findings if one.place.file in own]
    if not changed or len(mine) == len(findings):
        return findings
    if mine:
        return mine
    known = {(part.place.file, part.place.line): text for text in rules for part in (text.rule, *text.gives)}
    told = [_blamed(one, changed, known.get((one.place.file, one.place.line))) for one in findings]
    # a rule that says and gives what is not there is one mistake
    return list({(one.place, one.hint or one.message): one for one in told}.values())


def _blamed(finding: Finding, changed: Mapping[str, Place], rule: RuleText | None) -> Finding:
    """The same at the form that it names, else at the first."""
    named = (place for name, place in changed.items() if f"“{name}”里没有" in finding.message)
    place, line = next(named, next(iter(changed.values()))), f"{finding.place.file} 第 {finding.place.line} 行"
    if rule is None:
        return replace(finding, place=place, message=f"与所依据的表合不起来（{line}）：{finding.message}")
    return replace(
        finding,
        place=place,
        message=f"照这样改，规则 {rule.id} 用不成了（{line}）：{finding.message}",
        hint=f"留着它要用的行和栏；或在它那张表的 rules 里改写，不再用的写 {{id: {rule.id}, remove: 是}}",
    )
