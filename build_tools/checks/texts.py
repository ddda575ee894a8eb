"""The prose of a disclosure: every text that somebody wrote, with the cell it stands in; and what the file itself says
about it.

原文 is kept word for word, 摘要 is in the words of whoever filled in the file, and so is every reason, use and remark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from build_tools.accounts.corpus import Disclosure
from build_tools.accounts.corpus.model import Remark
from build_tools.accounts.statement import State, Statement
from build_tools.diagnostics import CellRef, Outcome, Place, Verdict

PERCENT = re.compile(r"(-?\d{1,9}(?:\.\d{1,4})?)%")
# words that are not said of two things in one file
TELLING = 6


@dataclass(frozen=True, slots=True)
class Text:
    """A text in a cell, or the note under a table (`ref` is None). `kind` is prose, text or names; `manner` is 原文,
    摘要 or ''.
    """

    statement: Statement
    ref: CellRef | None
    text: str
    place: Place
    kind: str
    manner: str = ""
    of_unit: bool = False

    @property
    def says(self) -> str:
        """How its words are quoted."""
        return f"{self.manner or '这里'}写"


def texts(disclosure: Disclosure, wanted: Callable[[str], bool]) -> Iterator[Text]:
    """The texts that are wanted, in printed order. `of_unit` = it speaks of the whole unit, not of a project or a row
    of a list.
    """
    for statement in disclosure.statements.values():
        for axes, row, column, cell in statement.words:
            if cell.place and wanted(cell.text) and cell.state is State.WRITTEN and not column.private:
                ref = CellRef(statement.key, axes.block.key, row.key, column.key)
                yield Text(
                    statement,
                    ref,
                    cell.text,
                    cell.place,
                    column.type,
                    cell.manner,
                    axes.block.kind == "fields" and not statement.instance,
                )
        if statement.note and wanted(statement.note):
            yield Text(
                statement, None, statement.note, statement.noted or statement.place, "text", "", not statement.instance
            )


def explained(words: Sequence[str], text: Text, remarks: Iterable[Remark], verdicts: Iterable[Verdict]) -> bool:
    """True where 原文出入 of the same table quotes all these words, one of any table quotes a whole phrase, or a known
    difference of the same row has the figure.
    """
    tables = (text.statement.key, text.statement.form.key)
    for one in remarks:
        if all(quoted(word, one.text) for word in words) and (
            one.table in tables or (len(words[0]) >= TELLING and not words[0][0].isdigit())
        ):
            return True
    figure = PERCENT.fullmatch(words[0])
    return bool(figure and text.ref) and any(
        verdict.outcome is Outcome.EXPLAINED
        and verdict.left == Decimal(figure[1])
        and any(same_row(text.ref, ref) for ref in verdict.cells)
        for verdict in verdicts
        if figure and text.ref
    )


def same_row(one: CellRef, other: CellRef) -> bool:
    """True for cells of one row of one block."""
    return one[:3] == other[:3] and not other.scope


def quoted(word: str, text: str) -> bool:
    """True where a text has these words, a figure as the whole figure."""
    bare = word.replace(" ", "")
    return (
        bool(bare)
        and re.search(
            rf"(?<![\d.]){re.escape(bare)}(?![\d.])" if bare[0].isdigit() else re.escape(bare), text.replace(" ", "")
        )
        is not None
    )
