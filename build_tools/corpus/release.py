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
# words that say that it was done, and words anywhere that say that it was not: 尚未审签, 退回修改, 暂不公开
GIVEN = re.compile("已审|已签|已批|已核|同意|通过|可以公开|可公开|准予公开|无异议|没有异议|不涉密|不涉及|未发现")
DENIED = re.compile("未审|未签|未批|未核|未通过|未同意|未经|不同意|不通过|不予|不可|不宜|不能|暂|待|尚未|还没|没有审|退回|修改|正在|拟")


def embargoed(information: Statement | None, today: date) -> bool:
    """True where the written 公开日期 has not come yet."""
    day = as_date(information.at("", "", "公开日期").text) if information else None
    return day is not None and day > today


def unsigned(information: Statement | None) -> tuple[str, ...]:
    """The signatures that 公开信息 does not have: left out, blank, or saying that they were not given."""
    return tuple(field for field in SIGNATURES if information is None or not signed(information, field))


def signed(information: Statement, field: str) -> bool:
    """True where what is written plainly says yes; 未载明 is what a document says that was published before."""
    cell = information.at("", "", field)
    return cell.text == COLLECTED or (cell.state is State.WRITTEN and GIVEN.search(cell.text) is not None and not DENIED.search(cell.text))


def check_release(information: Statement | None) -> Iterator[Finding]:
    """What staff may think is public, and is not: a file without 状态, and one that is marked 可公开 and not signed."""
    cell = information.at("", "", "状态") if information else None
    if information and cell and cell.state in (State.BLANK, State.OMITTED, State.ABSENT) and not information.doubtful:
        message = "“状态”后面没有写，这份文件当作草稿，不公开" if cell.state is State.BLANK else "没有写明“状态”，这份文件当作草稿，不公开"
        place = cell.place or information.place
        yield Finding("status-missing", message, place, Severity.WARNING, hint="写“草稿”“待审”或“可公开”，如 状态: 草稿")
    missing = unsigned(information)
    if information and cell and cell.place and cell.text == RELEASABLE and missing:
        said = "，".join(told(information, missing))
        yield Finding(
            "signature-missing", f"状态写“可公开”，但{said}，这份文件暂不公开", cell.place, Severity.WARNING,
            hint="办完后写“已审查，可以公开”“同意”“已审签”这样的话；照已公开的文件录入的，写“未载明”",
        )


def told(information: Statement, missing: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with the signatures."""
    texts = {field: information.at("", "", field).text for field in missing}
    blank = [f"“{field}”" for field, text in texts.items() if not text]
    if blank:
        yield f"没有{'和'.join(blank)}"
    yield from (f"“{field}”写的是“{text[:20]}”，看不出已经办完" for field, text in texts.items() if text)
