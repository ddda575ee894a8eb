"""Every finding about shape that the tool can make, in words: what it says, why it is refused, what to do, an example.

A test holds this list against the codes in the source, in both directions. Rules of the forms explain themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of finding. `check` marks what a check of contents finds in a file that was read without a mistake."""

    says: str
    why: str
    fix: str
    example: str
    check: bool = False


def load() -> dict[str, Entry]:
    """The catalogue beside this file, in its order."""
    text = (Path(__file__).parent / "catalogue.yaml").read_text(encoding="utf-8")
    return {code: Entry(**fields) for code, fields in yaml.load(text, Loader=yaml.CSafeLoader).items()}


CATALOGUE = load()
