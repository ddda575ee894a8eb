"""One side of an identity written out: figures that know their cells, and the operators between them.

Where a figure is not told, neither is a total from which it could be computed back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from build_tools.fast import make
from build_tools.forms import Selector
from build_tools.forms.instances import Refs
from build_tools.formula import Binary, Number, Sum, Term, replace_names
from build_tools.web.pages.cells import EMPTY, Piece, Told

SIGNS = {sign: Piece(text) for sign, text in (("+", "+"), ("-", "−"), ("*", "×"), ("/", "÷"))}
PLUS, OPEN, CLOSE = SIGNS["+"], Piece("("), Piece(")")
# more addends than this are counted, not listed
MOST = 12
Pieces = tuple[Piece, ...]
ALONE = (False,)


class Side(NamedTuple):
    """`amount` in the unit of the table, None where it is blank, unknown or not to be told. `idle` = nothing but blanks
    and zeros.
    """

    pieces: Pieces
    amount: Decimal | None
    idle: bool


def written_out(
    term: Term[Selector], signs: tuple[bool, ...] | None, names: tuple[Refs, ...], amount: Decimal | None, told: Told
) -> Side:
    """A side with the cells of its names as they are `told`. `amount` is what it comes to; it is kept back with the
    figures that it was made from.

    Most sides are one cell, or only add and subtract (`signs`), and need no walk over the formula.
    """
    if signs == ALONE and len(names[0]) == 1:
        piece = told[names[0][0]]
        return make(
            Side, ((EMPTY if piece.idle and not piece.url else piece,), amount if piece.told else None, piece.idle)
        )
    figures = [told[ref] for refs in names for ref in refs]
    live, known = [piece for piece in figures if not piece.idle], False not in [piece.told for piece in figures]
    if signs is None:
        left = iter(names)
        pieces = spelled(replace_names(term, lambda *_: tuple([told[ref] for ref in next(left)])))
    elif True in signs:
        every = [("-" if minus else "+", told[ref]) for minus, refs in zip(signs, names, strict=True) for ref in refs]
        pieces = added_up([(sign, (piece,)) for sign, piece in every if not live or not piece.idle])
    else:
        pieces = summed(live or [piece for piece in figures if piece.url][:1] or [EMPTY])
    return make(Side, (pieces, amount if known else None, not live))


def summed(figures: Sequence[Piece]) -> Pieces:
    """Figures that are added up, all of them."""
    found = [*figures[:1]]
    for piece in figures[1:MOST]:
        found += (PLUS, OPEN, piece, CLOSE) if piece.text.startswith("-") else (PLUS, piece)
    return (*found, counted(figures)) if len(figures) > MOST else tuple(found)


def spelled(term: Term[Pieces]) -> Pieces:
    """Figures and operators."""
    if isinstance(term, Binary) and term.op == "min":
        return (Piece("较小的（"), *spelled(term.left), Piece("，"), *spelled(term.right), Piece("）"))
    if isinstance(term, Binary) and term.op in ("*", "/"):
        left, right = spelled(term.left), spelled(term.right)
        joined = len(left) == 1 or (isinstance(term.left, Binary) and term.left.op not in ("+", "-"))
        return (
            *(left if joined else bracketed(left)),
            SIGNS[term.op],
            *(right if len(right) == 1 else bracketed(right)),
        )
    return added_up(list(addends(term)))


def added_up(every: Sequence[tuple[str, Pieces]]) -> Pieces:
    """What is added and subtracted, with its signs. Addends that add nothing are left out, unless there are no
    others.
    """
    kept = [one for one in every if len(one[1]) > 1 or not one[1][0].idle]
    kept = kept or [one for one in every if one[1][0].url][:1] or [("+", (EMPTY,))]
    found: list[Piece] = []
    for sign, pieces in kept[:MOST]:
        if found or sign == "-":
            found += (SIGNS[sign], *(bracketed(pieces) if pieces[0].text.startswith("-") else pieces))
        else:
            found += pieces
    return (*found, counted(kept)) if len(kept) > MOST else tuple(found)


def counted(addends: Sequence[object]) -> Piece:
    """In the place of those that are not listed."""
    return Piece(f"…等 {len(addends)} 格")


def addends(term: Term[Pieces], sign: str = "+") -> Iterator[tuple[str, Pieces]]:
    """What a side adds and subtracts, each with its sign; a product is one addend."""
    if isinstance(term, Binary) and term.op in ("+", "-"):
        yield from addends(term.left, sign)
        yield from addends(term.right, sign if term.op == "+" else "+" if sign == "-" else "-")
    elif isinstance(term, Binary):
        yield sign, spelled(term)
    elif isinstance(term, Number):
        yield sign, (Piece(f"{term.value:f}"),)
    else:
        yield from ((sign, (piece,)) for piece in (term.of if isinstance(term, Sum) else term))


def bracketed(pieces: Pieces) -> Pieces:
    """In brackets, so that what stands beside does not take it apart."""
    return (OPEN, *pieces, CLOSE)
