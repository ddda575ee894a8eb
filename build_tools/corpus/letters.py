"""What the public asked and the department answered (`inquiries.yaml`), and what staff corrected after publication (更正).

An entry that does not say what it must is an error and is not shown: an unanswered letter is no letter for a page. Dates in
the future are refused, because a page that is dated ahead or back is a fault of government sites.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from build_tools.corpus.model import Correction, Inquiry
from build_tools.corpus.read import common, read_file
from build_tools.diagnostics import Finding, Place
from build_tools.forms import Forms, did_you_mean
from build_tools.source import Mapping
from build_tools.statement import Codebook, Statement, as_date, read_statement

INQUIRIES, CORRECTIONS = "inquiries.yaml", "更正"
LETTERS = "来信"


def read_inquiries(folder: Path, root: Path, forms: Forms, today: date, known: Iterable[tuple[int, str]], findings: list[Finding]) -> tuple[Inquiry, ...]:
    """The answered questions of a department, as far as they are whole. `known` are year and kind of its disclosures."""
    path = folder / INQUIRIES
    statement = read_file(path, root, common(forms, "inquiries"), forms, findings)
    axes = statement.axes.get(LETTERS) if statement else None
    if statement is None or axes is None:
        return ()
    found: list[Inquiry] = []
    seen: list[dict[str, str]] = []
    there = sorted(set(known))
    for number, row in enumerate(axes.rows, 1):
        told = {column.key: statement.at(LETTERS, row.key, column.key).text.strip() for column in axes.block.columns}
        wrong = [*inquiry_dates(statement, row.key, told, today), *about(statement, row.key, told, there)]
        if gap := missing(told, ("来信日期", "来信", "答复日期", "答复")):
            place = where(statement, LETTERS, row.key, *told)
            wrong.append(Finding("inquiry-empty", f"这封来信没有写{gap}", place, hint="有了答复再写进来；来信人的姓名和联系方式不写"))
        wrong += repeated(told, seen, where(statement, LETTERS, row.key, *told))
        findings += wrong
        if not wrong:
            year = int(told["年度"]) if told["年度"] else 0
            found.append(Inquiry(number, told["来信日期"], told["来信"], told["答复日期"], told["答复"], year, told["公开类型"]))
    return tuple(found)


def read_corrections(root: Mapping, forms: Forms, published: str, today: date, findings: list[Finding]) -> tuple[Correction, ...]:
    """更正 of a disclosure's file. `published` is its 公开日期 as written."""
    node = root.get(CORRECTIONS)
    statement = read_statement(node, common(forms, "corrections"), 0, Codebook(), findings) if node else None
    axes = statement.axes.get("") if statement else None
    if statement is None or axes is None:
        return ()
    found: list[Correction] = []
    seen: list[dict[str, str]] = []
    for row in axes.rows:
        told = {column.key: statement.at("", row.key, column.key).text.strip() for column in axes.block.columns}
        wrong = []
        if gap := missing(told, ("日期", "内容", "原因")):
            wrong.append(Finding("correction-empty", f"这一条更正没有写{gap}", where(statement, "", row.key, *told), hint="写明改了什么、为什么改、哪一天改的"))
        day, first, place = as_date(told["日期"]), as_date(published), where(statement, "", row.key, "日期")
        if day and day > today:
            wrong.append(Finding("correction-date", f"更正的日期 {told['日期']} 还没有到", place, hint="写改正公布的那一天"))
        elif day and first and day < first:
            wrong.append(Finding("correction-date", f"更正的日期 {told['日期']} 早于公开日期 {published}", place, hint="公开以前改正的不用写；核对两个日期"))
        wrong += repeated(told, seen, place)
        findings += wrong
        if not wrong:
            found.append(Correction(told["日期"], told["内容"].rstrip("。"), told["原因"].rstrip("。")))
    return tuple(found)


def missing(told: dict[str, str], needed: Iterable[str]) -> str:
    """What an entry must say and does not, '' where it is whole."""
    return "、".join(field for field in needed if not told[field])


def repeated(told: dict[str, str], seen: list[dict[str, str]], place: Place) -> list[Finding]:
    """An entry that says the same as one before it."""
    if told in seen:
        return [Finding("row-duplicate", f"与前面的第 {seen.index(told) + 1} 条完全相同", place, hint="删去一条")]
    seen.append(told)
    return []


def inquiry_dates(statement: Statement, row: str, told: dict[str, str], today: date) -> list[Finding]:
    """Neither day has yet to come, and no answer comes before its question."""
    asked, answered = as_date(told["来信日期"]), as_date(told["答复日期"])
    ahead = [field for field, day in (("来信日期", asked), ("答复日期", answered)) if day and day > today]
    if ahead:
        return [Finding("inquiry-date", f"{ahead[0]} {told[ahead[0]]} 还没有到", where(statement, LETTERS, row, ahead[0]), hint="核对年、月、日")]
    if asked and answered and answered < asked:
        place = where(statement, LETTERS, row, "答复日期")
        return [Finding("inquiry-date", f"答复日期 {told['答复日期']} 早于来信日期 {told['来信日期']}", place, hint="核对两个日期")]
    return []


def about(statement: Statement, row: str, told: dict[str, str], known: list[tuple[int, str]]) -> list[Finding]:
    """The disclosure that a letter names is one of the department's."""
    year, kind = told["年度"], told["公开类型"]
    if (not year and not kind) or (year.isascii() and year.isdigit() and (int(year[:9]), kind) in known):
        return []
    kinds = [name for number, name in known if str(number) == year]
    field = "公开类型" if kinds else "年度"
    hint = did_you_mean(kind, kinds) if kinds else f"有文件的年度：{'、'.join(dict.fromkeys(str(number) for number, _ in known)) or '无'}"
    message = f"这个部门没有“{year[:10]}年{kind[:20]}”这份文件" if year and kind else "“年度”和“公开类型”要一起写，或都不写"
    return [Finding("inquiry-place", message, where(statement, LETTERS, row, field, "年度", "公开类型"), hint=hint or f"这一年有：{'、'.join(kinds)}")]


def where(statement: Statement, block: str, row: str, *fields: str) -> Place:
    """The first of these fields that stands in the file."""
    return next((place for field in fields if (place := statement.at(block, row, field).place)), statement.place)
