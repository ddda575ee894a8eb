"""The tree that YAML text becomes: scalars are text, entries keep their order, every node knows its place.

Blank (`键:` with nothing behind it) is a scalar with empty text; it is not zero and not the word null.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from build_tools.diagnostics import Place
from build_tools.fast import make


class Scalar(NamedTuple):
    """Text as written. `style` is '' (plain), ', ", | or >, and * for what stands where no text may stand (an
    alias).
    """

    text: str
    style: str
    file: str
    line: int
    column: int
    length: int

    @property
    def place(self) -> Place:
        """Where the scalar stands; at least one code point long."""
        return make(Place, (self.file, self.line, self.column, self.length or 1))

    @property
    def blank(self) -> bool:
        """True where nothing was written."""
        return not self.text.strip()


class Entry(NamedTuple):
    """One `key: value`."""

    key: Scalar
    value: Node


class Mapping(NamedTuple):
    """Entries in written order. Exact duplicates have been refused by the parser."""

    entries: tuple[Entry, ...]
    file: str
    line: int
    column: int

    @property
    def place(self) -> Place:
        """Where the mapping begins."""
        return Place(self.file, self.line, self.column)

    def get(self, key: str) -> Node | None:
        """The value written under exactly this key."""
        for entry in self.entries:
            if entry.key.text == key:
                return entry.value
        return None


class Sequence(NamedTuple):
    """Items in written order."""

    items: tuple[Node, ...]
    file: str
    line: int
    column: int

    @property
    def place(self) -> Place:
        """Where the sequence begins."""
        return Place(self.file, self.line, self.column)


Node = Scalar | Mapping | Sequence


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on a line of its own, with its #."""

    line: int
    text: str


def same_meaning(left: Node, right: Node) -> bool:
    """True where both trees say the same: same keys in any order, same text, same order of items."""
    if isinstance(left, Scalar) and isinstance(right, Scalar):
        return left.text == right.text
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        others = {entry.key.text: entry.value for entry in right.entries}
        return len(others) == len(left.entries) and all(
            entry.key.text in others and same_meaning(entry.value, others[entry.key.text]) for entry in left.entries
        )
    if isinstance(left, Sequence) and isinstance(right, Sequence):
        return len(left.items) == len(right.items) and all(
            same_meaning(one, other) for one, other in zip(left.items, right.items, strict=True)
        )
    return False
