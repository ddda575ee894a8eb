"""`mingzhang why`: one figure, where it is written, who approved it, what holds it, where else it is told, and what it
was before.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from build_tools.accounts.corpus import Change, Disclosure, Project, read_department, read_project
from build_tools.accounts.statement import State, Statement, normal
from build_tools.checks import Checked, Report, check_department
from build_tools.cli.passed import Told, details, sentence, told
from build_tools.diagnostics import CellRef
from build_tools.diagnostics.text import visible
from build_tools.forms import Concept, did_you_mean
from build_tools.privacy import discreet_text
from build_tools.record import past_of, read_trails, with_record
from build_tools.record.naming import names_of, words_of
from build_tools.source.repository import git
from build_tools.web.narrative import explanation, plain_answer

SIGNED = (
    Concept.APPROVAL_DATE,
    Concept.SECRECY_REVIEW,
    Concept.REVIEW_OFFICE,
    Concept.REVIEW_DATE,
    Concept.SIGN_OFF,
    Concept.SIGN_OFF_DATE,
    Concept.SOURCE,
)
# cells that are named where several fit
NAMED = 8


class NotFound(Exception):
    """No such file, table or figure; the message says what there is."""


def why(options: argparse.Namespace) -> int:
    """Print it. Exit status 2 where the figure is not found."""
    try:
        project = read_project(options.root)
        report, checked = _disclosure(options.root, options.file, project)
        ref = _cell(checked.disclosure, options.table, [one for one in (options.row, options.column) if one])
    except NotFound as error:
        print(error, file=sys.stderr)
        return 2
    print(discreet_text("\n".join(_told(ref, checked, report, project))))
    return 0


def _disclosure(root: Path, path: Path, project: Project) -> tuple[Report, Checked]:
    """One file of `data/` with its record. Raises NotFound."""
    found = (root / path).resolve()
    parts = found.relative_to(root).parts if found.is_relative_to(root) else ()
    district = next((one for one in project.districts if len(parts) == 5 and one.slug == parts[1]), None)
    if district is None or not found.is_file():
        raise NotFound(f"写 data/ 里的一份公开文件，如 data/…/2020/final-accounts.yaml：{path}")
    department = read_department(root / "data" / parts[1] / parts[2], district, project)
    report = check_department(department, project.reference)
    report = with_record(report, past_of(report, project, read_trails(root)), project).report
    checked = next((one for one in report.checked if one.disclosure.file == "/".join(parts)), None)
    if checked is None or not checked.disclosure.statements:
        raise NotFound(f"这份文件读不出来，先运行 mingzhang check：{path}")
    return report, checked


def _cell(disclosure: Disclosure, table: str, names: list[str]) -> CellRef:
    """The one figure that is called so. Raises NotFound."""
    forms = disclosure.template.by_key if disclosure.template else {}
    refs = [(statement, ref) for statement in disclosure.statements.values() for ref in statement.cells]
    called = [(ref, names_of(Change(*ref[:4], "", ""), disclosure.statements, forms)) for _, ref in refs]
    of_table = [(ref, parts) for ref, (tables, parts) in called if normal(table) in tables]
    if not of_table:
        known = [name for one in disclosure.statements.values() for name in (one.form.key, one.form.title)]
        raise NotFound(f"这份文件里没有“{table[:30]}”这张表。{did_you_mean(table, known)}")
    found = [ref for ref, parts in of_table if all(normal(one) in parts for one in names)]
    if len(found) == 1:
        return found[0]
    if found:
        some = "；".join(_name(ref, disclosure) for ref in found[:NAMED])
        raise NotFound(f"“{' '.join(names)}”有 {len(found)} 个数，再写明行和栏：{some}")
    rows = dict.fromkeys(words_of(Change(*ref[:4], "", ""), disclosure.statements)[1] for ref, _ in of_table)
    raise NotFound(f"“{table}”里没有叫“{' '.join(names)}”的数。有这些行：{'、'.join(filter(None, rows))[:400]}")


def _name(ref: CellRef, disclosure: Disclosure) -> str:
    """A figure as its table calls it."""
    return " ".join(filter(None, words_of(Change(*ref[:4], "", ""), disclosure.statements)))


def _told(ref: CellRef, checked: Checked, report: Report, project: Project) -> Iterator[str]:
    """Line by line, for a person."""
    disclosure = checked.disclosure
    statement = disclosure.statements[ref.table]
    unit = statement.unit if (column := statement.column(ref)) and column.type == "amount" else ""
    yield visible(f"{_name(ref, disclosure)}：{statement.texts[ref]}{unit}")
    yield from _origin(ref, statement, disclosure, project)
    yield from _signed(disclosure)
    holding = [one for one in told(checked, report) if ref in one[0].cells]
    yield f"核对它的规则 {len(holding)} 条：" if holding else "没有规则核对它。"
    yield from (f"  {_rule(one)}" for one in holding)
    yield from _sentences(ref, checked, report, project)
    yield from _before(ref, disclosure)


def _origin(ref: CellRef, statement: Statement, disclosure: Disclosure, project: Project) -> Iterator[str]:
    """File, line and commit; of a figure that was computed, by which rule."""
    cell = statement.cell(ref)
    if cell.state is State.DERIVED:
        yield f"原表留空，由系统按 {cell.rule} 计算。"
    if cell.place:
        yield f"写在 {visible(cell.place.file)} 第 {cell.place.line} 行第 {cell.place.column} 列。"
        line = f"-L{cell.place.line},{cell.place.line}"
        blame = git(project.root, "blame", "--porcelain", line, "--", disclosure.file) or b""
        commit = blame.split(b" ", 1)[0].decode("ascii", "replace")
        if commit.strip("0"):
            day = git(project.root, "log", "-1", "--format=%cs %s", commit) or b""
            yield visible(f"这一行来自提交 {commit[:10]}：{day.decode('utf-8', 'replace').strip()}")
        elif blame:
            yield "这一行还没有提交。"


def _signed(disclosure: Disclosure) -> Iterator[str]:
    """What 公开信息 says of approval and signatures."""
    information = disclosure.information
    said = [f"{information.name_of(one)} {text}" for one in SIGNED if information and (text := disclosure.fact(one))]
    if said:
        yield visible(f"公开信息：{'，'.join(said)}。")


def _rule(one: Told) -> str:
    """A rule at this place, with both sides."""
    instance, line = one
    return f"{instance.identity.id} {sentence(line)}  {line.verdict.outcome}{details(line)}"


def _sentences(ref: CellRef, checked: Checked, report: Report, project: Project) -> Iterator[str]:
    """The sentences of the page that are written from it."""
    disclosure = checked.disclosure
    ledger = {disclosure.slug: disclosure.statements, "": disclosure.statements}
    name = report.department.name_in(disclosure.year)
    form = disclosure.template.form_with(Concept.EXPLANATION) if disclosure.template else None
    written = (
        explanation(disclosure, ledger, name, project.forms, form),
        plain_answer(disclosure, ledger, name, project.forms),
    )
    found = [
        "".join(piece if isinstance(piece, str) else piece.text for piece in sentence.pieces)
        for one in written
        for part in one.parts
        for sentence in part.sentences
        if any(not isinstance(piece, str) and ref in piece.refs for piece in sentence.pieces)
    ]
    if found:
        yield f"网页上用到它的句子 {len(found)} 句："
        yield from (f"  {visible(one)}" for one in found)


def _before(ref: CellRef, disclosure: Disclosure) -> Iterator[str]:
    """What it was in earlier editions."""
    history = disclosure.history
    if history.editions:
        yield f"{history.editions[0].day} 起公开，现在是第 {history.editions[-1].number} 版。"
    steps = ((one.edition, change) for one in history.amendments for change in one.changes)
    for (number, day, *_), change in steps:
        if tuple(change[:4]) == tuple(ref[:4]):
            reason = f"：{change.why}" if change.why else ""
            yield visible(f"  {day} 第 {number} 版：{change.old or '空'} 改为 {change.new or '空'}{reason}")
    if history.partly:
        yield "这里的 git 历史不完整，更早的改动没有列出。"
