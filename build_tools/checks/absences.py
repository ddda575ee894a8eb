"""Whole tables of which a word says that nothing is told: 依法不公开, 未载明. What they would prove is not proved: that
is counted and said, and the word needs its ground.

政府信息公开条例第十四条至第十六条 (what is not made public), 预算法第十四条 (which tables are).
"""

from __future__ import annotations

from collections.abc import Mapping

from build_tools.accounts.corpus import Disclosure
from build_tools.accounts.corpus.notes import says_something
from build_tools.accounts.statement import Statement
from build_tools.accounts.statement.model import UNSAID
from build_tools.checks.context import Context
from build_tools.diagnostics import Finding, Severity
from build_tools.forms import Concept, Template

# the first of these words is a decision, which has a ground; the other says that a published document is silent
WITHHELD = UNSAID[0]
LAW, SOURCE = "政府信息公开条例第十四条至第十六条：不公开的要有法定情形", "预算法第十四条：各张表都要公开"


def check_absences(context: Context) -> list[Finding]:
    """A warning for each such table with the number of rules that are not checked because of it; an error where
    依法不公开 has no ground in the note of the table, or 未载明 no source in 公开信息.
    """
    disclosure, findings = context.disclosure, []
    left = unproved(disclosure)
    # a table of which staff wrote something else is told of already
    known = {one.place.line for one in disclosure.findings}
    for statement in disclosure.statements.values():
        word = statement.absence
        if word not in UNSAID or statement.place.line in known:
            continue
        title = statement.form.title
        if word == WITHHELD and not says_something(statement.note):
            message = f"“{title}”写了“{word}”，没有写依据"
            hint = f"改成 状态: {word} 和 注: 依据哪一条，如 注: 涉密，依政府信息公开条例第十四条"
            findings.append(Finding("absence-without-ground", message, statement.place, hint=hint, citation=LAW))
        elif word != WITHHELD and disclosure.information and not disclosure.fact(Concept.SOURCE).strip():
            message = f"“{title}”写了“{word}”，没有写是哪一份文件没有载明"
            hint = "在“公开信息”里写“来源”：照哪一份公开文件录入的；自己编的表照填"
            findings.append(Finding("absence-without-ground", message, statement.place, hint=hint, citation=SOURCE))
        elif number := left.get(statement.key, 0):
            message = f"“{title}”写了“{word}”，和它有关的 {number} 条规则没有核对"
            hint = "有数的照填；确实没有的不用改，网页上会写明"
            warning = Severity.WARNING
            findings.append(Finding("absence-unproved", message, statement.place, warning, hint=hint, citation=SOURCE))
    return findings


def unproved(disclosure: Disclosure) -> Mapping[str, int]:
    """By table of which nothing is told: the rules of this disclosure that name it."""
    template = disclosure.template
    tables = [one for one in disclosure.statements.values() if one.absence in UNSAID]
    return {one.key: number for one in tables if template and (number := _rules_about(one, template))}


def _rules_about(statement: Statement, template: Template) -> int:
    """How many rules of a template name a table."""
    key = statement.form.key
    rules = [rule for form in template.by_key.values() for rule in form.rules]
    return sum(any(name.table == key and not name.scope for name in rule.names) for rule in rules)
