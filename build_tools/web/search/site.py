"""All that a site needs for its search, written into `/search/`: the jump list, Pagefind's index, the plain list of
links.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from build_tools.web.search.index import SEAL, files_in, kept, write
from build_tools.web.search.jump import jump_files
from build_tools.web.search.page import ADDRESS
from build_tools.web.search.stub import Stub, has_text


def known_stubs(stubs: Iterable[Stub | None]) -> list[Stub]:
    """The pages that can be found, in the order of their addresses; the search's own page is none."""
    return sorted((stub for stub in stubs if stub and stub.url != ADDRESS), key=lambda stub: stub.url)


def write_search(stubs: Iterable[Stub | None], out: Path, cache: Path, full: bool = True) -> list[str]:
    """Into the site at `out`, all but its page; the names of the files. What was made of the same stubs before is taken
    from `cache`; without `full` (a preview, whose texts change with every keystroke) titles, tables and codes are found
    and Pagefind is left out. Raises SearchError, OSError.
    """
    folder, known = out / ADDRESS, known_stubs(stubs)
    if full and any(map(has_text, known)):
        shutil.copytree(
            kept(known, cache),
            folder,
            ignore=shutil.ignore_patterns(SEAL),
            copy_function=shutil.copyfile,
            dirs_exist_ok=True,
        )
    else:
        for name, text in jump_files(known, full=False).items():
            write(folder / name, text)
    return sorted(f"{ADDRESS}{name}" for name in files_in(folder) if name != "index.html")
