"""The indicators of a performance table as its narrative tells them: how many, with full marks or not, what is said of
those without.

A mark is a fact of the table; whether a target in words was reached is for the reader to judge.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_tools.accounts.statement import Statement
from build_tools.checks.targets_met import missed, reading
from build_tools.diagnostics import CellRef
from build_tools.forms import Concept, Row
from build_tools.web.narrative.cells import key_in, read_figure, read_words
from build_tools.web.narrative.figures import Book
from build_tools.web.narrative.quoting import Figure, computed, count_of


@dataclass(frozen=True, slots=True)
class Goal:
    """One indicator at its target `ref`. `lost` are the marks that were taken off; unknown where none are given. Its
    words are read where they are told, which of most is never.
    """

    book: Book
    statement: Statement
    row: Row
    ref: CellRef
    lost: Figure

    @property
    def name(self) -> str:
        """What it is called."""
        return self.row.label

    @property
    def target(self) -> str:
        """The target as written."""
        return self._said(self.ref.column)

    @property
    def actual(self) -> str:
        """What was reached, as written."""
        return self._said(key_in(self.statement, self.ref.block, Concept.ACTUAL))

    @property
    def reason(self) -> str:
        """Why marks were taken off, as written."""
        return self._said(key_in(self.statement, self.ref.block, Concept.DEVIATION_REASON))

    def _said(self, column: str) -> str:
        """The words of one of its cells."""
        return read_words(self.statement, self.ref.block, self.ref.row, column)

    @property
    def met(self) -> bool | None:
        """True where the result plainly reaches the target; None where they are not plainly figures of the same
        kind.
        """
        planned, reached = (
            reading(self.statement.cell_in(self.ref.block, self.ref.row, one))
            for one in (Concept.TARGET, Concept.ACTUAL)
        )
        comparable = (
            planned is not None and reached is not None and planned.unit == reached.unit and reached.operator == "="
        )
        return (
            not missed(planned, reached, self.row.under[-1])
            if comparable and planned and reached and self.row.under
            else None
        )


@dataclass(frozen=True)
class Indicators:
    """The indicators of a disclosure's tables."""

    book: Book

    def goals(self, form: str, scope: str = "") -> list[Goal]:
        """Every indicator that has a target, of this table or of all tables of a repeated form."""
        return [goal for statement in self.of_form(form, scope) for goal in self.of(statement, scope)]

    def projects(self, form: str) -> list[Statement]:
        """The projects for which a repeated form is filled in."""
        return [one for one in self.of_form(form) if one.instance]

    def of_form(self, form: str, scope: str = "") -> Iterator[Statement]:
        """The tables of a form that hold anything."""
        self.book.keys.prove(form)
        return (one for one in self.book.ledger.get(scope, {}).values() if one.form.key == form and not one.absence)

    def of(self, statement: Statement, scope: str) -> Iterator[Goal]:
        """The indicators of one table."""
        for axes in statement.axes.values():
            block = axes.block
            target = key_in(statement, block.key, Concept.TARGET)
            for row in axes.rows if block.kind == "indicators" and target else ():
                if statement.at(block.key, row.key, target).text:
                    yield self.goal(statement, CellRef(statement.key, block.key, row.key, target, scope), row)

    def goal(self, statement: Statement, ref: CellRef, row: Row) -> Goal:
        """One indicator."""
        weight, score = (
            read_figure(self.book.draft, statement, ref.block, ref.row, key_in(statement, ref.block, one), ref.scope)
            for one in (Concept.WEIGHT, Concept.SCORE)
        )
        return Goal(self.book, statement, row, ref, computed("difference", (weight, score)))

    def count(self, goals: list[Goal], unit: str = "项") -> Figure:
        """How many they are."""
        return count_of(self.book.draft, [goal.ref for goal in goals], unit)

    def met(self, goals: list[Goal], so: bool = True) -> list[Goal]:
        """Those whose figures plainly reach their targets, or (`so` is false) plainly do not."""
        return [goal for goal in goals if goal.met is so]

    def marked(self, goals: list[Goal]) -> list[Goal]:
        """Those that have marks."""
        return [goal for goal in goals if goal.lost.known]

    def full(self, goals: list[Goal]) -> list[Goal]:
        """Those with full marks."""
        return [goal for goal in goals if goal.lost.known and not goal.lost]

    def short(self, goals: list[Goal]) -> list[Goal]:
        """Those that lost marks, the most first."""
        return sorted((goal for goal in goals if goal.lost), key=lambda goal: -(goal.lost.amount or 0))
