"""A page's values → its HTML body and contents list, by the templates under `templates/`."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from build_tools.accounts.corpus import Reference
from build_tools.accounts.statement import Statement, normal
from build_tools.amount import format_grouped
from build_tools.diagnostics import Finding
from build_tools.diagnostics.text import LineOf, render_finding
from build_tools.forms import Concept
from build_tools.web import tables
from build_tools.web.certificate.html import certificate_html, difference_text, equation_html
from build_tools.web.charts.html import chart_data, chart_table, figure_html
from build_tools.web.exports import format_name
from build_tools.web.narrative.html import sentence_html
from build_tools.web.pages.aims_html import aims_html
from build_tools.web.pages.compare_html import compare_table
from build_tools.web.pages.model import Page
from build_tools.web.pages.states import states_of
from build_tools.web.prose import manner_html, prose
from build_tools.web.tables.lists import Around, blocks_html
from build_tools.web.tables.portable import plain
from build_tools.web.tables.portable_lists import plain_blocks
from build_tools.web.templating import Templates

# the attributes in which addresses stand that are written from the root of the site
ADDRESSED = ("href", "data-here")


class Body(NamedTuple):
    """HTML with the values that it was made of and the way to the root that its links take."""

    values: Mapping[str, object]
    base: str
    html: str


class Renderer:
    """The template environment, made once for a build. `line_of` gives source lines for findings in a preview,
    `own` the words for what is not there.
    """

    last = Body({}, "", "")

    def __init__(self, templates: Path, reference: Reference, line_of: LineOf, own: bool = False) -> None:
        self.environment = Templates(templates)
        self.environment.filters.update(
            prose=prose, printed=format_grouped, size=size_text, as_data=as_data, format_name=format_name
        )
        names = term_names(reference)
        meaning = meanings(reference)
        outlines: dict[str, dict[Hashable, object]] = {}
        self.environment.globals.update(
            table=lambda statement, beside=tables.PLAIN: Markup(tables.table_html(statement, beside)),  # noqa: S704 - every text is escaped there
            blocks=lambda statement, level, beside, notes, source: Markup(  # noqa: S704
                blocks_html(statement, Around(level, beside, notes, source, meaning))
            ),
            plain_blocks=lambda statement, level, source: Markup(plain_blocks(statement, level, source, meaning)),  # noqa: S704
            manner=lambda kind, text, source: Markup(manner_html(kind, text, source)),  # noqa: S704
            plain_table=lambda statement: Markup(tables.table_html(statement, tables.PLAIN, plain)),  # noqa: S704
            beside_of=lambda base, marked, amended, last: tables.Beside(
                base, names, marked, amended, last.changes, outlines.setdefault(base, {})
            ),
            wide=tables.wide,
            above=tables.above,
            sentence=lambda one, base, link: Markup(sentence_html(one, base, link)),  # noqa: S704
            certificate=lambda parts, base: Markup(certificate_html(parts, base)),  # noqa: S704
            chart_table=lambda chart, base: Markup(chart_table(chart, base)),  # noqa: S704
            chart_data=lambda chart: Markup(chart_data(chart)),  # noqa: S704 - every < is spelled out there
            figure=lambda cell, base: Markup(figure_html(cell, base)),  # noqa: S704
            compare_table=lambda group, title, base: Markup(compare_table(group, title, base)),  # noqa: S704
            aims=lambda one, number, base: Markup(aims_html(one, number, base)),  # noqa: S704
            equation=lambda line, base, here: Markup(equation_html(line, base, here)),  # noqa: S704
            states=states_of(own),
            apart=difference_text,
            has_stated=has_stated,
            Concept=Concept,
            terms=reference.terms,
            finding_text=lambda finding: finding_text(finding, line_of),
        )

    def body(self, page: Page, base: str) -> str:
        """The page's own HTML. `base` leads from the page to the site's root: `../../`. A page that stands at a second
        address is made right before its copy, which says the same from another place.
        """
        if page.canonical and page.values is self.last.values:
            return moved(self.last, base)
        html = self.environment.get_template(f"pages/{page.template}").render(page=page, base=base, **page.values)
        self.last = Body(page.values, base, html)
        return html

    def portable(self, page: Page, address: str, notice: str = "") -> str:
        """The same disclosure in one file for the editor of a portal; its tables are the official ones and nothing
        beside.
        """
        return (
            self.environment.get_template("portable.html.j2")
            .render(page=page, address=address, notice=notice, **page.values)
            .lstrip()
        )

    def charts_alone(self, page: Page, base: str, address: str, notice: str = "") -> str:
        """The charts of a page with their tables and nothing else, for a frame in another site."""
        return (
            self.environment.get_template("charts.html.j2")
            .render(page=page, base=base, address=address, notice=notice, **page.values)
            .lstrip()
        )

    def part(self, template: str, base: str, **values: object) -> str:
        """A part of a page: contents list, breadcrumbs, a fragment for a hand-written page."""
        return self.environment.get_template(template).render(base=base, **values)


def moved(body: Body, base: str) -> str:
    """The same HTML for a page from which another way leads to the root."""
    html = body.html
    for name in ADDRESSED:
        html = html.replace(f' {name}="{body.base}', f' {name}="{base}')
    return html


def term_names(reference: Reference) -> dict[str, str]:
    """The names under which /glossary/ explains a term, by the term and its other names as they are compared."""
    found = {text: name for name, text in reference.terms}
    return {term: found[text] for term, text in reference.glossary.items() if text in found}


def meanings(reference: Reference) -> Callable[[str], str]:
    """What the glossary says of a term, '' where it does not have it."""
    return lambda term: reference.glossary.get(normal(term), "")


def size_text(size: int) -> str:
    """The size of a file: 3.7 MB."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} KB"


def has_stated(statement: Statement) -> bool:
    """True where a section holds figures that the printed document states and that could be computed."""
    stated = {column.key for block in statement.form.blocks for column in block.columns if column.stated}
    return bool(stated) and any(ref.column in stated for ref in statement.cells)


def as_data(value: object) -> Markup:
    """JSON inside a `<script>` of data: nothing in it can end the element or begin a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704 - no character of markup is left


def finding_text(finding: Finding, line_of: LineOf) -> str:
    """A finding as in the terminal."""
    return render_finding(finding, line_of)
