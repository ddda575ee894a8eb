"""The files of a project that belong to no department: hand-written pages, settings, an office's forms, notes and tables.

They go into every page, or straight into the site, so nothing of them can be held back alone: what is private in them stops
the build. Notes beside the data of departments never reach the site; what is private in them is an error like any other.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from build_tools.diagnostics import Finding, Place
from build_tools.privacy.acknowledge import SHARED, shared, uncovered, unused
from build_tools.privacy.examine import decoded, examine, masked, private_in
from build_tools.privacy.telling import unread, unreadable

# beyond this the rest is not looked at, and that is said
MAX_BYTES = 20_000_000
# what git takes for the sign of a file that is no text
HEAD = 8000
# its text is packed, and digits of its own tables look like numbers of people
PDF = b"%PDF-"
OFFICE = (".xlsx", ".xls", ".docx", ".doc", ".wps", ".et", ".pptx", ".ppt", ".pdf", ".ofd", ".zip", ".rar", ".7z")
FOLDERS, FILES = ("content", "data", "forms"), ("mkdocs.yml", SHARED)


def examine_shared(root: Path) -> list[Finding]:
    """What is private in them, and entries of `privacy.yaml` that name nothing."""
    findings: list[Finding] = []
    for path in shared_files(root):
        try:
            with path.open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
        except OSError as error:
            findings.append(unreadable(told(path, root), error))
            continue
        # what is of no sort that can be looked into is said once, when it is staged
        findings += [one for one in examine_any(data, told(path, root), root) if one.blocks]
    entries = shared(root, findings)
    for file in dict.fromkeys(one.file for one in entries):
        mine = [one for one in entries if one.file == file]
        _, used = uncovered(private_in(text_of(root, file), file), mine)
        findings += [unused(one) for one in mine if one not in used]
    return findings


def examine_any(data: bytes, file: str, root: Path) -> list[Finding]:
    """A file of any sort and size. Its name is looked at like its contents, and shown masked."""
    name = masked(file)
    findings = [Finding("privacy-path", "文件名里有个人信息", Place(name), hint="换一个文件名：文件名和内容一样会留在历史里、出现在网址上")] if name != file else []
    if len(data) > MAX_BYTES:
        findings.append(unread(name, f"文件超过 {MAX_BYTES // 1_000_000} MB，只读了开头"))
    if data.startswith(PDF) or (b"\0" in data[:HEAD] and not data.startswith((b"\xff\xfe", b"\xfe\xff"))):
        return [*findings, unread(name, f"这是 {Path(file).suffix} 文件")] if file.lower().endswith(OFFICE) else findings
    return findings + examine(data[:MAX_BYTES], name, root)


def shared_files(root: Path) -> Iterator[Path]:
    """Every file that is not read with a department. Symbolic links are not followed."""
    for folder in FOLDERS:
        for where, inner, names in os.walk(root / folder):
            inner.sort()
            for name in sorted(names):
                path = Path(where) / name
                if not (folder == "data" and name.endswith(".yaml")) and plain(path):
                    yield path
    yield from (path for name in FILES if plain(path := root / name))


def plain(path: Path) -> bool:
    """True for a file itself; not for a link, nor where the folder does not even let its files be asked for (told when it is listed)."""
    try:
        return path.is_file() and not path.is_symlink()
    except OSError:
        return False


def text_of(root: Path, file: str) -> str:
    """The text of a file that `privacy.yaml` names; '' where there is none inside the project."""
    path = root / file
    if not path.is_file() or path.is_symlink() or not path.resolve().is_relative_to(root.resolve()):
        return ""
    with path.open("rb") as stream:
        return decoded(stream.read(MAX_BYTES))[0]


def told(path: Path, root: Path) -> str:
    """A path as findings show it; a disk may hold names that are no text."""
    return path.relative_to(root).as_posix().encode("utf-8", "replace").decode("utf-8")
