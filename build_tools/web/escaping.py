"""Text → HTML, each text once: names, labels and addresses of the forms stand on every page, and the library's own
function is one in Python.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache

# different short texts of some departments
TEXTS = 1 << 14

# what has to be written otherwise
MARKS = re.compile("[&<>\"']")


@lru_cache(maxsize=TEXTS)
def escape(text: str) -> str:
    """Text as it may stand in HTML and in its attributes."""
    return html.escape(text) if MARKS.search(text) else text
