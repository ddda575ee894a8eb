"""`mingzhang check --passed`: every identity at every place it was checked, with both sides and what became of it.

The same figures and the same words as the certificate on the web page; but staff see every file, also what is not
public.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from build_tools.accounts.corpus import ledgers
from build_tools.amount import format_exact
from build_tools.checks import Checked, Report
from build_tools.diagnostics import Outcome, Place, Verdict, count_outcomes
from build_tools.diagnostics.as_json import Record, verdict_record
from build_tools.diagnostics.text import visible
from build_tools.forms import Instance
from build_tools.privacy import discreet_text
from build_tools.web.certificate.html import sign_of
from build_tools.web.certificate.lines import NOT_PLAIN, Group, Line, lines_of, title_of
from build_tools.web.certificate.sides import Side
from build_tools.web.pages.cells import View

Told = tuple[Instance, Line]
INSIDE = re.compile(r"(?<=[(（，]) | (?=[)），])| (?=（)")


def every(reports: list[Report]) -> Iterator[tuple[Report, Checked]]:
    """The disclosures in which something was checked."""
    return ((report, one) for report in reports for one in report.checked if one.verdicts)


def told(checked: Checked, report: Report) -> Iterator[Told]:
    """Every identity of a disclosure at its place, both sides written out."""
    return lines_of(checked, View(ledgers(report.department, checked.disclosure), defaultdict(str)))


def passed_text(reports: list[Report]) -> str:
    """By disclosure and table, the tables in official order; places without figures are counted together."""
    blocks = []
    for report, checked in every(reports):
        disclosure = checked.disclosure
        name = f"{report.department.name_in(disclosure.year)} {disclosure.year} 年度{disclosure.kind}"
        blocks.append(f"{visible(disclosure.file)}\n{visible(name)}（{counted(checked.verdicts)}）")
        tables: dict[str, dict[str, list[Told]]] = {}
        for instance, line in told(checked, report):
            tables.setdefault(line.verdict.table, {}).setdefault(instance.identity.id, []).append((instance, line))
        for key, statement in disclosure.statements.items():
            groups = [
                Group(found[0][0].identity, tuple(line for _, line in found)) for found in tables.get(key, {}).values()
            ]
            head = (
                f"  "
                f"{visible(title_of(statement))}（{counted(line.verdict for group in groups for line in group.lines)}）"
            )
            lines = [f"    {text}" for group in groups for text in group_lines(group)]
            blocks += ["\n".join([head, *lines])] if lines else []
    return discreet_text("\n\n".join(blocks))


def group_lines(group: Group) -> Iterator[str]:
    """One rule at all its places."""
    for line in group.telling:
        yield f"{group.identity.id} {sentence(line)}  {line.verdict.outcome}{details(line)}"
    for lines in group.idle:
        others = f"等 {len(lines)} 处" if len(lines) > 1 else ""
        yield f"{group.identity.id} {sentence(lines[0], others)}  {lines[0].verdict.outcome}{details(lines[0])}"


def sentence(line: Line, others: str = "") -> str:
    """Where it stands, and both sides."""
    if line.idle:
        return visible(line.place.text + others) + (
            "" if line.verdict.outcome is Outcome.NOT_RUN else "：两边都是零或空"
        )
    return visible(f"{line.place.text}：{spelled(line.left)} {sign_of(line)} {spelled(line.right)}")


def spelled(side: Side) -> str:
    """A side on one line, without blanks inside brackets."""
    return INSIDE.sub("", " ".join(piece.text for piece in side.pieces))


def details(line: Line) -> str:
    """By how much it is off, and why."""
    off = line.difference if line.verdict.outcome in NOT_PLAIN else None
    difference = "" if off is None else f"，相差 {'+' if off > 0 else ''}{format_exact(off, line.whole)}"
    return visible(difference + (f"：{line.reason}" if line.reason else ""))


def counted(verdicts: Iterable[Verdict]) -> str:
    """How many of each outcome, those that occur."""
    return "，".join(f"{word} {number}" for word, number in count_outcomes(verdicts).items() if number)


def passed_lines(reports: list[Report], prefix: str) -> str:
    """One verdict a line, at the place of the first cell that is written."""
    lines = []
    for report, checked in every(reports):
        for _, line in told(checked, report):
            place, verdict = place_in(checked, line.verdict), line.verdict
            where = f"{prefix}{place.file}:{place.line}:{place.column}"
            lines.append(visible(f"{where}: {verdict.outcome}[{verdict.rule}] {sentence(line)}{details(line)}"))
    return discreet_text("\n".join(lines))


def place_in(checked: Checked, verdict: Verdict) -> Place:
    """Where the first of its cells is written in this file, or else its table."""
    tables = checked.disclosure.statements
    places = (tables[ref.table].cell(ref).place for ref in verdict.cells if not ref.scope and ref.table in tables)
    return next((place for place in places if place), tables[verdict.table].place)


def passed_records(reports: list[Report]) -> list[Record]:
    """Every verdict as plain values."""
    return [
        verdict_record(verdict, checked.disclosure.file, instance.identity.text)
        for _, checked in every(reports)
        for instance, verdict in zip(checked.instances, checked.verdicts, strict=True)
    ]
