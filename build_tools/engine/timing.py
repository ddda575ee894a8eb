"""Where the time of a build goes: seconds of processor by phase, added up over departments and processes, for `build
--profile`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import process_time
from typing import TypeVar

T = TypeVar("T")
Spent = Counter[str]
# of this process since it was last asked; phases do not lie within each other
SPENT: Spent = Counter()


@contextmanager
def phase(name: str) -> Iterator[None]:
    """What happens inside counts for this phase."""
    begun = process_time()
    try:
        yield
    finally:
        SPENT[name] += process_time() - begun  # type: ignore[assignment]


def each(name: str, items: Iterable[T]) -> Iterator[T]:
    """The same items; what it takes to make the next one counts for this phase."""
    source = iter(items)
    while True:
        with phase(name):
            found = list(next_of(source))
        if not found:
            return
        yield found[0]


def next_of(source: Iterator[T]) -> Iterator[T]:
    """The next item, if there is one."""
    for item in source:
        yield item
        return


def taken() -> Spent:
    """What was spent since the last time that this was asked."""
    found = Counter(SPENT)
    SPENT.clear()
    return found
