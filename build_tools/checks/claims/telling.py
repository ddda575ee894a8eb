"""Claims and remarks → findings, each in words that stand alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from build_tools.checks.claims.model import Judged, Outcome
from build_tools.checks.claims.statements import Remark
from build_tools.diagnostics import Finding, Place, Severity
from build_tools.source import bounded

CHECK = "核对原文和表里的数，改错的一处；原文如此的照录，页面上会注明"
BY_HAND = "有四舍五入，可以不改；按印出的数重算更清楚"


def findings_of(judged: Sequence[Judged], noted: Sequence[Remark], file: str) -> list[Finding]:
    """Findings in reading order; nobody reads hundreds of one file."""
    found = [*(one for claim in judged for one in told(claim, file)), *(noticed(one, file) for one in noted)]
    return bounded(sorted(found, key=lambda one: (one.place.line, one.place.column, one.code)))


def told(one: Judged, file: str) -> Iterator[Finding]:
    """What a reader should know of a claim: nothing where it passes or was not read, nor where cents of a sum
    are off.
    """
    place = Place(file, one.claim.line, one.claim.column, max(1, one.claim.length))
    if one.outcome is Outcome.FAILED:
        yield failed(one, place)
    elif one.outcome is Outcome.ZERO_BASE:
        harmless = one.stated.strip("0.%") == "" and one.claim.kind != "growth"
        yield Finding(
            "claim-zero-base",
            f"原文写{one.stated}，它的基数是零（{one.formula} = 0），不能算百分数",
            place,
            Severity.HINT if harmless else Severity.WARNING,
            actual=one.stated,
            hint="基数为零的只写金额和原因，不写百分数",
        )
    elif (
        one.outcome is Outcome.ROUNDING
        and one.claim.kind in ("share", "growth", "completion")
        and one.stated.endswith("%")
    ):
        yield Finding(
            "claim-rounding",
            f"{message(one)}（{one.formula}），相差是四舍五入的尾差",
            place,
            Severity.HINT,
            expected=one.computed,
            actual=one.stated,
            hint=BY_HAND,
        )


def message(one: Judged) -> str:
    """The sentence of its kind with the figures."""
    return one.says.format(stated=one.stated, computed=one.computed, word=one.claim.word)


def failed(one: Judged, place: Place) -> Finding:
    """A claim that its own figures contradict."""
    text = f"{message(one)}（{one.formula}）"
    kind = one.claim.kind
    if kind == "share":
        return Finding(
            "claim-share", text, place, Severity.WARNING, expected=one.computed, actual=one.stated, hint=CHECK
        )
    if kind == "growth":
        return Finding(
            "claim-growth",
            text,
            place,
            Severity.WARNING,
            expected=one.computed,
            actual=one.stated,
            hint=f"{CHECK}；增减的比例以上年数为基数",
        )
    if kind == "completion":
        return Finding(
            "claim-completion", text, place, Severity.WARNING, expected=one.computed, actual=one.stated, hint=CHECK
        )
    if kind == "sum":
        return Finding("claim-sum", text, place, Severity.WARNING, expected=one.computed, actual=one.stated, hint=CHECK)
    if kind == "carry-over":
        return Finding(
            "claim-carry-over", text, place, Severity.WARNING, expected=one.computed, actual=one.stated, hint=CHECK
        )
    return Finding(
        "claim-direction", text, place, Severity.WARNING, expected=one.computed, actual=one.stated, hint=CHECK
    )


def noticed(one: Remark, file: str) -> Finding:
    """A statement that cannot be."""
    place = Place(file, *one.at, max(1, one.length))
    if one.sort == "date":
        return Finding(
            "claim-date",
            f"没有“{one.text}”这一天：{one.other}",
            place,
            Severity.WARNING,
            actual=one.text,
            hint="核对日期",
        )
    if one.sort == "year":
        return Finding(
            "claim-year",
            f"这里写的是{one.text}，这是 {one.other} 年度的文件",
            place,
            Severity.HINT,
            expected=one.other,
            actual=one.text,
            hint="核对年度，多半是沿用往年文本时漏改",
        )
    if one.sort == "repeat":
        text = f"同一个数写了两样：这里写{one.text}；{one.other}"
        return Finding(
            "claim-repeat", text, place, Severity.WARNING, actual=one.text, hint="核对哪一处是对的，两处写成一样"
        )
    return Finding(
        "claim-contradiction",
        f"原文写“{one.text}”，{one.other}",
        place,
        Severity.HINT,
        actual=one.text,
        hint="写明没有得满分的指标和原因",
    )
