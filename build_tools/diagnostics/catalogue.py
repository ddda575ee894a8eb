"""Every finding about shape that the tool can make, in words: what it says, why it is refused, what to do, an example.

A test holds this list against the codes in the source, in both directions. Rules of the forms explain themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of finding. `check` marks what a check of contents finds in a file that was read without a mistake."""

    says: str
    why: str
    fix: str
    example: str
    check: bool = False


def _load(name: str) -> dict[str, Any]:
    """A YAML file beside this one, in its order."""
    return dict(yaml.load((Path(__file__).parent / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))


CATALOGUE = {code: Entry(**fields) for code, fields in _load("catalogue.yaml").items()}
# what codes are about, by their first words; a code of another kind comes last
TOPICS: dict[str, tuple[str, ...]] = {name: tuple(words.split()) for name, words in _load("topics.yaml").items()}
