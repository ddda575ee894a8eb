"""What a page tells of a disclosure's record: its editions, what changed between them and why, a mark at every figure
that is not the one that was public first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from build_tools.accounts.corpus import Amendment, Change, Disclosure
from build_tools.accounts.statement import address
from build_tools.diagnostics import CellRef
from build_tools.record.naming import words_of

# under the address of the disclosure: v1/, v2/
EDITION = "v{number}/"
NOTHING = "空"


@dataclass(frozen=True, slots=True)
class Amended:
    """A figure that changed, in words: where it stands on the page ('' = no longer there), old and new as printed."""

    name: str
    anchor: str
    old: str
    new: str
    follows: bool
    why: str
    approval: str


@dataclass(frozen=True, slots=True)
class Amending:
    """An edition: its number and day, the first digits of its commit, where the one before it can be read ('' = not
    kept), what staff say of it, the figures that changed.
    """

    number: int
    day: str
    commit: str
    before: str
    said: tuple[tuple[str, str, str, str], ...]
    figures: tuple[Amended, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """At a figure: where its change is told, and in short what."""

    anchor: str
    title: str


def amendings(disclosure: Disclosure, url: str, kept: frozenset[int]) -> tuple[Amending, ...]:
    """The newest first. `url` is the address of the disclosure, `kept` the editions that have a page."""
    found = [_amending(one, disclosure, url, kept) for one in disclosure.history.amendments]
    return tuple(reversed(found))


def _amending(one: Amendment, disclosure: Disclosure, url: str, kept: frozenset[int]) -> Amending:
    """One step."""
    number, day, commit, _ = one.edition
    before = f"{url}{EDITION.format(number=number - 1)}" if number - 1 in kept else ""
    # what was written first, then what follows from it
    changes = sorted(one.changes, key=lambda change: change.follows)
    figures = tuple(_figure(change, disclosure) for change in changes)
    return Amending(number, day, commit[:10], before, one.said, figures)


def _figure(change: Change, disclosure: Disclosure) -> Amended:
    """A figure in the words of its table."""
    table, row, column = words_of(change, disclosure.statements)
    return Amended(
        "".join((table, f"“{row}”" if row else "", column)),
        _anchor(change, disclosure),
        change.old or NOTHING,
        change.new or NOTHING,
        change.follows,
        change.why,
        change.approval,
    )


def _anchor(change: Change, disclosure: Disclosure) -> str:
    """The address of a figure on the page; '' where it is no longer there."""
    statement = disclosure.statements.get(change.table)
    there = statement and CellRef(*change[:4]) in statement.cells
    return address(statement.anchor, *change[1:4]) if statement and there else ""


def marks(disclosure: Disclosure) -> Mapping[CellRef, Mark]:
    """A mark for every figure that was another once, with its newest change."""
    return dict(_marks(disclosure))


def _marks(disclosure: Disclosure) -> Iterator[tuple[CellRef, Mark]]:
    """Oldest first, so that the newest stays."""
    for one in disclosure.history.amendments:
        for change in one.changes:
            told = f"原公开 {change.old or NOTHING}，{one.edition.day} 起为 {change.new or NOTHING}"
            title = f"{told}：{change.why}" if change.why else told
            yield CellRef(*change[:4]), Mark(f"edition-{one.edition.number}", title)
