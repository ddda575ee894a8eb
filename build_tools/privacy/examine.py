"""One file's bytes → findings about what is private in it, less what has been acknowledged."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from build_tools.diagnostics import Finding, Place
from build_tools.privacy.acknowledge import beside, own, shared, uncovered, unused
from build_tools.privacy.find import find, suspicious
from build_tools.privacy.model import ACKNOWLEDGED, Kind, Private
from build_tools.privacy.telling import tell
from build_tools.source import bounded

MOST = 1000
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
TOP_KEY, HEADING = (
    re.compile(r"[\"']?([^\s#\-\"':][^:\"'\n]{0,80})[\"']?\s{0,9}[:：]"),
    re.compile(r" {0,3}#{1,6} {1,9}([^\n]{1,80})"),
)
TOP, WHOLE = "开头", "全文"


@dataclass(frozen=True, slots=True)
class Sections:
    """The parts of a text, by the places where they begin: top-level keys of YAML, headings of Markdown."""

    begins: Sequence[int]
    names: Sequence[str]

    def at(self, place: int) -> str:
        """The part in which something stands."""
        return self.names[bisect_right(self.begins, place) - 1]


def examine(data: bytes, file: str, root: Path) -> list[Finding]:
    """What is private in one file. `file` is its path in the project `root`, as findings show it."""
    text, plain = decoded(data)
    acknowledging = ACKNOWLEDGED.encode() in data
    if plain and not acknowledging and not suspicious(data):
        return []
    found = private_in(text, file)
    if not found and not acknowledging:
        return []
    findings: list[Finding] = []
    entries = own(data, file, findings)
    common = [one for one in shared(root, []) if one.file == file] if found else []
    rest, used = uncovered(found, [*entries, *common])
    findings += [unused(one) for one in entries if one not in used]
    lines = [-1, *(match.start() for match in re.finditer("\n", text))]
    for one, section in rest:
        line = bisect_right(lines, one.start - 1)
        place = Place(file, line, one.start - lines[line - 1], one.end - one.start)
        findings.append(tell(one, place, section, beside(file)))
    return bounded(sorted(findings, key=lambda one: one.place))


def private_in(text: str, file: str) -> list[tuple[Private, str]]:
    """What is private in a text, each with the part of it in which it stands."""
    found = list(islice(find(text), MOST))
    parts = sections(text, file) if found else None
    located = [(one, parts.at(one.start)) for one in found] if parts else []
    # an acknowledgement may call a mark of secrecy by its name
    return [(one, section) for one, section in located if one.kind is not Kind.SECRECY or section != ACKNOWLEDGED]


def decoded(data: bytes) -> tuple[str, bool]:
    """The text with line breaks as \\n, and whether it is UTF-8. Any bytes are read: their digits are digits in every
    encoding.
    """
    for encoding in ("utf-16",) if data.startswith(UTF16) else ("utf-8-sig", "gb18030"):
        try:
            return broken(data.decode(encoding)), encoding == "utf-8-sig"
        except UnicodeDecodeError:
            continue
    return broken(data.decode("latin-1")), False


def broken(text: str) -> str:
    """Line breaks of every system as \\n."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def sections(text: str, file: str) -> Sections:
    """The parts of a text. Names show nothing private either."""
    pattern = TOP_KEY if file.endswith((".yaml", ".yml")) else HEADING if file.endswith(".md") else None
    begins, names = [0], [TOP if pattern else WHOLE]
    at = 0
    for line in text.split("\n") if pattern else ():
        match = pattern.match(line) if pattern else None
        if match:
            begins.append(at)
            names.append(masked(match[1].strip()))
        at += len(line) + 1
    return Sections(begins, names)


def masked(text: str) -> str:
    """The text with everything private in it masked."""
    pieces, done = [], 0
    for one in find(text):
        pieces += [text[done : one.start], one.over(text[one.start : one.end])]
        done = one.end
    return "".join([*pieces, text[done:]])
