"""Whole documents in the manner of several regions, with figures that are made up and right: silence, and what is found
when one is wrong.

Every figure that a claim joins is made wrong, one after the other; a claim that was read and still holds is a survivor.
What is no arithmetical claim of its own (an amount that nothing is joined to) is not counted. `-s` prints the table by
kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from build_tools.checks.claims import Claim, Outcome, claims_in
from build_tools.checks.claims.figures import Figure
from tests.test_claims import FOLDER

DOCUMENTS = sorted((FOLDER / "documents").glob("*.txt"))
LEAST, READ = 0.95, 0.6
# each claim is made wrong by what is stated, and by what it rests on
WRONG = 1.13


def spoiled(lines: list[str], line: int, column: int, length: int) -> str | None:
    """The text with the figure there made wrong, as many decimals as it has; None where it is broken over lines or
    zero.
    """
    said = lines[line - 1]
    written = said[column - 1 : column - 1 + length]
    digits = "".join(char for char in written if char.isdigit() or char == ".")
    if not digits or not float(digits):
        return None
    start, end = (
        written.index(next(char for char in written if char.isdigit())),
        max(number for number, char in enumerate(written) if char.isdigit()) + 1,
    )
    decimals = len(digits.partition(".")[2])
    wrong = f"{float(digits) * WRONG + 0.2:.{decimals}f}"
    changed = said[: column - 1] + written[:start] + wrong + written[end:] + said[column - 1 + length :]
    return "\n".join([*lines[: line - 1], changed, *lines[line:]])


def injected(text: str) -> Iterator[tuple[Claim, bool]]:
    """Every claim that holds, and whether it is found once the figure that it states is wrong."""
    lines = text.split("\n")
    for one in claims_in(text).claims:
        claim = one.claim
        if (
            one.outcome is Outcome.PASSED
            and claim.stated is not None
            and (wrong := spoiled(lines, claim.line, claim.column, claim.length))
        ):
            found = claims_in(wrong).findings
            yield claim, any((other.place.line, other.place.column) == (claim.line, claim.column) for other in found)


def rested_on(text: str) -> Iterator[tuple[Claim, bool]]:
    """Every claim that holds, and whether anything is found once the first figure that it rests on is wrong."""
    lines = text.split("\n")
    for one in claims_in(text).claims:
        figures = [
            figure
            for reading in one.claim.readings[:1]
            for some in reading.figures.values()
            for figure in some
            if figure.value
        ]
        if (
            one.outcome is Outcome.PASSED
            and figures
            and (place := placed(lines, one.claim, figures[0]))
            and (wrong := spoiled(lines, *place))
        ):
            yield one.claim, any(other.code != "claim-rounding" for other in claims_in(wrong).findings)


def placed(lines: list[str], claim: Claim, figure: Figure) -> tuple[int, int, int] | None:
    """Where a figure stands, if it is the only one so written in the line of its claim."""
    written = figure.token.text
    said = lines[claim.line - 1]
    return (claim.line, said.index(written) + 1, len(written)) if said.count(written) == 1 else None


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_correct_document_is_left_alone_and_read(path: Path) -> None:
    page = claims_in(path.read_text(encoding="utf-8"))
    assert [one.message for one in page.findings] == []
    outcomes = Counter(one.outcome.value for one in page.claims)
    assert outcomes["通过"] >= READ * outcomes.total()


@pytest.mark.parametrize("spoil", [injected, rested_on])
def test_errors_that_are_put_in_are_found(spoil: type[injected]) -> None:  # type: ignore[valid-type]
    made, found = Counter[str](), Counter[str]()
    survivors = []
    for path in DOCUMENTS:
        for claim, seen in spoil(path.read_text(encoding="utf-8")):  # type: ignore[operator]
            made[claim.kind] += 1
            found[claim.kind] += seen
            survivors += [] if seen else [f"{path.stem}:{claim.line}:{claim.column} {claim.kind} {claim.sentence[:40]}"]
    print(
        f"\n{'kind':<12}{'errors':>8}{'found':>7}",
        *(f"{kind:<12}{made[kind]:>8}{found[kind]:>7}" for kind in sorted(made)),
        *survivors,
        sep="\n",
    )
    assert made.total() > 100
    assert all(found[kind] >= LEAST * made[kind] - 1 for kind in made), survivors
    assert found.total() >= LEAST * made.total(), survivors
