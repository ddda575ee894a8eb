"""What people lay into `content/`, `forms/` and `data/` besides data: judged by what it is before anything opens it.

A pipe would be waited for, a link could bring in a file of the machine, folders without end would never be walked
through. What is wrong with a text of `content/` is told before the generator reads it, which would say it in English
or not at all.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from build_tools.diagnostics import Finding, Place
from build_tools.inputs import DEEPEST, FOLDERS, LARGEST, everything_below
from build_tools.privacy import unreadable
from build_tools.source import misencoded, survey

HOME = ("index.md", "README.md", "index.html")
MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
# what goes through the generator or through us as text
TEXTS = (*MARKDOWN, ".html", ".css", ".js")
HEAD = re.compile(r"\A-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
SHOWN = 60


def show(path: Path | str, root: Path) -> str:
    """A path as findings show it: below the root where it lies there."""
    path = Path(path)
    return told(path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name)


def told(name: str) -> str:
    """A name of a file as text that can be printed: not every name that a disk holds is made of characters."""
    return name.encode("utf-8", "replace").decode("utf-8")


def linked(path: Path, root: Path) -> Finding:
    """A symbolic link, which could lead out of the folder."""
    return Finding(
        "path-symlink", f"“{told(path.name)}”是符号链接，不读入", Place(show(path, root)), hint="把文件本身放进来"
    )


def misfits(root: Path) -> Iterator[Finding]:
    """What is no file and no folder to be walked through, in `content/`, `forms/` and `data/`; of `data/`, whose files
    and links are told where they are read, only folders without end.
    """
    for name in FOLDERS:
        if (root / name).is_symlink():
            yield linked(root / name, root)
            continue
        top = len(root.parts)
        for path in sorted(everything_below(str(root / name))):
            # of the thousands of files of a city nothing else is asked here
            refused = _misfit(Path(path), root) if name != "data" or path.count(os.sep) - top >= DEEPEST else None
            if refused:
                yield refused


def _misfit(path: Path, root: Path) -> Finding | None:
    """Why something is not opened; None where it may be."""
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        return unreadable(show(path, root), error)
    parts = path.relative_to(root).parts
    if stat.S_ISDIR(mode) and len(parts) > DEEPEST:
        shown = f"{show(path, root)[:SHOWN]}……"
        hint = f"最多 {DEEPEST} 层；多半是误复制的，删去它"
        return Finding("path-too-deep", f"文件夹套了 {DEEPEST} 层以上，没有读入", Place(shown), hint=hint)
    if parts[0] == "data":
        return None
    if stat.S_ISLNK(mode):
        return linked(path, root)
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        hint = "移走它，放文件本身"
        return Finding(
            "path-special", f"“{told(path.name)}”是管道或设备，不是文件，没有打开", Place(show(path, root)), hint=hint
        )
    if not "".join(parts).isprintable():
        hint = "在文件管理器里改名；网址用小写英文字母、数字和连字符最稳当"
        return Finding(
            "path-name", f"文件名“{told(path.name)}”读不成文字，不能用作网址", Place(show(path, root)), hint=hint
        )
    return None


def check_content(root: Path) -> Iterator[Finding]:
    """What is wrong with the files of `content/`, each a plain one: no home page, a size, an encoding, a head that
    grows, two at one address. Nothing where there is no such folder.
    """
    content = root / "content"
    if not content.is_dir():
        return
    if not any((content / name).is_file() for name in HOME):
        yield missing_home()
    addresses: dict[str, str] = {}
    for path in sorted(everything_below(str(content))):
        name = Path(path).relative_to(content).as_posix()
        if Path(path).is_dir():
            yield from _folder(Path(path), root)
            continue
        yield from _text(Path(path), root)
        other = addresses.setdefault(folded(address_of(name)), name)
        if other != name:
            yield taken(f"content/{told(name)}", f"content/{told(other)}")


def _folder(path: Path, root: Path) -> Iterator[Finding]:
    """A folder that holds nothing is none of our business, but for a name of a page."""
    if not os.access(path, os.R_OK | os.X_OK):
        yield unreadable(show(path, root), PermissionError(13, "EACCES"))
    elif path.suffix in MARKDOWN:
        said = f"“{told(path.name)}”是文件夹，不是一页"
        yield Finding("path-special", said, Place(show(path, root)), hint="删去它，页面写成文本文件")


def missing_home() -> Finding:
    """Nobody who comes by the address of the site would find anything."""
    hint = "新建 content/index.md；不知道写什么的，从 mingzhang init 新建的文件夹里复制一份"
    return Finding("home-missing", "没有首页 content/index.md，网站不能发布", Place("content/index.md"), hint=hint)


def _text(path: Path, root: Path) -> Iterator[Finding]:
    """A file of `content/`: its size, and what it says where that is text."""
    file = show(path, root)
    try:
        if path.stat().st_size > LARGEST:
            said = f"文件超过 {LARGEST // 1_000_000} MB，不能发布"
            yield Finding("file-too-large", said, Place(file), hint="压缩图片和附件，或移走它")
            return
        data = path.read_bytes() if path.suffix.lower() in TEXTS else b""
    except OSError as error:
        yield unreadable(file, error)
        return
    wrong = misencoded(data, file)
    if wrong:
        yield wrong
    elif path.suffix in MARKDOWN and (head := HEAD.match(data.decode("utf-8-sig").replace("\r\n", "\n"))):
        grown = survey(head[1], file, 1)[1]
        if grown:
            yield grown


def address_of(name: str) -> str:
    """The file of the site that a file of `content/` becomes, by its path there: `guide.md` → `guide/index.html`."""
    path = PurePosixPath(name)
    if path.suffix not in MARKDOWN:
        return name
    return str(
        path.with_name("index.html") if path.stem in ("index", "README") else path.with_suffix("") / "index.html"
    )


def folded(name: str) -> str:
    """The same for names that one disk or another takes for one: by case, and by how accents are kept."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def taken(file: str, holder: str) -> Finding:
    """Two things at one address, of which one would replace the other."""
    return Finding("path-taken", f"{file} 和 {holder} 在网站上是同一个地址", Place(file), hint="给其中一个换一个名称")
