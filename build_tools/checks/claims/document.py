"""A text → its claims, judged, and what else stands in it that cannot be: the one entry for files and for cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from build_tools.checks.claims import naming
from build_tools.checks.claims.asserting import claim_of, doubtful
from build_tools.checks.claims.directions import directions
from build_tools.checks.claims.figures import Figure, figures_of
from build_tools.checks.claims.judging import CENT, judge, shown, signed
from build_tools.checks.claims.lists import sums
from build_tools.checks.claims.model import Claim, Judged, Reading
from build_tools.checks.claims.role import Role
from build_tools.checks.claims.statements import Remark, remarks, year_of
from build_tools.checks.claims.telling import findings_of
from build_tools.checks.claims.text import MARKER, Block, blocks_of
from build_tools.checks.claims.weighing import Direction, weigh
from build_tools.checks.claims.words import WAYS, Token, tokens_of
from build_tools.diagnostics import Finding, Place

ENOUGH, EXCERPT, LONGEST = 10, 120, 20


@dataclass(frozen=True, slots=True)
class Named:
    """An amount of this year's accounts with what it is called, in 万元; `text` as printed."""

    name: str
    amount: Decimal
    text: str
    line: int
    column: int
    length: int


@dataclass(frozen=True, slots=True)
class Page:
    """A text that has been read: every claim with its outcome, findings in reading order, the year that it is about,
    amounts by name.
    """

    claims: tuple[Judged, ...]
    findings: tuple[Finding, ...]
    year: int | None
    amounts: tuple[Named, ...] = ()


def claims_in(
    text: str,
    year: int | None = None,
    place: Place | None = None,
    tables: Mapping[str, Iterable[Decimal]] | None = None,
) -> Page:
    """Everything that a text claims. `year` is the document's; None takes it from the text. Never raises.

    `place` is where the text begins, so that findings of a cell stand at its own line and column; `tables` are amounts
    in 万元 by `naming.key_of` their name, and by `naming.beside` what stands beside them, for bases that the text does
    not give itself. A claim that is 不符 is a 警告, a percentage that is a 尾差 a 提示; sums that are a 尾差, and what
    is 未核对, are only counted.
    """
    place = place or Place("")
    blocks = blocks_of(text)
    year = year or year_of(blocks)
    tokens = [list(tokens_of(block.text)) for block in blocks]
    figures = [figures_of(some, year) for some in tokens]
    names = naming.index(figures, tables or {})
    half = coarse(figures)
    judged: list[Judged] = []
    opener: Figure | None = None
    for block, some, found in zip(blocks, tokens, figures, strict=True):
        opener = opener if MARKER.match(block.text) else None
        judged += [judge(one, half) for one in arithmetic(block, found, names, opener, place)]
        judged += [told(block, one, place) for one in directions(some, found, names, year)]
        opener = opened(block, found) or opener
    judged.sort(key=lambda one: (one.claim.line, one.claim.column))
    noted = remarks(blocks, tokens, figures, year)
    return Page(
        tuple(judged),
        tuple(findings_of(judged, [moved(one, place) for one in noted], place.file)),
        year,
        tuple(amounts(blocks, figures, year, place)),
    )


def opened(block: Block, figures: Sequence[Figure]) -> Figure | None:
    """The one amount that a paragraph takes apart in the paragraphs under it; None where it does not, or has
    several.
    """
    if not block.text.endswith("："):
        return None
    amounts = [one for one in figures if one.is_amount and one.role in (Role.AMOUNT, Role.ACTUAL) and not one.aside]
    return amounts[0] if len({one.value for one in amounts}) == 1 else None


def coarse(paragraphs: Sequence[Sequence[Figure]]) -> Decimal:
    """Half of what amounts were rounded to: the cent, unless a whole document prints fewer decimals."""
    decimals = [
        one.token.decimals
        for figures in paragraphs
        for one in figures
        if one.is_amount and one.value and not one.unclear
    ]
    return CENT if len(decimals) < ENOUGH else Decimal((0, (5,), -1 - min(2, max(decimals))))


def amounts(
    blocks: Sequence[Block], paragraphs: Sequence[Sequence[Figure]], year: int | None, place: Place
) -> Iterator[Named]:
    """What was received or spent in this year, where it has a name."""
    for block, figures in zip(blocks, paragraphs, strict=True):
        for one in figures:
            if (
                one.is_amount
                and one.role in (Role.AMOUNT, Role.ACTUAL)
                and one.label
                and not (one.aside or one.unclear or one.either)
                and (one.year or year) == year
            ):
                yield Named(naming.bare(one.label), signed(one), one.token.text, *span(block, one.token, place))


def arithmetic(
    block: Block, figures: Sequence[Figure], names: naming.Names, opener: Figure | None, place: Place
) -> Iterator[Claim]:
    """The claims of a paragraph that are figures joined to figures."""
    for one in figures:
        kind, readings = claim_of(figures, one, names, opener)
        if kind and (readings or not one.aside):
            sure = tuple(Reading(r.kind, r.figures, r.sure and not one.aside and not doubtful(r)) for r in readings)
            yield claim(block, kind, one, sure, place)
    for total, found in sums(figures):
        yield claim(block, "sum", total, found, place)


def claim(block: Block, kind: str, one: Figure, readings: tuple[Reading, ...], place: Place) -> Claim:
    """A claim with its place and its sentence."""
    line, column, length = span(block, one.token, place)
    joined = dict.fromkeys(figure.token.text for r in readings[:1] for some in r.figures.values() for figure in some)
    # 翻一番 says itself which way
    word = "" if one.token.text.startswith("翻") else WAYS.get(one.role, "")
    return Claim(kind, line, column, length, (*joined, one.token.text), sentence(block, one.token), word, one, readings)


def told(block: Block, one: Direction, place: Place) -> Judged:
    """A comparison in words, judged."""
    line, column, length = span(block, one.token, place)
    found = weigh(one)
    figures = tuple(shown(figure, figure.value) for figure in found.pair)
    made = Claim("direction", line, column, length, figures, sentence(block, one.token), one.token.text, None)
    sides = [
        side[:LONGEST].replace("{", "").replace("}", "") or name
        for side, name in zip(one.sides, one.kind.sides, strict=True)
    ]
    formula = f"{sides[0]}{figures[0]}，{sides[1]}{figures[1]}" if figures else ""
    says = found.kind.says.replace("前项", sides[0]).replace("后项", sides[1])
    says = says.replace("按文中的数", "按表里的数") if any(figure.number < 0 for figure in found.pair) else says
    return Judged(
        made, found.outcome, found.stated, found.computed, formula, "" if formula else "没有找到它所比较的数", says
    )


def span(block: Block, token: Token, place: Place) -> tuple[int, int, int]:
    """Line, column and length of a token in its file; what runs over a line break ends with its first line."""
    places = block.places[token.start : token.end]
    line, column = places[0]
    length = max(at for number, at in places if number == line) - column + 1
    return place.line + line - 1, (place.column if line == 1 else 1) + column - 1, length


def sentence(block: Block, token: Token) -> str:
    """The sentence around a token, cut where it is long."""
    start = max(block.text.rfind(mark, max(0, token.start - EXCERPT), token.start) for mark in "。！？") + 1
    end = min(
        (at for mark in "。！？" if (at := block.text.find(mark, token.end, token.end + EXCERPT)) >= 0),
        default=token.end + EXCERPT,
    )
    return block.text[max(start, token.start - EXCERPT) : end + 1].strip()


def moved(one: Remark, place: Place) -> Remark:
    """A remark at its place in the file."""
    line, column = one.at
    return one.at_place(place.line + line - 1, (place.column if line == 1 else 1) + column - 1)
