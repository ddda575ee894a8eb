"""A sound file spoilt in one of many ways, from a seed: the same seed spoils it in the same way on every machine."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable

from tests.test_never_raises import AMOUNTS, TRAPS, WORDS

Spoil = Callable[[str, random.Random], str]
NUMBER = re.compile(r"(?<=: )-?[0-9]+(?:\.[0-9]+)?")
VALUE = re.compile(r"(?<=: )[^\n{\[]+$", re.MULTILINE)
KEY = re.compile(r"^( *)([^\s#:-][^:\n]*):", re.MULTILINE)
UNSEEN = ("\u200b", "\u202e", "\ufeff", "\u00a0", "\u3000", "\x1b[31m", "\0", "\r", "\u2028", "\ud7ff")
LARGE = 40_000


def _at(pattern: re.Pattern[str], change: Callable[[str, random.Random], str]) -> Spoil:
    """One of the places that a pattern finds, written anew."""

    def spoil(text: str, deal: random.Random) -> str:
        found = list(pattern.finditer(text))
        if not found:
            return text
        one = deal.choice(found)
        return text[: one.start()] + change(one[0], deal) + text[one.end() :]

    return spoil


def _digits(number: str, deal: random.Random) -> str:
    """Another digit in the same number: a slip of the hand."""
    at = deal.choice([place for place, letter in enumerate(number) if letter.isdigit()])
    return number[:at] + deal.choice("0123456789") + number[at + 1 :]


def _lines(text: str, deal: random.Random) -> str:
    """A line taken out, doubled, moved, or pushed in."""
    lines = text.split("\n")
    at = deal.randrange(len(lines))
    how = deal.randrange(4)
    if how == 0:
        del lines[at]
    elif how == 1:
        lines.insert(at, lines[at])
    elif how == 2:
        lines.insert(deal.randrange(len(lines)), lines.pop(at))
    else:
        lines[at] = " " * deal.choice((1, 2, 3, 4, 40)) + lines[at]
    return "\n".join(lines)


def _block(text: str, deal: random.Random) -> str:
    """A stretch of lines somewhere else, or twice."""
    lines = text.split("\n")
    start = deal.randrange(len(lines))
    some = lines[start : start + deal.randrange(1, 30)]
    at = deal.randrange(len(lines))
    kept = lines if deal.random() < 0.5 else lines[:start] + lines[start + len(some) :]
    return "\n".join([*kept[:at], *some, *kept[at:]])


def _twin(key: str, deal: random.Random) -> str:
    """A key that looks the same, or nearly."""
    form = deal.choice(("NFD", "NFKD", "NFKC"))
    return deal.choice(
        (
            unicodedata.normalize(form, key),
            key.replace("（", "(").replace("）", ")"),
            key.replace(":", "："),
            key.replace("一", "⼀").replace("人", "⼈"),
            f"{key[:-1]}{deal.choice(UNSEEN)}:",
        )
    )


def _letters(text: str, deal: random.Random) -> str:
    """Letters that nobody sees, somewhere."""
    at = deal.randrange(len(text))
    return text[:at] + deal.choice(UNSEEN) + text[at:]


def _grown(value: str, deal: random.Random) -> str:
    """A very long value."""
    return deal.choice(("9", "中", "a", "<b>", "|")) * deal.choice((100, 5_000, LARGE))


def _nested(value: str, deal: random.Random) -> str:
    """A value with many others in it."""
    depth = deal.choice((3, 50, 2_000))
    return "[" * depth + "1" + "]" * depth


SPOILS: dict[str, Spoil] = {
    "digit": _at(NUMBER, _digits),
    "number": _at(NUMBER, lambda _, deal: deal.choice(AMOUNTS)),
    "word": _at(VALUE, lambda _, deal: deal.choice((*WORDS, *TRAPS))),
    "lines": _lines,
    "block": _block,
    "twin": _at(KEY, _twin),
    "letters": _letters,
    "grown": _at(VALUE, _grown),
    "nested": _at(VALUE, _nested),
}


def spoilt(text: str, seed: int) -> tuple[str, bytes]:
    """What was done, and the bytes: one spoil or several; now and then the bytes themselves are cut or turned."""
    deal = random.Random(seed)
    names = [deal.choice(list(SPOILS)) for _ in range(deal.choice((1, 1, 1, 2, 5)))]
    for name in names:
        text = SPOILS[name](text, deal)
    data = text.encode("utf-8", "surrogatepass")
    how = deal.randrange(20)
    if how == 0:
        data = data[: deal.randrange(len(data) + 1)]
    elif how == 1:
        at = deal.randrange(len(data) or 1)
        data = data[:at] + bytes([deal.randrange(256)]) + data[at + 1 :]
    elif how == 2:
        data = text.encode(deal.choice(("gb18030", "utf-16", "utf-8-sig")), "replace")
    return "+".join(names), data
