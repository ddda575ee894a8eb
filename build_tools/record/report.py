"""The record held against the files as they are: what changed after publication without a 更正 is an error, what was
taken back without a 撤回 as well.

政府信息公开条例第六条 (what is published is accurate, and corrected in the open).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from build_tools.accounts.corpus import Amendment, Change, Disclosure, Edition, History, Project, Withdrawal
from build_tools.checks import Checked, Report
from build_tools.diagnostics import CellRef, Finding, Place
from build_tools.diagnostics.finding import in_reading_order
from build_tools.forms import Concept
from build_tools.record.facts import facts_of
from build_tools.record.ledger import Folded, Step, step_to
from build_tools.record.naming import names_of, words_of
from build_tools.record.past import Past
from build_tools.record.withdrawals import (
    BASIS,
    declared,
    incomplete,
    lost_file,
    names_file,
    taken_back,
    unused_withdrawal,
    withdrawals,
)
from build_tools.source.writer import inline

# changes that one finding lists
LISTED = 8
NOTHING = "空"
CORRECTION = (
    Concept.CORRECTION_DATE,
    Concept.CORRECTION_TABLE,
    Concept.CORRECTION_ROW,
    Concept.CORRECTION_COLUMN,
    Concept.CORRECTION_TEXT,
    Concept.CORRECTION_REASON,
    Concept.CORRECTION_APPROVAL,
)
OPEN = (Concept.CORRECTION_REASON, Concept.CORRECTION_APPROVAL)
OFFERED = "没有错的，把数改回去；确要更正的，在文件末尾写下面几行，写明原因和谁批准"


@dataclass(frozen=True, slots=True)
class Recorded:
    """A department with the findings of its record; `withdrawn` are the files that were taken back in due form."""

    report: Report
    past: Past
    withdrawn: Mapping[str, Withdrawal]


def with_record(report: Report, past: Past, project: Project) -> Recorded:
    """The findings of the record among the others, and every disclosure with its history."""
    said = tuple(withdrawals(report))
    withdrawn: dict[str, Withdrawal] = {}
    checked = []
    for one in report.checked:
        file, folded = one.disclosure.file, past.folded.get(one.disclosure.file, Folded())
        found, history = held_against(one, folded, said, project)
        if folded.public and one.disclosure.draft and (why := declared(one.disclosure, said)):
            withdrawn[file] = why
        checked.append(
            replace(
                one,
                disclosure=replace(one.disclosure, history=history),
                findings=tuple(in_reading_order([*one.findings, *found])),
            )
        )
    there = {one.disclosure.file for one in checked}
    gone = {file: folded for file, folded in past.folded.items() if folded.public and file not in there}
    lost = []
    for file in sorted(gone):
        why = next((one for one in said if names_file(one, file, report, project)), None)
        if why:
            withdrawn[file] = why
        else:
            lost.append(lost_file(file, gone[file], report, project))
    unused = [one for one in said if one not in withdrawn.values()]
    findings = (*report.findings, *lost, *incomplete(report), *(unused_withdrawal(one) for one in unused))
    department = replace(report.department, disclosures=tuple(one.disclosure for one in checked))
    return Recorded(replace(report, department=department, checked=tuple(checked), findings=findings), past, withdrawn)


def held_against(
    checked: Checked, folded: Folded, said: tuple[Withdrawal, ...], project: Project
) -> tuple[list[Finding], History]:
    """What a file as it is lacks against what was public of it, and its history with the file as its newest edition."""
    disclosure, public = checked.disclosure, folded.public
    if public is None or public.facts is None:
        return [], folded.history
    if disclosure.draft:
        return ([] if declared(disclosure, said) else [taken_back(disclosure, folded, project)]), folded.history
    if not disclosure.released or checked.held:
        # what cannot be read or does not add up is told as that first
        return [], folded.history
    step = step_to(public.facts, facts_of(disclosure), lambda change: _names(change, disclosure))
    if not step.sound:
        return list(_unsaid(step, disclosure, public.day, project)), folded.history
    return [], _with_edition(folded.history, step, project) if step.amends else folded.history


def _with_edition(history: History, step: Step, project: Project) -> History:
    """What lies there and was not committed yet is the newest edition."""
    edition = Edition(len(history.editions) + 1, project.today.isoformat(), "", "")
    amendment = Amendment(edition, step.changes, tuple((one[0], one[1], one[2], one[3]) for one in step.said))
    return replace(history, editions=(*history.editions, edition), amendments=(*history.amendments, amendment))


def _names(change: Change, disclosure: Disclosure) -> tuple[frozenset[str], frozenset[str]]:
    """What staff may call a figure of this disclosure."""
    return names_of(change, disclosure.statements, disclosure.template.by_key if disclosure.template else {})


def _unsaid(step: Step, disclosure: Disclosure, day: str, project: Project) -> Iterator[Finding]:
    """Figures that changed without a word, in one finding; and corrections of nothing, each at its place."""
    if step.unnamed:
        first = next((place for one in step.unnamed if (place := _place(one, disclosure))), Place(disclosure.file))
        told = [f"{_called(one, disclosure)}：原公开 {one.old or '空'}，现在 {one.new or '空'}" for one in step.unnamed]
        more = f"；等共 {len(told)} 个" if len(told) > LISTED else ""
        message = f"{day} 起公开的数改了，没有写更正：{'；'.join(told[:LISTED])}{more}"
        entry = tuple(_entry(step.unnamed, disclosure, project))
        yield Finding("correction-missing", message, first, hint=OFFERED, citation=BASIS, paste=entry)
    for one in step.unused:
        place = next((known.place for known in disclosure.corrections if _same(known, one)), Place(disclosure.file))
        message = f"这一条更正（{one[1][:40]}）没有对应的改动：和公开过的一版相比，它说的数没有变"
        yield Finding("correction-unused", message, place, hint="核对表、行、栏的名称；没有改的，删去这一条")


def _entry(unnamed: tuple[Change, ...], disclosure: Disclosure, project: Project) -> Iterator[str]:
    """更正 ready to be pasted; what only staff can say is left open."""
    form = project.forms.common("corrections")
    columns = {one: form.name_of(one) for one in CORRECTION}
    yield f"{form.key}:"
    for one in unnamed[:LISTED]:
        table, row, column = words_of(one, disclosure.statements)
        told = f"{one.old or NOTHING}改为{one.new or NOTHING}"
        texts = (project.today.isoformat(), table, row, column, told, "", "")
        kept = [(key, text) for key, text in zip(CORRECTION, texts, strict=True) if text or key in OPEN]
        for number, (key, text) in enumerate(kept):
            yield f"{'    ' if number else '  - '}{columns[key]}: {inline(text) if text else ''}".rstrip()


def _called(change: Change, disclosure: Disclosure) -> str:
    """A figure in the words of its table."""
    table, row, column = words_of(change, disclosure.statements)
    return f"{table}“{row}”{column}" if row else f"{table}“{column}”"


def _place(change: Change, disclosure: Disclosure) -> Place | None:
    """Where the figure stands in the file; of one that is gone, its table."""
    statement = disclosure.statements.get(change.table)
    if statement is None:
        return None
    ref = CellRef(change.table, change.block, change.row, change.column)
    return statement.cell(ref).place or statement.places.get((change.block, change.row)) or statement.place


def _same(correction: object, said: tuple[str, ...]) -> bool:
    """True where facts were made of this 更正."""
    return all(getattr(correction, name) == text for name, text in zip(("date", "what", "why"), said, strict=False))
