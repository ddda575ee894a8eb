"""What the public asked and the department answered (`inquiries.yaml`), and what staff corrected after publication
(更正).

An entry that does not say what it must is an error and is not shown: an unanswered letter is no letter for a page.
Dates in the future are refused, because a page that is dated ahead or back is a fault of government sites.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from build_tools.accounts.corpus.model import Correction, Inquiry
from build_tools.accounts.corpus.notes import says_something
from build_tools.accounts.corpus.read import read_file
from build_tools.accounts.statement import Codebook, Statement, as_date, read_statement
from build_tools.diagnostics import Finding, Place
from build_tools.forms import Concept, Forms, did_you_mean
from build_tools.source import Mapping

INQUIRIES = "inquiries.yaml"
LETTER = (Concept.INQUIRY_DATE, Concept.INQUIRY_TEXT, Concept.REPLY_DATE, Concept.REPLY_TEXT)
ABOUT = (Concept.INQUIRY_YEAR, Concept.INQUIRY_KIND)
CORRECTION = (Concept.CORRECTION_DATE, Concept.CORRECTION_TEXT, Concept.CORRECTION_REASON)
# which figures it is about; none of them for a disclosure as a whole
CORRECTED = (Concept.CORRECTION_TABLE, Concept.CORRECTION_ROW, Concept.CORRECTION_COLUMN, Concept.CORRECTION_APPROVAL)
# an entry as the texts of its columns
Entry = dict[Concept, str]


def read_inquiries(
    folder: Path, root: Path, forms: Forms, today: date, known: Iterable[tuple[int, str]], findings: list[Finding]
) -> tuple[Inquiry, ...]:
    """The answered questions of a department, as far as they are whole. `known` are year and kind of its
    disclosures.
    """
    path = folder / INQUIRIES
    statement = read_file(path, root, forms.common("inquiries"), forms, findings)
    axes = statement.axes_of(Concept.INQUIRY_TEXT) if statement else None
    if statement is None or axes is None:
        return ()
    found: list[Inquiry] = []
    seen: list[Entry] = []
    there = sorted(set(known))
    for number, row in enumerate(axes.rows, 1):
        told = entry_of(statement, row.key, (*LETTER, *ABOUT))
        wrong = [*inquiry_dates(statement, row.key, told, today), *about(statement, row.key, told, there)]
        if gap := missing(statement, told, LETTER):
            place = where(statement, row.key, *told)
            wrong.append(
                Finding(
                    "inquiry-empty", f"这封来信没有写{gap}", place, hint="有了答复再写进来；来信人的姓名和联系方式不写"
                )
            )
        wrong += repeated(told, seen, where(statement, row.key, *told))
        findings += wrong
        if not wrong:
            asked, question, answered, answer, year, kind = told.values()
            found.append(Inquiry(number, asked, question, answered, answer, int(year or 0), kind))
    return tuple(found)


def read_corrections(
    root: Mapping, forms: Forms, published: str, today: date, findings: list[Finding]
) -> tuple[Correction, ...]:
    """更正 of a disclosure's file. `published` is its 公开日期 as written."""
    form = forms.common("corrections")
    node = root.get(form.key)
    statement = read_statement(node, form, 0, Codebook(), findings) if node else None
    axes = statement.axes_of(Concept.CORRECTION_DATE) if statement else None
    if statement is None or axes is None:
        return ()
    found: list[Correction] = []
    seen: list[Entry] = []
    for row in axes.rows:
        told = entry_of(statement, row.key, (*CORRECTION, *CORRECTED))
        wrong = []
        gap = missing(statement, told, CORRECTION)
        if not gap and not says_something(told[Concept.CORRECTION_REASON]):
            said = told[Concept.CORRECTION_REASON][:20]
            gap = f"{statement.name_of(Concept.CORRECTION_REASON)}（“{said}”没有说明什么）"
        if gap:
            wrong.append(
                Finding(
                    "correction-empty",
                    f"这一条更正没有写{gap}",
                    where(statement, row.key, *told),
                    hint="写明改了什么、为什么改、哪一天改的",
                )
            )
        date_written, text, reason, table, line, column, approval = told.values()
        day, first = as_date(date_written), as_date(published)
        place = where(statement, row.key, Concept.CORRECTION_DATE)
        if day and day > today:
            wrong.append(
                Finding("correction-date", f"更正的日期 {date_written} 还没有到", place, hint="写改正公布的那一天")
            )
        elif day and first and day < first:
            wrong.append(
                Finding(
                    "correction-date",
                    f"更正的日期 {date_written} 早于公开日期 {published}",
                    place,
                    hint="公开以前改正的不用写；核对两个日期",
                )
            )
        wrong += repeated(told, seen, place)
        findings += wrong
        if not wrong:
            at = where(statement, row.key, Concept.CORRECTION_TABLE, Concept.CORRECTION_DATE)
            found.append(
                Correction(date_written, text.rstrip("。"), reason.rstrip("。"), table, line, column, approval, at)
            )
    return tuple(found)


def entry_of(statement: Statement, row: str, columns: Iterable[Concept]) -> Entry:
    """What an entry says, by column."""
    return {column: statement.text_of(column, row=row).strip() for column in columns}


def missing(statement: Statement, told: Entry, needed: Iterable[Concept]) -> str:
    """What an entry must say and does not, as staff call it; '' where it is whole."""
    return "、".join(statement.name_of(field) for field in needed if not told[field])


def repeated(told: Entry, seen: list[Entry], place: Place) -> list[Finding]:
    """An entry that says the same as one before it."""
    if told in seen:
        return [Finding("row-duplicate", f"与前面的第 {seen.index(told) + 1} 条完全相同", place, hint="删去一条")]
    seen.append(told)
    return []


def inquiry_dates(statement: Statement, row: str, told: Entry, today: date) -> list[Finding]:
    """Neither day has yet to come, and no answer comes before its question."""
    days = {field: as_date(told[field]) for field in (Concept.INQUIRY_DATE, Concept.REPLY_DATE)}
    ahead = [field for field, day in days.items() if day and day > today]
    if ahead:
        return [
            Finding(
                "inquiry-date",
                f"{statement.name_of(ahead[0])} {told[ahead[0]]} 还没有到",
                where(statement, row, ahead[0]),
                hint="核对年、月、日",
            )
        ]
    asked, answered = days.values()
    if asked and answered and answered < asked:
        place = where(statement, row, Concept.REPLY_DATE)
        return [
            Finding(
                "inquiry-date",
                f"答复日期 {told[Concept.REPLY_DATE]} 早于来信日期 {told[Concept.INQUIRY_DATE]}",
                place,
                hint="核对两个日期",
            )
        ]
    return []


def about(statement: Statement, row: str, told: Entry, known: list[tuple[int, str]]) -> list[Finding]:
    """The disclosure that a letter names is one of the department's."""
    year, kind = told[Concept.INQUIRY_YEAR], told[Concept.INQUIRY_KIND]
    if (not year and not kind) or (year.isascii() and year.isdigit() and (int(year[:9]), kind) in known):
        return []
    kinds = [name for number, name in known if str(number) == year]
    field = Concept.INQUIRY_KIND if kinds else Concept.INQUIRY_YEAR
    hint = (
        did_you_mean(kind, kinds)
        if kinds
        else f"有文件的年度：{'、'.join(dict.fromkeys(str(number) for number, _ in known)) or '无'}"
    )
    message = (
        f"这个部门没有“{year[:10]}年{kind[:20]}”这份文件" if year and kind else "“年度”和“公开类型”要一起写，或都不写"
    )
    return [
        Finding(
            "inquiry-place", message, where(statement, row, field, *ABOUT), hint=hint or f"这一年有：{'、'.join(kinds)}"
        )
    ]


def where(statement: Statement, row: str, *fields: Concept) -> Place:
    """The first of these fields that stands in the file."""
    return next((place for field in fields if (place := statement.cell_of(field, row=row).place)), statement.place)
