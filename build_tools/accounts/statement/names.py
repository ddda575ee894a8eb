"""How a written key is held against the words of the form, and what classification codes are called.

Keys match ignoring quotation marks, blanks, width and ordinals (一、 （一） 1.), so that the printed label can be typed
as it stands; anything further off is asked about, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

IGNORED = re.compile(r"[\s“”‘’\"'「」『』]+")
ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d{1,2}[.、](?!\d)|\(\d{1,2}\))")
CODE_KEY = re.compile(r"^([0-9]+)\s*(.*)$", re.DOTALL)
SHAPES = {"functional": (3, 5, 7), "economic": (3, 5)}
SHAPE_WORDS = {
    "functional": "功能分类编码是 3 位（类）、5 位（款）或 7 位（项）",
    "economic": "经济分类编码是 3 位（类）或 5 位（款）",
}


@lru_cache(maxsize=4096)
def normal(key: str) -> str:
    """The key as it is compared."""
    return ORDINAL.sub("", IGNORED.sub("", unicodedata.normalize("NFKC", key)))


@lru_cache(maxsize=4096)
def split_code(key: str) -> tuple[str, str]:
    """`2010301 行政运行` → code and name; ('', key) where no code stands in front."""
    match = CODE_KEY.match(key.strip())
    return (match[1], match[2].strip()) if match else ("", key.strip())


@lru_cache(maxsize=4096)
def parents_of(code: str) -> tuple[str, ...]:
    """The codes above, nearest first: 2010301 → 20103, 201."""
    return tuple(code[:length] for length in (5, 3) if length < len(code))


@dataclass(frozen=True, slots=True)
class Codebook:
    """Names of classification codes: (code, first year, last year, name). Partial by nature; an unknown code is no
    error.
    """

    names: Mapping[str, tuple[tuple[int, int, str], ...]] = field(default_factory=dict)

    def name(self, code: str, year: int) -> str:
        """The name that held in that year, '' where the book does not know it."""
        return next((name for first, last, name in self.names.get(code, ()) if first <= year <= last), "")
