"""Which tables, blocks, rows and columns any declared form has: what a template of a text may ask for by key.

What one region lacks another may have, and then a template may ask for it and finds nothing; what no form has is a
mistake of the template, which would otherwise be a sentence that silently never comes.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from build_tools.forms.blocks import Block
from build_tools.forms.concepts import Concept
from build_tools.forms.model import Form
from build_tools.forms.reading import did_you_mean
from build_tools.forms.templates import Forms

# rows of these blocks are called by staff, by number or by code
OPEN = ("records", "indicators")


class UnknownKeyError(LookupError):
    """A template asks for what no form has."""


class Keys:
    """The keys of all forms, those of one region and year beside those of every other."""

    def __init__(self, forms: Forms) -> None:
        self._tables: dict[str, list[Form]] = {}
        for form in forms.forms:
            self._tables.setdefault(form.key, []).append(form)
        self._explained = self._key_of(Concept.EXPLANATION)
        self._proved: set[tuple[str | None, ...]] = set()

    def prove(self, table: str, block: str | None = None, row: str = "", column: str = "") -> None:
        """Raises UnknownKeyError unless some form has this table, in it this block, in this the row and the column.

        None and '' ask for less. A code is a row of every block of codes; what stands behind # is a project.
        """
        table = table.partition("#")[0]
        path = (table, block, row, column)
        if path in self._proved:
            return
        forms = self._forms_of(table)
        if block is not None:
            blocks = [one for form in forms for one in form.blocks if one.key == block]
            if not blocks:
                _refuse(block, f"“{table}”里没有叫“{block}”的块", [one.key for form in forms for one in form.blocks])
            where = f"“{table}”的“{block}”" if block else f"“{table}”"
            if row and not any(_has_row(one, row) for one in blocks):
                _refuse(row, f"{where}里没有叫“{row}”的行", [key for one in blocks for key in _rows_of(one)])
            if column and not any(one.column(column) for one in blocks):
                _refuse(
                    column, f"{where}里没有叫“{column}”的栏", [one.key for block in blocks for one in block.columns]
                )
        self._proved.add(path)

    def prove_explained(self, block: str, row: str = "") -> None:
        """The same of a block of 说明."""
        self.prove(self._explained, block, row)

    def prove_head(self, concept: Concept, head: str) -> None:
        """Raises UnknownKeyError unless some form prints the table of a concept in sets, one under this head."""
        table = self._key_of(concept)
        forms = self._forms_of(table)
        heads = [title for form in forms for title, _ in form.layout.set_heads]
        if head not in heads:
            _refuse(head, f"“{table}”里没有叫“{head}”的组名", heads)

    def _key_of(self, concept: Concept) -> str:
        """The key of the table that has a concept."""
        return next((key for key, forms in self._tables.items() if any(concept in one.concepts for one in forms)), "")

    def _forms_of(self, table: str) -> list[Form]:
        """The forms of a table, of every region and year."""
        if table not in self._tables:
            _refuse(table, f"表样里没有叫“{table}”的表", self._tables)
        return self._tables[table]


@lru_cache(maxsize=2)
def keys_of(forms: Forms) -> Keys:
    """The keys of these forms."""
    return Keys(forms)


def _has_row(block: Block, row: str) -> bool:
    """True where a row of this key may stand in a block."""
    return block.kind in OPEN or (block.kind == "coded" and row.isdigit()) or row in _rows_of(block)


def _rows_of(block: Block) -> list[str]:
    """The rows that a block names."""
    return [*(one.key for one in block.rows), *filter(None, [block.total])]


def _refuse(key: str, message: str, known: Iterable[str]) -> None:
    """Say what is not there, and what may have been meant."""
    hint = did_you_mean(key, list(dict.fromkeys(known)))
    raise UnknownKeyError(f"{message}（{hint}）" if hint else message)
