"""A sentence as HTML: every figure is a link to the cell it is, or to the first of the cells it was computed from.

Nothing is worked out here; how a figure was computed stands in its title, for those who point at it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from build_tools.diagnostics import CellRef
from build_tools.web.escaping import escape
from build_tools.web.narrative import Piece, Sentence

Link = Callable[[CellRef], str]
COMPUTED: Mapping[str, str] = {
    "magnitude": "表内所填的数",
    "count": "按表内的行数",
    "share": "按表内数计算：部分÷合计×100%",
    "completion": "按表内数计算：决算数÷预算数×100%",
    "difference": "按表内数计算：两数之差",
    "growth": "按表内数计算：增减额÷上年数×100%",
    "growth-by-increase": "按表内数计算：增加额÷（本年数－增加额）×100%",
    "growth-by-decrease": "按表内数计算：减少额÷（本年数＋减少额）×100%",
}


def sentence_html(sentence: Sentence, base: str, link: Link) -> str:
    """One paragraph. `link` gives the address of a cell from the root of the site, `#…` for one on this page, '' for
    none.
    """
    return "".join([piece_html(piece, base, link) for piece in sentence.pieces])


def piece_html(piece: Piece, base: str, link: Link) -> str:
    """Words as they are, a figure with its link."""
    if isinstance(piece, str):
        return escape(piece)
    url = link(piece.refs[0]) if piece.refs else ""
    if not url:
        return escape(piece.text)
    title = f' title="{COMPUTED[piece.formula]}"' if piece.formula in COMPUTED else ""
    return f'<a href="{escape(url if url.startswith("#") else base + url)}"{title}>{escape(piece.text)}</a>'
