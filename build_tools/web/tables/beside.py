"""What the site adds beside an official table: links of rows and terms, marks, last year's figures.

None of it is part of the table: a portable copy is drawn with `PLAIN`, and what is hidden until asked for leaves the
official shape.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from build_tools.accounts.statement import normal
from build_tools.diagnostics import CellRef
from build_tools.forms import Column
from build_tools.web.escaping import escape
from build_tools.web.pages.amended import Mark
from build_tools.web.pages.last_year import Change

GLOSSARY = "glossary/"
# other names of a row that say where it belongs and not what it is
WHEREOF = ("其中:", "加:", "减:")
# the rows and fields of all forms
NAMES = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """`base` leads to the root of the site; `plain` = nothing stands beside the table; `terms` are the names of the
    glossary by what they are compared as.

    `known` leads from a cell to what is said of its known difference, `amended` to what it was before it was corrected;
    `changes` are the cells that last year's
    disclosure has too. `outlines` keeps tables without their figures for all pages at the same depth; while one is
    drawn, `slots` takes its cells down.
    """

    base: str = ""
    terms: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[CellRef, str] = field(default_factory=dict)
    amended: Mapping[CellRef, Mark] = field(default_factory=dict)
    changes: Mapping[CellRef, Change] = field(default_factory=dict)
    outlines: dict[Hashable, Any] = field(default_factory=dict)
    slots: list[tuple[CellRef, Column]] | None = None
    plain: bool = False


PLAIN = Beside(plain=True)


def name_html(label: str, anchor: str, beside: Beside, under: str = "") -> str:
    """The name of a row, which is the link to the row, and the way to its explanation. `under` is what a name like 小计
    belongs to.
    """
    if beside.plain:
        return escape(label)
    whole = f' data-under="{escape(under)}"' if under else ""
    return f'<a href="#{escape(anchor)}"{whole}>{escape(label)}</a>{term_html(label, beside)}'


def own_html(text: str, anchor: str, beside: Beside) -> str:
    """Words that lead to the line that they stand in."""
    return escape(text) if beside.plain else f'<a href="#{escape(anchor)}">{escape(text)}</a>'


def here_html(anchor: str) -> str:
    """The link to a line whose words are too many to be one; it says nothing itself, so that a copied list stays as it
    is.
    """
    return f'<a class="mz-here" href="#{escape(anchor)}" aria-label="这一条的网址"></a>'


def term_html(label: str, beside: Beside) -> str:
    """The way to the explanation of a name that the glossary has; it says nothing itself, so that a copied table stays
    as it is.
    """
    if not beside.terms:
        return ""
    name = beside.terms.get(term_of(label))
    return (
        f'<a class="mz-term" href="{beside.base}{GLOSSARY}#{escape(name)}" aria-label="{escape(name)}：名词解释"></a>'
        if name
        else ""
    )


@lru_cache(maxsize=NAMES)
def term_of(label: str) -> str:
    """What the name of a row is compared as."""
    key = normal(label)
    for word in WHEREOF:
        key = key.removeprefix(word)
    return key


def last_html(ref: CellRef, beside: Beside) -> str:
    """Last year's figure and the change under a figure, out of sight until they are asked for."""
    one = beside.changes.get(ref)
    if one is None:
        return ""
    change = f"<br>较上年 {one.change}" if one.change else ""
    return f'<small class="mz-last">上年 {one.before}{change}</small>'
