"""What is private in the text of a PDF, page by page. What nothing private was found in is not read again.

A PDF without text, with a password or that nobody can read is told as a hint: it is published as it is.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from build_tools.diagnostics import Finding, Place, Severity
from build_tools.inputs import seal, tool_key, unsealed
from build_tools.privacy.examine import examine, private_in
from build_tools.privacy.pdf_text import BROKEN, ENCRYPTED, PARTLY, SECONDS
from build_tools.source import bounded

MAGIC = b"%PDF-"
# some programs write a few bytes before it
HEAD = 1024
READER = (
    "import runpy, sys; read = runpy.run_path(sys.argv[1])['write_text']; "
    "sys.exit(read(sys.stdin.buffer.read(), sys.stdout.buffer))"
)
WHY = {0: "", ENCRYPTED: "这份 PDF 有密码", BROKEN: "这份 PDF 读不了，可能已经损坏", PARTLY: "这份 PDF 有几页读不了"}
ENDLESS, SCANNED = "这份 PDF 太复杂，没有读完", "这份 PDF 里没有文字，多半是扫描件"
# no file: what was found in one is told anew each time, with the acknowledgements of that day
CLEAN = "privacy"


def is_pdf(data: bytes) -> bool:
    """True for what programs open as a PDF."""
    return MAGIC in data[:HEAD]


def examine_pdf(data: bytes, file: str, root: Path) -> list[Finding]:
    """The findings about a PDF, each with its page; `file` is its path in the project `root`, as findings show it."""
    known = clean(data, root)
    text, why = ("", known) if known is not None else read_pdf(data)
    if known is None and not private_in(text, file):
        remember(data, why, root)
    findings = [
        replace(one, message=f"第 {number} 页：{one.message}", place=Place(file))
        for number, page in enumerate(text.split("\f"), 1)
        for one in examine(page.encode("utf-8", "replace"), file, root)
    ]
    return bounded([*([unlooked(file, why)] if why else []), *dict.fromkeys(findings)])


def read_pdf(data: bytes) -> tuple[str, str]:
    """The texts of the pages, parted by form feeds, and in words why something was not read ('' = everything was)."""
    command = [sys.executable, "-I", "-c", READER, str(Path(__file__).with_name("pdf_text.py"))]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=2 * SECONDS, check=False)
    except (OSError, subprocess.SubprocessError):
        return "", ENDLESS
    text = done.stdout.decode("utf-8", "replace")
    why = WHY.get(done.returncode, ENDLESS)
    return text, why or ("" if text.strip() else SCANNED)


def unlooked(file: str, why: str) -> Finding:
    """What nobody but a person has looked at."""
    hint = "公开前请打开看一遍；能在原来的软件里导出为有文字、没有密码的 PDF 的，重新导出"
    return Finding("privacy-pdf-unread", f"{why}，没有检查里面有没有个人信息", Place(file), Severity.HINT, hint=hint)


def clean(data: bytes, root: Path) -> str | None:
    """Why it was not read whole, as kept from the last time; None where it is not known to be clean."""
    with suppress(OSError, ValueError):
        return unsealed(place_of(data, root)).decode()
    return None


def remember(data: bytes, why: str, root: Path) -> None:
    """That nothing private is in it; nothing of its text is kept."""
    if (root / ".cache").is_dir():
        with suppress(OSError):
            seal(place_of(data, root), why.encode())


def place_of(data: bytes, root: Path) -> Path:
    """Where that is kept: by what it holds, and by the tool that looked."""
    return root / ".cache" / CLEAN / hashlib.sha256(tool().encode() + data).hexdigest()


@lru_cache(maxsize=1)
def tool() -> str:
    """The key of this tool."""
    return tool_key()
