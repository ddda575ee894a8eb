"""Versions of one disclosure → its history: what the public could read, which figures changed between, on what grounds.

A version is public once it is signed, its day has come, it has no error, and every figure that it changes is named by a
更正 of its own. One that lacks that is held back, so the next is held against what was public before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from build_tools.accounts.corpus import Amendment, Change, Edition, History
from build_tools.accounts.corpus.changed import UNCHANGED
from build_tools.accounts.statement import as_date, normal
from build_tools.record.facts import APART, Facts

NUMBER = re.compile(r"(-?[0-9]{1,18}(?:\.[0-9]{1,9})?)(%?)")
# what staff may call a figure: the names of its table, of its row and column
Names = Callable[[Change], tuple[frozenset[str], frozenset[str]]]
# 更正 as facts have it: date, what, why, by whose decision; table, row, column
Said = tuple[str, ...]


class Version(NamedTuple):
    """What stood on the published line from one day until another; `facts` is None where the file was deleted."""

    day: str
    until: str
    commit: str
    blob: str
    facts: Facts | None


@dataclass(frozen=True, slots=True)
class Folded:
    """A history, the last version that was public, and whether it was taken back since."""

    history: History = UNCHANGED
    public: Version | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """From what was public to another version: the figures that changed, the 更正 that are new, the changes that none
    of them names, and the 更正 that name nothing that changed.
    """

    changes: tuple[Change, ...]
    said: tuple[Said, ...]
    unnamed: tuple[Change, ...]
    unused: tuple[Said, ...]
    retold: bool

    @property
    def sound(self) -> bool:
        """True where what changed is what staff say."""
        return not self.unnamed and not self.unused

    @property
    def amends(self) -> bool:
        """True where it makes another edition: figures, or words that staff call corrected."""
        return bool(self.said) or any(not one.follows for one in self.changes)


def fold(versions: Iterable[Version], names: Names, partly: bool = False) -> Folded:
    """The history of a disclosure from its versions, oldest first."""
    editions: list[Edition] = []
    amendments: list[Amendment] = []
    public: Version | None = None
    withdrawn = False
    for one in versions:
        if one.facts is None or not is_open(one.facts, one.until):
            withdrawn = public is not None and (one.facts is None or not one.facts.ready)
            continue
        step = step_to(public.facts, one.facts, names) if public and public.facts else None
        if step and not step.sound:
            continue
        withdrawn = False
        if step is None or step.amends:
            edition = Edition(len(editions) + 1, one.day, one.commit, one.blob)
            editions.append(edition)
            if step:
                amendments.append(Amendment(edition, step.changes, tuple(said[:4] for said in step.said)))  # type: ignore[misc]
        public = one
    return Folded(History(tuple(editions), tuple(amendments), partly), public, withdrawn)


def is_open(facts: Facts, until: str) -> bool:
    """True where the public could read it before this day was over."""
    opens, last = as_date(facts.opens), as_date(until)
    return facts.ready and not (opens and last and opens > last)


def step_to(old: Facts, new: Facts, names: Names) -> Step:
    """What changed between two versions, held against what the newer one says of it."""
    changes = tuple(compare(old, new))
    said = tuple(one for one in new.said if one not in old.said)
    named = {change: [one for one in said if covers(one, names(change))] for change in changes}
    unnamed = tuple(change for change, by in named.items() if not by and not change.follows)
    used = {one for by in named.values() for one in by}
    retold = old.rest != new.rest
    # words are no figures: that some changed is all that can be said
    unused = () if retold else tuple(one for one in said if one not in used)
    return Step(tuple(_reasoned(one, named[one]) for one in changes), said, unnamed, unused, retold)


def _reasoned(change: Change, by: list[Said]) -> Change:
    """A change with what the newest 更正 that names it says."""
    return change._replace(why=by[-1][2], approval=by[-1][3]) if by and not change.follows else change


def compare(old: Facts, new: Facts) -> Iterator[Change]:
    """The figures that print another value, in the order of the newer version; the same value in another form is no
    change.
    """
    for address in dict.fromkeys((*new.figures, *old.figures)):
        before, after = old.figures.get(address, ""), new.figures.get(address, "")
        if before != after and value_of(before) != value_of(after):
            table, block, row, column, *told = address.split(APART)
            before, after = _only(before, after) if told else (before, after)
            unwritten = all(address in facts.derived or address not in facts.figures for facts in (old, new))
            yield Change(table, block, row, column, before, after, unwritten)


def _only(before: str, after: str) -> tuple[str, str]:
    """Of the figures in two sentences those that the other does not have."""
    old, new = Counter(before.split()), Counter(after.split())
    return " ".join((old - new).elements()), " ".join((new - old).elements())


def value_of(text: str) -> str:
    """A figure without the form in which it is written; words as they are."""
    number = NUMBER.fullmatch(text.strip().replace(",", ""))
    return f"{Decimal(number[1]).normalize():f}{number[2]}" if number else normal(text)


def covers(said: Said, names: tuple[frozenset[str], frozenset[str]]) -> bool:
    """True where a 更正 is about this figure: its table if it names one, its row and column if it names them."""
    tables, parts = names
    table, *rest = said[4:7]
    return (not table or normal(table) in tables) and all(not one or normal(one) in parts for one in rest)
