"""A table of ours → one that keeps its look in a portal's editor: inline styles instead of classes, no addresses.

Made from the HTML that the page itself has, by a few replacements at the speed of C, because it doubles what is written
of every table.
"""

from __future__ import annotations

import re
from functools import lru_cache

# what is only there for our styles and scripts
DROPPED = re.compile(
    r'<caption.*?</caption>|<small class="mz-code-inline">.*?</small>|<tr class="mz-empty mz-filler">.*?</tr>| '
    r'(?:id|tabindex|role|aria-label)="[^"]*"'
)
DERIVED = re.compile(r'<abbr class="mz-derived"[^>]*>算</abbr>([^<]*)')
BOLD = ' style="font-weight:bold"'
# in this order; a cell's own style stands before what is left of its class
LOOKS = (
    ('<div class="mz-frame">', '<div style="overflow-x:auto;flex:1 1 20em">'),
    ('<div class="mz-sides">', '<div style="display:flex;flex-wrap:wrap">'),
    ('<div class="mz-set-head">', BOLD.join(("<p", ">"))),
    ('<th scope="row">', '<th scope="row" style="text-align:left;font-weight:inherit">'),
    (' class="mz-n"', ' style="text-align:right"'),
    (' class="mz-n mz-absent"', ' style="text-align:right"'),
    (' class="mz-total"', BOLD),
    (' class="mz-level-1"', BOLD),
)
TABLE = re.compile(r'<table class="[^"]*">')
PLAIN_TABLE = '<table style="border-collapse:collapse;width:100%;font-weight:normal">'
# lines around every cell stand in the cell: attributes of a table that draw them are obsolete
CELL = re.compile("<t[dh][^<>]*>")
STYLE = ' style="'
LINES = "border:1px solid;padding:4px"
# more than cells differ by spans and sides
LOOKS_OF_CELLS = 512
LEFT_OVER = re.compile(r' class="[^"]*"')


def plain(html: str) -> str:
    """The same table for another site. A figure that the system computed has a star; whoever shows it says so.

    `html` is ours, so that every quotation mark in it that is not of an attribute is escaped.
    """
    html = DERIVED.sub(r"\1*", DROPPED.sub("", html))
    for ours, theirs in LOOKS:
        html = html.replace(ours, theirs)
    # the end of a heading that became a paragraph
    html = html.replace('</div><div class="mz-set-body">', '</p><div style="display:flex;flex-wrap:wrap">')
    return CELL.sub(lambda found: lined(found[0]), LEFT_OVER.sub("", TABLE.sub(PLAIN_TABLE, html)))


@lru_cache(maxsize=LOOKS_OF_CELLS)
def lined(cell: str) -> str:
    """The tag of a cell with its lines, before a look of its own."""
    return cell.replace(STYLE, f"{STYLE}{LINES};", 1) if STYLE in cell else f'{cell[:-1]}{STYLE}{LINES}">'
