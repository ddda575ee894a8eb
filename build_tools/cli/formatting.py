"""`mingzhang format`: one file into the canonical shape. Keys go into the form's printed order, so that a column of
figures can be pasted from Excel beside them; nothing is written unless the result provably says the same.
"""

from __future__ import annotations

from pathlib import Path

from build_tools.accounts.corpus import Project, forms_for, top_keys
from build_tools.accounts.statement.order import in_form_order
from build_tools.diagnostics import Finding
from build_tools.source import parse, read_bytes, same_meaning, write


def format_file(path: Path, project: Project, write_back: bool) -> tuple[list[Finding], bool]:
    """Findings that prevent formatting, and whether the text changes."""
    data, root = read_bytes(path), project.root
    file = path.resolve().relative_to(root).as_posix() if path.resolve().is_relative_to(root) else str(path)
    parsed = parse(data, file)
    if parsed.root is None or parsed.findings:
        return list(parsed.findings), False
    forms = forms_for(path.resolve(), project)
    ordered = in_form_order(parsed.root, forms, top_keys(forms, project.forms))
    text = write(ordered, parsed.comments)
    again = parse(text.encode(), file)
    if again.root is None or not same_meaning(parsed.root, again.root):
        raise AssertionError(f"整理 {file} 会改变内容，没有写入")
    if text.encode() == data:
        return [], False
    if write_back:
        path.write_text(text, encoding="utf-8", newline="\n")
    return [], True
