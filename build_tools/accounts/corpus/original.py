"""The published original of a disclosure (原件): a PDF beside its YAML, offered for download as it is.

What cannot be offered is told at the line and left out; the figures stand without it. Of what such a file says only
what must not be published is looked for.
"""

from __future__ import annotations

from pathlib import Path

from build_tools.accounts.statement import State, Statement
from build_tools.diagnostics import Finding, Place, Severity
from build_tools.forms import Concept
from build_tools.privacy import examine_any, private_in_name, unreadable

SUFFIX, MAGIC = ".pdf", b"%PDF-"
MAX_BYTES, MAX_NAME = 20_000_000, 120


def original_of(information: Statement | None, folder: Path) -> tuple[Path | None, tuple[Finding, ...]]:
    """The file that 公开信息 names, in the folder of the disclosure; None and a warning where it is not one to be
    offered.
    """
    cell = information.cell_of(Concept.ORIGINAL) if information else None
    if information is None or cell is None or cell.state is not State.WRITTEN or not cell.text:
        return None, ()
    place = cell.place or information.place
    try:
        found = refused(cell.text, folder / cell.text, place)
    except OSError as error:
        found = Finding(
            "original-missing",
            f"读不了原件“{cell.text[:60]}”（{error.strerror}）",
            place,
            Severity.WARNING,
            hint="检查文件的权限和磁盘",
        )
    return (None, (found,)) if found else (folder / cell.text, ())


def refused(name: str, path: Path, place: Place) -> Finding | None:
    """Why a file is not offered. Raises OSError."""
    shown = name[:60]
    if not plain(name):
        hint = "写同一个年度文件夹里的 PDF 文件名，不带路径，如 原件: 2020年度部门决算.pdf"
        return Finding("original-name", f"“{shown}”不能作原件的文件名", place, Severity.WARNING, hint=hint)
    if path.is_symlink():
        return Finding(
            "original-symlink",
            f"原件“{shown}”是符号链接，不公开",
            place,
            Severity.WARNING,
            hint="把 PDF 文件本身放进来",
        )
    if not path.is_file():
        hint = "把 PDF 放在这份文件旁边，或核对文件名；没有原件的，删去这一行"
        return Finding("original-missing", f"没有找到原件“{shown}”", place, Severity.WARNING, hint=hint)
    if path.stat().st_size > MAX_BYTES:
        hint = "用 PDF 软件压缩图片，或另存为较小的文件"
        return Finding(
            "original-too-large",
            f"原件“{shown}”超过 {MAX_BYTES // 1_000_000} MB，不公开",
            place,
            Severity.WARNING,
            hint=hint,
        )
    with path.open("rb") as stream:
        if stream.read(len(MAGIC)) != MAGIC:
            hint = "在原来的软件里导出为 PDF；只改后缀名不行"
            return Finding("original-not-pdf", f"原件“{shown}”不是 PDF 文件", place, Severity.WARNING, hint=hint)
    return None


def plain(name: str) -> bool:
    """True for the bare name of a PDF: no way into another folder, nothing hidden, nothing that cannot be printed,
    nobody's number."""
    return (
        name.lower().endswith(SUFFIX)
        and len(name) <= MAX_NAME
        and not name.startswith(".")
        and not set(name) & set("/\\:")
        and name.isprintable()
        and not private_in_name(name)
    )


def private_originals(files: dict[Path, str], root: Path) -> tuple[list[Finding], set[Path]]:
    """What is private in the PDF files of a folder, by their paths as findings show them, and which are not offered
    because of it.
    """
    findings: list[Finding] = []
    refused = set()
    for path, file in files.items():
        try:
            with path.open("rb") as stream:
                met = examine_any(stream.read(MAX_BYTES + 1), file, root)
        except OSError as error:
            met = [unreadable(file, error)]
        findings += met
        if any(one.blocks for one in met):
            refused.add(path)
    return findings, refused


def unused(files: list[Path], named: set[str], show: dict[Path, str]) -> list[Finding]:
    """PDF files of a folder that no disclosure names: they are not published, and somebody may think that they are."""
    hint = "要作为原件公开的，在那份文件的“公开信息”里写 原件: 文件名；用不着的移走"
    return [
        Finding("original-unused", "没有文件用它作原件，它不会公开", Place(show[path]), Severity.WARNING, hint=hint)
        for path in files
        if path.name not in named
    ]
