"""隐私确认: what a person has looked at and wants to be public, with the reason.

It stands in the disclosure itself, for other files in `privacy.yaml` beside mkdocs.yml. It names one number by its
masked form and the part of the file in which it stands; what it does not name exactly stays an error, and so does one
that names nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from build_tools.diagnostics import Finding, Place
from build_tools.privacy.model import ACKNOWLEDGED, FIELDS, KEYS, Private
from build_tools.source import Mapping, Scalar, parse, read_bytes
from build_tools.source import Sequence as List

SHARED = "privacy.yaml"
EXAMPLE = "内容: 138****1234、位置: 说明、理由: …"
DISCLOSURE = re.compile(r"data/[^/]+/[^/]+/[0-9]{4}/[^/]+\.yaml")
QUOTES = re.compile(r"[\s“”\"']")


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """One entry: the masked form, the part of the file, the reason; `file` only in `privacy.yaml`."""

    content: str
    section: str
    reason: str
    file: str
    place: Place

    def names(self, one: Private, section: str) -> bool:
        """True for what it speaks of."""
        return plain(self.content).upper() == plain(one.shown).upper() and plain(self.section) == plain(section)


def plain(text: str) -> str:
    """Without blanks and quotation marks."""
    return QUOTES.sub("", text)


def beside(file: str) -> str:
    """Where something in this file is acknowledged, in words that follow Chinese: a blank stands before Latin."""
    return f"本文件的“{ACKNOWLEDGED}”" if DISCLOSURE.fullmatch(file) else f" {SHARED} 的“{ACKNOWLEDGED}”"


def own(data: bytes, file: str, findings: list[Finding]) -> list[Acknowledgement]:
    """Those of a disclosure about itself."""
    if not DISCLOSURE.fullmatch(file) or ACKNOWLEDGED.encode() not in data:
        return []
    root = parse(data, file).root
    return [] if root is None or root.get(ACKNOWLEDGED) is None else read(root, file, FIELDS, findings)


def shared(root: Path, findings: list[Finding]) -> list[Acknowledgement]:
    """Those of `privacy.yaml`, which name their file."""
    path = root / SHARED
    if not path.is_file() or path.is_symlink():
        return []
    parsed = parse(read_bytes(path), SHARED)
    findings += parsed.findings
    return [] if parsed.root is None else read(parsed.root, SHARED, (KEYS["file"], *FIELDS), findings)


def read(root: Mapping, file: str, fields: Sequence[str], findings: list[Finding]) -> list[Acknowledgement]:
    """The entries of 隐私确认. One that leaves something out acknowledges nothing."""
    node = root.get(ACKNOWLEDGED)
    if not isinstance(node, List):
        place = node.place if node else Place(file)
        findings.append(
            Finding(
                "privacy-acknowledgement", f"“{ACKNOWLEDGED}”应写成列表", place, hint=f"每条以“- ”开头，写 {EXAMPLE}"
            )
        )
        return []
    found = []
    for item in node.items:
        entries = item.entries if isinstance(item, Mapping) else ()
        written = {one.key.text: one.value.text.strip() for one in entries if isinstance(one.value, Scalar)}
        missing = [field for field in fields if not written.get(field)]
        unknown = [field for field in written if field not in fields]
        if missing or unknown:
            message = (
                f"这一条隐私确认没有写“{'、'.join(missing)}”" if missing else f"隐私确认里没有“{unknown[0][:20]}”这一项"
            )
            findings.append(
                Finding(
                    "privacy-acknowledgement", message, item.place, hint=f"每条写明{'、'.join(fields)}，如 {EXAMPLE}"
                )
            )
        else:
            content, section, reason = (written[field] for field in FIELDS)
            found.append(Acknowledgement(content, section, reason, written.get(KEYS["file"], file), item.place))
    return found


def uncovered(
    found: Iterable[tuple[Private, str]], entries: Sequence[Acknowledgement]
) -> tuple[list[tuple[Private, str]], set[Acknowledgement]]:
    """What no entry names, each with its part of the file, and the entries that name something.

    An entry covers one number wherever it stands in that part; another that looks the same when masked stays uncovered.
    """
    rest: list[tuple[Private, str]] = []
    meant: dict[Acknowledgement, str] = {}
    for one, section in found:
        entry = next((entry for entry in entries if entry.names(one, section)), None)
        if entry is None or meant.setdefault(entry, one.value) != one.value:
            rest.append((one, section))
    return rest, set(meant)


def unused(entry: Acknowledgement) -> Finding:
    """An entry that names nothing would silently cover what comes later."""
    where = f"{entry.file} 的" if entry.place.file != entry.file else ""
    return Finding(
        "privacy-unused",
        f"{where}“{entry.section[:30]}”里没有 {entry.content[:40]}，这一条确认没有用处",
        entry.place,
        hint="照检查指出的内容和位置写；内容已经改过的，删去这一条",
    )
