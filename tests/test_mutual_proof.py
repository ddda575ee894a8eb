"""The generator of sentences and the reader of claims prove each other: what the one writes the other reads, and every
claim holds.

On generated districts with totals written and left to the compiler, on the fictional district and on the real
documents, whose own contradictions are named here. A figure that is changed, or a formula that is wrong, is found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from benchmarks.district import make
from benchmarks.emit import Pen
from benchmarks.names import units
from build_tools.checks.claims import Judged, Outcome, claims_in
from build_tools.checks.claims.hygiene import hygiene
from build_tools.checks.tables import Tables, tables_of
from build_tools.web.narrative import Narrative, explanation, plain_answer
from build_tools.web.narrative.model import FORMULAS
from build_tools.web.narrative.quoting import UNTOLD
from tests.helpers import builtin
from tests.test_narrative import Case, cases, every

pytestmark = pytest.mark.slow

GENERATED = ("湖南", "上海", "湖南，合计不填", "上海，合计不填")
PLACES = pytest.mark.parametrize("where", [*GENERATED, "demo", "real"])
TELLERS: tuple[Callable[..., Narrative], ...] = (explanation, plain_answer)
# where the documents themselves do not add up: file, kind, outcome and the figures; a difference that the demo explains
# in 已知差异
# (transport 2023), a cent that its items lack (transport 2022, and what 2023 is compared with), tables printed in 万元
# (Putuo), a balance of what was all spent (Shifeng)
KNOWN = {
    "demo": {
        ("transport-bureau/2022/final-accounts.yaml", "sum", "尾差", "765.20万元", "765.19万元"),
        ("transport-bureau/2023/final-accounts.yaml", "sum", "不符", "73.04万元", "70.04万元"),
        ("transport-bureau/2023/final-accounts.yaml", "growth", "尾差", "94.95万元", "94.94万元"),
    },
    "real": {
        ("finance-bureau/2024/final-accounts.yaml", "sum", "尾差", "2940.05万元", "2940.06万元"),
        ("finance-bureau/2024/final-accounts.yaml", "sum", "尾差", "251.25万元", "251.26万元"),
        ("business-environment-centre/2023/evaluation-report.yaml", "carry-over", "不符", "4.00万元", "0.00万元"),
    },
}
HEADINGS = {"self-evaluation": "部门整体支出", "performance-targets": "部门整体支出", "evaluation-report": "预算收支"}


@cache
def project(where: str) -> tuple[Case, ...]:
    """The disclosures of a place; departments and years enough that every sentence of the templates is met."""
    like, _, blank = where.partition("，")
    if like not in ("湖南", "上海"):
        return every(where)
    with TemporaryDirectory() as folder:
        make(Path(folder), units(4, 11), range(2020 if like == "湖南" else 2023, 2025), Pen(not blank), 11, like)
        return tuple(cases(Path(folder)))


def texts(where: str) -> Iterator[tuple[Case, str]]:
    """Both texts of every disclosure."""
    return ((case, teller(*case, builtin()).text) for case in project(where) for teller in TELLERS)


def read(text: str, case: Case) -> tuple[Judged, ...]:
    """What the reader makes of a text that stands above its tables."""
    return claims_in(text, case[0].year, None, tabled(case[0].file, case).named).claims


KEPT: dict[str, tuple[Case, Tables]] = {}


def tabled(file: str, case: Case) -> Tables:
    """The tables of a disclosure by name; of one that is read again and again, once."""
    if KEPT.get(file, (None, None))[0] is not case:
        KEPT[file] = case, tables_of(case[0].statements, case[0].year, case[1].get(f"上年.{case[0].kind}"))
    return KEPT[file][1]


def unproved(one: Judged, case: Case) -> bool:
    """True for 与上年持平 of a first year: there is no table of the year before that could prove it."""
    return (
        one.outcome is Outcome.UNREAD
        and one.claim.kind == "direction"
        and one.claim.word == "持平"
        and case[1].get(f"上年.{case[0].kind}") is None
    )


@PLACES
def test_every_claim_is_read_and_holds(where: str) -> None:
    kinds: Counter[str] = Counter()
    others = set()
    for case, text in texts(where):
        for one in read(text, case):
            kinds[one.claim.kind] += 1
            if one.outcome is not Outcome.PASSED and not unproved(one, case):
                others.add(
                    (
                        "/".join(case[0].file.split("/")[-3:]),
                        one.claim.kind,
                        one.outcome.value,
                        one.stated,
                        one.computed,
                    )
                )
    assert others == KNOWN.get(where, set())
    assert set(kinds) >= {"share", "growth", "completion", "sum", "direction"}
    assert kinds.total() > 100


@PLACES
def test_nothing_else_is_wrong_with_the_text(where: str) -> None:
    expected = sum(outcome == "不符" for _, _, outcome, *_ in KNOWN.get(where, ()))
    found = [one.message for case, text in texts(where) for one in claims_in(text, case[0].year).findings]
    assert len(found) == expected, found
    assert [one.message for _, text in texts(where) for one in hygiene(text)] == []


@PLACES
def test_every_heading_has_whole_sentences(where: str) -> None:
    for disclosure, ledger, name in project(where):
        told = explanation(disclosure, ledger, name, builtin())
        assert told.parts, disclosure.file
        assert all(part.sentences for part in told.parts), disclosure.file
        for sentence in told.sentences:
            assert re.search("[。：…]$", sentence.text), sentence.text
            assert not re.search(f"{UNTOLD}|XX|待填|None|[<>{{}}]", sentence.text), sentence.text
        if disclosure.slug in HEADINGS:
            assert told.parts[0].heading == (HEADINGS[disclosure.slug],)


def test_a_full_document_leaves_nothing_to_be_filled_in() -> None:
    """Nothing is 没有填报 where everything was; only other matters there may be none."""
    for where in GENERATED:
        for case, text in texts(where):
            assert "没有填报" not in text.replace("没有填报其他重要事项。", "").replace("没有写原因", ""), case[0].file


PERCENT = re.compile(r"\d+\.\d\d%")


@pytest.mark.parametrize("where", ["湖南", "上海"])
def test_a_percentage_that_is_changed_is_found_where_it_stands(where: str) -> None:
    changed = 0
    for case, text in list(texts(where))[:12]:
        lines = text.split("\n")
        for line, said in enumerate(lines):
            for match in PERCENT.finditer(said):
                wrong = f"{said[: match.start()]}{Decimal(match[0][:-1]) + Decimal('3.3')}%{said[match.end() :]}"
                found = [
                    one
                    for one in read("\n".join([*lines[:line], wrong, *lines[line + 1 :]]), case)
                    if one.outcome is not Outcome.PASSED
                ]
                failed = [one.claim for one in found if not unproved(one, case)]
                assert [(one.line, one.column) for one in failed] == [(line + 1, match.start() + 1)], (wrong, failed)
                changed += 1
    assert changed > 60


def halved(formula: Callable[[Sequence[Decimal]], Decimal]) -> Callable[[Sequence[Decimal]], Decimal]:
    """A formula gone wrong."""
    return lambda of: formula(of) / 2


@pytest.mark.parametrize(
    "formula", ["share", "completion", "difference", "growth", "growth-by-increase", "growth-by-decrease"]
)
def test_a_generator_that_reckons_wrongly_is_found_out(formula: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMULAS, formula, halved(FORMULAS[formula]))  # type: ignore[arg-type]
    assert any(one.outcome is Outcome.FAILED for case, text in texts("湖南") for one in read(text, case))
