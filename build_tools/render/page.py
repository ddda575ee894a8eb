"""A page's values → its HTML body and contents list, by the templates under `templates/`."""

from __future__ import annotations

import json
from collections.abc import Hashable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from build_tools.codes import Codes
from build_tools.corpus import Reference
from build_tools.diagnostics import CellRef, Finding
from build_tools.diagnostics.text import LineOf, render_finding
from build_tools.forms import Block, Column
from build_tools.pages import Page
from build_tools.render import tables
from build_tools.render.aims import aims_html
from build_tools.render.certificate import certificate_html, difference_text, equation_html
from build_tools.render.charts import chart_data, chart_table, figure_html
from build_tools.render.compare import compare_table
from build_tools.render.indicators import indicators_html
from build_tools.render.narrative import sentence_html
from build_tools.render.portable import plain
from build_tools.render.prose import prose
from build_tools.statement import Cell, State, Statement, normal, shown


class Renderer:
    """The template environment, made once for a build. `line_of` gives source lines for findings in a preview."""

    def __init__(self, templates: Path, reference: Reference, line_of: LineOf) -> None:
        self.environment = Environment(
            loader=FileSystemLoader(templates), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, bytecode_cache=Codes(),
            # a renderer is made for one build
            auto_reload=False,
        )
        self.environment.filters.update(prose=prose, printed=tables.printed, size=size_text, as_data=as_data)
        names = term_names(reference)
        outlines: dict[str, dict[Hashable, object]] = {}
        self.environment.globals.update(
            table=lambda statement, beside=tables.PLAIN: Markup(tables.table_html(statement, beside)),  # noqa: S704 - every text is escaped there
            block_table=lambda statement, block, beside=tables.PLAIN: Markup(tables.rows_html(statement, block, beside)),  # noqa: S704
            indicators=lambda statement, block, beside=tables.PLAIN: Markup(indicators_html(statement, block, beside)),  # noqa: S704
            plain_table=lambda statement: Markup(tables.table_html(statement, tables.PLAIN, plain)),  # noqa: S704
            plain_block=lambda statement, block: Markup(tables.rows_html(statement, block, tables.PLAIN, plain)),  # noqa: S704
            plain_indicators=lambda statement, block: Markup(plain(indicators_html(statement, block))),  # noqa: S704
            beside_of=lambda base, marked, last: tables.Beside(base, names, marked, last.changes, outlines.setdefault(base, {})),
            own=lambda text, anchor, beside: Markup(tables.own_html(text, anchor, beside)),  # noqa: S704
            here=lambda anchor: Markup(tables.here_html(anchor)),  # noqa: S704
            explained_term=lambda label, beside: Markup(tables.term_html(label, beside)),  # noqa: S704
            formula_of=tables.formula_of, field_ref=lambda statement, block, column: CellRef(statement.key, block.key, "", column.key),
            wide=tables.wide,
            sentence=lambda one, base, link: Markup(sentence_html(one, base, link)),  # noqa: S704
            certificate=lambda parts, base: Markup(certificate_html(parts, base)),  # noqa: S704
            chart_table=lambda chart, base: Markup(chart_table(chart, base)),  # noqa: S704
            chart_data=lambda chart: Markup(chart_data(chart)),  # noqa: S704 - every < is spelled out there
            figure=lambda cell, base: Markup(figure_html(cell, base)),  # noqa: S704
            compare_table=lambda group, title, base: Markup(compare_table(group, title, base)),  # noqa: S704
            aims=lambda one, number, base: Markup(aims_html(one, number, base)),  # noqa: S704
            equation=lambda line, base, here: Markup(equation_html(line, base, here)),  # noqa: S704
            apart=difference_text, fields=fields, address=tables.address, has_derived=has_derived, has_stated=has_stated, has_content=has_content,
            term=lambda name: reference.glossary.get(normal(name), ""), terms=reference.terms,
            finding_text=lambda finding: finding_text(finding, line_of), summarised=summarised,
        )

    def body(self, page: Page, base: str) -> str:
        """The page's own HTML. `base` leads from the page to the site's root: `../../`."""
        return self.environment.get_template(f"pages/{page.template}").render(page=page, base=base, **page.values)

    def portable(self, page: Page, address: str, notice: str = "") -> str:
        """The same disclosure in one file for the editor of a portal; its tables are the official ones and nothing beside."""
        return self.environment.get_template("portable.html.j2").render(page=page, address=address, notice=notice, **page.values).lstrip()

    def charts_alone(self, page: Page, base: str, address: str, notice: str = "") -> str:
        """The charts of a page with their tables and nothing else, for a frame in another site."""
        return self.environment.get_template("charts.html.j2").render(page=page, base=base, address=address, notice=notice, **page.values).lstrip()

    def part(self, template: str, base: str, **values: object) -> str:
        """A part of a page: contents list, breadcrumbs, a fragment for a hand-written page."""
        return self.environment.get_template(template).render(base=base, **values)


def term_names(reference: Reference) -> dict[str, str]:
    """The names under which /glossary/ explains a term, by the term and its other names as they are compared."""
    found = {text: name for name, text in reference.terms}
    return {term: found[text] for term, text in reference.glossary.items() if text in found}


def size_text(size: int) -> str:
    """The size of a file: 3.7 MB."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} KB"


def fields(statement: Statement, block: Block) -> list[tuple[Column, Cell, str]]:
    """The fields of a block that hold something, in order: column, cell, text."""
    found = []
    for column in block.columns:
        ref = CellRef(statement.key, block.key, "", column.key)
        text = shown(statement, ref, column)
        if text and (column.blank or statement.cell(ref).state is not State.OMITTED):
            found.append((column, statement.cell(ref), text))
    return found


def has_derived(statement: Statement) -> bool:
    """True where a table needs the legend of derived figures."""
    return any(cell.state is State.DERIVED for cell in statement.cells.values())


def has_stated(statement: Statement) -> bool:
    """True where a section holds figures that the printed document states and that could be computed."""
    stated = {column.key for block in statement.form.blocks for column in block.columns if column.stated}
    return bool(stated) and any(ref.column in stated for ref in statement.cells)


def has_content(statement: Statement, block: Block) -> bool:
    """True where a block of a list section holds anything to print."""
    axes = statement.axes.get(block.key)
    return axes is not None and any(not tables.empty_column(statement, axes, column) for column in block.columns)


def summarised(statement: Statement, block: Block) -> bool:
    """True where the texts of a list are summaries and not the document's own words."""
    axes, texts = statement.axes.get(block.key), [column.key for column in block.columns if column.type == "prose"]
    return block.kind == "records" and axes is not None and any(statement.at(block.key, row.key, text).manner == "摘要" for text in texts for row in axes.rows)


def as_data(value: object) -> Markup:
    """JSON inside a `<script>` of data: nothing in it can end the element or begin a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704 - no character of markup is left


def finding_text(finding: Finding, line_of: LineOf) -> str:
    """A finding as in the terminal."""
    return render_finding(finding, line_of)
