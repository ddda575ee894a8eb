"""Search: a jump list by which a department, a year, a kind, a table or a code is found at once, and Pagefind's index
behind it.

Made from a stub of every page, never from the pages themselves: whole pages cost thirty times as much
(docs/performance.md).
"""

from build_tools.web.search.folding import unfolded
from build_tools.web.search.index import SearchError
from build_tools.web.search.page import ADDRESS, fill_page, markdown_file
from build_tools.web.search.site import known_stubs, write_search
from build_tools.web.search.stub import Stub, stub_of, stub_of_written

__all__ = [
    "ADDRESS",
    "SearchError",
    "Stub",
    "fill_page",
    "known_stubs",
    "markdown_file",
    "stub_of",
    "stub_of_written",
    "unfolded",
    "write_search",
]
