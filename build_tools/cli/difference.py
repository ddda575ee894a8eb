"""`mingzhang diff BASE..HEAD`: what a change means for readers, as Markdown for a merge request or as HTML."""

from __future__ import annotations

import argparse
import html
import sys
from collections.abc import Iterator
from pathlib import Path

from build_tools.accounts.corpus import Disclosure, read_project
from build_tools.privacy import discreet_text
from build_tools.record.between import Difference, differences
from build_tools.record.naming import words_of
from build_tools.source.repository import git

RANGE = ".."
# rows of one table; of more it is said how many there are
MOST = 200
NOTHING = "空"
# lines of a log that somebody reads after a push
LOGGED = 40
TITLE = "公开的数有什么改动"
STYLE = (
    "body { font-family: sans-serif; max-width: 60rem; margin: 2rem auto } table { border-collapse: collapse } "
    "td, th { border: 1px solid #ccc; padding: .2rem .5rem }"
)


def difference(options: argparse.Namespace) -> int:
    """Print it. Exit status 2 where a commit is not known."""
    base, found, head = options.range.partition(RANGE)
    names = [one or "HEAD" for one in (base, head)] if found else [base, "HEAD"]
    commits = [_commit(options.root, one) for one in names]
    if not all(commits):
        unknown = names[commits.index("")]
        print(f"git 不认识“{unknown[:60]}”：写两个提交或分支，如 main..HEAD", file=sys.stderr)
        return 2
    project = read_project(options.root)
    text = discreet_text("\n".join(_document(differences(options.root, commits[0], commits[1], project))))
    print(_as_html(text) if options.format == "html" else text)
    return 0


def tell_changes(root: Path, base: str, head: str) -> None:
    """What a push has changed for readers, for the log of who pushed; nothing where git no longer knows what was
    there.
    """
    if base and base != head and _commit(root, base):
        text = discreet_text("\n".join(_document(differences(root, base, head, read_project(root)))))
        lines = text.strip().split("\n")
        more = [f"……还有 {len(lines) - LOGGED} 行，运行 mingzhang diff {base[:10]}..{head[:10]}"]
        print("\n".join(["这次推送改了什么：", *lines[:LOGGED], *(more if len(lines) > LOGGED else [])]))


def _commit(root: Path, name: str) -> str:
    """The commit of this name; '' where there is none."""
    # never taken for an option
    return (
        (git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}") or b"")
        .decode()
        .strip()
    )


def _document(found: Iterator[Difference]) -> Iterator[str]:
    """The whole comparison."""
    some = False
    for one in found:
        some = True
        yield from _disclosure(one)
    if not some:
        yield "公开文件没有改动。"


def _disclosure(one: Difference) -> Iterator[str]:
    """One disclosure: where readers see it, the figures, the checks."""
    shown = one.after or one.before
    assert shown is not None
    yield f"### {_cell(one.department.name_in(shown.year))} {shown.year} 年{shown.kind}\n"
    yield f"文件 `{one.file}`，网页 {_address(one.file)}\n"
    yield f"{_standing(one)}\n"
    written = [change for change in one.changes if not change.follows]
    if one.changes:
        follow = len(one.changes) - len(written)
        yield f"数改了 {len(written)} 个{f'，随之改变的合计 {follow} 个' if follow else ''}：\n"
        yield "| 表 | 行 | 栏 | 原来 | 现在 | |\n|---|---|---|---:|---:|---|"
        for change in one.changes[:MOST]:
            table, row, column = words_of(change, (one.after or shown).statements)
            cells = (table, row, column, change.old or NOTHING, change.new or NOTHING, "随之" if change.follows else "")
            yield f"| {' | '.join(map(_cell, cells))} |"
        if len(one.changes) > MOST:
            yield f"\n还有 {len(one.changes) - MOST} 个没有列出。"
        yield ""
    elif one.before and one.after:
        yield "文字有改动，数没有变。\n" if one.reworded else "数和文字都没有变，只改了写法或公开信息。\n"
    if one.turned:
        yield f"核对结果变了 {len(one.turned)} 条：\n"
        yield "| 规则 | 在哪里 | 原来 | 现在 |\n|---|---|---|---|"
        for each in one.turned[:MOST]:
            yield f"| {' | '.join(map(_cell, (f'{each.rule} {each.says}', each.cell, each.before, each.after)))} |"
        yield ""


def _standing(one: Difference) -> str:
    """Whether the public may see either side."""
    before, after = (_public(each) for each in (one.before, one.after))
    if before and after:
        return "公开的文件有改动：改过的数要在“更正”里写明。"
    if after:
        return "这次起公开。"
    if before:
        return "这次起不再公开：要在 department.yaml 里写“撤回”。"
    return "还没有公开。"


def _public(disclosure: Disclosure | None) -> bool:
    """True where staff have marked and signed it."""
    return disclosure is not None and disclosure.released


def _address(file: str) -> str:
    """The page of a file."""
    return f"{file.removeprefix('data/').removesuffix('.yaml')}/"


def _cell(text: str) -> str:
    """A text as it stands in a cell of a table."""
    return html.escape(" ".join(text.split()), quote=False).replace("|", "\\|").replace("`", "'")


def _as_html(text: str) -> str:
    """The same as a page of its own."""
    from markdown_it import MarkdownIt

    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    head = f'<meta charset="utf-8"><title>{TITLE}</title><style>{STYLE}</style>'
    return f'<!doctype html>\n<html lang="zh-CN"><head>{head}</head>\n<body>\n{body}</body></html>'
