"""One version of a file as the record knows it: whether it may be public, and its figures as they were printed.

Small enough to be kept by the name of its contents, so that a history of thousands of versions is read once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import msgspec

from build_tools.accounts.corpus import Disclosure
from build_tools.accounts.statement import State, Statement
from build_tools.accounts.statement.cell import OMITTED
from build_tools.forms import Concept

# goals of indicators are words such as “≥95%”
FIGURES = ("amount", "count", "percent", "score", "target")
APART = "\t"
# figures in what is printed as a whole; years and ordinals are among them
SENTENCES, TOLD = ("prose",), "told"
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?%?")


class Facts(msgspec.Struct, frozen=True, array_like=True):
    """`ready` = marked public, signed, and found without an error; `opens` is its 公开日期 as written.

    `figures` are texts by table, block, row and column, those of `derived` nobody wrote. `rest` is a hash of all that
    a page says besides. `said` are its 更正, each as its texts.
    """

    ready: bool
    opens: str
    figures: dict[str, str]
    derived: frozenset[str]
    rest: str
    said: tuple[tuple[str, ...], ...]


def facts_of(disclosure: Disclosure) -> Facts:
    """Of a disclosure that has been read; whether it adds up is for others to say."""
    figures, derived, rest = {}, set(), []
    for statement in disclosure.statements.values():
        for address, text, figure, computed in texts_of(statement):
            if figure:
                figures[address] = text
            else:
                rest.append(f"{address}{APART}{text}")
            if computed:
                derived.add(address)
    said = tuple(
        (one.date, one.what, one.why, one.approval, one.table, one.row, one.column) for one in disclosure.corrections
    )
    folded = hashlib.sha256("\n".join(sorted(rest)).encode()).hexdigest()[:32]
    opens = disclosure.fact(Concept.PUBLICATION_DATE)
    return Facts(disclosure.released, opens, figures, frozenset(derived), folded, said)


def texts_of(statement: Statement) -> Iterator[tuple[str, str, bool, bool]]:
    """Of every cell that prints something of its own: its address, its text, whether that is a figure, whether nobody
    wrote it.
    """
    for ref, cell in statement.cells.items():
        column = statement.column(ref)
        text = statement.texts[ref]
        if column is None or text == statement.texts.said(OMITTED, column):
            continue
        address = APART.join((statement.key, ref.block, ref.row, ref.column))
        if column.type == "amount" and statement.unit != statement.form.unit:
            # the same digits in another unit are another figure
            text += statement.unit
        yield address, text, column.type in FIGURES, cell.state is State.DERIVED
        if column.type in SENTENCES and (numbers := " ".join(NUMBER.findall(text))):
            # a figure that stands in a sentence only
            yield f"{address}{APART}{TOLD}", numbers, True, False
