"""公开信息 of a file, before anything else of it and whatever else is wrong with it: it decides whether the file exists
for the public.

A draft with a broken line, without a template or of an unknown kind is still a draft.
"""

from __future__ import annotations

import re

from build_tools.accounts.corpus.model import Project
from build_tools.accounts.statement import Statement, read_statement
from build_tools.source import Mapping, parse
from build_tools.source.read import MAX_BYTES


def read_information(data: bytes, root: Mapping | None, file: str, year: int, project: Project) -> Statement | None:
    """公开信息 in `root`, or where nothing could be parsed in its own lines; None where it is not there, is there twice
    or cannot be read. What is wrong with it is told elsewhere.
    """
    about = project.forms.common("disclosure")
    if root is None:
        root = parse(_own_lines(data[:MAX_BYTES], about.key), file).root
    found = [entry.value for entry in root.entries if entry.key.text == about.key] if root else []
    return read_statement(found[0], about, year, project.reference.codebook, []) if len(found) == 1 else None


def _own_lines(data: bytes, key: str) -> bytes:
    """The lines of a section at the top level, with its heads as often as it has any."""
    section = rb"^(?:\xef\xbb\xbf)?(%s[ \t]*:[^\n]*\n?(?:(?:[ \t#\r][^\n]*)?(?:\n|\Z))*?)(?=[^ \t#\r\n]|\Z)"
    return b"".join(re.findall(section % re.escape(key.encode()), data, re.MULTILINE))
