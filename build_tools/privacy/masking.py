"""What is printed shows nothing private whole: logs of a pipeline are often public.

Every message may quote the file or name it, and excerpts show its lines, whatever they are about: all pass through
here, whatever renders them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache

from build_tools.diagnostics import Finding
from build_tools.diagnostics.text import LineOf
from build_tools.privacy.find import find, suspicious
from build_tools.privacy.model import Kind, Private
from build_tools.privacy.names import discreet_path, discreet_text

# a part of a number that a message has cut
PART = re.compile(r"[0-9]{7,}")
# what a path in a message may hold, though nothing else would make the message suspicious
LONG = re.compile("/.{0,200}?[0-9]{9}|[0-9]{9}.{0,200}?/")
ABOVE = 2
In = Callable[[str, int], tuple[Private, ...]]


def discreet_lines(line_of: LineOf) -> LineOf:
    """The lines of files with everything private masked; beside a mark of secrecy nothing else is shown."""
    private = private_of(line_of)

    @lru_cache(maxsize=256)
    def shown(file: str, line: int) -> str:
        text = line_of(file, line)
        found = private(file, line)
        pieces, done = [], 0
        hide = any(one.kind is Kind.SECRECY for one in found)
        for one in found:
            between = text[done : one.start]
            pieces += [re.sub(r"\S", "*", between) if hide else between, one.over(text[one.start : one.end])]
            done = one.end
        return "".join([*pieces, re.sub(r"\S", "*", text[done:]) if hide else text[done:]])

    return shown


def discreet(findings: Iterable[Finding], line_of: LineOf) -> list[Finding]:
    """The same findings, with nothing private in their words and paths."""
    private = private_of(line_of)
    return [hushed(one, private(one.place.file, one.place.line)) for one in findings]


def private_of(line_of: LineOf) -> In:
    """A function that gives what is private in a line, seen with the lines above it."""

    @lru_cache(maxsize=256)
    def found(file: str, line: int) -> tuple[Private, ...]:
        text = line_of(file, line)
        if not suspicious(text.encode("utf-8", "replace")):
            return ()
        above = "".join(f"{line_of(file, number)}\n" for number in range(max(1, line - ABOVE), line))
        return tuple(
            one._replace(start=one.start - len(above), end=one.end - len(above))
            for one in find(above + text)
            if one.start >= len(above)
        )

    return found


def hushed(finding: Finding, private: tuple[Private, ...]) -> Finding:
    """One finding. What the message quotes may stand without the words that gave it away, so the line is asked
    as well.
    """
    values = [one.value for one in private if one.kind is not Kind.SECRECY]
    texts = (finding.message, finding.hint or "", finding.actual or "", finding.expected or "")
    place = finding.place._replace(file=discreet_path(finding.place.file))
    if not values and not any(LONG.search(text) or suspicious(text.encode("utf-8", "replace")) for text in texts):
        return replace(finding, place=place) if place != finding.place else finding

    def part(match: re.Match[str]) -> str:
        return "*" * len(match[0]) if any(match[0] in value for value in values) else match[0]

    message, hint, actual, expected = (PART.sub(part, discreet_text(text)) for text in texts)
    return replace(
        finding, place=place, message=message, hint=hint or None, actual=actual or None, expected=expected or None
    )
