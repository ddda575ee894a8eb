"""Where a cell stands on its page, and in which order rows are printed: one rule for pages, links and files."""

from __future__ import annotations

from functools import lru_cache

from build_tools.forms import Axes, Form, Row

# the cells of some departments: their tables have the same rows year after year
ADDRESSES = 1 << 15


@lru_cache(maxsize=ADDRESSES)
def address(anchor: str, block: str, row: str, column: str) -> str:
    """The id of a cell or (without a column) of a row on its page; `anchor` is the table's. Used in links and
    in files.
    """
    return ".".join([part for part in (anchor, block, row, column) if part])


def printed_rows(form: Form, axes: Axes) -> tuple[Row, ...]:
    """The rows of a block from top to bottom; some regions print the total below what it is the total of."""
    if not form.layout.total_last:
        return axes.rows
    return (*(row for row in axes.rows if row.level != 0), *(row for row in axes.rows if row.level == 0))
