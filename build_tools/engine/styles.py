"""Style sheets as a browser needs them: of the theme's rules only those that a page of ours can ever meet, without
comments and blanks.

The theme brings styles for everything that its users might write, six sevenths of which no page of a site like this can
use. A rule goes only where every one of its selectors asks for a class or a state of the theme that nothing in the site
knows; a sheet that is not understood stops the build instead of losing its rules in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import tinycss2  # type: ignore[import-untyped]
from tinycss2.ast import Node  # type: ignore[import-untyped]

# classes that our own templates and code write
OURS = "mz-"
# what the theme says of a page in attributes: its direction and its state
STATES = re.compile("dir|data-md-.*")
# what holds rules; the steps of a movement are written as rules
HOLDING = ("media", "supports", "keyframes")
READ = re.compile(r"var\(\s*(--[\w-]+)")
VARIABLE = re.compile(r"--[\w-]+")


class StyleError(ValueError):
    """A style sheet holds what the parser does not understand; the message says where."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """`name:value`, dense."""

    name: str
    value: str

    @property
    def text(self) -> str:
        """As it is written."""
        return f"{self.name}:{self.value}"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule or an at-rule with what stands in its braces; None = it has none (`@charset`)."""

    head: str
    body: tuple[Rule | Declaration, ...] | None

    @property
    def text(self) -> str:
        """As it is written, the last semicolon left out."""
        if self.body is None:
            return f"{self.head};"
        inner = "".join(f"{one.text};" if isinstance(one, Declaration) else one.text for one in self.body)
        return f"{self.head}{{{inner.removesuffix(';')}}}"


Part = Rule | Declaration


def lighter(sheets: Sequence[str], words: frozenset[str], read: Iterable[str]) -> str:
    """Sheets that a page loads one after the other as one: without rules for what is not among `words`, and without
    variables that no value and no script (`read`) asks for. Raises StyleError.
    """
    rules: tuple[Part, ...] = tuple(rule for sheet in sheets for rule in parsed(sheet, words))
    read = frozenset(VARIABLE.findall("\n".join(read)))
    while True:
        text = "".join(rule.text for rule in rules)
        known = read | frozenset(READ.findall(text))
        rules = tuple(without_unread(rules, known))
        if "".join(rule.text for rule in rules) == text:
            return text


def parsed(sheet: str, words: frozenset[str]) -> Iterator[Rule]:
    """The rules of a sheet that a page may meet. Raises StyleError."""
    return rules_of(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True), words)


def rules_of(nodes: Iterable[Node], words: frozenset[str]) -> Iterator[Rule]:
    """Rules, dense; those in a condition too."""
    for node in nodes:
        if node.type == "at-rule":
            yield from at_rule(node, words)
            continue
        if node.type != "qualified-rule":
            raise not_understood(node)
        heads = [dense(one, ",>~+") for one in split(node.prelude) if all(need in words for need in needs(one))]
        body = tuple(declarations(node.content))
        if heads and body:
            yield Rule(",".join(heads), body)


def at_rule(node: Node, words: frozenset[str]) -> Iterator[Rule]:
    """`@media` with what is left of it; `@page` and others as they are."""
    head = f"@{node.at_keyword} {dense(node.prelude, ',')}".rstrip()
    if node.content is None:
        yield Rule(head, None)
    elif node.lower_at_keyword in HOLDING:
        inner = tuple(rules_of(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True), words))
        if inner:
            yield Rule(head, inner)
    else:
        yield Rule(head, tuple(declarations(node.content)))


def declarations(content: Iterable[Node]) -> Iterator[Part]:
    """What stands in the braces of a rule; of `@page` its margins too."""
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if node.type == "declaration":
            yield Declaration(node.name, dense(node.value, ",") + ("!important" if node.important else ""))
        elif node.type == "at-rule" and node.content is not None:
            yield Rule(f"@{node.at_keyword}", tuple(declarations(node.content)))
        else:
            raise not_understood(node)


def not_understood(node: Node) -> StyleError:
    """Where, and what the parser says."""
    return StyleError(
        f"样式表第 {node.source_line} 行第 {node.source_column} 列读不懂：{getattr(node, 'message', node.type)}"
    )


def split(tokens: Iterable[Node]) -> Iterator[list[Node]]:
    """The selectors of a list."""
    found: list[Node] = []
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            yield found
            found = []
        else:
            found.append(token)
    yield found


def needs(selector: Sequence[Node]) -> Iterator[str]:
    """The words without which a selector never fits: the theme's classes and states. What stands in `:not(…)` or
    `:is(…)` asks for nothing.
    """
    for before, token in zip([None, *selector], selector, strict=False):
        if token.type == "ident" and before == "." and not token.value.startswith(OURS):
            yield token.value
        elif token.type == "[] block":
            named = [one for one in token.content if one.type in ("ident", "string")]
            if named and STATES.fullmatch(named[0].value):
                yield from (one.value for one in (named if "=" in token.content else named[:1]))


def dense(tokens: Sequence[Node], tight: str) -> str:
    """The text of tokens, of blanks only those that mean something: none at the ends and beside what is in `tight`."""
    found: list[str] = []
    for token in tokens:
        if token.type == "comment":
            continue
        if token.type == "whitespace":
            text = "" if not found or found[-1] in {" ", *tight} else " "
        elif token.type == "function":
            text = f"{token.name}({dense(token.arguments, ',')})"
        elif token.type == "() block":
            text = f"({dense(token.content, ',:')})"
        else:
            text = token.serialize()
        if text in tuple(tight) and found and found[-1] == " ":
            found.pop()
        found += [text] if text else []
    return "".join(found).strip()


def without_unread(body: Iterable[Part], known: frozenset[str]) -> Iterator[Part]:
    """Without variables that nobody reads, and without what is empty then."""
    for one in body:
        if isinstance(one, Declaration):
            if not one.name.startswith("--") or one.name in known:
                yield one
        elif one.body is None:
            yield one
        elif inner := tuple(without_unread(one.body, known)):
            yield Rule(one.head, inner)
