"""What must hold whatever was pushed: findings in time and in words; what an error refuses is nowhere; what is published
is what was written, and a 通过 is one.
"""

from __future__ import annotations

from pathlib import Path

from lxml import html

from build_tools.accounts.statement import State, address
from build_tools.amount import format_grouped
from build_tools.checks import Checked, Report
from build_tools.diagnostics import Outcome
from build_tools.forms import NUMERIC
from build_tools.web.page import Renderer
from build_tools.web.pages.disclosure import disclosure_page
from build_tools.web.pages.model import Site
from tests.helpers import ROOT
from tests.mutation import figure_at, judged
from tests.support import assert_findings, check, repository_project

RENDERER = Renderer(ROOT / "templates", repository_project().reference, lambda file, line: "")


def hold(root: Path, file: str, data: bytes) -> str:
    """Assert all of it for one file of the small project; what became of the disclosure."""
    assert_findings(root, file, data)
    reports, _ = check(root)
    shown = [(report, one) for report in reports for one in report.checked]
    for report, one in shown:
        assert wrong_verdicts(report, one) == []
        if one.disclosure.released and not one.held:
            assert unprinted(report, one) == []
    states = {"held" if one.held else "published" if one.disclosure.released else "draft" for _, one in shown}
    return "+".join(sorted(states)) or "none"


def wrong_verdicts(report: Report, checked: Checked) -> list[str]:
    """The identities of which the engine says that they hold, and arithmetic done apart from it does not."""
    found = []
    ledger = {"": checked.disclosure.statements}
    for instance, verdict in zip(checked.instances, checked.verdicts, strict=True):
        if verdict.outcome not in (Outcome.PASSED, Outcome.ROUNDING) or any(ref.scope for ref in instance.cells):
            continue
        figures = {ref: figure_at(ref, instance.identity.table, ledger) for ref in instance.cells}
        if instance.cells and verdict.outcome not in judged(instance, figures):
            found.append(f"{instance.identity.id}: {verdict.outcome}")
    return found


def unprinted(report: Report, checked: Checked) -> list[str]:
    """The written figures that do not stand on the public page in their own place."""
    page = disclosure_page(checked, report, Site(repository_project(), (report,)))
    tree = html.document_fromstring(f"<body>{RENDERER.body(page, '../../../../')}</body>")
    cells = {one.get("id"): one.text_content() for one in tree.xpath("//*[@id]")}
    missing = []
    for statement in checked.disclosure.statements.values():
        for ref, cell in statement.cells.items():
            column = statement.column(ref)
            if cell.state is not State.WRITTEN or column is None or column.type not in NUMERIC or column.private:
                continue
            where, text = address(statement.anchor, *ref[1:4]), format_grouped(statement.texts[ref])
            if text not in cells.get(where, ""):
                missing.append(f"{where}: {text}")
    return missing
