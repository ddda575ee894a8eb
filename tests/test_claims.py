"""The corpus in tests/claims/: what the reader makes of sentences written for it, counted by kind.

A sentence lists every claim that should be read and its outcome. A claim that is called wrong and is not listed so is a
false alarm; a listed one that is missed or judged otherwise is missing from the recall; one that is listed as 未核对
has to be counted so. `-s` prints the table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from build_tools.checks.claims import claims_in
from build_tools.checks.claims.naming import beside, key_of
from build_tools.checks.claims.role import Role

FOLDER = Path(__file__).parent / "claims"
ALARMS = ("不符", "零基数", "尾差", "指出")
ROLES = {"上年": Role.LAST_YEAR, "年初预算": Role.INITIAL_BUDGET, "全年预算": Role.ANNUAL_BUDGET, "预算": Role.BUDGET}
REMARKS = {"claim-date": "date", "claim-year": "year", "claim-repeat": "repeat", "claim-contradiction": "contradiction"}


@dataclass(frozen=True)
class Sentence:
    """One entry of the corpus."""

    name: str
    text: str
    expected: Counter[tuple[str, str]]
    tables: Mapping[str, frozenset[Decimal]] = field(default_factory=dict, hash=False)


def sentences() -> Iterator[Sentence]:
    """The whole corpus."""
    for path in sorted(FOLDER.glob("*.yaml")):
        for number, entry in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1):
            expected = Counter(tuple(one.split(" ")) for one in entry.get("expect", ()))
            yield Sentence(f"{path.stem} {number}", entry["text"], expected, tables(entry.get("tables", {})))


def tables(written: Mapping[str, float | Mapping[str, float]]) -> dict[str, frozenset[Decimal]]:
    """What tables would give: an amount by its name, and what stands beside it (上年, 年初预算) by its role."""
    found: dict[str, set[Decimal]] = {}
    for name, row in written.items():
        amounts = {
            role: Decimal(str(amount)) for role, amount in (row if isinstance(row, Mapping) else {"本年": row}).items()
        }
        found.setdefault(key_of(name), set()).add(amounts["本年"])
        for role in amounts.keys() - {"本年"}:
            found.setdefault(beside(ROLES[role], key_of(name), amounts["本年"]), set()).add(amounts[role])
    return {name: frozenset(some) for name, some in found.items()}


def read(text: str, against: Mapping[str, frozenset[Decimal]] | None = None) -> Counter[tuple[str, str]]:
    """Kind and outcome of everything that the reader finds."""
    page = claims_in(text, tables=against)
    found = Counter((one.claim.kind, one.outcome.value) for one in page.claims)
    return found + Counter((REMARKS[one.code], "指出") for one in page.findings if one.code in REMARKS)


CORPUS = list(sentences())


def table(rows: dict[str, Counter[str]]) -> str:
    """Precision and recall by kind."""
    lines = [f"{'kind':<12}{'expected':>9}{'read':>7}{'recall':>9}{'alarms':>8}{'false':>7}{'precision':>11}"]
    for kind, row in sorted(rows.items()):
        recall = row["read"] / row["expected"] if row["expected"] else 1
        precision = 1 - row["false"] / row["alarms"] if row["alarms"] else 1
        lines.append(
            f"{kind:<12}{row['expected']:>9}{row['read']:>7}{recall:>9.1%}{row['alarms']:>8}{row['false']:>7}{precision:>11.1%}"
        )
    return "\n".join(lines)


def measured() -> dict[str, Counter[str]]:
    """Expected, read, alarms and false alarms of every kind."""
    rows: dict[str, Counter[str]] = {}
    for sentence in CORPUS:
        found = read(sentence.text, sentence.tables)
        for (kind, outcome), number in sentence.expected.items():
            if outcome != "未核对":
                rows.setdefault(kind, Counter()).update(expected=number, read=min(number, found[kind, outcome]))
        for (kind, outcome), number in found.items():
            if outcome in ALARMS:
                rows.setdefault(kind, Counter()).update(
                    alarms=number, false=max(0, number - sentence.expected[kind, outcome])
                )
    return rows


def test_no_false_alarm_and_a_recall_of_at_least_95_percent_by_kind() -> None:
    rows = measured()
    print(f"\n{table(rows)}")
    assert len({one.text for one in CORPUS}) >= 300
    assert {kind: row["false"] for kind, row in rows.items() if row["false"]} == {}
    assert {
        kind: row["read"] / row["expected"] for kind, row in rows.items() if row["read"] < 0.95 * row["expected"]
    } == {}


@pytest.mark.parametrize(
    "sentence",
    [one for one in CORPUS if not any(outcome in ALARMS for _, outcome in one.expected)],
    ids=lambda one: one.name,
)
def test_what_is_right_is_left_alone(sentence: Sentence) -> None:
    assert [one.message for one in claims_in(sentence.text, tables=sentence.tables).findings] == []


@pytest.mark.parametrize(
    "sentence",
    [one for one in CORPUS if any(outcome == "未核对" for _, outcome in one.expected)],
    ids=lambda one: one.name,
)
def test_what_cannot_be_read_is_counted(sentence: Sentence) -> None:
    """Not swallowed, and not called wrong."""
    found = read(sentence.text, sentence.tables)
    assert {key: found[key] for key in sentence.expected if key[1] == "未核对"} == {
        key: n for key, n in sentence.expected.items() if key[1] == "未核对"
    }


DOCUMENTS = sorted((FOLDER / "documents").glob("*.txt"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_correct_document_is_read_and_left_alone(path: Path) -> None:
    """Whole documents with made-up figures, as three provinces word them."""
    page = claims_in(path.read_text(encoding="utf-8"))
    assert page.findings == ()
    outcomes = Counter(one.outcome.value for one in page.claims)
    assert set(outcomes) <= {"通过", "未核对"}
    assert outcomes["通过"] >= 10


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_each_percentage_that_was_read_is_found_when_it_is_wrong(path: Path) -> None:
    """One after the other is raised by 7.7; what is found stands at that figure and nowhere else."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for one in claims_in("\n".join(lines)).claims:
        if one.outcome.value != "通过" or not one.stated.endswith("%"):
            continue
        claim, line = one.claim, lines[one.claim.line - 1]
        start, end = claim.column - 1, claim.column - 1 + claim.length
        wrong = f"{float(line[start:end].rstrip('%')) + 7.7:.2f}%"
        page = claims_in("\n".join([*lines[: claim.line - 1], line[:start] + wrong + line[end:], *lines[claim.line :]]))
        assert [(found.place.line, found.place.column) for found in page.findings] == [(claim.line, claim.column)], (
            wrong
        )
