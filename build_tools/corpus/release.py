"""Whether a file may be published: marked by staff, signed off, and its day come.

政府信息公开条例第十七条 asks for a review before publication (公开审查); so that it is not forgotten, a file without its two
signatures is not built, whatever its 状态 says. Documents that were public before they came here say 未载明.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from build_tools.diagnostics import Finding, Severity
from build_tools.statement import State, Statement, as_date

RELEASABLE = "可公开"
SIGNATURES = ("保密审查", "负责人审签")
COLLECTED = "未载明"
# words that say that it has not happened: 未审查, 不同意, 否, 没有, 待审
DENIED = re.compile("未(?!载明)|不|否|没|待|拟|无")


def embargoed(information: Statement | None, today: date) -> bool:
    """True where the written 公开日期 has not come yet."""
    day = as_date(information.at("", "", "公开日期").text) if information else None
    return day is not None and day > today


def unsigned(information: Statement | None) -> tuple[str, ...]:
    """The signatures that 公开信息 does not have: left out, blank, or saying that they were not given."""
    return tuple(field for field in SIGNATURES if information is None or not signed(information, field))


def signed(information: Statement, field: str) -> bool:
    """True where something is written that does not say no; 未载明 is what a document says that was published before."""
    cell = information.at("", "", field)
    return cell.text == COLLECTED or (cell.state is State.WRITTEN and not DENIED.match(cell.text))


def check_signatures(information: Statement | None) -> Iterator[Finding]:
    """A file that is marked 可公开 and not signed: staff think that it is public, and it is not."""
    cell = information.at("", "", "状态") if information else None
    missing = unsigned(information)
    if cell and cell.place and cell.text == RELEASABLE and missing:
        yield Finding(
            "signature-missing", f"状态写“可公开”，但没有{'和'.join(f'“{field}”' for field in missing)}，这份文件暂不公开", cell.place, Severity.WARNING,
            hint="审查、审签后在公开信息里写明，如 保密审查: 已审查，可以公开；照已公开的文件录入的，写“未载明”",
        )
