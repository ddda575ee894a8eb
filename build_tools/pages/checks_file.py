"""The certificate as a file: one row for each verdict, standing alone like the rows of the tables beside it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal

from build_tools.exports import HEAD, Origin, harmless
from build_tools.pages.cells import UNTOLD, View
from build_tools.pages.certificate import Line, Part
from build_tools.pages.sides import decimals

COLUMNS = ("项目名称", "编号", "位置", "公式", "左边", "右边", "差", "尾差上限", "结果", "级别", "原因", "依据", "各格")


def checks_csv(parts: Iterable[Part], view: View, origin: Origin) -> str:
    """Every line of every part. Amounts are in the unit of the table; a cell is its id on this page, or page and id."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*HEAD, *COLUMNS])
    links = view.cells.links
    for part in parts:
        statement = part.statement
        words = (origin.district, origin.department, str(origin.year), origin.kind, statement.form.title, statement.unit, statement.name)
        fixed = [harmless(text) for text in words]
        for group in part.groups:
            identity = group.identity
            name, text, citation = map(harmless, (identity.id, identity.text, identity.citation))
            for line in group.lines:
                verdict = line.verdict
                figures = [plain(amount, line) for amount in (line.left.amount, line.right.amount, line.difference, verdict.slack)]
                cells = harmless("；".join([links[ref].removeprefix("#") or UNTOLD for ref in verdict.cells]))
                writer.writerow((
                    *fixed, name, harmless(line.place.text), text, *figures, verdict.outcome, verdict.severity, harmless(line.reason), citation, cells,
                ))
    return "\ufeff" + out.getvalue()


def plain(amount: Decimal | None, line: Line) -> str:
    """A figure for a program: a plain minus, no separators; empty where there is none."""
    return "" if amount is None else decimals(amount, line.whole)
