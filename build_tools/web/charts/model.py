"""A chart as a value: the table beside it, what is drawn of it, its words for those who do not see it, what it leaves
out.

The table comes first and holds everything; a chart draws nothing but figures of its table, and never a figure that is
not there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from build_tools.amount import parse_figure
from build_tools.web.pages.model import Link

LINES, BARS, STACKS, RANKS = "lines", "bars", "stacks", "ranks"
# alt text names as many rows as one can keep in mind; the table has the rest
MOST_SAID = 5
# how the alt text says by how much a measure fell or rose, and what a stack comes to
MOVES, WHOLE = ("减少{}", "增加{}"), "合计{}"
# of some departments
FIGURES = 1 << 14


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure as printed, with the address of the cell it comes from, or the word for why there is none ('' where
    none belongs).

    `title` says how it was computed, or what its table prints; `derived` marks a blank that the compiler has filled.
    """

    text: str
    url: str = ""
    title: str = ""
    derived: bool = False

    @property
    def amount(self) -> Decimal | None:
        """Its value; None for a word."""
        return amount_in(self.text)


def printed_as(source: str) -> str:
    """What is said of a figure that its table prints in another unit; nothing where there is no `source`."""
    return f"原表：{source}" if source else ""


@lru_cache(maxsize=FIGURES)
def amount_in(text: str) -> Decimal | None:
    """The value of a printed figure; years and departments show the same ones again."""
    return parse_figure(text)


@dataclass(frozen=True, slots=True)
class Row:
    """One measure or one item; `total` stands in the table and is not drawn."""

    label: str
    cells: tuple[Cell, ...]
    total: bool = False
    url: str = ""


@dataclass(frozen=True)
class Chart:
    """`manner` is how it is drawn, '' for a table alone; `unit` is that of every figure. `id` is its address on the
    page.

    `left_out` says in sentences what is not drawn and why; `files` lead to the same figures as CSV.
    """

    id: str
    title: str
    manner: str
    unit: str
    head: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    left_out: tuple[str, ...] = ()
    files: tuple[Link, ...] = ()

    @property
    def drawn(self) -> bool:
        """True where there is something to see that the table does not say by itself: two figures at least."""
        return bool(self.manner) and self.most > 1

    @cached_property
    def parts(self) -> tuple[Row, ...]:
        """The rows that are drawn: those with a figure, totals apart."""
        return tuple(row for row in self.rows if not row.total and any(cell.amount is not None for cell in row.cells))

    @property
    def most(self) -> int:
        """How many figures stand side by side: over the columns of a measure, among the items of a ranking or a
        stack.
        """
        if self.manner in (STACKS, RANKS):
            return len(self.parts)
        return max((sum(cell.amount is not None for cell in row.cells) for row in self.parts), default=0)

    @property
    def data(self) -> dict[str, object]:
        """What the script draws, in the words and digits of the table; null where there is no figure."""
        rows = [
            {
                "label": row.label,
                "values": [cell.text.removesuffix("%") if cell.amount is not None else None for cell in row.cells],
            }
            for row in self.parts
        ]
        return {
            "manner": self.manner,
            "title": self.title,
            "unit": self.unit,
            "columns": list(self.columns),
            "rows": rows,
            "left_out": list(self.left_out),
        }

    @property
    def alt(self) -> str:
        """The figures in a sentence or two, for those who hear the page."""
        told = {STACKS: self.stacked, RANKS: self.ranked}.get(self.manner, self.over_columns)()
        more = len(self.parts) - MOST_SAID
        return f"{told}{f'；另有{more}项见表' if more > 0 and self.manner != STACKS else ''}。"

    def over_columns(self) -> str:
        """Each measure from its first to its last figure, and its greatest where that is neither."""
        return "；".join(self.course(row) for row in self.parts[:MOST_SAID])

    def course(self, row: Row) -> str:
        """One measure over the columns."""
        known = [
            (column, cell, cell.amount)
            for column, cell in zip(self.columns, row.cells, strict=True)
            if cell.amount is not None
        ]
        (first, start, low), (last, end, high) = known[0], known[-1]
        if len(known) == 1:
            return f"{row.label}只有{first}的{start.text}{self.unit}"
        move = "没有变化" if low == high else MOVES[high > low].format(f"{abs(high - low)}{self.unit}")
        top, cell, peak = max(known, key=lambda one: one[2])
        most = f"，最高是{top}的{cell.text}{self.unit}" if peak not in (low, high) else ""
        return f"{row.label}{first}{start.text}{self.unit}，{last}{end.text}{self.unit}，{move}{most}"

    def stacked(self) -> str:
        """What each column is made of, the greatest part first."""
        told = []
        totals = next((row.cells for row in self.rows if row.total), tuple(Cell("") for _ in self.columns))
        for position, column in enumerate(self.columns):
            whole = WHOLE.format(f"{totals[position].text}{self.unit}") if totals[position].amount is not None else ""
            found = [(row, cell, cell.amount) for row in self.parts if (cell := row.cells[position]).amount]
            named = sorted(found, key=lambda one: -(one[2] or 0))[:MOST_SAID]
            told.append(
                f"{column}{whole}："
                + ("、".join(f"{row.label}{cell.text}{self.unit}" for row, cell, _ in named) or "没有数额")
            )
        return "；".join(told)

    def ranked(self) -> str:
        """The items from the greatest down."""
        ordered = ranking(self.parts)
        return f"共{len(ordered)}项，从多到少：" + "、".join(
            f"{row.label}{row.cells[0].text}{self.unit}" for row in ordered[:MOST_SAID]
        )


def ranking(rows: tuple[Row, ...]) -> list[Row]:
    """Rows with a figure in the first column, the greatest first."""
    return sorted((row for row in rows if row.cells[0].amount is not None), key=lambda row: -(row.cells[0].amount or 0))


def gaps(rows: tuple[Row, ...], columns: tuple[str, ...]) -> tuple[str, ...]:
    """What a chart over columns leaves out: columns without any figure, and single figures that are not there, with
    their words.
    """
    found: list[str] = []
    for position, column in enumerate(columns):
        words = [(row.label, row.cells[position].text or "空") for row in rows if row.cells[position].amount is None]
        if len(words) == len(rows):
            found.append(f"{column}（{'、'.join(dict.fromkeys(word for _, word in words))}）")
        else:
            found += (f"{column}的{label}（{word}）" for label, word in words)
    return (f"没有画进图里：{'；'.join(found)}",) if found else ()


def embed_of(charts: Sequence[Chart], url: str) -> str:
    """Where the charts of a page stand alone, for a frame elsewhere; '' where nothing is drawn."""
    return f"{url}charts.html" if any(chart.drawn for chart in charts) else ""
