"""Text as a reader would hear it: half-width digits and letters, plain blanks and hyphens, nothing unseen, escapes
read.

Full-width digits, digits with a zero-width space among them, escapes between double quotes: all say the same. Places
are kept, so that a finding stands where the text was written.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

# what a look at the bytes in `find` knows as well
UNSEEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
BLANKS, HYPHENS = "\u00a0\u2000-\u200a\u202f\u205f\u3000", "\u2010-\u2015"
# middle dots of other scripts
DOTS = "\u2022\u2027\u2219\u22c5\u30fb\uff65"
ESCAPE = r"\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|&#[0-9]{1,7};|&#[xX][0-9A-Fa-f]{1,6};"
ODD = re.compile(rf"[\uff01-\uff5e{UNSEEN}{BLANKS}{HYPHENS}{DOTS}]|{ESCAPE}")
SAYS = (
    (re.compile(f"[{UNSEEN}]"), ""),
    (re.compile(f"[{BLANKS}]"), " "),
    (re.compile(f"[{HYPHENS}]"), "-"),
    (re.compile(f"[{DOTS}]"), "·"),
)


@dataclass(frozen=True, slots=True)
class Folded:
    """The folded text; from `folded[n]` on it runs beside the text as written from `written[n]` on."""

    text: str
    folded: tuple[int, ...]
    written: tuple[int, ...]

    def start(self, at: int) -> int:
        """Where the character at this place of the folded text was written."""
        number = bisect_right(self.folded, at) - 1
        return self.written[number] + at - self.folded[number]

    def end(self, at: int) -> int:
        """Where what was written before this place ends."""
        number = bisect_left(self.folded, at)
        if number < len(self.folded) and self.folded[number] == at:
            return self.written[number]
        return self.written[number - 1] + at - self.folded[number - 1]


def fold(text: str) -> Folded:
    """Linear in the text; nearly always the text itself."""
    pieces, folded, written = [], [0], [0]
    done = length = 0
    for match in ODD.finditer(text):
        plain = spelled(match[0])
        pieces += [text[done : match.start()], plain]
        length += match.start() - done
        folded += [length, length + len(plain)]
        written += [match.start(), match.end()]
        length, done = length + len(plain), match.end()
    return Folded("".join([*pieces, text[done:]]), tuple(folded), tuple(written))


def spelled(written: str) -> str:
    """What one odd piece says: at most one plain character."""
    if len(written) > 1:
        char = escaped(written)
        return spelled(char) if ODD.fullmatch(char) else " " if char in "\r\n" else char
    return (
        next((plain for signs, plain in SAYS if signs.fullmatch(written)), "")
        if written < "\uff01" or written > "\uff5e"
        else chr(ord(written) - 0xFEE0)
    )


def escaped(written: str) -> str:
    """The character that an escape of YAML or HTML stands for; a blank where there is none."""
    digits = written.strip("&#\\;")
    number = int(digits[1:], 16) if digits[0] in "xXuU" else int(digits)
    return chr(number) if number < 0x110000 else " "
