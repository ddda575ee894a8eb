"""The words for what there is of a disclosure: published, held back, not published, not collected, no unit yet.

"Not there" has several meanings. A publisher's own site may say that a file is not public; any other site knows only
that it does not have it, and says no more. The words stand in YAML beside this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml


class State(StrEnum):
    """Where a disclosure stands; the word for it is another on a publisher's own site."""

    PUBLISHED = "published"
    HELD = "held"
    DRAFT = "draft"
    WITHDRAWN = "withdrawn"
    MISSING = "missing"
    UNCOLLECTED = "uncollected"
    UNFOUNDED = "unfounded"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class States:
    """The vocabulary of a site, by state; sentences by what they are for; `meanings` by the words that they explain."""

    words: Mapping[State, str]
    silent: str
    nothing: str
    held_page: str
    lacks: str
    meanings: Mapping[str, str]

    def __getitem__(self, state: State) -> str:
        """The word for a state."""
        return self.words[state]


@cache
def states_of(own: bool) -> States:
    """The words that a site may use: a publisher's own, or any other."""
    text = Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    found = {key: _chosen(value, own) for key, value in yaml.load(text, Loader=yaml.CSafeLoader).items()}
    words = {state: found.pop(state.value) for state in State}
    told = {words[State(key)]: text for key, one in found.pop("meanings").items() if (text := _chosen(one, own))}
    return States(words, **found, meanings=told)


def _chosen(value: Any, own: bool) -> Any:
    """What this site says, of two ways to say it."""
    if isinstance(value, Mapping) and value.keys() == {"own", "other"}:
        return value["own" if own else "other"]
    return value
