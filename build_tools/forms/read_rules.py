"""The rules of a form from its YAML, their names still text: `proof` resolves them when all forms are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from build_tools.diagnostics import Place, Severity
from build_tools.forms import reading as r
from build_tools.forms.model import Blanks
from build_tools.source import Node, Scalar

RULE_KEYS = ("id", "says", "rule", "gives", "citation", "severity", "because", "blanks", "natures")


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule before its names are resolved, with the scalars that hold it, for places inside the text."""

    id: str
    says: str
    rule: Scalar
    gives: tuple[Scalar, ...]
    citation: str
    severity: Severity
    because: str
    blanks: Blanks
    natures: tuple[str, ...]
    place: Place


def read_rules(node: Node | None, findings: r.Findings) -> tuple[RuleText, ...]:
    """Rules as text. A rule without a basis is a mistake: the law is a required field."""
    rules = []
    for item in r.items(node, "rules", findings):
        found = r.members(item, "规则", RULE_KEYS, ("id", "says", "rule", "citation"), findings, item.place)
        rule, given = found.get("rule"), found.get("gives")
        gives = (given,) if isinstance(given, Scalar) else r.items(given, "gives", findings)
        if not isinstance(rule, Scalar) or not all(isinstance(one, Scalar) for one in gives):
            r.wrong(findings, item.place, "规则的 rule 应是一段文字，gives 应是一段文字或它们的列表")
            continue
        if "citation" in found and not r.text(found, "citation", findings):
            r.wrong(findings, found["citation"].place, "规则缺少依据（citation）", "写明出自哪部法规、哪张表的编制说明")
        severity = Severity(
            r.choice(found, "severity", [one.value for one in Severity], findings, Severity.ERROR.value)
        )
        because = r.text(found, "because", findings)
        if severity is Severity.HINT and not because:
            r.wrong(findings, item.place, "只作提示的规则要写明原因（because）")
        rules.append(
            RuleText(
                r.text(found, "id", findings),
                r.text(found, "says", findings),
                rule,
                scalars(gives),
                r.text(found, "citation", findings),
                severity,
                because,
                cast(Blanks, r.choice(found, "blanks", ("", "zero", "silent"), findings, "")),
                r.texts(found.get("natures"), "natures", findings),
                item.place,
            )
        )
    return tuple(rules)


def scalars(nodes: tuple[Node, ...]) -> tuple[Scalar, ...]:
    """Those of the nodes that are text."""
    return tuple(node for node in nodes if isinstance(node, Scalar))
