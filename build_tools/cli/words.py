"""argparse speaks English; these are its words in Chinese."""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from typing import Any, NoReturn

# what the commands print their results in, and how many releases are kept (`publish.KEEP`, which is not imported only
# to print help)
FORMATS = {
    "check": ("text", "line", "json", "github", "gitlab"),
    "claims": ("text", "json"),
    "status": ("text", "json", "csv"),
    "diff": ("markdown", "html"),
}
KEPT = 10
TITLES = {"positional arguments": "参数", "options": "选项"}
COMPLAINTS = (
    (re.compile(r"the following arguments are required: (.*)"), "缺少：{0}"),
    (re.compile(r"argument (.*): (“.*”不是.*)", re.DOTALL), "{1}"),
    (re.compile(r"unrecognized arguments: (.*)", re.DOTALL), "不认识：{0}"),
    (re.compile(r"argument (.*): expected one argument"), "{0} 后面要写一个值"),
    (re.compile(r"argument (.*): invalid \w+ value: ['\"](.*)['\"]"), "{0} 的值“{1}”不对"),
    (re.compile(r"one of the arguments (.*) is required"), "要写其中一个：{0}"),
    (re.compile(r"argument (.*): not allowed with argument (.*)"), "{0} 和 {1} 只能写一个"),
    (re.compile(r"argument (.*): ignored explicit argument ['\"](.*)['\"]"), "{0} 后面不能写值（“{1}”）"),
    (re.compile(r"ambiguous option: (.*) could match (.*)"), "{0} 可能是 {1}，请写全"),
)


class Formatter(argparse.HelpFormatter):
    """Help with Chinese headings."""

    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        """`用法：` instead of `usage:`."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        """Section titles in Chinese."""
        super().start_section(TITLES.get(heading or "", heading))


class Parser(argparse.ArgumentParser):
    """A parser whose help and complaints are Chinese."""

    def __init__(self, **settings) -> None:  # type: ignore[no-untyped-def]
        super().__init__(formatter_class=Formatter, add_help=False, **settings)
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """A word that is none of those to choose from: which there are, without the quotation marks of Python."""
        if action.choices is not None and value not in action.choices:
            known = [str(one) for one in action.choices]
            near = difflib.get_close_matches(str(value), known, 1)
            meant = f"，是不是“{near[0]}”" if near else ""
            name = "/".join(action.option_strings) or action.metavar
            raise argparse.ArgumentError(
                action, f"“{str(value)[:40]}”不是可用的{name}{meant}；可以用：{'、'.join(known)}"
            )

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how to get help; exit 2."""
        for pattern, words in COMPLAINTS:
            match = pattern.fullmatch(message)
            if match:
                message = words.format(*match.groups())
        print(f"命令写得不对：{message}\n查看用法：{self.prog} --help", file=sys.stderr)
        raise SystemExit(2)
