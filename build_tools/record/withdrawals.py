"""撤回: what department.yaml says of disclosures that were public and are no more, and what it fails to say."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.accounts.corpus import Disclosure, Project, Withdrawal
from build_tools.accounts.corpus.notes import says_something
from build_tools.accounts.statement import Statement
from build_tools.checks import Report
from build_tools.diagnostics import Finding, Place
from build_tools.forms import Concept
from build_tools.record.ledger import Folded
from build_tools.record.trails import FILE
from build_tools.source.writer import inline

WITHDRAWAL = (
    Concept.WITHDRAWN_YEAR,
    Concept.WITHDRAWN_KIND,
    Concept.WITHDRAWAL_DATE,
    Concept.WITHDRAWAL_REASON,
    Concept.WITHDRAWAL_APPROVAL,
)
TAKEN_BACK = "误改误删的，恢复原来的文件；确要撤回的，在 department.yaml 末尾写下面几行，写明原因和谁批准"
WHOLE = "写明年度、公开类型、日期和原因"
BASIS = "政府信息公开条例第六条：行政机关应当及时、准确地公开政府信息"


def withdrawals(report: Report) -> Iterator[Withdrawal]:
    """撤回 of department.yaml, as far as each is whole."""
    for place, (year, kind, day, reason, approval) in _said(report.department.information):
        if year and kind and day and says_something(reason):
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


def names_file(one: Withdrawal, file: str, report: Report, project: Project) -> bool:
    """True where a 撤回 names the disclosure that this file was."""
    return (one.year, one.kind) == _year_and_kind(file, report, project)


def _year_and_kind(file: str, report: Report, project: Project) -> tuple[str, str]:
    """Of a file by its path; a kind that nobody knows any more is called by its name."""
    found = FILE.fullmatch(file)
    if not found:
        return "", ""
    template = project.template(found["kind"], report.department.district, int(found["year"]))
    return found["year"], template.kind if template else found["kind"]


def taken_back(disclosure: Disclosure, folded: Folded, project: Project) -> Finding:
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


def lost_file(file: str, folded: Folded, report: Report, project: Project) -> Finding:
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


def incomplete(report: Report) -> Iterator[Finding]:
    """撤回 that does not say what it must."""
    information = report.department.information
    for place, told in _said(information):
        needed = zip(WITHDRAWAL[:4], told[:4], strict=True)
        if information and (gap := "、".join(information.name_of(one) for one, text in needed if not text)):
            yield Finding("withdrawal-empty", f"这一条撤回没有写{gap}", place, hint=WHOLE)
        elif not says_something(told[3]):
            message = f"这一条撤回的原因“{told[3][:20]}”没有说明什么"
            yield Finding("withdrawal-empty", message, place, hint=WHOLE)


def unused_withdrawal(one: Withdrawal) -> Finding:
    """撤回 of what is public, or never was."""
    return Finding(
        "withdrawal-unused",
        f"撤回写的 {one.year} 年{one.kind}没有公开过，或现在仍然公开",
        one.place,
        hint="核对年度和公开类型；重新公开的，删去这一条（历次记录都在网站上）",
    )
