"""Whether a file may be published: marked by staff, signed off, and its day come.

政府信息公开条例第十七条 asks for a review before publication (公开审查); so that it is not forgotten, a file without
its two signatures is not built, whatever its 状态 says. Documents that were public before they came here say 未载明 and
name their source.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from build_tools.accounts.statement import State, Statement, as_date
from build_tools.diagnostics import Finding, Severity
from build_tools.forms import Concept

RELEASABLE = "可公开"
SIGNATURES = (Concept.SECRECY_REVIEW, Concept.SIGN_OFF)
COLLECTED = "未载明"
GIVEN = "通过"


def embargoed(information: Statement | None, today: date) -> bool:
    """True where the written 公开日期 has not come yet."""
    day = as_date(information.text_of(Concept.PUBLICATION_DATE)) if information else None
    return day is not None and day > today


def withheld(information: Statement | None) -> bool:
    """True where staff plainly say that it is not public: another 状态, a signature that is refused."""
    asked = {Concept.STATUS: RELEASABLE, **dict.fromkeys(SIGNATURES, GIVEN)}
    cells = [(information.cell_of(field), word) for field, word in asked.items()] if information else []
    return any(cell.state is State.WRITTEN and cell.text != word for cell, word in cells)


def unclear(information: Statement | None) -> bool:
    """True where what decides cannot be read: no 公开信息, a word or a date that is none, a key that may be one of
    these misspelt.
    """
    if information is None:
        return True
    states = {information.cell_of(field).state for field in (Concept.STATUS, Concept.PUBLICATION_DATE, *SIGNATURES)}
    return State.DOUBTFUL in states or (State.OMITTED in states and bool(information.doubtful))


def unsigned(information: Statement | None) -> tuple[Concept, ...]:
    """The signatures that 公开信息 does not have: left out, blank, or saying that they were not given."""
    return tuple(field for field in SIGNATURES if information is None or not signed(information, field))


def signed(information: Statement, field: Concept) -> bool:
    """True for 通过, and for 未载明 in a file that names the published document that it was taken from: free words are
    not judged, because a refusal can be put in as many words as a consent.
    """
    cell = information.cell_of(field)
    if cell.state is State.WRITTEN:
        return cell.text == GIVEN
    return cell.text == COLLECTED and bool(information.text_of(Concept.SOURCE).strip())


def check_release(information: Statement | None) -> Iterator[Finding]:
    """What staff may think is public, and is not: a file without 状态, and one that is marked 可公开 and not signed."""
    cell = information.cell_of(Concept.STATUS) if information else None
    if information and cell and cell.state in (State.BLANK, State.OMITTED, State.ABSENT) and not information.doubtful:
        message = (
            "“状态”后面没有写，这份文件当作草稿，不公开"
            if cell.state is State.BLANK
            else "没有写明“状态”，这份文件当作草稿，不公开"
        )
        place = cell.place or information.place
        yield Finding(
            "status-missing", message, place, Severity.WARNING, hint="写“草稿”“待审”或“可公开”，如 状态: 草稿"
        )
    missing = unsigned(information)
    if information and cell and cell.place and cell.text == RELEASABLE and missing:
        said = "，".join(told(information, missing))
        yield Finding(
            "signature-missing",
            f"状态写“可公开”，但{said}，这份文件暂不公开",
            cell.place,
            Severity.WARNING,
            hint="办完后写“通过”，文件上的原话写进“审查文字”“审签文字”；照已公开的文件录入的，写“未载明”，并写明“来源”",
        )


def told(information: Statement, missing: tuple[Concept, ...]) -> Iterator[str]:
    """What is wrong with the signatures."""
    texts = {information.name_of(field): information.text_of(field) for field in missing}
    blank = [f"“{field}”" for field, text in texts.items() if not text]
    if blank:
        yield f"没有{'和'.join(blank)}"
    yield from (f"“{field}”写的是“{text[:20]}”，不是“通过”" for field, text in texts.items() if text)
