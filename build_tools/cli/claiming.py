"""`mingzhang claims`: one text read for what it claims, alone or against the tables of a disclosure."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from build_tools.checks.claims import Judged, Page
from build_tools.checks.claims.hygiene import hygiene
from build_tools.checks.outside import read_outside
from build_tools.cli.against import NoTables, given_by
from build_tools.cli.telling import status_of, width
from build_tools.diagnostics import Finding, Place
from build_tools.diagnostics.as_json import Record, render_json
from build_tools.diagnostics.finding import in_reading_order
from build_tools.diagnostics.text import overview, render_findings
from build_tools.source import bounded, read_bytes
from build_tools.source.read import UNSEEN, refuse_bytes, refuse_encoding

ENDINGS = (".txt", ".md")


def claims(options: argparse.Namespace) -> int:
    """Read, judge, print. 0 where the text could be read: what a published document says is told, not forbidden."""
    path: Path = options.file
    if path.suffix.lower() not in ENDINGS or not path.is_file():
        why = (
            "没有这个文件"
            if path.suffix.lower() in ENDINGS
            else "只读 .txt 和 .md（PDF 先用 pdftotext -layout 转成文本，Word 先另存为纯文本）"
        )
        print(f"{why}：{path}", file=sys.stderr)
        return 2
    try:
        given = given_by(options.root, options.against) if options.against else None
    except NoTables as error:
        print(error, file=sys.stderr)
        return 2
    file = path.as_posix()
    text, refused = decoded(read_bytes(path), file)
    read = read_outside(text, file, given)
    found = in_reading_order(bounded([*refused, *read.findings, *(hygiene(text, Place(file)) if text else ())]))
    counts = dict(read.counts)
    print(render_json(found, counts, records(read.page)) if options.format == "json" else as_text(found, counts, text))
    return status_of(found)


def decoded(data: bytes, file: str) -> tuple[str, list[Finding]]:
    """The text, also of old Windows programs; page breaks and other unseen characters count as spaces."""
    refused = refuse_bytes(data, file)
    if refused:
        return "", [refused]
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return UNSEEN.sub(" ", data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")), []
        except UnicodeDecodeError as error:
            start = error.start
    return "", [refuse_encoding(data, file, min(start, len(data)))]


def records(page: Page) -> list[Record]:
    """Every claim as plain values, what passed and what was left unread as well."""
    return [record(one) for one in page.claims]


def record(one: Judged) -> Record:
    """One claim; `expected` and `formula` are null where it was not read."""
    claim = one.claim
    return {
        "kind": claim.kind,
        "outcome": one.outcome.value,
        "line": claim.line,
        "column": claim.column,
        "length": claim.length,
        "stated": one.stated or None,
        "expected": one.computed or None,
        "formula": one.formula or None,
        "figures": list(claim.figures),
        "sentence": claim.sentence,
        "reason": one.reason or None,
    }


def as_text(found: list[Finding], counts: dict[str, int], text: str) -> str:
    """For a person: how much was read, and what does not hold."""
    lines = text.split("\n")
    counted = f"读出 {sum(counts.values())} 处：" + "，".join(f"{name} {number}" for name, number in counts.items())
    if not found:
        return counted
    shown = render_findings(found, lambda _, line: lines[line - 1] if 0 < line <= len(lines) else "", width())
    return f"{overview(found)}\n{counted}\n\n{shown}\n\n{overview(found)}\n{counted}"
