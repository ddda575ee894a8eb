"""The command line `mingzhang`: the only place that prints or exits. Chinese throughout.

Exit status: 0 = no 错误, 1 = at least one, 2 = the tool itself or its call failed.
"""

from build_tools.cli.main import main

__all__ = ["main"]
