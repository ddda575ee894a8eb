"""mkdocs.yml before the generator reads it: a plain file in UTF-8 that refers to nothing outside of the project and
does not grow when it is read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from build_tools.accounts.corpus.by_hand import linked
from build_tools.diagnostics import Finding, Place
from build_tools.inputs import SETTINGS
from build_tools.privacy import unreadable
from build_tools.source import Scalar, decode, read_bytes, survey

INHERIT = "INHERIT"


def check_settings(root: Path) -> Iterator[Finding]:
    """What keeps the settings from being read, in the file itself and in those that it inherits; nothing where there
    are none. Ends with the first file that cannot be used.
    """
    path, named, met = root / SETTINGS, None, set[Path]()
    while named is not None or path.exists():
        refused = _refused(path, named, met, root)
        if refused:
            yield refused
            return
        met.add(path)
        file = path.relative_to(root).as_posix()
        try:
            text, findings = decode(read_bytes(path), file)
        except OSError as error:
            text, findings = None, [unreadable(file, error)]
        yield from findings
        top, grown = survey(text or "", file)
        if grown:
            yield grown
        named = top.get(INHERIT)
        if named is None or grown:
            return
        path = Path(os.path.normpath(path.parent / named.text))


def _refused(path: Path, named: Scalar | None, met: set[Path], root: Path) -> Finding | None:
    """Why a file of settings is not opened; `named` is where another one names it."""
    place = named.place if named else Place(SETTINGS)
    if path in met:
        return Finding("settings-inherit", f"{INHERIT} 绕回了自己，没有读入", place, hint=f"删去这一行 {INHERIT}")
    if not named and path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
        return linked(path, root)
    if not path.resolve().is_relative_to(root.resolve()):
        hint = f"把那个文件放进项目文件夹，{INHERIT} 写它在项目里的路径"
        return Finding("settings-inherit", f"{INHERIT} 指向项目以外的文件，没有读入", place, hint=hint)
    if not path.is_file():
        said = f"{INHERIT} 指向的不是文件，没有读入" if named else f"{SETTINGS} 不是普通文件，没有打开"
        hint = "写项目里已有的文件，或删去这一行" if named else f"删去它，放一个普通的文本文件 {SETTINGS}"
        return Finding("settings-inherit" if named else "path-special", said, place, hint=hint)
    return None
