"""Bytes → text that is safe to parse: size, encoding and characters, each refused with its own words.

Files come from web editors, Excel exports and old Windows programs, so the usual accidents are named: GBK, UTF-16,
a byte order mark (accepted), CRLF (accepted), characters that cannot be seen.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from build_tools.diagnostics import Finding, Place
from build_tools.resources import PACKAGE

MAX_BYTES = 2_000_000
# room for the whole limit is asked for only where a file needs it
USUAL = 65_536
# control, format and filler characters; tab and line feed are seen
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\U000e0000-\U000e007f]"
)


def read_bytes(path: Path) -> bytes:
    """The file's bytes, never more than one past the limit, so that a 50 MB file costs nothing."""
    with path.open("rb") as stream:
        data = stream.read(USUAL)
        return data if len(data) < USUAL else data + stream.read(MAX_BYTES + 1 - USUAL)


def decode(data: bytes, file: str) -> tuple[str | None, list[Finding]]:
    """Text with line breaks as \\n and no byte order mark, or None with the finding that says why not."""
    problem = refuse_bytes(data, file) or misencoded(data, file)
    if problem:
        return None, [problem]
    text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8").replace("\r\n", "\n")
    unseen = UNSEEN.search(text)
    if unseen:
        return None, [refuse_unseen(text, file, unseen.start())]
    return text, []


def refuse_bytes(data: bytes, file: str) -> Finding | None:
    """What can be said before anything is parsed."""
    place = Place(file)
    if len(data) > MAX_BYTES:
        return Finding(
            "file-too-large",
            f"文件超过 {MAX_BYTES // 1_000_000} MB，没有读入",
            place,
            hint="一份公开文件通常不到 100 KB；请检查是否误放了附件、图片或重复内容",
        )
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        return Finding("file-empty", "文件是空的", place, hint="没有数据的表写“无”；还不公开的文件请先不要提交")
    return refuse_binary(data, file)


def refuse_binary(data: bytes, file: str) -> Finding | None:
    """Why these bytes are no text that a person would write today; None where they may be."""
    place = Place(file)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Finding(
            "file-encoding", "文件是 UTF-16 编码，应为 UTF-8", place, hint="在编辑器里选“另存为”，编码选 UTF-8"
        )
    if b"\0" in data:
        return Finding(
            "file-binary",
            "这不是文本文件（可能是 Word、Excel 或压缩包改了名）",
            place,
            hint="请提交 UTF-8 编码的文本文件",
        )
    return None


def misencoded(data: bytes, file: str) -> Finding | None:
    """Why these bytes are no text in UTF-8; None where they are."""
    if binary := refuse_binary(data, file):
        return binary
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return refuse_encoding(data, file, error.start)
    return None


def refuse_encoding(data: bytes, file: str, offset: int) -> Finding:
    """Name the encoding where it can be named, at the first byte that is not UTF-8."""
    before = data[:offset]
    line_start = before.rfind(b"\n") + 1
    column = len(before[line_start:].decode("utf-8")) + 1
    place = Place(file, before.count(b"\n") + 1, column)
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return Finding(
            "file-encoding", "文件不是 UTF-8 编码，也认不出是什么编码", place, hint="请在编辑器里另存为 UTF-8"
        )
    return Finding(
        "file-encoding",
        "文件像是 GBK 编码，应为 UTF-8",
        place,
        hint="记事本：另存为，编码选 UTF-8；VS Code：右下角点编码，选“通过编码保存”，再选 UTF-8",
    )


def refuse_unseen(text: str, file: str, offset: int) -> Finding:
    """An unseen character changes what a reader sees, or where a line ends."""
    line = text.count("\n", 0, offset) + 1
    column = offset - (text.rfind("\n", 0, offset) + 1) + 1
    return Finding(
        "file-unseen-character",
        f"这里有一个看不见的字符（U+{ord(text[offset]):04X}）",
        Place(file, line, column),
        hint="多半是从网页或 Word 粘贴带来的：删去这一处前后各一个字，重新键入",
    )


def line_reader(root: Path) -> Callable[[str, int], str]:
    """A function that gives a line of a file for an excerpt, or '' where there is none. Files are read once."""

    @lru_cache(maxsize=64)
    def lines(file: str) -> tuple[str, ...]:
        for base in (root, PACKAGE):
            path = base / file
            try:
                if not path.is_file() or path.is_symlink():
                    continue
                text = read_bytes(path)[:MAX_BYTES].removeprefix(codecs.BOM_UTF8).decode("utf-8")
            except (OSError, UnicodeDecodeError):
                return ()
            return tuple(text.replace("\r\n", "\n").split("\n"))
        return ()

    def line_of(file: str, line: int) -> str:
        found = lines(file)
        return found[line - 1] if 0 < line <= len(found) else ""

    return line_of
