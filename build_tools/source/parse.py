"""Text → tree: at once where every line is plain, else in one pass over the library's events.

Events, not the library's own composer: depth and size are bounded before any tree exists (100,000 levels crash the C
composer), nothing recurses, anchors and tags are still visible, and it is faster (docs/decisions.md).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from build_tools.diagnostics import Finding, Place, Severity
from build_tools.source import traps
from build_tools.source.plain import read_plain
from build_tools.source.read import decode
from build_tools.source.syntax import syntax_finding
from build_tools.source.tree import Comment, Entry, Mapping, Node, Scalar, Sequence

MAX_DEPTH = 24
MAX_NODES = 100_000
MAX_FINDINGS = 100


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file says. `root` is None where nothing could be read; findings say why."""

    file: str
    root: Mapping | None
    comments: tuple[Comment, ...]
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class Open:
    """A collection whose end has not come yet, with the key that waits for its value: the parser's only moving part."""

    mapping: bool
    flow: bool
    line: int
    column: int
    nodes: list[Node] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    key: Scalar | None = None
    seen: dict[str, Scalar] = field(default_factory=dict)


def parse(data: bytes, file: str) -> Parsed:
    """Read one file. Any bytes in, findings out; never an exception."""
    text, findings = decode(data, file)
    if text is None:
        return Parsed(file, None, (), tuple(findings))
    lines = text.split("\n")
    spans: list[traps.Span] = []
    root: Node | None = read_plain(text, file)
    if root is None:
        root, spans = build(text, lines, file, findings)
    comments: list[Comment] = []
    if isinstance(root, Mapping):
        comments, trailing = traps.read_comments(lines, spans, file)
        findings += trailing
    elif root is not None:
        # a line that ran on is part of the same mistake
        findings, root = [traps.not_a_mapping(root, lines)], None
    elif not findings:
        findings.append(
            Finding("file-empty", "文件里只有注释，没有内容", Place(file), hint="还不公开的文件请先不要提交")
        )
    return Parsed(file, root, tuple(comments), tuple(bounded(list(dict.fromkeys(findings)))))


def bounded(findings: list[Finding]) -> list[Finding]:
    """The first findings of a file, and how many more there are, as grave as the gravest of these: nobody reads
    thousands.
    """
    more = len(findings) - MAX_FINDINGS
    if more <= 0:
        return findings
    gravest = min((one.severity for one in findings[MAX_FINDINGS:]), key=list(Severity).index)
    rest = Finding(
        "file-too-many-findings",
        f"同一文件还有 {more} 处问题没有列出",
        findings[MAX_FINDINGS].place,
        gravest,
        hint="先改正列出的，再检查一次",
    )
    return [*findings[:MAX_FINDINGS], rest]


def build(text: str, lines: list[str], file: str, findings: list[Finding]) -> tuple[Node | None, list[traps.Span]]:
    """The tree, and where every scalar that may hold a # begins and ends."""
    loader = yaml.CSafeLoader(text)
    try:
        return walk(loader, lines, file, findings)
    except yaml.MarkedYAMLError as error:
        # a line that ran on is what stopped the parser: one mistake, one finding
        findings[:] = [finding for finding in findings if finding.code != "yaml-several-lines"]
        findings.append(syntax_finding(error, lines, file))
    except yaml.YAMLError as error:
        findings.append(Finding("yaml-syntax", f"这个文件不合 YAML 的写法（{error}）", Place(file)))
    finally:
        loader.dispose()
    return None, []


def walk(
    loader: yaml.CSafeLoader, lines: list[str], file: str, findings: list[Finding]
) -> tuple[Node | None, list[traps.Span]]:
    """Follow the events with an explicit stack. Stops early, with a finding, where a bound is passed."""
    spans: list[traps.Span] = []
    top, count = Open(False, False, 0, 0), 0
    stack = [top]
    while True:
        event: Any = loader.get_event()
        kind = type(event)
        if kind is yaml.ScalarEvent or kind is yaml.AliasEvent:
            node: Node = read_scalar(event, lines, file, findings, spans)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            node = close(stack.pop(), file)
            top = stack[-1]
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            top = opened(event, file, findings)
            stack.append(top)
            if len(stack) > MAX_DEPTH + 1:
                findings.append(
                    Finding("yaml-too-deep", f"嵌套超过 {MAX_DEPTH} 层，没有继续读", Place(file, top.line, top.column))
                )
                return None, spans
            continue
        elif kind is yaml.StreamEndEvent or (kind is yaml.DocumentStartEvent and top.nodes):
            return ended(event, top, file, findings), spans
        else:
            continue
        count += 1
        if count > MAX_NODES:
            findings.append(Finding("yaml-too-many-nodes", f"内容超过 {MAX_NODES} 项，没有继续读", node.place))
            return None, spans
        add(top, node, findings)


def ended(event: Any, top: Open, file: str, findings: list[Finding]) -> Node | None:
    """What the file holds; nothing where a second document begins."""
    if type(event) is yaml.DocumentStartEvent:
        findings.append(traps.second_document(event, file))
        return None
    return top.nodes[0] if top.nodes else None


def opened(event: Any, file: str, findings: list[Finding]) -> Open:
    """A collection that begins."""
    if event.anchor is not None or event.tag is not None:
        findings += traps.decorated(event, file)
    mark = event.start_mark
    return Open(type(event) is yaml.MappingStartEvent, bool(event.flow_style), mark.line + 1, mark.column + 1)


def read_scalar(event: Any, lines: list[str], file: str, findings: list[Finding], spans: list[traps.Span]) -> Scalar:
    """The scalar as written; what hides a second meaning is reported and the text kept."""
    start, end = event.start_mark, event.end_mark
    line, column = start.line, start.column
    length = (end.column if end.line == line else len(lines[line])) - column
    if type(event) is yaml.AliasEvent:
        scalar = Scalar("", "*", file, line + 1, column + 1, length)
        findings.append(traps.alias(scalar))
        return scalar
    style = "" if event.style is None or event.style == "\0" else event.style
    scalar = Scalar(event.value, style, file, line + 1, column + 1, length)
    if event.anchor is not None or event.tag is not None:
        findings += traps.decorated(event, file)
    block = style in ("|", ">")
    if style or "#" in scalar.text:
        # the text of a block scalar begins below its header
        spans.append(((line + 1, 0) if block else (line, column), (end.line, end.column)))
    if style == '"':
        findings += traps.escaped(scalar)
    if end.line != line and not block:
        findings.append(traps.several_lines(scalar, lines))
    return scalar


def add(parent: Open, node: Node, findings: list[Finding]) -> None:
    """Put a finished node into its parent, key or value by turn."""
    key = parent.key
    if key is not None:
        parent.key = None
        findings += traps.entry(key, node, parent.flow, parent.entries, parent.seen)
        parent.entries.append(Entry(key, node))
    elif not parent.mapping:
        parent.nodes.append(node)
    elif type(node) is Scalar:
        parent.key = node
        if len(node.text) > traps.MAX_KEY or "\n" in node.text:
            parent.key, refused = traps.short_key(node)
            findings.append(refused)
    else:
        findings.append(traps.complex_key(node))
        parent.key = Scalar("", "*", node.file, node.line, node.column, 1)


def close(done: Open, file: str) -> Node:
    """The finished collection."""
    if done.mapping:
        return Mapping(tuple(done.entries), file, done.line, done.column)
    return Sequence(tuple(done.nodes), file, done.line, done.column)
