"""The certificate as a file: one row for each verdict, standing alone like the rows of the tables beside it."""

from __future__ import annotations

from collections.abc import Iterable

from build_tools.amount import format_exact
from build_tools.diagnostics import CellRef
from build_tools.web.certificate.lines import MOST, Line, Part
from build_tools.web.exports import HEAD, Origin, field, file_of, line_of
from build_tools.web.pages.cells import UNTOLD, Links, View

COLUMNS = "项目名称,编号,位置,公式,左边,右边,差,尾差上限,结果,级别,原因,依据,各格"
Refs = tuple[CellRef, ...]
# no difference, among figures with decimals and among whole numbers
NOTHING = ("0.00", "0")


def checks_csv(parts: Iterable[Part], view: View, origin: Origin) -> str:
    """Every line of every part. Amounts are in the unit of the table; a cell is its id on this page, or page and id."""
    lines, links = [f"{HEAD},{COLUMNS}"], view.cells.links
    for part in parts:
        statement = part.statement
        fixed = line_of((*origin.words, statement.form.title, statement.unit, statement.name))
        for group in part.groups:
            identity = group.identity
            head, text, citation = f"{fixed},{field(identity.id)}", field(identity.text), field(identity.citation)
            for line in group.lines:
                verdict = line.verdict
                found = f"{figures(line)},{format_exact(verdict.slack, line.whole)},{verdict.outcome},{verdict.severity},{field(line.reason)}"  # noqa: E501
                lines.append(
                    f"{head},{field(line.place.text)},{text},{found},{citation},{addresses(verdict.cells, links)}"
                )
    return file_of(lines)


def figures(line: Line) -> str:
    """Both sides and their difference, as fields."""
    left, right, difference, whole = line.left.amount, line.right.amount, line.difference, line.whole
    if difference is not None and not difference and left is not None:
        # equal amounts are written alike, and nearly all are equal; a zero has no sign
        both = format_exact(left, whole) if left else NOTHING[whole]
        return f"{both},{both},{NOTHING[whole]}"
    return ",".join(["" if one is None else format_exact(one, whole) for one in (left, right, difference)])


# by the address of the cells, which are held, so that no others have it: tables of the same shape share them
ADDRESSES: dict[int, tuple[Refs, str]] = {}


def addresses(cells: Refs, links: Links) -> str:
    """The cells of an identity as a field."""
    known = ADDRESSES.get(id(cells))
    if known is None:
        known = cells, field("；".join([links[ref].removeprefix("#") or UNTOLD for ref in cells]))
        # where another disclosure stands depends on whose this is
        if not any(ref.scope for ref in cells):
            if len(ADDRESSES) >= MOST:
                ADDRESSES.clear()
            ADDRESSES[id(cells)] = known
    return known[1]
