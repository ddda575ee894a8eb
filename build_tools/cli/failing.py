"""What is said when the tool itself fails: one sentence for the person, everything else in a file for whoever
mends it.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
import traceback
from pathlib import Path

from build_tools.calendar_china import china_now
from build_tools.privacy import discreet_text

NAME = "mingzhang-error.log"


def tell_failure(error: BaseException, options: argparse.Namespace) -> None:
    """One sentence in Chinese with the place of the log; the traceback goes into the log alone."""
    log = write_log(error, options)
    kept = f"详细记录在 {log}，请连同这条命令一起交给维护人员" if log else "详细记录也没有写成（磁盘满了或没有权限）"
    print(
        f"这是程序的错误，不是数据的错误：{type(error).__name__}。什么都没有发布，原来的网站没有改动。{kept}。",
        file=sys.stderr,
    )


def write_log(error: BaseException, options: argparse.Namespace) -> Path | None:
    """The traceback with what was asked, in the project's cache, else in the system's folder for such files; None where
    neither takes it.
    """
    head = f"{china_now():%Y-%m-%d %H:%M:%S} {options.command} Python {platform.python_version()} {platform.system()}"
    text = f"{head}\n{discreet_text(''.join(traceback.format_exception(error)))}"
    for folder in (options.root / ".cache", Path(tempfile.gettempdir())):
        try:
            folder.mkdir(exist_ok=True)
            path = folder / NAME
            path.write_text(text, encoding="utf-8", errors="backslashreplace")
        except OSError:
            continue
        return path
    return None
