"""The certificate as tables, one for each official table, folded away where everything is plainly as it should be.

Written by hand in tight functions: a disclosure has hundreds of lines, each with links to its figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from build_tools.amount import format_exact, format_grouped
from build_tools.diagnostics import Outcome, Severity
from build_tools.forms import Identity
from build_tools.web.certificate.lines import Group, Line, Part, title_of
from build_tools.web.certificate.sides import Side
from build_tools.web.escaping import escape
from build_tools.web.pages.rules import rule_url
from build_tools.web.pages.wording import sentence_of

HEADS = (
    '<tr><th scope="col">位置</th><th scope="col">两边的数</th><th scope="col">差</th><th scope="col">结果</th></tr>'
)
# a computed figure has no more decimals than this on a page; the file has more
MOST_DECIMALS = 4
# about as many as one disclosure names
FIGURES = 4096
# no blank inside brackets
INSIDE = re.compile("(?<=[(（，]) | (?=[)），])")
HOLDS = {"==": "=", "<=": "≤", ">=": "≥"}
FAILS = {"==": "≠", "<=": ">", ">=": "<"}


def certificate_html(parts: Iterable[Part], base: str) -> str:
    """Every part. `base` leads from the page to the site's root."""
    return "".join(part_html(part, base) for part in parts)


def part_html(part: Part, base: str) -> str:
    """One table's part; its address stands inside, so that a link to it opens it."""
    title = escape(title_of(part.statement))
    counts = "".join(
        f'<span class="mz-verdict mz-{word}">{word} {number}</span>' for word, number in part.counts.items()
    )
    body = "".join(group_html(group, base) for group in part.groups)
    return (
        f'<details class="mz-proofs"{" open" if part.notable else ""}><summary>{title} <span class="mz-counts">{counts}</span></summary>'  # noqa: E501
        f'<div class="mz-frame" id="{escape(part.anchor)}" tabindex="0" role="group" aria-label="{title}逐条核对">'
        f'<table class="mz-table mz-proof"><caption class="mz-hidden">{title}逐条核对</caption><thead>{HEADS}</thead>'
        f"{body}</table></div></details>\n"
    )


def group_html(group: Group, base: str) -> str:
    """One identity: what it asks for, its places with figures, then those without."""
    lines = "".join([line_html(line, base) for line in group.telling])
    rest = "".join([idle_html(ones, base, "另有" if lines else "") for ones in group.idle])
    return (
        f'<tbody><tr class="mz-rule"><th scope="rowgroup" colspan="4">{head_html(group.identity, base)}</th></tr>'
        f"{lines}{rest}</tbody>\n"
    )


@lru_cache(maxsize=FIGURES)
def head_html(identity: Identity, base: str) -> str:
    """What an identity asks for, with the way to its page."""
    hint = "" if identity.severity is Severity.ERROR else f" <small>{identity.severity.value}</small>"
    rule = escape(identity.id)
    return f'<a href="{base}{rule_url(rule)}">{rule}</a> {escape(sentence_of(identity))}{hint}'


def line_html(line: Line, base: str) -> str:
    """One place."""
    word = line.verdict.outcome
    why = f'<tr class="mz-why"><td colspan="4">{escape(line.reason)}</td></tr>' if line.reason else ""
    return (
        f'<tr><th scope="row">{escape(line.place.text)}</th><td>{equation_html(line, base)}</td>'
        f'<td>{difference_text(line)}</td><td class="mz-verdict mz-{word}">{word}</td></tr>{why}'
    )


def idle_html(lines: tuple[Line, ...], base: str, other: str) -> str:
    """Places where nothing but blanks or zeros was compared, told together."""
    first = lines[0]
    word = first.verdict.outcome
    if len(lines) == 1 and first.verdict.outcome is not Outcome.NOT_RUN:
        return line_html(first, base)
    places = [escape(line.place.text) for line in lines]
    head = (
        f"{other} {len(lines)} 处" if len(lines) > 1 else link_html(first.place.text, target_of(first.place.url, base))
    )
    same = first.reason or "两边都是零"
    told = f"{escape(same)}：{'、'.join(places)}" if len(lines) > 1 else escape(same)
    number = f" {len(lines)}" if len(lines) > 1 else ""
    return (
        f'<tr><th scope="row">{head}</th><td colspan="2" class="mz-idle">{told}</td><td class="mz-verdict '
        f'mz-{word}">{word}{number}</td></tr>'
    )


def equation_html(line: Line, base: str, here: str = "") -> str:
    """Both sides as one would write them down, with what they come to. `here` is the page that `#…` belongs to, '' =
    this one.
    """
    left = side_html(line.left, line, base, here)
    right = side_html(line.right, line, base, here, line.left.amount)
    return f"{left} {sign_of(line)} {right}"


def sign_of(line: Line) -> str:
    """What stands between the sides: no more than was found."""
    relation, outcome = line.relation, line.verdict.outcome
    if line.difference is None:
        return "与"
    if outcome in (Outcome.FAILED, Outcome.EXPLAINED):
        return FAILS[relation]
    return "≈" if line.difference and relation == "==" else HOLDS[relation]


def side_html(side: Side, line: Line, base: str, here: str, known: Decimal | None = None) -> str:
    """Figures and operators; then what they come to, unless it is plain to see or `known` from the other side."""
    pieces, amount, _ = side
    text = " ".join([figure_html(text, url, base, here) for text, url, _, _ in pieces])
    if len(pieces) > 1 and ("(" in text or "（" in text):
        text = INSIDE.sub("", text)
    if (
        amount is None
        or (known is not None and amount == known)
        or line.difference is None
        or (len(pieces) == 1 and figure_in(pieces[0].text) == amount)
    ):
        return text
    return f"{text} = <b>{format_grouped(format_exact(amount, line.whole, MOST_DECIMALS))}</b>"


@lru_cache(maxsize=FIGURES)
def figure_in(text: str) -> Decimal | None:
    """The figure that a cell shows in the unit of the table."""
    try:
        return Decimal(text.removesuffix("%"))
    except InvalidOperation:
        return None


def target_of(url: str, base: str, here: str = "") -> str:
    """Where a link leads: on the page `here` ('' = this one), or from the root of the site."""
    return url if not url or (not here and url[0] == "#") else base + here + url


@lru_cache(maxsize=FIGURES)
def figure_html(text: str, url: str, base: str, here: str) -> str:
    """A figure as people read it, with the way to its cell. Most stand in a row and in a column that are checked."""
    return link_html(format_grouped(text), target_of(url, base, here))


def link_html(text: str, target: str) -> str:
    """Text that leads somewhere, or nowhere."""
    return f'<a href="{escape(target)}">{escape(text)}</a>' if target else escape(text)


def difference_text(line: Line) -> str:
    """Left minus right with its sign; zero has none, and what is not known says nothing."""
    if not line.difference:
        return "" if line.difference is None else "0" if line.whole else "0.00"
    text = format_exact(line.difference, line.whole, MOST_DECIMALS)
    return f"+{format_grouped(text)}" if line.difference > 0 else format_grouped(text)
