"""What a disclosure says about itself: 已知差异 (identities that do not hold, with both sides and the reason) and
原文出入 (places where the published document contradicts itself in a way that no identity can find).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from build_tools.accounts.corpus.model import Remark, Waiver
from build_tools.accounts.statement import Statement, normal
from build_tools.diagnostics import Finding, Place
from build_tools.forms import Concept, did_you_mean
from build_tools.source import Entry, Scalar
from build_tools.source import Mapping as Tree

WAIVERS = "已知差异"
REMARK = (Concept.REMARK_TABLE, Concept.REMARK_PROJECT, Concept.REMARK_TEXT, Concept.REMARK_REASON)
# where a remark is pointed at: the first of these that stands in the file
POINTED_AT = (Concept.REMARK_TABLE, Concept.REMARK_TEXT, Concept.REMARK_REASON, Concept.REMARK_PROJECT)
# both sides of an identity in the words of a finding; several where one row differs in several columns
PAIR = re.compile(
    r"填\s{0,3}(-?[0-9]{1,15}(?:\.[0-9]{1,9})?)\s{0,3}[，,]\s{0,3}(?:应为|不应大于|不应小于)\s{0,3}(-?[0-9]{1,15}(?:\.[0-9]{1,9})?)"
    r"(?:\s{0,3}[，,]\s{0,3}相差\s{0,3}[+-]?[0-9.]{1,25})?"
)
# letters of the shortest reason that says something: 尾数进位
SHORTEST_REASON = 4
HEAD = re.compile(
    rf"\s{{0,9}}{PAIR.pattern}(?:\s{{0,3}}[；;]\s{{0,3}}{PAIR.pattern}){{0,9}}\s{{0,3}}(?:[：:，,；;。]|\Z)"
)


def read_waivers(entry: Entry, findings: list[Finding]) -> dict[str, Waiver]:
    """Rule id → the known difference."""
    waivers: dict[str, Waiver] = {}
    for one in entry.value.entries if isinstance(entry.value, Tree) else ():
        waiver = (
            read_waiver(one.value.text, one.key.place)
            if isinstance(one.value, Scalar) and not one.value.blank
            else None
        )
        if waiver and says_something(waiver.reason):
            waivers[one.key.text] = waiver
        else:
            said = f"写的原因“{waiver.reason[:20]}”没有说明什么" if waiver and waiver.reason else "没有写原因"
            findings.append(
                Finding(
                    "waiver-empty",
                    f"“{one.key.text[:40]}”{said}",
                    one.key.place,
                    hint="写明原因；原文没有说明的写“原文如此，未见说明”",
                )
            )
    if not isinstance(entry.value, Tree) and not (isinstance(entry.value, Scalar) and entry.value.blank):
        hint = "另起一行，如 summary-3: 填 108.60，应为 108.06：原文如此，未见说明"
        findings.append(
            Finding("shape-unexpected", "“已知差异”应写成“规则编号: 原因”的一组", entry.key.place, hint=hint)
        )
    return waivers


def says_something(reason: str) -> bool:
    """True for a reason of some letters that are not all the same: a full stop, a dash or one word is none."""
    letters = [letter for letter in reason if letter.isalpha()]
    return len(letters) >= SHORTEST_REASON and len(set(letters)) > 1


def read_waiver(text: str, place: Place) -> Waiver:
    """A reason, with the figures in front of it, written as a finding has them: 填 108.60，应为 108.06：原文如此."""
    head = HEAD.match(text)
    figures = tuple((Decimal(left), Decimal(right)) for left, right in PAIR.findall(head[0])) if head else ()
    return Waiver(place, text[head.end() if head else 0 :].strip(), figures)


def read_remarks(
    noted: Statement | None, statements: Mapping[str, Statement], findings: list[Finding]
) -> tuple[Remark, ...]:
    """The remarks of a file, each with the table it stands at. A remark that says nothing or stands nowhere is an
    error.
    """
    axes = noted.axes_of(Concept.REMARK_TEXT) if noted else None
    if noted is None or axes is None:
        return ()
    known = {normal(name): one.form.key for one in statements.values() for name in (one.form.key, one.form.title)}
    remarks = []
    for row in axes.rows:
        table, project, text, reason = (noted.text_of(column, row=row.key).strip() for column in REMARK)
        places = (noted.cell_of(column, row=row.key).place for column in POINTED_AT)
        place = next(filter(None, places), noted.place)
        key = known.get(normal(table), "")
        name = f"{key}#{project}" if project else key
        if not text:
            findings.append(
                Finding(
                    "remark-empty",
                    "这一条原文出入没有写“出入”",
                    place,
                    hint="写明原文两处各怎么说，如 出入: 表内写 98%，报告写 100%",
                )
            )
        elif name in statements or (key and not project):
            remarks.append(Remark(name, text, reason))
        elif not key:
            hint = did_you_mean(table, sorted({one.form.key for one in statements.values()})) or "写本文件里的表名"
            findings.append(Finding("remark-place", f"原文出入写的表“{table[:30]}”不在这份文件里", place, hint=hint))
        else:
            hint = (
                did_you_mean(project, [one.instance for one in statements.values() if one.form.key == key])
                or "照这张表里项目的代号写"
            )
            findings.append(
                Finding(
                    "remark-place",
                    f"“{key}”里没有项目“{project[:30]}”",
                    noted.cell_of(Concept.REMARK_PROJECT, row=row.key).place or place,
                    hint=hint,
                )
            )
    return tuple(remarks)
