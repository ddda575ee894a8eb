"""Text → HTML, each text once: names, labels and addresses of the forms stand on every page, and the library's own function is one in Python."""

from __future__ import annotations

import html
from functools import lru_cache

# different short texts of some departments
TEXTS = 1 << 14

escape = lru_cache(maxsize=TEXTS)(html.escape)
