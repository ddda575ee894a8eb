"""The record held against the files as they are: what changed after publication without a 更正 is an error, what was
taken back without a 撤回 as well.

政府信息公开条例第六条 (what is published is accurate, and corrected in the open).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from build_tools.accounts.corpus import Amendment, Change, Disclosure, Edition, History, Project, Withdrawal
from build_tools.accounts.statement import Statement
from build_tools.checks import Checked, Report
from build_tools.diagnostics import CellRef, Finding, Place
from build_tools.diagnostics.finding import in_reading_order
from build_tools.forms import Concept
from build_tools.record.facts import facts_of
from build_tools.record.ledger import Folded, Step, step_to
from build_tools.record.naming import names_of, words_of
from build_tools.record.past import Past
from build_tools.record.trails import FILE
from build_tools.source.writer import inline

WITHDRAWAL = (
    Concept.WITHDRAWN_YEAR,
    Concept.WITHDRAWN_KIND,
    Concept.WITHDRAWAL_DATE,
    Concept.WITHDRAWAL_REASON,
    Concept.WITHDRAWAL_APPROVAL,
)
BASIS = "政府信息公开条例第六条：行政机关应当及时、准确地公开政府信息"
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
TAKEN_BACK = "误改误删的，恢复原来的文件；确要撤回的，在 department.yaml 末尾写下面几行，写明原因和谁批准"


@dataclass(frozen=True, slots=True)
class Recorded:
    """A department with what its record says of it. `gone` are the disclosures that were public and have no file any
    more, by their last path; `withdrawn` those taken back in due form, `public` the rest that must stay to be read.
    """

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
        why = next((one for one in said if _is_about(one, file, report, project)), None)
        if why:
            withdrawn[file] = why
        else:
            lost.append(_lost(file, gone[file], report, project))
    unused = [one for one in said if one not in withdrawn.values()]
    findings = (*report.findings, *lost, *_incomplete(report), *(_unused(one) for one in unused))
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
        return ([] if declared(disclosure, said) else [_taken_back(disclosure, folded, project)]), folded.history
    if not disclosure.released or checked.held:
        # what cannot be read or does not add up is told as that first
        return [], folded.history
    step = step_to(public.facts, facts_of(disclosure, True), lambda change: _names(change, disclosure))
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


def withdrawals(report: Report) -> Iterator[Withdrawal]:
    """撤回 of department.yaml, as far as each is whole."""
    for place, (year, kind, day, reason, approval) in _said(report.department.information):
        if year and kind and day and reason:
            yield Withdrawal(day, reason.rstrip("。"), approval, year, kind, place)


def _said(information: Statement | None) -> Iterator[tuple[Place, tuple[str, ...]]]:
    """Each 撤回 with its place."""
    axes = information.axes_of(Concept.WITHDRAWN_YEAR) if information else None
    for row in axes.rows if information and axes else ():
        assert information is not None
        cells = [information.cell_of(one, row=row.key) for one in WITHDRAWAL]
        place = next((one.place for one in cells if one.place), information.place)
        yield place, tuple(one.text.strip() for one in cells)


def declared(disclosure: Disclosure, said: tuple[Withdrawal, ...]) -> Withdrawal | None:
    """The 撤回 that names this disclosure."""
    return next((one for one in said if one.year == str(disclosure.year) and one.kind == disclosure.kind), None)


def _is_about(one: Withdrawal, file: str, report: Report, project: Project) -> bool:
    """True where a 撤回 names the disclosure that this file was."""
    return (one.year, one.kind) == _year_and_kind(file, report, project)


def _year_and_kind(file: str, report: Report, project: Project) -> tuple[str, str]:
    """Of a file by its path; a kind that nobody knows any more is called by its name."""
    found = FILE.fullmatch(file)
    if not found:
        return "", ""
    template = project.template(found["kind"], report.department.district, int(found["year"]))
    return found["year"], template.kind if template else found["kind"]


def _taken_back(disclosure: Disclosure, folded: Folded, project: Project) -> Finding:
    """A public file that is a draft again."""
    place = disclosure.information.cell_of(Concept.STATUS).place if disclosure.information else None
    day = folded.public.day if folded.public else ""
    return Finding(
        "withdrawal-missing",
        f"{disclosure.year}年{disclosure.kind} {day} 起已经公开，现在又不公开了，没有写撤回；公开过的一版继续显示",
        place or Place(disclosure.file),
        hint=TAKEN_BACK,
        citation=BASIS,
        paste=tuple(_withdrawal(str(disclosure.year), disclosure.kind, project)),
    )


def _lost(file: str, folded: Folded, report: Report, project: Project) -> Finding:
    """A public file that was deleted or moved away."""
    year, kind = _year_and_kind(file, report, project)
    day = folded.public.day if folded.public else ""
    information = report.department.information
    return Finding(
        "withdrawal-missing",
        f"{file} 从 {day} 起已经公开，现在文件不在了，没有写撤回；公开过的一版继续显示",
        information.place if information else Place(f"data/{report.department.district.slug}/{report.department.slug}"),
        hint=TAKEN_BACK,
        citation=BASIS,
        paste=tuple(_withdrawal(year, kind, project)),
    )


def _withdrawal(year: str, kind: str, project: Project) -> Iterator[str]:
    """撤回 ready to be pasted."""
    form = project.forms.common("department")
    spot = form.concepts[Concept.WITHDRAWN_YEAR][0]
    yield f"{spot.block}:"
    texts = (year, kind, project.today.isoformat(), "", "")
    for number, (key, text) in enumerate(zip(WITHDRAWAL, texts, strict=True)):
        yield f"{'    ' if number else '  - '}{form.name_of(key)}: {inline(text) if text else ''}".rstrip()


def _incomplete(report: Report) -> Iterator[Finding]:
    """撤回 that does not say what it must."""
    information = report.department.information
    for place, told in _said(information):
        needed = zip(WITHDRAWAL[:4], told[:4], strict=True)
        if information and (gap := "、".join(information.name_of(one) for one, text in needed if not text)):
            yield Finding("withdrawal-empty", f"这一条撤回没有写{gap}", place, hint="写明年度、公开类型、日期和原因")


def _unused(one: Withdrawal) -> Finding:
    """撤回 of what is public, or never was."""
    return Finding(
        "withdrawal-unused",
        f"撤回写的 {one.year} 年{one.kind}没有公开过，或现在仍然公开",
        one.place,
        hint="核对年度和公开类型；重新公开的，删去这一条（历次记录都在网站上）",
    )
