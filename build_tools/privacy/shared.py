"""The files of a project that belong to no department: hand-written pages, settings, an office's forms, notes and
tables.

They go into every page, or straight into the site, so nothing of them can be held back alone: what is private in them
stops the build. Notes beside the data of departments never reach the site; what is private in them is an error like any
other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from build_tools.diagnostics import Finding
from build_tools.inputs import everything_below
from build_tools.privacy.acknowledge import SHARED, shared, uncovered, unused
from build_tools.privacy.examine import decoded, examine, private_in
from build_tools.privacy.names import discreet_path, named, private_in_name
from build_tools.privacy.pdf import examine_pdf, is_pdf, read_pdf
from build_tools.privacy.telling import unread, unreadable

# beyond this the rest is not looked at, and that is said
MAX_BYTES = 20_000_000
# what git takes for the sign of a file that is no text
HEAD = 8000
# read with the department
ORIGINAL = re.compile(r"data/(?!reference/)[^/]+/[^/]+/(?:19|20)[0-9]{2}/[^/]+\.pdf", re.IGNORECASE)
OFFICE = (".xlsx", ".xls", ".docx", ".doc", ".wps", ".et", ".pptx", ".ppt", ".pdf", ".ofd", ".zip", ".rar", ".7z")
# data, district, department, year
LISTED = 4
FOLDERS, FILES = ("content", "data", "forms"), ("mkdocs.yml", SHARED)


def examine_shared(root: Path) -> list[Finding]:
    """What is private in them, and entries of `privacy.yaml` that name nothing."""
    findings: list[Finding] = []
    for path in shared_files(root, findings):
        try:
            with path.open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
        except OSError as error:
            findings.append(unreadable(told(path, root), error))
            continue
        # what is of no sort that can be looked into is said once, when it is staged
        findings += [one for one in examine_any(data, told(path, root), root) if one.code != "privacy-unread"]
    entries = shared(root, findings)
    for file in dict.fromkeys(one.file for one in entries):
        mine = [one for one in entries if one.file == file]
        _, used = uncovered(private_in(text_of(root, file), file), mine)
        findings += [unused(one) for one in mine if one not in used]
    return findings


def examine_any(data: bytes, file: str, root: Path) -> list[Finding]:
    """A file of any sort and size. Its name is looked at like its contents, and shown masked."""
    name = discreet_path(file)
    findings = [named(file)] if name != file else []
    if len(data) > MAX_BYTES:
        findings.append(unread(name, f"文件超过 {MAX_BYTES // 1_000_000} MB，只读了开头"))
    if is_pdf(data):
        return findings if len(data) > MAX_BYTES else findings + examine_pdf(data, name, root)
    if b"\0" in data[:HEAD] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return (
            [*findings, unread(name, f"这是 {Path(file).suffix} 文件")] if file.lower().endswith(OFFICE) else findings
        )
    return findings + examine(data[:MAX_BYTES], name, root)


def shared_files(root: Path, findings: list[Finding]) -> Iterator[Path]:
    """Every file that is not read with a department. Symbolic links are not followed, nor are folders entered whose
    name holds a number of a person.
    """
    for folder in FOLDERS:
        if (root / folder).is_symlink():
            # told of where folders are listed
            continue
        met = set()
        for path in map(Path, sorted(everything_below(str(root / folder)))):
            file = told(path, root)
            if private := private_folder(file):
                if private not in met and not is_listed(private):
                    findings.append(named(private, folder=True))
                met.add(private)
            elif not is_apart(file, is_listed(file)) and plain(path):
                yield path
    yield from (path for name in FILES if plain(path := root / name))


def private_folder(file: str) -> str:
    """The first folder of a path whose name holds a number of a person; '' where none does."""
    parts = file.split("/")
    found = (number for number, part in enumerate(parts[:-1], 1) if private_in_name(part))
    return "/".join(parts[: next(found, 0)])


def is_listed(file: str) -> bool:
    """True in the folders of districts, departments and years, whose names are told where they are read."""
    return file.startswith("data/") and file.count("/") <= LISTED


def is_apart(file: str, listed: bool) -> bool:
    """True for what is read with a department, or told of where its folder is `listed`."""
    data = file.startswith("data/") and (file.endswith(".yaml") or ORIGINAL.fullmatch(file))
    return bool(data or (listed and private_in_name(file.rpartition("/")[2])))


def plain(path: Path) -> bool:
    """True for a file itself; not for a link, nor where the folder does not even let its files be asked for (told when
    it is listed).
    """
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
        data = stream.read(MAX_BYTES)
    return read_pdf(data)[0] if is_pdf(data) else decoded(data)[0]


def told(path: Path, root: Path) -> str:
    """A path as findings show it; a disk may hold names that are no text."""
    return path.relative_to(root).as_posix().encode("utf-8", "replace").decode("utf-8")
