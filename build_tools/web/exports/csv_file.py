"""The one writer of CSV: files that stand alone, every row with what tells it from the rows of others.

UTF-8 with a byte order mark and CRLF, so that Excel opens them rightly; one header row, so that pandas does too;
nothing in them that a spreadsheet would take for a formula.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from functools import lru_cache

FIGURE = re.compile(r"-?[0-9]+(\.[0-9]+)?%?")
# what begins a formula, also of full width and behind blanks, which some programs take away
DANGEROUS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
BLANKS = ("\t", "\r", "\n")
END = "\r\n"
# different texts in the tables of some departments
FIELDS = 1 << 15


def csv_of(rows: Iterable[Iterable[str]]) -> str:
    """A file of these rows, the first of which is the header."""
    return file_of(map(line_of, rows))


def file_of(lines: Iterable[str]) -> str:
    """Lines as a file."""
    return f"\ufeff{END.join(lines)}{END}"


def line_of(texts: Iterable[str]) -> str:
    """A line, or the beginning of many."""
    return ",".join(map(field, texts))


@lru_cache(maxsize=FIELDS)
def field(text: str) -> str:
    """A field as the library writes it among others, harmless. The same names, words and zeros stand in thousands of
    lines.
    """
    out = io.StringIO()
    csv.writer(out, lineterminator=END).writerow((harmless(text), ""))
    return out.getvalue().removesuffix(f",{END}")


def harmless(text: str) -> str:
    """Text that a spreadsheet would take for a formula gets a quotation mark in front; figures stay as they are."""
    if not text or text[0].isalnum():
        return text
    begins = text.startswith(BLANKS) or text.lstrip().startswith(DANGEROUS)
    return "'" + text if begins and not FIGURE.fullmatch(text) else text
