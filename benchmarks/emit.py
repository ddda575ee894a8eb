"""Plain values → canonical YAML, by the compiler's own writer, so that generated files need no `mingzhang format`.

Also the few ways in which figures are written: amounts are whole cents (of 万元) until they become text here, so
nothing is ever rounded on the way.
"""

from __future__ import annotations

from collections.abc import Mapping as Named
from collections.abc import Sequence as Many
from dataclasses import dataclass
from typing import Any

from build_tools.source import Comment, Entry, Mapping, Node, Scalar, Sequence, write

# dicts and lists, nested, of texts, numbers and None
Value = Any


@dataclass(frozen=True, slots=True)
class Pen:
    """How figures are written. `totals` = totals are printed; otherwise they are left to the compiler."""

    totals: bool = True

    def total(self, cents: int) -> str | None:
        """A figure that the compiler could derive; None leaves it out."""
        return amount(cents) if self.totals else None


def amount(cents: int) -> str:
    """12345 → 123.45."""
    sign, cents = ("-", -cents) if cents < 0 else ("", cents)
    return f"{sign}{cents // 100}.{cents % 100:02d}"


def score(hundredths: int) -> str:
    """Marks: 9780 → 97.8."""
    return amount(hundredths).rstrip("0").rstrip(".")


def percent(part: int, whole: int) -> str | None:
    """One decimal, half up, or two where one would make nothing of something; None of nothing."""
    if not whole:
        return None
    tenths, hundredths = ((abs(part) * 2 * scale + whole) // (2 * whole) for scale in (1000, 10000))
    return f"{tenths // 10}.{tenths % 10}%" if tenths or not hundredths else f"0.{hundredths:02d}%"


def summary(text: str) -> dict[str, Any]:
    """Prose in the compiler's words."""
    return {"摘要": text}


def stated(**shares: str | None) -> dict[str, Any]:
    """Percentages that the document prints."""
    return {"载明": shares}


def document(value: Named[str, Any], *comments: str) -> str:
    """The text of a file; comments stand at its head. What is None, and what has become empty by it, is left out."""
    tree = node(kept(value))
    assert isinstance(tree, Mapping)
    return write(tree, [Comment(-1, f"# {comment}") for comment in comments])


def kept(value: Value) -> Value:
    """The value without None and without groups that hold nothing else."""
    if isinstance(value, Named):
        found = {key: inner for key, one in value.items() if (inner := kept(one)) is not None}
        return found or None
    if isinstance(value, Many) and not isinstance(value, str):
        return [inner for one in value if (inner := kept(one)) is not None]
    return value


def node(value: Value) -> Node:
    """The tree that a value is."""
    if isinstance(value, Named):
        return Mapping(tuple(Entry(scalar(key), node(one)) for key, one in value.items()), "", 0, 0)
    if isinstance(value, Many) and not isinstance(value, str):
        return Sequence(tuple(node(one) for one in value), "", 0, 0)
    return scalar("" if value is None else str(value))


def scalar(text: str) -> Scalar:
    """A scalar that stands nowhere yet."""
    return Scalar(text, "", "", 0, 0, 0)
