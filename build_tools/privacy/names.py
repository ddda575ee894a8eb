"""Names of files and folders: they become addresses, titles, lines of a site map, and stay in the history of git.

Each part of a path is read for itself, as text, without its suffix, and with letters, dots and underscores as blanks,
because a name has no other blanks. All that is printed passes through `discreet_path` and `discreet_text`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from build_tools.diagnostics import Finding, Place
from build_tools.privacy.examine import masked
from build_tools.privacy.find import find
from build_tools.privacy.model import Kind, Private

PERSONAL = (Kind.IDENTITY, Kind.MOBILE, Kind.CARD, Kind.ACCOUNT, Kind.EMAIL)
# a word between signs of names; a hash of one of these lengths is no number of anybody
WORD, LETTERS, HASH = re.compile("[0-9A-Za-z]+"), re.compile("[A-Za-z]"), re.compile("[0-9a-f]+")
HASHES = (8, 12, 16, 20, 24, 32, 40, 64)
# a number in a name has eleven digits or a mailbox
FEWEST = re.compile("@|[0-9](?:[^0-9]{0,3}[0-9]){10}")
TOKEN = re.compile(r"[^\s“”\"'，。：；、（）()<>|]+")
LONGEST = 4096


@lru_cache(maxsize=4096)
def private_in_name(name: str) -> tuple[Private, ...]:
    """The numbers and mailboxes of persons in one part of a path, in order; none overlaps another."""
    if not FEWEST.search(name[:LONGEST]):
        return ()
    apart = WORD.sub(spaced, name.replace(".", " ").replace("_", " "))
    stem, dot, suffix = name.rpartition(".")
    texts = dict.fromkeys((name, stem + " " * len(dot + suffix) if dot else name, apart))
    found = [one for text in texts for one in find(text) if one.kind in PERSONAL]
    rest: list[Private] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not rest or one.start >= rest[-1].end:
            rest.append(one)
    return tuple(rest)


def spaced(match: re.Match[str]) -> str:
    """A word of a name with blanks for its letters; a hash stays as it is."""
    word = match[0]
    hashed = len(word) in HASHES and HASH.fullmatch(word) and len(LETTERS.findall(word)) > 1
    return word if hashed else LETTERS.sub(" ", word)


def discreet_path(path: str) -> str:
    """A path with everything of persons in its parts masked."""
    return "/".join(discreet_name(part) for part in path.split("/"))


def discreet_name(name: str) -> str:
    """One part of a path, masked."""
    pieces, done = [], 0
    for one in private_in_name(name):
        pieces += [name[done : one.start], one.over(name[one.start : one.end])]
        done = one.end
    return "".join([*pieces, name[done:]])


def discreet_text(text: str) -> str:
    """A text with everything private in it masked, also in the paths that it names."""
    return TOKEN.sub(lambda match: discreet_path(match[0]) if "/" in match[0] else match[0], masked(text))


def named(path: str, folder: bool = False) -> Finding:
    """The finding for a name with a number of a person in it: nothing of it is read."""
    what = "文件夹名" if folder else "文件名"
    return Finding(
        "privacy-path",
        f"{what}里有个人信息，{'里面的都' if folder else ''}没有读入，也不公开",
        Place(discreet_path(path)),
        hint="换一个名称（git mv 旧名称 新名称）；已经提交过的，旧名称还在 git 历史里，请管理员清理历史再推送",
    )
