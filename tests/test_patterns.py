"""No regular expression takes much longer for a text four times as long: every one that the compiler has is found, at
module level or inside a function, and timed on texts made of its own parts, repeated, with an end on which it must
fail.
"""

from __future__ import annotations

import ast
import importlib
import itertools
import pkgutil
import re
import re._constants as sre  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import build_tools
from tests.support import took

HERE = Path(build_tools.__file__).parent
SHORT, TIMES = 600, 4
# a text of 6 000 characters that is read in less is not worth a second look
FLOOR, GROWTH = 0.004, 8.0
CALLS = ("compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")
# patterns that stand in tables, and how they are used there
TABLES = {"NOT_AMOUNTS": "fullmatch", "ORDINAL": "fullmatch"}
# what the command line says of itself, and what the site generator has written: no file of data/ reaches them
OWN = ("COMPLAINTS", "INLINE_SCRIPT")
CLASSES = {
    sre.CATEGORY_DIGIT: "7",
    sre.CATEGORY_SPACE: " ",
    sre.CATEGORY_WORD: "甲",
    sre.CATEGORY_NOT_DIGIT: "x",
    sre.CATEGORY_NOT_SPACE: "x",
    sre.CATEGORY_NOT_WORD: "-",
}
ENDS = ("", "\0", "！")


def modules() -> Iterator[Any]:
    """Every module of the compiler."""
    for found in pkgutil.walk_packages([str(HERE)], "build_tools."):
        yield importlib.import_module(found.name)


def inside(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    """The patterns that a value is or holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 5 and isinstance(value, dict):
        yield from (one for part in (*value.keys(), *value.values()) for one in inside(part, depth + 1))
    elif depth < 5 and isinstance(value, (tuple, list, set, frozenset)):
        yield from (one for part in value for one in inside(part, depth + 1))
    elif depth < 5 and hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        yield from (one for name in value.__dataclass_fields__ for one in inside(getattr(value, name, None), depth + 1))


def written(tree: list[ast.AST]) -> Iterator[tuple[str, str]]:
    """(method, pattern) of calls of `re` with the pattern written out, wherever they stand."""
    for node in tree:
        if not (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
        ):
            continue
        first = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
        if node.func.value.id == "re" and node.func.attr in CALLS and isinstance(first, str):
            yield node.func.attr, first


def nodes(path: Path) -> list[ast.AST]:
    """The calls and attributes of a file; a file that uses no method of `re` has none to look at."""
    text = path.read_text(encoding="utf-8")
    if not any(f".{name}" in text for name in CALLS):
        return []
    return [node for node in ast.walk(ast.parse(text)) if isinstance(node, (ast.Call, ast.Attribute))]


def called(trees: Iterable[list[ast.AST]]) -> dict[str, set[str]]:
    """The methods of a pattern that are called anywhere, by the name that stands before them."""
    calls: dict[str, set[str]] = {}
    for nodes_of_file in trees:
        for node in nodes_of_file:
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in CALLS:
                calls.setdefault(node.value.id, set()).add(node.attr)
    return calls


@cache
def patterns() -> dict[tuple[str, int], tuple[str, frozenset[str]]]:
    """(text, flags) of every pattern → where it was met first, and the methods of it that are called anywhere (none =
    in a table).
    """
    found: dict[tuple[str, int], tuple[str, frozenset[str]]] = {}
    trees = {path: nodes(path) for path in sorted(HERE.rglob("*.py"))}
    calls = called(trees.values())
    for module in modules():
        for name, value in vars(module).items():
            for one in inside(value):
                if isinstance(one.pattern, str):
                    known = (
                        calls.get(name, set())
                        if isinstance(value, re.Pattern)
                        else {TABLES[name]}
                        if name in TABLES
                        else set()
                    )
                    found.setdefault((one.pattern, one.flags), (f"{module.__name__}.{name}", frozenset(known)))
    for path, tree in trees.items():
        for method, text in written(tree):
            if not any(text == known for known, _ in found):
                found[text, re.compile(text).flags] = (
                    path.relative_to(HERE).as_posix(),
                    frozenset({method} - {"compile"}),
                )
    return {key: one for key, one in found.items() if one[0].rpartition(".")[2] not in OWN}


def one_of(items: Iterable[tuple[Any, Any]]) -> str:
    """A character that a class of characters holds."""
    negated = False
    for kind, value in items:
        if kind is sre.NEGATE:
            negated = True
        elif not negated and kind is sre.LITERAL:
            return chr(value)
        elif not negated and kind is sre.RANGE:
            return chr(value[0])
        elif not negated and kind is sre.CATEGORY:
            return CLASSES[value]
    return next(char for char in "甲x7 -。" if not any(holds(kind, value, char) for kind, value in items))


def holds(kind: Any, value: Any, char: str) -> bool:
    """True where an item of a class holds a character."""
    if kind is sre.LITERAL:
        return bool(ord(char) == value)
    if kind is sre.RANGE:
        return bool(value[0] <= ord(char) <= value[1])
    return kind is sre.CATEGORY and bool(
        re.match(
            {sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_SPACE: r"\s", sre.CATEGORY_WORD: r"\w"}.get(value, r"(?!)"), char
        )
    )


def sample(items: Iterable[tuple[Any, Any]], parts: set[str], whole: str = "") -> str:
    """A text that a piece of a pattern matches, more or less; what is repeated in it, and what leads up to it, goes to
    `parts`.
    """
    for kind, value in items:
        if kind in (sre.LITERAL, sre.NOT_LITERAL):
            whole += chr(value) if kind is sre.LITERAL else "甲"
        elif kind is sre.ANY:
            whole += "甲"
        elif kind is sre.IN:
            whole += one_of(value)
        elif kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            body = sample(value[2], parts)
            parts.add(body)
            whole += body * max(1, min(value[0], 20))
        elif kind is sre.BRANCH:
            choices = [sample(choice, parts) for choice in value[1]]
            parts.update(choices[:12])
            whole += choices[0]
        elif kind is sre.SUBPATTERN:
            whole += sample(value[3], parts)
        elif kind is sre.ATOMIC_GROUP:
            whole += sample(value, parts)
        elif kind in (sre.ASSERT, sre.ASSERT_NOT):
            parts.add(sample(value[1], parts))
        parts.add(whole)
    return whole


def texts(pattern: str, flags: int) -> list[tuple[str, str]]:
    """(start, part) of hostile texts: each part of the pattern repeated, alone or behind what leads up to it."""
    parts: set[str] = set()
    sample(parser.parse(pattern, flags & ~re.DEBUG), parts)
    pieces = sorted({one for one in parts if one} | {"甲", " ", "1", "\n"}, key=lambda one: (len(one), one))
    pieces = pieces if len(pieces) <= 24 else pieces[:14] + pieces[-10:]
    return [("", one) for one in pieces] + [
        (start, one) for start, one in itertools.product(pieces[-2:], pieces[:10]) if start != one
    ]


def part_of(place: str) -> str:
    """The package that a pattern belongs to."""
    return place.split(".")[1] if place.startswith("build_tools") else place.split("/")[0].removesuffix(".py")


def slow(compiled: re.Pattern[str], methods: frozenset[str], start: str, part: str, end: str) -> float:
    """How much longer four times the text takes, by the way of using the pattern that suffers most; 0 where it is quick
    enough.
    """
    ways = {"match": compiled.match, "fullmatch": compiled.fullmatch}
    uses = (
        [ways[one] for one in methods if one in ways]
        + [compiled.search] * bool(methods - set(ways) or not methods)
        + [compiled.fullmatch] * (not methods)
    )
    worst = 0.0
    long, short = (start + part * (size // len(part) + 1) + end for size in (SHORT * TIMES, SHORT))
    for use in uses:
        seconds = took(lambda use=use: use(long), FLOOR / 10)  # type: ignore[misc]
        if seconds > FLOOR:
            worst = max(worst, seconds / max(took(lambda use=use: use(short), FLOOR / 10), 1e-6))  # type: ignore[misc]
    return worst


def test_every_pattern_is_found() -> None:
    """Some that stand deep in tables, some inside functions."""
    where = {place for place, _ in patterns().values()}
    assert len(patterns()) > 80
    assert {"build_tools.accounts.statement.scalars.NOT_AMOUNTS", "build_tools.privacy.digits.RUN"} & where
    assert any(place.endswith(".py") for place in where)
    assert {*TABLES} <= {place.rpartition(".")[2] for place in where}


def test_no_group_repeats_possessively() -> None:
    """Python before 3.11.5 loses the thread in a group that does, and finds what is not there; single
    characters may.
    """
    group = re.compile(r"(?<!\\)\)(?:[*+?]|\{\d*,?\d*\})\+")
    assert group.search("(?:甲|乙)*+")
    assert [place for (pattern, _), (place, _) in patterns().items() if group.search(pattern)] == []


def test_the_measure_finds_what_is_slow() -> None:
    """Two that are known to be, each squared: tried from every digit, and from every space."""
    assert slow(re.compile(r"(\d|甲)+元"), frozenset({"search"}), "", "1", "") > GROWTH
    assert slow(re.compile(r"\s*$"), frozenset({"search"}), "", " ", "x") > GROWTH
    assert not slow(re.compile("甲*?乙?丙"), frozenset(), "", "丁", "")


@pytest.mark.slow
@pytest.mark.parametrize("part", sorted({part_of(place) for place, _ in patterns().values()}))
def test_time_grows_with_the_text(part: str) -> None:
    """Whatever the text."""
    found = []
    for (pattern, flags), (place, methods) in patterns().items():
        compiled = re.compile(pattern, flags)
        for (start, piece), end in itertools.product(texts(pattern, flags), ENDS) if part_of(place) == part else ():
            if (growth := slow(compiled, methods, start, piece, end)) > GROWTH:
                found.append((place, pattern[:120], start[:20], piece[:20], end, round(growth, 1)))
                break
    assert found == []
